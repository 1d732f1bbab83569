"""The page of embedding: sites are added, offered, asked about, and the texts follow the choices."""

import re
from typing import Any
from urllib.parse import unquote

from defusedxml.ElementTree import fromstring

from dimoslive.db.engine import transaction
from dimoslive.db.tables.frame import FrameSightingRow
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.ui.settings.embedding.state import EmbeddingState
from tests.support.meeting import NIKOS, staff_token
from tests.support.settings import enter_administrator
from tests.support.world import Town
from tests.ui.opened import a_page, press


async def loaded(town: Town, language: str = "") -> Any:
    enter_administrator(town)
    page = a_page(EmbeddingState, town, f"{language}/admin/embed?m=kavala", staff=staff_token(town, NIKOS))
    await press(page, "load")
    return page


async def test_a_site_is_added_and_asked_about_before_it_is_removed(open_town: Town) -> None:
    page = await loaded(open_town)
    await press(page, "add", {"origin": "https://www.kavala.gov.gr"})
    assert (page.saved, page.errors) == ("Προστέθηκε: https://www.kavala.gov.gr", {})
    [one] = page.listed
    assert one.seen == "όχι τις τελευταίες 30 ημέρες"
    await press(page, "ask", "https://www.evil.gr")
    assert page.to_remove.origin == ""
    await press(page, "ask", one.origin)
    assert page.to_remove.origin == one.origin
    await press(page, "remove")
    assert (page.listed, page.saved) == ([], "Αφαιρέθηκε: https://www.kavala.gov.gr")


async def test_what_was_meant_is_offered_and_what_was_typed_stays(open_town: Town) -> None:
    page = await loaded(open_town, "/en")
    before = page.form_version
    await press(page, "add", {"origin": "http://town.gr/page"})
    assert list(page.errors) == ["origin"]
    assert "http://town.gr/page" in page.errors["origin"]
    assert (page.meant, page.form_version) == ("https://town.gr", before)
    await press(page, "add_site", page.meant)
    assert ([one.origin for one in page.listed], page.meant, page.errors) == (["https://town.gr"], "", {})


async def test_a_site_that_tried_is_added_by_one_press(open_town: Town) -> None:
    today = local_day(open_town.context.clock.now(), ATHENS)
    with transaction(open_town.context.db) as tx:
        place = open_town.municipality.id
        tx.add(FrameSightingRow(municipality_id=place, day=today, origin="https://www.town.gr", count=14))
    page = await loaded(open_town)
    [tried] = page.refused
    assert tried.seen == "προσπάθησε 14 φορές, τελευταία σήμερα"
    await press(page, "add_site", tried.origin)
    assert (page.refused, [one.seen for one in page.listed]) == ([], ["σήμερα"])


async def test_the_texts_follow_the_choices_and_nothing_else(open_town: Town) -> None:
    page = await loaded(open_town)
    assert 'municipality="kavala">' in page.snippets.script
    await press(page, "choose", "what", "next")
    assert f'<my-dimoslive-next municipality="kavala" service="{page.service}">' in page.snippets.script
    await press(page, "choose", "language", "en")
    await press(page, "choose", "accent", "#ffcc00")
    assert (page.accent, 'lang="en"' in page.snippets.script) == ("", True)
    assert page.accent_remark.startswith("Αντίθεση με το λευκό: 1,5 : 1. Χρειάζεται 4,5 : 1")
    await press(page, "choose", "accent", "7A1F2B")
    assert 'accent="#7a1f2b"' in page.snippets.script
    written = page.snippets
    for field, value in [("service", "x"), ("mode", "fax"), ("what", "all"), ("display", "x"), ("slug", "drama")]:
        await press(page, "choose", field, value)
    assert page.snippets == written


async def test_the_address_is_also_a_qr_code_and_the_script_also_pinned(open_town: Town) -> None:
    page = await loaded(open_town)
    first = page.snippets
    drawing = unquote(first.qr.partition(",")[2])
    assert first.qr.startswith("data:image/svg+xml")
    assert fromstring(drawing).tag == "{http://www.w3.org/2000/svg}svg"
    assert re.search(
        r'src="[^"]+/embed\.[0-9a-f]{16}\.js" integrity="sha384-[^"]{64}" crossorigin="anonymous">', first.pinned
    )
    await press(page, "choose", "what", "link")
    await press(page, "choose", "service", page.services[0].value)
    assert (page.snippets.qr == first.qr, page.snippets.pinned) == (False, "")

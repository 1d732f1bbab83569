"""The page of declarations, and whoever is at the last step when a new one is published."""

from typing import Any

from dimoslive.services.draft.give_details import give_details
from dimoslive.services.settings.declarations.open_declarations import open_declarations
from dimoslive.services.settings.declarations.publish_supplement import publish_supplement
from dimoslive.services.settings.declarations.save_supplement import save_supplement
from dimoslive.ui.citizen.booking.steps.consent import ConsentState
from dimoslive.ui.settings.declarations.state import DeclarationsState
from dimoslive.ui.staff.arrange.state import NewBookingState
from tests.support.meeting import NIKOS, session_token, staff_token
from tests.support.settings import enter_administrator, enter_head
from tests.support.world import Town, typed
from tests.ui.opened import a_page, press

TEXTS = {"text_el": "Φέρτε <b>αποδεικτικό</b> κατοικίας.", "text_en": "Bring proof of residence."}


async def loaded(town: Town, language: str = "", identity: Any = NIKOS) -> Any:
    path = f"{language}/admin/declarations?m=kavala"
    page = a_page(DeclarationsState, town, path, staff=staff_token(town, identity))
    await press(page, "load")
    return page


def form_of(page: Any, **words: str) -> dict[str, str]:
    return {**page.values, "opened": page.opened_json, **words}


def publish(town: Town, texts: dict[str, str]) -> None:
    nikos, place = enter_administrator(town), town.municipality.id
    save_supplement(town.context, nikos, place, open_declarations(town.context, nikos, place).opened, texts)
    publish_supplement(town.context, nikos, place, open_declarations(town.context, nikos, place).opened.version)


async def test_a_text_is_written_shown_and_published(open_town: Town) -> None:
    enter_administrator(open_town)
    page = await loaded(open_town, "/en")
    assert (page.can_publish, page.versions, len(page.platform)) == (False, [], 3)
    await press(page, "ask", "publish")
    assert page.dialog == ""
    await press(page, "submit", form_of(page, **TEXTS))
    assert (page.saved, page.can_publish, page.versions) == ("Saved.", True, [])
    await press(page, "ask", "publish")
    assert page.dialog == "publish"
    await press(page, "publish")
    assert page.saved == "Version 2026-12+kavala.1 is published."
    [version] = page.versions
    assert (version.label, version.text, version.is_current) == ("2026-12+kavala.1", TEXTS["text_en"], True)
    assert (page.can_publish, page.next_label) == (False, "2026-12+kavala.2")


async def test_one_language_alone_is_refused_at_the_other(open_town: Town) -> None:
    enter_administrator(open_town)
    page = await loaded(open_town)
    await press(page, "submit", form_of(page, text_el="Μόνο ελληνικά."))
    assert list(page.errors) == ["text_en"]


async def test_what_another_wrote_meanwhile_is_not_published_unseen(open_town: Town) -> None:
    enter_administrator(open_town)
    mine, hers = await loaded(open_town), await loaded(open_town)
    await press(mine, "submit", form_of(mine, **TEXTS))
    hers = await loaded(open_town)
    await press(hers, "submit", form_of(hers, text_el="Άλλο.", text_en="Other."))
    await press(mine, "publish")
    assert mine.problem
    assert (await loaded(open_town)).versions == []


async def test_who_is_at_the_last_step_reads_the_new_one_and_ticks_again(open_town: Town) -> None:
    town = open_town
    hold = town.hold("09:00")
    give_details(town.context, town.eleni, typed())
    page = a_page(ConsentState, town, "/booking/consent", token=session_token(town))
    await press(page, "load")
    publish(town, TEXTS)
    before = page.version
    await press(page, "book", {"declaration": "on"})
    assert page.error == "Η δήλωση άλλαξε· διαβάστε την ξανά."
    # An empty box, under the new text, which is never taken for HTML.
    assert (page.version, page.focus_target) == (before + 1, "declaration-title")
    assert "Φέρτε &lt;b&gt;αποδεικτικό&lt;/b&gt; κατοικίας." in page.declaration
    assert "Ο δήμος προσθέτει" in page.declaration
    await press(page, "book", {"declaration": "on"})
    assert town.row(hold).consent_version == "2026-12+kavala.1"


async def test_officials_read_to_people_what_the_municipality_adds(open_town: Town) -> None:
    publish(open_town, TEXTS)
    page = a_page(NewBookingState, open_town, "/en/desk/new?m=kavala", staff=staff_token(open_town))
    await press(page, "load")
    assert "Bring proof of residence." in page.declaration


async def test_a_head_sees_a_missing_page(open_town: Town) -> None:
    enter_head(open_town)
    page = await loaded(open_town)
    assert page.is_missing or page.problem
    await press(page, "submit", {**TEXTS, "opened": "{}"})
    assert (await loaded(open_town)).versions == []

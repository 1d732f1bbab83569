"""The first page in a frame: the same for everybody, made without the pages' framework."""

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import MunicipalityRow
from tests.http.site import Site
from tests.support.database import counting
from tests.support.world import a_municipality


async def test_it_shows_the_services_with_modes_duration_and_first_free_day(site: Site) -> None:
    site.town.another_service(name_el="Ληξιαρχείο")
    page = (await site.browser().get("/embed/services?m=kavala")).text
    for words in (site.town.service.name_el, "Ληξιαρχείο", "10 λεπτά", "Τηλεδιάσκεψη", "Πρώτη διαθέσιμη ημέρα"):
        assert words in page
    assert f"/embed/services?m=kavala&amp;service={site.town.service.slug}" in page
    assert '<html lang="el">' in page


async def test_a_service_that_is_asked_for_stands_alone_with_the_way_in(site: Site) -> None:
    site.town.another_service(name_el="Ληξιαρχείο")
    slug = site.town.service.slug
    page = (await site.browser().get(f"/en/embed/services?m=kavala&service={slug}&mode=video")).text
    assert "Ληξιαρχείο" not in page
    assert f'data-window="/en/embed/sign-in?m=kavala&amp;service={slug}&amp;mode=video"' in page
    assert f'data-next="/en/embed/mode?m=kavala&amp;service={slug}&amp;mode=video"' in page
    assert f'href="/en/booking/mode?municipality=kavala&amp;service={slug}&amp;mode=video"' in page


async def test_an_unknown_service_is_said_and_the_others_are_shown(site: Site) -> None:
    site.town.another_service(name_el="Ληξιαρχείο")
    page = (await site.browser().get("/embed/services?m=kavala&service=nothing")).text
    assert "δεν βρέθηκε" in page
    assert "Ληξιαρχείο" in page


@pytest.mark.parametrize("m", ["nowhere", "", "<script>", "x" * 150])
async def test_an_unknown_municipality_leads_to_the_list_of_all(site: Site, m: str) -> None:
    answer = await site.browser().get("/embed/services", params={"m": m})
    assert answer.status_code == 404
    assert 'href="/municipalities"' in answer.text
    assert "<script>" not in answer.text.replace('<script src="', "")


async def test_one_that_has_not_joined_or_is_paused_says_so_with_a_link(site: Site) -> None:
    with transaction(site.context.db) as tx:
        a_municipality(tx, "Δράμας", slug="drama").joined_at = None
        row = tx.get_one(MunicipalityRow, site.town.municipality.id)
        row.paused_at, row.pause_message_el = site.town.clock.now(), "Επιστρέφουμε τη Δευτέρα."
    not_joined = (await site.browser().get("/embed/services?m=drama")).text
    paused = (await site.browser().get("/embed/services?m=kavala")).text
    assert "δεν δέχεται ακόμη" in not_joined
    assert "Επιστρέφουμε τη Δευτέρα." in paused
    for page, slug in ((not_joined, "drama"), (paused, "kavala")):
        assert f'href="/m/{slug}" target="_blank"' in page
        assert 'id="sign-in"' not in page


async def test_it_is_read_once_for_all_who_look(site: Site) -> None:
    site.town.another_service(name_el="Ληξιαρχείο")
    with counting(site.context.db) as queries:
        first = await site.browser().get("/embed/services?m=kavala")
    # Who may frame it, and what the municipality's own page asks, however many services there are.
    assert len(queries) == 6
    with counting(site.context.db) as queries:
        again = await site.browser().get("/embed/services?m=kavala")
        known = await site.browser().get("/embed/services?m=kavala", headers={"If-None-Match": first.headers["ETag"]})
    assert queries == []
    assert (again.text, known.status_code) == (first.text, 304)
    assert known.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]


async def test_it_sets_no_cookie_and_asks_for_no_framework(site: Site) -> None:
    answer = await site.browser().get("/embed/services?m=kavala")
    assert "Set-Cookie" not in answer.headers
    assert "/assets/" not in answer.text
    assert "module" not in answer.text

"""The public page of days to the next free time: for everybody, by the address alone, as it was computed last."""

import re

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import DepartmentRow, MunicipalityRow, ServiceRow
from dimoslive.http.public_v1.kept import FIGURES_SECONDS
from dimoslive.services.upkeep.compute_days_to_next import compute_days_to_next
from tests.http.site import Site
from tests.support.builders import at
from tests.support.world import a_municipality, a_service, an_absence, desk_ids


def a_place(
    site: Site, name: str, slug: str, free_from: str, *services: str, region: tuple[str, str] = ("Κρήτης", "Crete")
) -> None:
    """A municipality whose services are free from a time on; each is named, and by video alone if it says so."""
    with transaction(site.context.db) as tx:
        row = a_municipality(tx, name, slug=slug)
        row.region_el, row.region_en = region
        for service in services or ("Ληξιαρχείο",):
            made = a_service(tx, row, modes="V" if "βίντεο" in service else "PVT")
            made.name_el = service
            for desk in desk_ids(tx, made):
                an_absence(tx, desk, starts_at=site.town.clock.now(), ends_at=at(free_from))
        tx.flush()


def computed(site: Site, now: str = "2026-11-20 10:10") -> None:
    site.town.clock.set(at(now))
    compute_days_to_next(site.context)
    site.town.clock.advance(seconds=FIGURES_SECONDS)


async def page(site: Site, address: str = "/figures") -> str:
    answer = await site.browser().get(address)
    assert answer.status_code == 200
    return answer.text


def names(html: str) -> list[str]:
    """What stands in the heads of rows, in order."""
    found = re.findall(r'role="rowheader">(?:<a [^>]*><i [^>]*></i>)?([^<]+)', html)
    return [name.removeprefix("Δήμος ") for name in found]


def days(html: str) -> list[str]:
    return re.findall(r'<div class="days[^>]*><b>([^<]+)', html)


def medians(html: str) -> list[str]:
    return re.findall(r'data-label="διάμεση">([^<]+)', html)


@pytest.fixture
def four(site: Site) -> Site:
    """Kavala today; Chania in 3 days; Heraklion in 4, its second service in 10; Paxoi has nothing."""
    a_place(site, "Ηρακλείου", "heraklion", "2026-11-24 08:00", "Ληξιαρχείο", "Δημοτολόγιο με βίντεο")
    a_place(site, "Χανίων", "chania", "2026-11-23 08:00")
    a_place(site, "Παξών", "paxoi", "2027-12-31 08:00", region=("Ιονίων Νήσων", "Ionian Islands"))
    with transaction(site.context.db) as tx:
        tx.get_one(ServiceRow, site.town.service.id).name_el = "Άδειες"
    computed(site)
    return site


async def test_the_nearest_come_first_and_where_nothing_is_free_nothing_is_offered(four: Site) -> None:
    html = await page(four)
    assert names(html) == ["Καβάλας", "Χανίων", "Ηρακλείου", "Παξών"]
    assert days(html) == ["σήμερα", "3 ημέρες", "4 ημέρες", "καμία ως 19/1"]
    assert medians(html) == ["σήμερα", "3 ημέρες", "4 ημέρες", "–"]
    assert "4 δήμοι · υπολογίστηκε στις 10:10" in html
    assert 'href="/m/chania"' in html
    assert 'href="/m/paxoi"' not in html


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("sort=-days", ["Ηρακλείου", "Χανίων", "Καβάλας", "Παξών"]),
        ("sort=name", ["Ηρακλείου", "Καβάλας", "Παξών", "Χανίων"]),
        ("sort=-name", ["Χανίων", "Παξών", "Καβάλας", "Ηρακλείου"]),
        ("sort=-median", ["Ηρακλείου", "Χανίων", "Καβάλας", "Παξών"]),
        ("region=Crete", ["Χανίων", "Ηρακλείου"]),
        ("q=χανια", ["Χανίων"]),
        ("q=xania", ["Χανίων"]),
        # Found by its service: that alone counts, and is shown.
        ("q=δημοτολογιο", ["Ηρακλείου", "Δημοτολόγιο με βίντεο"]),
        ("q=ληξιαρχ&region=Crete", ["Χανίων", "Ληξιαρχείο", "Ηρακλείου", "Ληξιαρχείο"]),
        ("mode=phone&open=heraklion&region=Crete", ["Χανίων", "Ηρακλείου", "Ληξιαρχείο"]),
        ("open=chania&open=atlantis", ["Καβάλας", "Χανίων", "Ληξιαρχείο", "Ηρακλείου", "Παξών"]),
        ("sort=9&mode=carrier-pigeon&open=&region=", ["Καβάλας", "Χανίων", "Ηρακλείου", "Παξών"]),
        ("q=%00%27%3Cscript%3E", []),
    ],
)
async def test_the_address_says_what_is_shown(four: Site, query: str, shown: list[str]) -> None:
    html = await page(four, f"/figures?{query}")
    assert names(html) == shown
    assert "<script" not in html


async def test_a_press_unfolds_a_municipality_and_another_folds_it(four: Site) -> None:
    html = await page(four)
    [address] = re.findall(r'class="twist" rel="nofollow" href="([^"#]+)#chania" aria-expanded="false"', html)
    html = await page(four, address.replace("&amp;", "&"))
    assert names(html)[2] == "Ληξιαρχείο"
    [address] = re.findall(r'class="twist" rel="nofollow" href="([^"#]+)#chania" aria-expanded="true"', html)
    assert address == "/figures"


async def test_it_leads_to_the_service_in_the_way_that_was_chosen(four: Site) -> None:
    html = await page(four, "/en/figures?open=kavala&mode=video")
    assert f"service={four.town.service.slug}&amp;mode=video" in html
    assert '<html lang="en">' in html
    assert 'href="/figures?mode=video&amp;open=kavala" lang="el"' in html


async def test_one_that_has_left_the_page_is_not_on_it(four: Site) -> None:
    with transaction(four.context.db) as tx:
        tx.get_one(MunicipalityRow, four.town.municipality.id).has_public_figures = False
    four.town.clock.advance(seconds=FIGURES_SECONDS)
    assert names(await page(four)) == ["Χανίων", "Ηρακλείου", "Παξών"]


async def test_a_pause_is_said(site: Site) -> None:
    with transaction(site.context.db) as tx:
        tx.get_one(MunicipalityRow, site.town.municipality.id).paused_at = site.town.clock.now()
    computed(site)
    html = await page(site)
    assert days(html) == ["σε παύση"]
    assert 'href="/m/kavala"' not in html


async def test_numbers_of_another_day_say_so(site: Site) -> None:
    computed(site)
    site.town.clock.set(at("2026-11-21 09:00"))
    site.town.clock.advance(seconds=FIGURES_SECONDS)
    assert "υπολογίστηκε στις 20/11 10:10" in await page(site)


async def test_before_the_first_round_it_says_that_there_is_nothing(site: Site) -> None:
    assert "Δεν υπάρχουν ακόμη στοιχεία." in await page(site)


async def test_it_may_be_kept_for_ten_minutes_and_is_not_sent_twice(four: Site) -> None:
    browser = four.browser()
    answer = await browser.get("/figures", headers={"Accept-Encoding": "br"})
    assert answer.headers["Cache-Control"] == "public, max-age=600"
    assert answer.headers["Content-Encoding"] == "br"
    again = await browser.get("/figures", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert (await browser.head("/figures")).status_code == 200


async def test_to_search_engines_it_is_one_page_in_each_language(four: Site) -> None:
    html, url = await page(four, "/en/figures?open=chania&sort=name"), four.context.public_url
    assert f'<link rel="canonical" href="{url}/en/figures">' in html
    assert f'hreflang="el" href="{url}/figures"' in html
    assert all("nofollow" in link for link in re.findall(r"<a [^>]*(?:sort|open)=[^>]*>", html) if "lang=" not in link)


async def test_no_text_of_a_municipality_becomes_markup(site: Site) -> None:
    with transaction(site.context.db) as tx:
        tx.get_one(ServiceRow, site.town.service.id).name_el = "<b>Άδεια</b>"
        department = tx.get_one(ServiceRow, site.town.service.id).department_id
        tx.get_one(DepartmentRow, department).name_el = '"><script>'
    computed(site)
    html = await page(site, "/figures?open=kavala")
    assert "&lt;b&gt;Άδεια" in html
    assert "<script" not in html

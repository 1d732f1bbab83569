"""Days to the next free time, as programs of others read them."""

import csv
from io import StringIO

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import MunicipalityRow, ServiceRow
from dimoslive.services.upkeep.compute_days_to_next import compute_days_to_next
from dimoslive.urls import DAYS_TO_NEXT
from tests.http.site import Site
from tests.support.builders import at
from tests.support.world import a_municipality, a_service, an_absence, desk_ids


@pytest.fixture
def two(site: Site) -> Site:
    """Kavala has a time today, and in three days of a service of its own; Chania has none."""
    with transaction(site.context.db) as tx:
        municipality = tx.get_one(MunicipalityRow, site.town.municipality.id)
        chania = a_municipality(tx, "Χανίων", slug="chania")
        chania.region_el, chania.region_en = "Κρήτης", "Crete"
        for place, until, slug in ((municipality, "2026-11-23 08:00", "late"), (chania, "2027-12-31 08:00", "none")):
            service = a_service(tx, place, modes="V")
            service.slug, service.name_el = slug, "Ληξιαρχείο"
            [desk] = desk_ids(tx, service)
            an_absence(tx, desk, starts_at=site.town.clock.now(), ends_at=at(until))
        tx.get_one(ServiceRow, site.town.service.id).slug = "soon"
    compute_days_to_next(site.context)
    return site


async def test_each_municipality_is_followed_by_its_services(two: Site) -> None:
    items = (await two.browser().get(DAYS_TO_NEXT)).json()["items"]
    assert {one.pop("computed_at") for one in items} == {"2026-11-20T08:00:00Z"}
    assert [tuple(one.values()) for one in items] == [
        ("kavala", None, 0, None),
        ("kavala", "soon", 0, None),
        ("kavala", "late", 3, None),
        ("chania", None, None, "2027-01-19"),
        ("chania", "none", None, "2027-01-19"),
    ]


async def test_by_region_and_by_part_of_a_service_s_name(two: Site) -> None:
    async def found(query: str) -> list[str | None]:
        items = (await two.browser().get(f"{DAYS_TO_NEXT}?{query}")).json()["items"]
        return [one["service"] for one in items]

    assert await found("region=crete") == [None, "none"]
    assert await found("service=ληξια") == ["late", "none"]
    assert await found("service=lixiarxio&region=Κρήτης") == ["none"]
    assert await found("region=Atlantis") == []


async def test_pages_together_are_the_whole_list(two: Site) -> None:
    browser, found, address = two.browser(), [], f"{DAYS_TO_NEXT}?limit=2"
    while address:
        answer = await browser.get(address)
        found += [one["service"] for one in answer.json()["items"]]
        address = answer.headers.get("Link", "").removeprefix("<").partition(">")[0]
    assert found == [None, "soon", "late", None, "none"]


@pytest.mark.parametrize(("language", "separator", "name"), [("el", ";", "Δήμος Χανίων"), ("en", ",", "Chania")])
async def test_the_file_says_the_same(two: Site, language: str, separator: str, name: str) -> None:
    answer = await two.browser().get(f"{DAYS_TO_NEXT}.csv?language={language}", headers={"Accept": "text/csv"})
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=600"
    head, *lines = csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=separator)
    assert len(head) == 8
    assert [line[3] for line in lines] == ["0", "0", "3", "", ""]
    assert name in lines[3][0]
    assert lines[4][4] == ("19/01/2027" if language == "el" else "2027-01-19")


async def test_what_is_no_list_is_not_sent_to_who_takes_no_json(two: Site) -> None:
    answer = await two.browser().get(DAYS_TO_NEXT, headers={"Accept": "text/csv"})
    assert answer.status_code == 406

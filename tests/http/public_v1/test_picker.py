import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.http.public_v1.kept import LIST_SECONDS
from dimoslive.seeds.municipalities import seed_municipalities
from tests.http.site import Site
from tests.support.world import a_municipality


@pytest.fixture
def all_of_them(site: Site) -> None:
    """The ministry's list."""
    with transaction(site.context.db) as tx:
        tx.get_one(MunicipalityRow, site.town.municipality.id).slug = "another"
        tx.flush()
        seed_municipalities(tx)


async def test_a_line_has_what_the_picker_shows_and_searches(site: Site) -> None:
    with transaction(site.context.db) as tx:
        a_municipality(tx, "Ιωαννιτών", slug="ioannina").joined_at = None
        tx.get_one(MunicipalityRow, site.town.municipality.id).aliases = "Cavala"
    lines = (await site.browser().get("/api/municipalities")).json()
    assert [(line["slug"], line["joined"]) for line in lines] == [("ioannina", False), ("kavala", True)]
    assert lines[1] == {
        "slug": "kavala",
        "name_el": "Δήμος Καβάλας",
        "name_en": "Municipality of Kavala",
        "upper_el": "ΔΗΜΟΣ ΚΑΒΑΛΑΣ",
        "short_el": "Καβάλας",
        "short_en": "Kavala",
        "unit": "Καβάλας",
        "unit_en": "Kavala",
        "region": "Ανατολικής Μακεδονίας και Θράκης",
        "region_en": "Eastern Macedonia and Thrace",
        "aliases": ["Cavala"],
        "joined": True,
        "paused": False,
    }


async def test_the_whole_list_travels_in_30_kilobytes(site: Site, all_of_them: None) -> None:
    answer = await site.browser().get("/api/municipalities", headers={"Accept-Encoding": "gzip"})
    assert len(answer.json()) > 300
    assert answer.headers["Content-Encoding"] == "gzip"
    assert int(answer.headers["Content-Length"]) < 30_000


async def test_who_cannot_unpack_gets_it_plain(site: Site) -> None:
    answer = await site.browser().get("/api/municipalities", headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in answer.headers
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert "Δήμος Καβάλας".encode() in answer.content


@pytest.mark.parametrize("known", ["{}", '"other", {}', "*"])
async def test_a_list_that_is_known_is_not_sent_again(site: Site, known: str) -> None:
    browser = site.browser()
    first = await browser.get("/api/municipalities")
    assert first.headers["Cache-Control"] == "public, max-age=300"
    again = await browser.get("/api/municipalities", headers={"If-None-Match": known.format(first.headers["ETag"])})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["ETag"] == first.headers["ETag"]


async def test_a_municipality_that_joins_changes_the_list(site: Site) -> None:
    browser = site.browser()
    before = (await browser.get("/api/municipalities")).headers["ETag"]
    with transaction(site.context.db) as tx:
        tx.get_one(MunicipalityRow, site.town.municipality.id).joined_at = None
    site.town.clock.advance(seconds=LIST_SECONDS)
    after = await browser.get("/api/municipalities", headers={"If-None-Match": before})
    assert after.status_code == 200
    assert after.headers["ETag"] != before

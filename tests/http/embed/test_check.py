"""How a page stands that shows no frame: said to its webmaster, and a secret to nobody."""

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.queries.frame_origins import replace_origins
from dimoslive.db.tables.catalogue import MunicipalityRow
from tests.http.site import Site
from tests.support.world import a_municipality


@pytest.fixture(autouse=True)
def listed(site: Site) -> None:
    with transaction(site.context.db) as tx:
        replace_origins(tx, site.town.municipality.id, ["https://*.kavala.gr"])
        a_municipality(tx, "Δράμας", slug="drama").joined_at = None


@pytest.mark.parametrize(
    ("municipality", "origin", "standing", "line"),
    [
        ("kavala", "https://www.kavala.gr", "listed", "https://www.kavala.gr is listed for kavala"),
        (
            "kavala",
            "https://www.town.gr",
            "not-listed",
            "https://www.town.gr is not listed for kavala. Administrators add it under Embedding.",
        ),
        ("drama", "https://www.kavala.gr", "not-joined", "drama takes no bookings here yet."),
        ("nowhere", "https://www.kavala.gr", "unknown", "There is no municipality nowhere."),
    ],
)
async def test_it_says_what_to_do(site: Site, municipality: str, origin: str, standing: str, line: str) -> None:
    answer = await site.browser().get(f"/embed/check?m={municipality}", headers={"Origin": origin})
    assert (answer.json()["standing"], answer.json()["line"].startswith(line)) == (standing, True)


async def test_any_page_may_read_it_and_nobody_keeps_it(site: Site) -> None:
    answer = await site.browser().get("/embed/check?m=kavala", headers={"Origin": "https://www.town.gr"})
    headers = answer.headers
    assert (headers["Access-Control-Allow-Origin"], headers["Cache-Control"]) == ("*", "no-store")
    assert "Origin" in headers["Vary"]
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("asked", ["m=Καβάλα", f"m={'a' * 81}", "m=%00", "m=<script>"])
async def test_what_can_be_no_municipality_is_refused(site: Site, asked: str) -> None:
    assert (await site.browser().get(f"/embed/check?{asked}")).status_code == 422


async def test_a_municipality_that_ends_its_publication_is_not_joined(site: Site) -> None:
    with transaction(site.context.db) as tx:
        tx.get_one(MunicipalityRow, site.town.municipality.id).joined_at = None
    answer = await site.browser().get("/embed/check?m=kavala", headers={"Origin": "https://www.kavala.gr"})
    assert answer.json()["standing"] == "not-joined"

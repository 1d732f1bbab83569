"""What is for development, and where it is missing."""

from pathlib import Path

import pytest

from tests.http.site import Site, development, production
from tests.support.ports import KnownPersons
from tests.support.world import Town

FOR_DEVELOPMENT = [
    "/dev/mailbox",
    "/simulator/oauth2server/oauth/authorize",
    "/simulator/oauth2servergov/oauth/authorize",
]


@pytest.mark.parametrize("address", FOR_DEVELOPMENT)
async def test_what_is_for_development_is_not_in_production(town: Town, address: str) -> None:
    answer = await Site(town, production(), KnownPersons()).browser().get(address)
    assert (answer.status_code, answer.json()) == (404, {"code": "not_found"})


@pytest.mark.parametrize("address", FOR_DEVELOPMENT)
async def test_what_is_for_development_is_there(site: Site, address: str) -> None:
    # The simulator refuses a request without a client, with a page of its own.
    answer = await site.browser().get(address)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


async def test_a_development_with_real_neighbours_has_no_stand_ins(town: Town, tmp_path: Path) -> None:
    settings = development(
        tmp_path,
        mail="smtp",
        smtp_url="smtp://mail.example",
        identity="gsis",
        gsis_client_id="dimos",
        gsis_client_secret="secret",
    )
    browser = Site(town, settings, KnownPersons()).browser()
    assert [(await browser.get(address)).status_code for address in FOR_DEVELOPMENT] == [404, 404, 404]


async def test_pages_are_left_to_the_pages(site: Site) -> None:
    browser = site.browser()
    assert "Αρχική σελίδα" in (await browser.get("/")).text
    assert (await browser.get("/missing")).text == "Not Found"


async def test_health_is_told_to_monitors(site: Site) -> None:
    browser = site.browser()
    answer = await browser.get("/api/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert answer.headers["Cache-Control"] == "no-store"
    assert (await browser.head("/api/health")).status_code == 200


async def test_health_names_a_database_that_is_gone(site: Site) -> None:
    site.lose_database()
    answer = await site.browser().get("/api/health")
    assert (answer.status_code, answer.json()) == (503, {"status": "database"})

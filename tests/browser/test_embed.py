"""Booking inside a municipality's own site: another site than ours, in a browser that blocks third-party cookies."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Playwright, expect

from dimoslive.db.engine import transaction
from dimoslive.db.queries.catalogue import municipality_by_slug
from dimoslive.db.queries.frame_origins import replace_origins
from tests.browser.office import Office
from tests.browser.people import a_person
from tests.browser.site import Site
from tests.browser.two_sites import TOWN, browser_profile, open_host, serve_over_tls


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serve_over_tls(tmp_path_factory.mktemp("book"), print) as site:
        with transaction(site.context.db) as tx:
            kavala = municipality_by_slug(tx, "kavala")
            assert kavala is not None
            replace_origins(tx, kavala.id, [TOWN])
        yield site


@pytest.fixture(scope="module")
def kavala(site: Site) -> Office:
    return Office.of(site.context, "kavala", "mayor-support")


@pytest.fixture
def profile(playwright: Playwright, tmp_path: Path) -> Iterator[BrowserContext]:
    with browser_profile(playwright, tmp_path / "profile", blocks_cookies=True) as context:
        yield context


def test_a_citizen_books_to_the_end_in_a_frame_and_the_host_learns_nothing_of_them(
    profile: BrowserContext, site: Site, kavala: Office
) -> None:
    a_person()
    next(iter(kavala.free_days().values()))[2]
    host = open_host(profile, f"{site.url}/embed/services?m=kavala&service=mayor-support&mode=video")
    frame = host.frame
    expect(frame.get_by_role("link", name="Σύνδεση με TAXISnet")).to_be_visible()
    assert host.page.evaluate("document.activeElement === document.body")
    with profile.expect_page() as opened:
        frame.get_by_role("link", name="Σύνδεση με TAXISnet").click()
    window = opened.value
    expect(frame.get_by_text("Συνδεθείτε στο παράθυρο που άνοιξε")).to_be_visible()
    window.get_by_text("Άλλα στοιχεία").click()
    with window.expect_event("close"):
        pass

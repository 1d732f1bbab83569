"""One server and one browser for all stories; each visitor has a browser profile of their own."""

from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.chromium import start_chromium
from tests.browser.office import Office
from tests.browser.people import Person
from tests.browser.site import RESULTS, Site, serve
from tests.browser.visitor import Visitor

HERE = Path(__file__).parent
PATIENCE_MS = 10_000
FAILED = pytest.StashKey[bool]()

expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A story that hangs ends; the time that the build takes is not the first story's."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.timeout(180, func_only=True))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember for the fixtures whether the story failed."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="session")
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    capture = request.config.pluginmanager.get_plugin("capturemanager")

    def say(line: str) -> None:
        with capture.global_and_fixture_disabled():
            print(f"\n{line}", flush=True)  # noqa: T201  # the build takes a while, and silence looks like a hang

    with serve(tmp_path_factory.mktemp("site"), say) as site:
        yield site


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright, start_chromium(playwright) as browser:
        yield browser


@pytest.fixture
def visit(site: Site, chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Opens a browser profile: ``visit(person)`` is signed in. Each error that a page reports fails the story."""
    visitors: list[Visitor] = []

    def open_profile(person: Person | None = None, **options: Any) -> Page:
        visitors.append(Visitor(chromium, site.url, PATIENCE_MS, **options))
        if person is not None:
            visitors[-1].sign_in(person)
        return visitors[-1].page

    yield open_profile
    for number, visitor in enumerate(visitors):
        if request.node.stash.get(FAILED, False):
            visitor.page.screenshot(path=RESULTS / f"{request.node.name[:80]}-{number}.png", full_page=True)
        visitor.close()
    assert [error for visitor in visitors for error in visitor.errors] == []


@pytest.fixture(scope="session")
def kavala(site: Site) -> Office:
    """The one service of Kavala: ten minutes, two desks, every half hour."""
    return Office.of(site.parts, "kavala", "mayor-support")


@pytest.fixture(scope="session")
def debts(site: Site) -> Office:
    """A service of Heraklion."""
    return Office.of(site.parts, "heraklion", "debts")

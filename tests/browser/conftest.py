"""One server and one browser for all stories; each visitor has a browser profile of their own."""

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, Route, expect, sync_playwright

from tests.browser.build import RESULTS
from tests.browser.chromium import start_chromium
from tests.browser.meeting_walk import WITH_CAMERA
from tests.browser.modules import module_script
from tests.browser.networks import Telephone, can_wire_networks, line_to_a_router, telephone
from tests.browser.office import Office
from tests.browser.people import Person
from tests.browser.site import Site, serve
from tests.browser.visitor import Visitor
from tests.integrations.video.coturn import Coturn, running_coturn
from tests.support.openid import RunningProvider, openid, openid_process
from tools.turnserver import turnserver_on_path

__all__ = ["openid", "openid_process"]
HERE = Path(__file__).parent
PATIENCE_MS = 10_000
FAILED = pytest.StashKey[bool]()
WITH_PICTURES = {"cameras", "phone", "workbench"}
"""Stories with these have cameras' pictures to pack and unpack: one of them at a time."""

LINE = "DIMOS_TESTS_LINE"
"""How the workers hear which line was laid for them all."""

expect.set_options(timeout=PATIENCE_MS)


def pytest_configure(config: pytest.Config) -> None:
    """Lay the line to other networks before any worker starts a browser."""
    if LINE in os.environ or not can_wire_networks():
        return
    stack = ExitStack()
    config.add_cleanup(stack.close)
    os.environ[LINE] = stack.enter_context(line_to_a_router())
    stack.callback(os.environ.pop, LINE)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A story that hangs ends; the time that the build takes is not the first story's."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.slow)
            assert isinstance(item, pytest.Function)
            if WITH_PICTURES.intersection(item.fixturenames):
                item.add_marker(pytest.mark.media)
                item.add_marker(pytest.mark.xdist_group("media"))
            item.add_marker(pytest.mark.timeout(180, func_only=True))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember for the fixtures whether the story failed."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="session")
def relay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Coturn | None]:
    """The site's relay, where coturn is installed."""
    if turnserver_on_path() is None:
        yield None
        return
    with running_coturn(tmp_path_factory.mktemp("coturn")) as coturn:
        yield coturn


@pytest.fixture(scope="session")
def site(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    relay: Coturn | None,
    openid_process: RunningProvider,
) -> Iterator[Site]:
    capture = request.config.pluginmanager.get_plugin("capturemanager")

    def say(line: str) -> None:
        with capture.global_and_fixture_disabled():
            print(f"\n{line}", flush=True)  # noqa: T201  # the build takes a while, and silence looks like a hang

    wishes: dict[str, Any] = {"turn_urls": relay.url, "turn_secret": relay.secret} if relay else {}
    wishes |= openid_process.settings
    with serve(tmp_path_factory.mktemp("site"), say, **wishes) as site:
        yield site


@pytest.fixture(autouse=True)
def story(site: Site) -> None:
    """Each one begins in the same quiet moment."""
    site.begin_story()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    with start_chromium(playwright) as browser:
        yield browser


@pytest.fixture(scope="session")
def wired(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Telephone | None]:
    """Networks beside this machine's, where they can be had."""
    if LINE not in os.environ:
        yield None
        return
    with telephone(os.environ[LINE], tmp_path_factory.mktemp("telephone")) as phone:
        yield phone


@pytest.fixture(scope="session")
def cameras(playwright: Playwright) -> Iterator[list[Browser]]:
    """A citizen's browser and an official's, each with a camera of its own."""
    with start_chromium(playwright, has_camera=True) as one, start_chromium(playwright, has_camera=True) as other:
        yield [one, other]


@pytest.fixture
def phone(wired: Telephone | None) -> Iterator[Telephone]:
    """Between two networks, on the first."""
    if wired is None:
        pytest.skip("networks can be wired by root alone, with `ip` of the system's package `iproute2`")
    wired.change_network(0)
    yield wired
    wired.speak_again()


@pytest.fixture
def visit(site: Site, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Opens a browser profile: ``visit(person)`` is signed in. Each error that a page reports fails the story."""
    visitors: list[Visitor] = []

    def open_profile(
        person: Person | None = None, browser: Browser | None = None, official: str = "", **options: Any
    ) -> Page:
        browser = browser or request.getfixturevalue("chromium")
        visitors.append(Visitor(browser, site, PATIENCE_MS, **options))
        if person is not None:
            visitors[-1].sign_in(person)
        if official:
            visitors[-1].sign_in_as_official(official)
        return visitors[-1].page

    yield open_profile
    for number, visitor in enumerate(visitors):
        try:
            if request.node.stash.get(FAILED, False):
                visitor.page.screenshot(path=RESULTS / f"{request.node.name[:80]}-{number}.png", full_page=True)
        finally:
            visitor.close()
    assert [error for visitor in visitors for error in visitor.errors] == []


@pytest.fixture
def workbench(visit: Callable[..., Page], cameras: list[Browser]) -> Page:
    """A page of the site that can load the meeting's modules one by one, from ``/modules/``."""

    def serve_module(route: Route) -> None:
        name = route.request.url.rpartition("/modules/")[2]
        route.fulfill(body=module_script(name), content_type="text/javascript")

    page = visit(browser=cameras[0], **WITH_CAMERA)
    page.route("**/modules/**/*.ts", serve_module)
    page.goto("/faq")
    return page


@pytest.fixture(scope="session")
def kavala(site: Site) -> Office:
    """The one service of Kavala: ten minutes, two desks, every half hour."""
    return Office.of(site.context, "kavala", "mayor-support")


@pytest.fixture(scope="session")
def debts(site: Site) -> Office:
    """A service of Heraklion."""
    return Office.of(site.context, "heraklion", "debts")

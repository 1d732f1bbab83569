"""Pictures of pages for the documentation, and whom they are taken as."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.browser.build import ROOT
from tests.browser.people import Person
from tests.browser.site import Site
from tests.browser.visitor import Visitor
from tests.support.builders import at

FOLDER = ROOT / "docs" / "screenshots"
TAKEN_AT = at("2026-11-24 09:00")
"""A day of today's readers."""
PATIENCE_MS = 20_000


@contextmanager
def profile(
    browser: Browser, site: Site, person: Person | None = None, *, official: str = "", **options: Any
) -> Iterator[Page]:
    """A browser of somebody's own, on a desk's screen unless the options say otherwise."""
    visitor = Visitor(browser, site, PATIENCE_MS, **({"viewport": {"width": 1280, "height": 800}} | options))
    if person is not None:
        visitor.sign_in(person)
    if official:
        visitor.sign_in_as_official(official)
    yield visitor.page
    visitor.close()


def picture(page: Page, name: str, *, is_whole: bool = True, has_mistakes: bool = False) -> None:
    """Of the page's content, and of mistakes only where they are what is shown."""
    expect(page.locator(".skeleton")).to_have_count(0)
    if not has_mistakes:
        expect(page.locator("[aria-invalid=true]")).to_have_count(0)
        expect(page.get_by_role("alert", name="Διορθώστε τα παρακάτω")).to_have_count(0)
    page.mouse.move(0, 0)
    page.screenshot(path=FOLDER / f"{name}.png", full_page=is_whole, animations="disabled")
    say(f"{name}.png")


def say(line: str) -> None:
    """To whoever waits."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()

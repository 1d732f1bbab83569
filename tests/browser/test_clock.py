"""The clock of the stories, without which they would hold at some hours only."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.browser.clock import STORY_BEGINS
from tests.browser.office import Office
from tests.browser.people import a_person
from tests.browser.site import Site
from tests.browser.walk import Walk

ALIKE = timedelta(seconds=30)


def test_a_story_s_time_is_that_of_the_page_and_of_the_server_and_both_go_where_it_is_moved(
    visit: Callable[..., Page], site: Site, kavala: Office
) -> None:
    eleni = a_person()
    page = visit(eleni)
    walk = Walk(page)
    walk.to_details(kavala.quiet_times(1)[0])
    assert abs(_page_time(page) - STORY_BEGINS) < ALIKE
    assert page.evaluate("new Date(Date.now() + 1) > new Date()")
    assert page.evaluate("Date()").startswith("Tue Nov 13 2035 09:00")

    site.clock.advance(hours=1)

    expect(page.get_by_role("timer")).to_have_count(0)
    assert abs(_page_time(page) - STORY_BEGINS) > timedelta(hours=1)
    expect(page.get_by_role("link", name=walk.t("hold.another"))).to_be_visible()
    other = page.context.new_page()
    other.goto("/faq")
    assert abs(_page_time(other) - site.clock.now()) < ALIKE


def _page_time(page: Page) -> datetime:
    return datetime.fromtimestamp(page.evaluate("Date.now()") / 1000, UTC)

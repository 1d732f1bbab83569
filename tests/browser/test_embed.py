"""Booking inside a municipality's own site: another site than ours, in a browser that blocks third-party cookies."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from dimoslive.cookies import BACK
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.catalogue import municipality_by_slug
from dimoslive.db.queries.frame_origins import replace_origins
from dimoslive.db.queries.frames import sightings_of
from dimoslive.services.settings.embedding.snippets import (
    Wish,
    frame_snippet,
    link_snippet,
    pinned_snippet,
    script_snippet,
)
from tests.browser.barriers import barriers
from tests.browser.office import Office
from tests.browser.people import Person, a_person
from tests.browser.site import Site
from tests.browser.two_sites import (
    EVIL,
    SIBLING,
    TOWN,
    Host,
    browser_profile,
    element,
    open_host,
    plain_frame,
    serve_over_tls,
)
from tests.browser.walk import SUBJECT, Walk

SERVICE = "/embed/services?m=kavala&service=mayor-support"
BY_ELEMENT = 'municipality="kavala" service="mayor-support" mode="video"'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serve_over_tls(tmp_path_factory.mktemp("book"), print) as site:
        with transaction(site.context.db) as tx:
            replace_origins(tx, _kavala_id(site), [TOWN, SIBLING])
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
    eleni = a_person()
    slot = next(iter(kavala.free_days().values()))[2]
    host = open_host(profile, element(site.url, BY_ELEMENT), width="320px")
    walk = Walk(host.frame)  # type: ignore[arg-type]  # it is found by role and name, as on a page
    with profile.expect_page() as opened:
        press_sign_in(host)
    expect(host.frame.get_by_text(walk.t("frame.sign_in.opened"))).to_be_visible()
    with opened.value.expect_event("close"):
        sign_in_at_the_simulator(opened.value, eleni)

    walk.see("mode.title")
    expect(walk.button("mode.video")).to_have_attribute("aria-pressed", "true")
    walk.go_on("calendar.title")
    walk.choose_time(slot)
    walk.go_on("details.title")
    fits(host)
    host.page.evaluate("document.querySelector('my-dimoslive').parentElement.style.width = '768px'")
    walk.fill_in(email=eleni.email, phone="691 234 5678", subject=SUBJECT)
    walk.go_on("consent.title")
    host.frame.get_by_role("checkbox", name=walk.t("consent.tick")).check()
    walk.button("consent.book").click()
    walk.see("frame.confirmation.title")
    fits(host)

    [booking] = kavala.bookings_of(eleni)
    assert (booking.status, booking.starts_at) == ("booked", slot.starts_at)
    expect(host.frame.get_by_text(f"{booking.reference[:4]}-{booking.reference[4:]}")).to_be_visible()
    with host.page.expect_download() as file:
        host.frame.get_by_role("link", name=walk.t("frame.confirmation.calendar")).click()
    assert file.value.suggested_filename == f"mydimoslive-{booking.reference}.ics"

    crossed = host.crossed()
    steps = [message["name"] for message in crossed if message["type"] == "step"]
    assert steps == ["services", "mode", "calendar", "details", "consent", "confirmation"]
    assert [m["phase"] for m in crossed if m["type"] == "sign_in"] == ["opened", "done"]
    assert [m for m in crossed if m["type"] == "booked"] == [
        {"dimoslive": 1, "type": "booked", "service": "mayor-support", "mode": "video"}
    ]
    told = json.dumps(crossed, ensure_ascii=False)
    about_her = (eleni.first_name, eleni.last_name, *eleni.name.split(), eleni.email, "691", SUBJECT, eleni.afm)
    assert [word for word in (*about_her, booking.reference, "2035") if word in told] == []
    assert host.page.locator("my-dimoslive").get_attribute("state") == "booked"
    assert host.errors == []


def test_a_frame_that_may_open_no_window_leaves_an_address(profile: BrowserContext, site: Site) -> None:
    rights = "allow-scripts allow-same-origin allow-top-navigation-by-user-activation"
    frame = plain_frame(f"{site.url}/en{SERVICE}", f'sandbox="{rights}"')
    host = open_host(profile, frame, width="320px")
    words = Walk(host.page, "en").t
    press_sign_in(host, "en")
    expect(host.frame.get_by_role("link", name=words("frame.sign_in.link"))).to_be_visible()
    address = f"{site.url}/en/booking/mode?municipality=kavala&service=mayor-support"
    host.frame.get_by_role("link", name=address, exact=True).click()
    expect(host.page).to_have_url(re.compile(rf"^{re.escape(site.url)}/en/sign-in"))
    # By it the confirmation leads back.
    assert [unquote(one["value"]) for one in profile.cookies() if one["name"] == BACK] == [TOWN]


def test_a_window_that_is_cut_off_goes_on_by_itself_and_the_next_one_signs_the_frame_in(
    profile: BrowserContext, site: Site
) -> None:
    eleni = a_person()
    host = open_host(profile, element(site.url, BY_ELEMENT), width="768px")
    walk = Walk(host.frame)  # type: ignore[arg-type]  # as above
    with profile.expect_page() as opened:
        press_sign_in(host)
    first = opened.value
    cut_off(first)
    host.page.wait_for_function("crossed.some(({ phase }) => phase === 'left')")
    with profile.expect_page() as opened:
        walk.button("frame.sign_in.again").click()
    sign_in_at_the_simulator(first, eleni)
    expect(first.get_by_text(walk.t("frame.window.here"))).to_be_visible()
    first.get_by_role("button", name=walk.t("frame.window.go_on")).click()
    Walk(first).see("mode.title")
    expect(first).to_have_url(re.compile(rf"^{re.escape(site.url)}/booking/mode\?"))
    with opened.value.expect_event("close"):
        sign_in_at_the_simulator(opened.value, eleni)
    walk.see("mode.title")
    assert [m["phase"] for m in host.crossed() if m["type"] == "sign_in"] == ["opened", "left", "opened", "done"]

    # The first window has a session of the site's own: it counts in a frame on the same site, too.
    sibling = open_host(profile, plain_frame(f"{site.url}{SERVICE}"), origin=SIBLING, width="320px")
    expect(sibling.frame.get_by_text(eleni.name)).to_be_visible()
    sibling.frame.get_by_role("link", name=walk.t("continue")).click()
    Walk(sibling.frame).see("mode.title")  # type: ignore[arg-type]  # as above
    assert host.errors + sibling.errors == []


def cut_off(window: Page) -> None:
    """As a provider does whose page has a policy for its openers; a page of our own site has one."""
    provider = window.url
    window.evaluate("location.assign('/contact')")
    window.wait_for_url("**/contact")
    window.goto(provider)


def test_what_the_maker_writes_works_where_it_is_pasted(profile: BrowserContext, site: Site) -> None:
    one = Wish("kavala", "service", "mayor-support", language="en")
    pasted = (
        script_snippet(site.url, Wish("kavala", language="en")),
        script_snippet(site.url, replace(one, what="next")),
        frame_snippet(site.url, one),
        f"<p id=link>{link_snippet(site.url, one)}</p>",
    )
    host = open_host(profile, "".join(pasted), width="768px")
    expect(host.page.locator("my-dimoslive-next")).to_have_attribute("state", "ready")
    for place in ("my-dimoslive iframe", "body > div > iframe"):
        host.page.locator(place).scroll_into_view_if_needed()
        expect(host.page.frame_locator(place).get_by_role("heading", level=1)).to_be_visible()
    expect(host.page.locator("my-dimoslive")).to_have_attribute("state", "ready")
    pinned = open_host(profile, pinned_snippet(site.url, Wish("kavala")))
    expect(pinned.page.locator("my-dimoslive")).to_have_attribute("state", "ready")
    host.page.locator("#link a").click()
    expect(host.page).to_have_url(re.compile("/en/m/kavala\\?service=mayor-support"))
    expect(host.page.get_by_role("heading", level=1)).to_be_visible()
    assert host.errors == []


def test_who_blocks_all_cookies_is_told_so(playwright: Playwright, tmp_path: Path, site: Site) -> None:
    with browser_profile(playwright, tmp_path / "none", blocks_cookies=True, blocks_all=True) as denying:
        host = open_host(denying, plain_frame(f"{site.url}{SERVICE}"))
        words = Walk(host.page).t
        expect(host.frame.get_by_text(words("frame.sign_in.blocked"))).to_be_visible()
        with denying.expect_page() as opened:
            press_sign_in(host)
        sign_in_at_the_simulator(opened.value, a_person())
        expect(opened.value.get_by_text(words("sign_in.problem.cookies_off"))).to_be_visible()


def test_the_listed_site_alone_shows_the_frame_and_the_others_are_told_of(profile: BrowserContext, site: Site) -> None:
    frame = plain_frame(f"{site.url}{SERVICE}")
    listed = open_host(profile, frame)
    expect(listed.frame.get_by_role("heading", level=1)).to_be_visible()
    for host in (
        open_host(profile, frame, origin=EVIL),
        open_host(profile, frame, around=EVIL),
        open_host(profile, plain_frame(f"{site.url}/embed/services?m=heraklion")),
        open_host(profile, plain_frame(f"{site.url}/m/kavala")),
    ):
        refused = host.page.frames[-1]
        refused.wait_for_url("chrome-error://**")
    with reading(site.context.db) as tx:
        assert EVIL in [one.origin for one in sightings_of(tx, _kavala_id(site))]
    sandboxed = open_host(profile, plain_frame(f"{site.url}{SERVICE}", 'sandbox="allow-scripts allow-popups"'))
    link = sandboxed.frame.get_by_role("link")
    expect(link).to_have_attribute("href", "/m/kavala")
    expect(link).to_have_attribute("target", "_blank")


@pytest.mark.parametrize(("language", "width"), [("el", "320px"), ("en", "100%")])
def test_a_frame_grows_and_shrinks_takes_no_focus_and_raises_no_barrier(
    profile: BrowserContext, site: Site, language: str, width: str
) -> None:
    prefix = "" if language == "el" else "/en"
    host = open_host(profile, element(site.url, f'municipality="kavala" lang="{language}"'), width=width)
    with profile.expect_page() as opened:
        press_sign_in(host, language)
    with opened.value.expect_event("close"):
        sign_in_at_the_simulator(opened.value, a_person(), language)
    walk = Walk(host.frame, language)  # type: ignore[arg-type]  # as above
    walk.see("mode.title")
    fits(host)
    walk.button("mode.video").click()
    expect(walk.button("mode.video")).to_have_attribute("aria-pressed", "true")
    fits(host)
    walk.go_on("calendar.title")
    expect(host.frame.get_by_role("grid")).to_be_visible()
    assert barriers(host.page.frames[-1], ["calendar"]) == []
    walk.button("calendar.as_list").click()
    expect(host.frame.get_by_role("grid")).to_have_count(0)
    fits(host)
    tall = host.height()
    walk.button("calendar.as_grid").click()
    expect(host.frame.get_by_role("grid")).to_be_visible()
    fits(host)
    assert host.height() < tall

    fresh = open_host(profile, plain_frame(f"{site.url}{prefix}/embed/calendar?m=kavala"), width=width)
    expect(fresh.frame.get_by_role("grid")).to_be_visible()
    assert fresh.page.evaluate("document.activeElement === document.body")
    assert fresh.errors + host.errors == []


def fits(host: Host) -> None:
    """The frame is as high as what is in it: nothing scrolls inside, and nothing is left over."""
    body = host.frame.locator("body")
    for _ in range(50):
        inside = int(body.evaluate("body => Math.ceil(body.getBoundingClientRect().height)"))
        if inside == host.height():
            break
        host.page.wait_for_timeout(100)
    assert inside == host.height()
    assert body.evaluate("body => body.ownerDocument.documentElement.scrollWidth <= innerWidth")


def press_sign_in(host: Host, language: str = "el") -> None:
    """As soon as the frame knows what the browser keeps: before that the link leads to the site."""
    press = host.frame.get_by_role("link", name=Walk(host.page, language).t("frame.sign_in.press"))
    expect(press).to_be_visible()
    host.page.wait_for_load_state("networkidle")
    press.click()


def sign_in_at_the_simulator(window: Page, person: Person, language: str = "el") -> None:
    walk = Walk(window, language)
    window.get_by_text(walk.t("simulator.type")).click()
    for name in ("afm", "first_name", "last_name"):
        window.get_by_role("textbox", name=walk.t(f"simulator.field.{name}")).fill(getattr(person, name))
    walk.button("simulator.sign_in_typed").click()


def _kavala_id(site: Site) -> int:
    with reading(site.context.db) as tx:
        kavala = municipality_by_slug(tx, "kavala")
    assert kavala is not None
    return kavala.id

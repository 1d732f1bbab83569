"""Officials sign in at their own gate; what is a citizen's is of no use there."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from dimoslive.cookies import staff_cookie_name
from dimoslive.domain.people.principals import Official
from dimoslive.services.identity.auth_realm import CITIZENS, STAFF
from dimoslive.services.identity.sessions import find_principal
from tests.http.site import HTTPS, Site, cookie, development, problem, sign_in, states
from tests.http.staff import staff_sign_in, staff_way_back
from tests.support.meeting import ANNA, NIKOS, enter_official
from tests.support.ports import KnownPersons
from tests.support.world import Town

STAFF_STATE, STAFF_SESSION = "dimoslive_staff_sign_in", "dimoslive_staff"


@pytest.fixture
def town(town: Town) -> Town:
    """Nikos and Anna are known to the officials' provider; Nikos is on the municipality's list."""
    town.context = replace(town.context, staff_identity=KnownPersons(nikos=NIKOS, anna=ANNA))
    enter_official(town)
    return town


async def test_an_official_signs_in_and_lands_at_the_desk(site: Site) -> None:
    browser = site.browser()
    answer = await staff_sign_in(browser)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk?day=today")
    official = official_of(site, browser)
    assert official is not None
    assert official.full_name == "ΝΙΚΟΣ ΔΗΜΟΥ"


async def test_who_is_on_no_list_reads_so_and_gets_no_cookie(site: Site) -> None:
    browser = site.browser()
    answer = await staff_sign_in(browser, code="anna")
    assert problem(answer) == {"page": "/desk/sign-in", "problem": "not_an_official", "next": "/desk?day=today"}
    assert STAFF_SESSION not in browser.cookies
    assert official_of(site, browser) is None
    in_english = await staff_sign_in(browser, code="anna", to="/en/desk")
    assert problem(in_english)["page"] == "/en/desk/sign-in"


async def test_staff_cookies_are_out_of_reach_of_scripts_and_other_sites(town: Town, tmp_path: Path) -> None:
    site = Site(town, development(tmp_path, public_url=HTTPS))
    browser = site.browser()
    begun = await browser.get("/auth/staff/sign-in")
    assert flags(cookie(begun, STAFF_STATE)) == {
        "HttpOnly",
        "SameSite=lax",
        "Secure",
        "Path=/auth/staff",
        "Max-Age=900",
    }
    answer = await staff_sign_in(browser)
    assert flags(cookie(answer, f"__Host-{STAFF_SESSION}")) == {"HttpOnly", "SameSite=lax", "Secure", "Path=/"}
    assert answer.headers["Cache-Control"] == "no-store"
    assert official_of(site, browser)


async def test_two_tabs_of_an_official_sign_in_in_any_order_and_once_more(site: Site) -> None:
    browser = site.browser()
    older, newer = await staff_way_back(browser, to="/desk"), await staff_way_back(browser, to="/en/desk")
    for back, wanted in ((older, "/desk"), (newer, "/en/desk"), (older, "/desk")):
        assert (await browser.get(back)).headers["Location"] == wanted
    assert official_of(site, browser)


async def test_a_citizens_session_leads_past_no_officials_sign_in(site: Site) -> None:
    browser = site.browser()
    await sign_in(browser)
    answer = await browser.get("/auth/staff/callback?state=x&code=nikos")
    assert problem(answer) == {"page": "/desk/sign-in", "problem": "sign_in_forged", "next": "/desk"}


async def test_a_citizens_sign_in_left_unfinished_does_not_get_in_the_way(site: Site) -> None:
    browser = site.browser()
    await browser.get("/auth/sign-in")
    assert states(browser)
    await staff_sign_in(browser)
    assert official_of(site, browser)


async def test_a_staff_sign_in_left_unfinished_does_not_get_in_the_way(site: Site) -> None:
    browser = site.browser()
    await browser.get("/auth/staff/sign-in")
    await sign_in(browser)
    assert site.citizen(browser)


async def test_one_browser_may_be_a_citizens_and_an_officials(site: Site) -> None:
    browser = site.browser()
    await sign_in(browser)
    await staff_sign_in(browser)
    assert site.citizen(browser)
    assert official_of(site, browser)
    staff = browser.cookies[STAFF_SESSION]
    citizen = browser.cookies["dimoslive_session"]
    assert find_principal(site.context, CITIZENS, staff) is None
    assert find_principal(site.context, STAFF, citizen) is None


async def test_an_official_signs_out_and_stays_a_citizen(site: Site) -> None:
    browser, copy = site.browser(), site.browser()
    await sign_in(browser)
    await staff_sign_in(browser)
    copy.cookies.update(browser.cookies)
    answer = await browser.post("/auth/staff/sign-out", headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.headers["Location"].startswith("https://identity.example/logout?")
    assert STAFF_SESSION not in browser.cookies
    assert official_of(site, copy) is None
    assert site.citizen(browser)


async def test_another_site_cannot_sign_an_official_out(site: Site) -> None:
    browser = site.browser()
    await staff_sign_in(browser)
    answer = await browser.post("/auth/staff/sign-out", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert official_of(site, browser)


async def test_the_way_back_of_a_citizen_opens_no_staff_session(site: Site) -> None:
    browser = site.browser()
    begun = await browser.get("/auth/sign-in")
    [sign_in_state] = states(browser).values()
    [state] = parse_qs(urlsplit(begun.headers["Location"]).query)["state"]
    answer = await browser.get(
        "/auth/staff/callback",
        params={"state": state, "code": "nikos"},
        headers={"Cookie": f"{STAFF_STATE}_{state[:8]}={sign_in_state}"},
    )
    assert problem(answer)["problem"] == "sign_in_forged"
    assert official_of(site, browser) is None


def official_of(site: Site, browser: httpx2.AsyncClient) -> Official | None:
    """Whom the browser's staff cookie names."""
    return find_principal(site.context, STAFF, browser.cookies.get(staff_cookie_name(site.context.public_url)) or "")


def flags(cookie_line: str) -> set[str]:
    """How the cookie is guarded."""
    return {part.strip() for part in cookie_line.split(";")[1:]}

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from dimoslive.cookies import ZONE
from dimoslive.db.tables.citizen import SessionRow, UsedSignInStateRow
from dimoslive.services.identity.sign_in_state import MAX_SIGN_IN_STATES
from tests.http.site import HTTPS, Site, cookie, development, problem, sign_in, states, way_back
from tests.support.world import Town, rows

STATE, SESSION = "dimoslive_sign_in", "dimoslive_session"


async def test_a_person_signs_in_and_lands_where_they_wanted_to_go(site: Site) -> None:
    browser = site.browser()
    answer = await sign_in(browser, "/booking/calendar?service=2", decision="pick", person="georgios")

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/booking/calendar?service=2"
    citizen = site.citizen(browser)
    assert citizen is not None
    assert citizen.full_name == "ΓΕΩΡΓΙΟΣ ΝΙΚΟΛΑΪΔΗΣ"


async def test_beginning_a_sign_in_stores_nothing(site: Site) -> None:
    answer = await site.browser().get("/auth/sign-in")
    assert urlsplit(answer.headers["Location"]).path == "/simulator/oauth2server/oauth/authorize"
    assert not rows(site.context.db, UsedSignInStateRow)
    assert not rows(site.context.db, SessionRow)


async def test_cookies_are_out_of_reach_of_scripts_and_other_sites(site: Site) -> None:
    browser = site.browser()
    begun = await browser.get("/auth/sign-in")
    assert _flags(cookie(begun, STATE)) == {"HttpOnly", "SameSite=lax", "Path=/auth", "Max-Age=900"}
    answer = await sign_in(browser)
    assert _flags(cookie(answer, SESSION)) == {"HttpOnly", "SameSite=lax", "Path=/"}


async def test_under_https_cookies_never_travel_in_the_clear(town: Town, tmp_path: Path) -> None:
    site = Site(town, development(tmp_path, public_url=HTTPS))
    browser = site.browser()
    begun = await browser.get("/auth/sign-in")
    assert "Secure" in _flags(cookie(begun, STATE))
    answer = await sign_in(browser)
    assert _flags(cookie(answer, f"__Host-{SESSION}")) == {"HttpOnly", "SameSite=lax", "Path=/", "Secure"}
    assert site.citizen(browser) is not None


async def test_answers_that_carry_cookies_are_not_kept(site: Site) -> None:
    browser = site.browser()
    begun = await browser.get("/auth/sign-in")
    assert begun.headers["Cache-Control"] == "no-store"
    assert (await sign_in(browser)).headers["Cache-Control"] == "no-store"


async def test_signing_in_again_ends_the_session_before(site: Site) -> None:
    browser, old = site.browser(), site.browser()
    await sign_in(browser)
    old.cookies.update(browser.cookies)
    await sign_in(browser)

    assert browser.cookies[SESSION] != old.cookies[SESSION]
    assert site.citizen(old) is None
    assert site.citizen(browser) is not None


async def test_who_planted_a_session_does_not_share_the_one_that_follows(site: Site) -> None:
    planter, browser = site.browser(), site.browser()
    await sign_in(planter, decision="pick", person="maria")
    browser.cookies.update(planter.cookies)
    await sign_in(browser)
    assert site.citizen(planter) is None
    assert site.citizen(browser) is not None


async def test_signing_out_ends_the_session_here_and_at_the_provider(site: Site) -> None:
    browser, copy = site.browser(), site.browser()
    await sign_in(browser)
    copy.cookies.update(browser.cookies)

    answer = await browser.post("/auth/sign-out", headers={"Sec-Fetch-Site": "same-origin"})

    assert answer.status_code == 303
    assert urlsplit(answer.headers["Location"]).path.startswith("/simulator/oauth2server/logout/")
    assert SESSION not in browser.cookies
    assert site.citizen(copy) is None
    home = await browser.get(answer.headers["Location"])
    assert home.headers["Location"] == "http://localhost:3000/"


async def test_an_older_browser_signs_out_by_origin(site: Site) -> None:
    browser = site.browser()
    await sign_in(browser)
    answer = await browser.post("/auth/sign-out", headers={"Origin": "http://localhost:3000"})
    assert answer.status_code == 303
    assert SESSION not in browser.cookies


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost:3000"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {},
    ],
)
async def test_another_site_cannot_sign_a_person_out(site: Site, headers: dict[str, str]) -> None:
    browser = site.browser()
    await sign_in(browser)
    answer = await browser.post("/auth/sign-out", headers=headers)
    assert answer.status_code == 403
    assert answer.json() == {"code": "forbidden"}
    assert site.citizen(browser) is not None


async def test_a_link_does_not_sign_out(site: Site) -> None:
    browser = site.browser()
    await sign_in(browser)
    answer = await browser.get("/auth/sign-out")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert site.citizen(browser) is not None


async def test_the_way_back_of_another_browser_is_refused(site: Site) -> None:
    stranger = await way_back(site.browser())
    browser = site.browser()
    # Nothing at all comes back where cookies are off.
    assert problem(await browser.get(stranger))["problem"] == "cookies_off"
    browser.cookies.set(ZONE, "Europe/Athens")
    assert problem(await browser.get(stranger))["problem"] == "sign_in_forged"
    await way_back(browser, "/my-bookings")
    answer = await browser.get(stranger)
    assert problem(answer) == {"page": "/sign-in", "problem": "sign_in_forged", "next": "/my-bookings"}
    assert site.citizen(browser) is None


async def test_a_state_that_we_did_not_sign_is_refused(site: Site) -> None:
    browser = site.browser()
    back = await way_back(browser)
    [(name, state)] = states(browser).items()
    browser.cookies.clear()
    answer = await browser.get(back, headers={"Cookie": f"{name}={state[:-2]}xx"})
    assert problem(answer)["problem"] == "sign_in_forged"


@pytest.mark.parametrize(
    "query", ["", "?state=&code=", "?code=x", f"?state={'s' * 101}&code=x", "?state=%00%ff&code=x"]
)
async def test_a_way_back_that_leads_nowhere_is_refused(site: Site, query: str) -> None:
    browser = site.browser()
    await way_back(browser)
    answer = await browser.get(f"/auth/callback{query}")
    assert problem(answer)["problem"] == "sign_in_forged"


async def test_a_code_longer_than_any_is_not_passed_on(site: Site) -> None:
    browser = site.browser()
    back = await way_back(browser)
    answer = await browser.get(f"{back}{'x' * 2000}")
    assert problem(answer)["problem"] == "sign_in_forged"
    assert not rows(site.context.db, UsedSignInStateRow)


async def test_two_tabs_sign_in_in_any_order_and_each_goes_where_it_wanted(site: Site) -> None:
    browser = site.browser()
    older = await way_back(browser, "/booking/calendar")
    newer = await way_back(browser, "/my-bookings")

    assert (await browser.get(older)).headers["Location"] == "/booking/calendar"
    assert (await browser.get(newer)).headers["Location"] == "/my-bookings"
    assert site.citizen(browser) is not None


async def test_a_way_back_opened_again_goes_on_to_where_one_wanted(site: Site) -> None:
    browser = site.browser()
    back = await way_back(browser, "/booking/calendar")
    await browser.get(back)
    session = browser.cookies[SESSION]
    await way_back(browser, "/faq")

    again = await browser.get(back)

    assert (again.headers["Location"], browser.cookies[SESSION]) == ("/booking/calendar", session)
    assert site.citizen(browser) is not None


async def test_a_stale_way_back_leads_whoever_is_signed_in_to_a_page_of_ours(site: Site) -> None:
    stranger = await way_back(site.browser(), "/faq")
    browser = site.browser()
    await sign_in(browser, "/my-bookings")
    assert (await browser.get(stranger)).headers["Location"] == "/my-bookings"
    for name in states(browser):
        browser.cookies.delete(name)
    for stale in (stranger, "/auth/callback", "/auth/callback?state=x&code=y"):
        assert (await browser.get(stale)).headers["Location"] == "/"


async def test_a_way_back_opened_again_after_signing_out_is_refused(site: Site) -> None:
    browser = site.browser()
    back = await way_back(browser, "/my-bookings")
    await browser.get(back)
    await browser.post("/auth/sign-out", headers={"Sec-Fetch-Site": "same-origin"})
    answer = await browser.get(back)
    assert problem(answer) == {"page": "/sign-in", "problem": "sign_in_forged", "next": "/my-bookings"}
    assert site.citizen(browser) is None


async def test_a_browser_keeps_few_states_however_often_it_begins(site: Site) -> None:
    browser = site.browser()
    for number in range(MAX_SIGN_IN_STATES + 3):
        site.town.clock.advance(seconds=1)
        last = await way_back(browser, f"/{number}")
    assert len(states(browser)) == MAX_SIGN_IN_STATES
    assert (await browser.get(last)).headers["Location"] == f"/{MAX_SIGN_IN_STATES + 2}"


async def test_a_sign_in_takes_a_quarter_of_an_hour_at_most(site: Site) -> None:
    browser = site.browser()
    back = await way_back(browser)
    site.town.clock.advance(minutes=15, seconds=1)
    assert problem(await browser.get(back))["problem"] == "sign_in_forged"


async def test_who_refuses_may_try_again_from_the_same_place(site: Site) -> None:
    browser = site.browser()
    answer = await sign_in(browser, "/my-bookings", decision="refuse")
    assert problem(answer) == {"page": "/sign-in", "problem": "sign_in_refused", "next": "/my-bookings"}
    assert site.citizen(browser) is None


async def test_problems_are_told_in_the_language_of_the_page(site: Site) -> None:
    answer = await sign_in(site.browser(), "/en/my-bookings?past=1", decision="refuse")
    assert problem(answer) == {"page": "/en/sign-in", "problem": "sign_in_refused", "next": "/en/my-bookings?past=1"}
    answer = await sign_in(site.browser(), "/entypa", decision="refuse")
    assert problem(answer)["page"] == "/sign-in"


@pytest.mark.parametrize(
    ("wanted", "page", "title"),
    [
        ({"next": "/en/booking/mode?service=1"}, "", "Sign in with a test account"),
        ({"next": "/en?a=1"}, "", "Sign in with a test account"),
        ({}, "/en/sign-in", "Sign in with a test account"),
        ({}, "/en/sign-in?next=/en/my-bookings", "Sign in with a test account"),
        ({"next": "/entypa"}, "", "Σύνδεση με δοκιμαστικό λογαριασμό"),
        ({}, "/sign-in", "Σύνδεση με δοκιμαστικό λογαριασμό"),
    ],
)
async def test_the_provider_is_told_the_language_of_the_page(
    site: Site, wanted: dict[str, str], page: str, title: str
) -> None:
    browser = site.browser()
    begun = await browser.get("/auth/sign-in", params=wanted, headers={"Referer": site.context.public_url + page})
    shown = await browser.get(begun.headers["Location"])
    assert f"<title>{title}" in shown.text


async def test_a_sign_in_from_an_english_page_ends_on_one(site: Site) -> None:
    browser = site.browser()
    begun = await browser.get("/auth/sign-in", headers={"Referer": f"{site.context.public_url}/en/sign-in"})
    decided = await browser.post(begun.headers["Location"], data={"decision": "pick", "person": "eleni"})
    assert (await browser.get(decided.headers["Location"])).headers["Location"] == "/en"


async def test_a_provider_that_is_down_is_told_apart(site: Site) -> None:
    browser = site.browser()
    back = await way_back(browser)
    site.provider_is_down = True
    assert problem(await browser.get(back))["problem"] == "sign_in_unavailable"
    assert site.citizen(browser) is None


async def test_an_account_without_a_name_is_not_let_in(site: Site) -> None:
    answer = await sign_in(site.browser(), decision="pick", person="nameless_business")
    assert problem(answer)["problem"] == "sign_in_unreadable"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "evil.example",
        "/\t/evil.example",
        "/\r\nSet-Cookie: a=b",
        "/\x00",
        "/ευ",
        "/" + "x" * 401,
        "",
    ],
)
async def test_a_sign_in_never_leads_to_another_site(site: Site, elsewhere: str) -> None:
    assert (await sign_in(site.browser(), elsewhere)).headers["Location"] == "/"
    assert problem(await sign_in(site.browser(), elsewhere, decision="refuse"))["next"] == "/"


def _flags(cookie_line: str) -> set[str]:
    return {part.strip() for part in cookie_line.split(";")[1:]}

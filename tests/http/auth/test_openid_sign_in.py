"""Officials come in by OpenID Connect: through our doors, and those of a provider in a process of its own."""

from dataclasses import replace
from pathlib import Path

import httpx2
import pytest

from dimoslive.cookies import ZONE, staff_cookie_name
from dimoslive.db.engine import transaction
from dimoslive.db.tables.official import OfficialRightRow, OfficialRow
from dimoslive.domain.people.principals import Official
from dimoslive.services.identity.auth_realm import STAFF
from dimoslive.services.identity.sessions import find_principal
from tests.http.site import Site, development, problem, states
from tests.http.staff import staff_way_back
from tests.support.openid import NIKOS, RunningProvider, openid, openid_process
from tests.support.ports import KnownPersons
from tests.support.world import Town

__all__ = ["openid", "openid_process"]
STAFF_STATE = "dimoslive_staff_sign_in"
FORGED = "sign_in_forged"


@pytest.fixture
def site(town: Town, tmp_path: Path, openid: RunningProvider) -> Site:
    """The municipality has entered Nikos' address, in lower case."""
    openid.set_now(town.clock.now())
    with transaction(town.context.db) as tx:
        official = OfficialRow(email="nikos.dimou@kavala.example", first_name="", last_name="Δήμου")
        tx.add(official)
        tx.flush()
        tx.add(OfficialRightRow(official_id=official.id or 0, municipality_id=town.municipality.id))
    town.context = replace(
        town.context,
        staff_identity=KnownPersons(),
        staff_openid=openid.adapter(town.clock, secret_of=town.context.seal.link_token),
    )
    return Site(town, development(tmp_path))


async def way_back(
    browser: httpx2.AsyncClient, openid: RunningProvider, account: str = "nikos", to: str = "/desk?m=kavala"
) -> str:
    """Where the provider sends the browser."""
    begun = await browser.get("/auth/staff/openid/sign-in", params={"next": to})
    back = openid.sign_in(begun.headers["Location"], account)
    assert back["at"].endswith("/auth/staff/openid/callback")
    return f"/auth/staff/openid/callback?state={back['state']}&code={back['code']}"


async def test_an_official_signs_in_and_lands_where_they_wanted_to_go(site: Site, openid: RunningProvider) -> None:
    browser = site.browser()
    answer = await browser.get(await way_back(browser, openid))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk?m=kavala")
    official = official_of(site, browser)
    assert official is not None
    assert official.full_name == "Νίκος Δήμου"


async def test_who_is_on_no_list_reads_so(site: Site, openid: RunningProvider) -> None:
    browser = site.browser()
    answer = await browser.get(await way_back(browser, openid, "anna"))
    assert problem(answer) == {"page": "/desk/sign-in", "problem": "not_an_official", "next": "/desk?m=kavala"}
    assert official_of(site, browser) is None


async def test_an_unverified_address_is_nobodys(site: Site, openid: RunningProvider) -> None:
    openid.control(wrong={"claims": {"email_verified": False}})
    browser = site.browser()
    assert problem(await browser.get(await way_back(browser, openid)))["problem"] == "not_an_official"


async def test_a_changed_address_moves_no_rights(site: Site, openid: RunningProvider) -> None:
    browser, other = site.browser(), site.browser()
    await browser.get(await way_back(browser, openid))
    first = official_of(site, browser)
    openid.control(
        accounts={"nikos": NIKOS | {"email": "new@kavala.example"}, "thief": NIKOS | {"sub": "t", "name": "Κλέφτης"}}
    )
    assert problem(await other.get(await way_back(other, openid, "thief")))["problem"] == "not_an_official"
    await browser.get(await way_back(browser, openid))
    assert official_of(site, browser) == first


async def test_code_and_state_are_good_once_and_for_the_browser_that_began(site: Site, openid: RunningProvider) -> None:
    browser, thief = site.browser(), site.browser()
    back = await way_back(browser, openid)
    thief.cookies.set(ZONE, "Europe/Athens")
    assert problem(await thief.get(back))["problem"] == FORGED
    await browser.get(back)
    await browser.post("/auth/staff/sign-out", headers={"Sec-Fetch-Site": "same-origin"})
    assert problem(await browser.get(back))["problem"] == FORGED
    assert official_of(site, browser) is None


async def test_a_stolen_code_is_of_no_use_in_a_sign_in_of_ones_own(site: Site, openid: RunningProvider) -> None:
    thief = site.browser()
    stolen = (await way_back(site.browser(), openid)).rpartition("&code=")[2]
    own = (await way_back(thief, openid, "anna")).rpartition("&code=")[0]
    assert problem(await thief.get(f"{own}&code={stolen}"))["problem"] == "sign_in_refused"
    assert official_of(site, thief) is None


async def test_a_way_back_of_one_gate_opens_no_other(site: Site, openid: RunningProvider) -> None:
    browser = site.browser()
    by_afm, by_openid = await staff_way_back(browser, code="eleni", to="/desk"), await way_back(browser, openid)
    assert problem(await browser.get(by_openid.replace("/openid/", "/")))["problem"] == FORGED
    assert problem(await browser.get(by_afm.replace("/staff/", "/staff/openid/")))["problem"] == FORGED
    assert len(states(browser, STAFF_STATE)) == 2


async def test_signing_out_ends_both_sessions(site: Site, openid: RunningProvider) -> None:
    browser = site.browser()
    await browser.get(await way_back(browser, openid))
    answer = await browser.post("/auth/staff/sign-out", headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.headers["Location"].startswith(f"{openid.issuer}/end_session?")
    assert official_of(site, browser) is None


async def test_a_provider_that_is_down_is_told_on_our_own_page(site: Site, openid: RunningProvider) -> None:
    openid.control(wrong={"is_down": True})
    answer = await site.browser().get("/auth/staff/openid/sign-in", params={"next": "/en/desk"})
    assert problem(answer) == {"page": "/en/desk/sign-in", "problem": "sign_in_unavailable", "next": "/en/desk"}
    elsewhere = await site.browser().get("/auth/staff/openid/sign-in", params={"next": "//evil.example"})
    assert problem(elsewhere)["next"] == "/"


async def test_without_a_provider_there_is_no_such_door(town: Town, tmp_path: Path) -> None:
    browser = Site(town, development(tmp_path)).browser()
    assert (await browser.get("/auth/staff/openid/sign-in")).status_code == 404
    assert (await browser.get("/auth/staff/openid/callback?state=x&code=y")).status_code == 404


def official_of(site: Site, browser: httpx2.AsyncClient) -> Official | None:
    """Whom the browser's staff cookie names."""
    return find_principal(site.context, STAFF, browser.cookies.get(staff_cookie_name(site.context.public_url)) or "")

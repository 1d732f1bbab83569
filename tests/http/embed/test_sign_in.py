"""A sign-in in the window beside a frame: the frame gets a session of its own, and nobody else gets any."""

from datetime import timedelta

import pytest

from dimoslive.cookies import frame_cookie_name, session_cookie_name
from dimoslive.db.engine import transaction
from dimoslive.db.tables.citizen import SessionRow
from dimoslive.db.tables.frame import FrameCodeRow
from dimoslive.domain.people.principals import FramedCitizen
from dimoslive.services.embed.find_framed import find_framed
from tests.http.embed.frames import CHALLENGE, OURS, VERIFIER, Framed, code_of
from tests.http.site import HTTPS, Site, cookie, development, sign_in
from tests.support.world import Town, a_municipality, rows

HERS = "ΕΛΕΝΗ"


async def test_the_frame_gets_a_session_for_its_municipality_and_the_site_none(site: Site) -> None:
    framed = Framed.of(site)
    answer = await framed.come_back(service="dimotologio")
    assert answer.headers["Cross-Origin-Opener-Policy"] == "unsafe-none"
    assert (answer.headers["Referrer-Policy"], answer.headers["Cache-Control"]) == ("no-referrer", "no-store")
    assert (await framed.take(code_of(answer))).status_code == 204
    assert (await framed.name()).startswith(HERS)
    assert session_cookie_name(site.context.public_url) not in framed.window.cookies
    [row] = rows(site.context.db, SessionRow)
    assert (row.kind, row.municipality_id) == ("frame", site.town.municipality.id)
    assert row.expires_at - row.created_at == timedelta(hours=2)


async def test_the_session_of_a_frame_is_good_nowhere_else(site: Site) -> None:
    with transaction(site.context.db) as tx:
        a_municipality(tx, "Δράμας", slug="drama")
    framed = Framed.of(site)
    await framed.take(code_of(await framed.come_back()))
    token = framed.frame.cookies[frame_cookie_name(site.context.public_url)]
    assert await framed.name("drama") == ""
    framed.window.cookies.set(session_cookie_name(site.context.public_url), token)
    assert site.citizen(framed.window) is None
    found = find_framed(site.context, "kavala", session="", frame=token)
    assert isinstance(found, FramedCitizen)


async def test_it_ends_after_half_an_hour_without_a_sign_of_life(site: Site) -> None:
    framed = Framed.of(site)
    await framed.take(code_of(await framed.come_back()))
    site.town.clock.advance(minutes=29)
    assert await framed.name() != ""
    site.town.clock.advance(minutes=31)
    assert await framed.name() == ""


async def test_a_code_is_good_once_for_a_minute_and_for_the_frame_that_began(site: Site) -> None:
    framed = Framed.of(site)
    code = code_of(await framed.come_back())
    other = await framed.take(code, "w" * 43)
    assert (other.status_code, other.json()["code"]) == (403, "code_mismatch")
    assert (await framed.take(code)).status_code == 204
    again = await framed.take(code)
    assert (again.status_code, again.json()["code"]) == (409, "code_used")
    late = code_of(await framed.come_back())
    site.town.clock.advance(seconds=61)
    answer = await framed.take(late)
    assert (answer.status_code, answer.json()["code"]) == (410, "code_expired")
    assert (await framed.take("x" * 43)).status_code == 410


async def test_the_window_goes_on_by_itself_with_its_own_cookie_alone(site: Site) -> None:
    framed, thief = Framed.of(site), Framed.of(site)
    code = code_of(await framed.come_back(service="dimotologio", mode="video"))
    where = f"/embed/continue?m=kavala&service=dimotologio&mode=video&challenge={CHALLENGE}"
    refused = await thief.window.post(where, data={"code": code}, headers=OURS)
    assert refused.status_code == 403
    assert (await framed.window.post(where, data={"code": code})).status_code == 403
    answer = await framed.window.post(where, data={"code": code}, headers=OURS)
    assert answer.headers["Location"] == "/booking/mode?municipality=kavala&service=dimotologio&mode=video"
    assert site.citizen(framed.window) is not None
    assert (await framed.take(code)).json()["code"] == "code_used"


async def test_of_two_windows_the_last_one_counts_and_the_first_is_told(site: Site) -> None:
    framed = Framed.of(site)
    first, last = code_of(await framed.come_back()), code_of(await framed.come_back())
    where = f"/embed/continue?m=kavala&challenge={CHALLENGE}"
    told = await framed.window.post(where, data={"code": first}, headers=OURS)
    assert (told.status_code, 'role="alert"' in told.text) == (403, True)
    assert f'href="/embed/sign-in?m=kavala&amp;challenge={CHALLENGE}"' in told.text
    assert (await framed.take(last)).status_code == 204


async def test_who_is_signed_in_on_the_site_is_asked_and_goes_on_with_one_press(site: Site) -> None:
    framed = Framed.of(site)
    await sign_in(framed.window)
    asked = await framed.begin()
    assert "Συνέχεια ως" in asked.text
    assert rows(site.context.db, FrameCodeRow) == []
    where = f"/embed/sign-in?m=kavala&challenge={CHALLENGE}"
    assert (await framed.window.post(where, headers={"Sec-Fetch-Site": "cross-site"})).status_code == 403
    answer = await framed.window.post(where, headers=OURS)
    assert (await framed.take(code_of(answer))).status_code == 204
    assert (await framed.begin(other="1")).status_code == 303


@pytest.mark.parametrize(
    "query",
    [{"m": "nowhere"}, {"m": ""}, {"challenge": "short"}, {"challenge": "x" * 43 + "'"}, {"challenge": ""}],
)
async def test_a_window_without_a_municipality_or_a_challenge_leads_nowhere(site: Site, query: dict[str, str]) -> None:
    answer = await Framed.of(site).begin(**query)
    assert answer.status_code in (403, 404)
    assert "Location" not in answer.headers


async def test_where_frames_keep_no_cookie_the_booking_goes_on_in_the_tab(site: Site) -> None:
    framed = Framed.of(site)
    answer = await framed.come_back(challenge="", go_on="1", service="dimotologio")
    assert answer.headers["Location"] == "/booking/mode?municipality=kavala&service=dimotologio"
    assert site.citizen(framed.window) is not None
    straight = await framed.begin(challenge="", go_on="1")
    assert straight.headers["Location"] == "/booking/mode?municipality=kavala"


async def test_a_sign_in_that_is_refused_says_so_in_the_window(site: Site) -> None:
    framed = Framed.of(site)
    begun = await framed.begin()
    denied = await framed.window.post(begun.headers["Location"], data={"decision": "refuse"})
    answer = await framed.window.get(denied.headers["Location"])
    assert answer.status_code == 403
    assert 'role="alert"' in answer.text
    assert "data-code" not in answer.text


@pytest.mark.parametrize(
    ("method", "route"),
    [
        ("POST", "/embed/probe"),
        ("GET", "/embed/probe"),
        ("POST", "/embed/session"),
        ("GET", "/embed/session?m=kavala"),
        ("POST", "/embed/sign-out"),
        ("GET", "/embed/calendar.ics?m=kavala&reference=AAAA1111"),
    ],
)
async def test_the_host_s_own_page_which_sends_the_cookie_is_refused(site: Site, method: str, route: str) -> None:
    framed = Framed.of(site)
    await framed.take(code_of(await framed.come_back()))
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://www.town.gr"},
        {},
    ):
        answer = await framed.frame.request(method, route, json={"code": "", "verifier": ""}, headers=headers)
        assert answer.status_code == 403, headers
    assert await framed.name() != ""


async def test_the_probe_says_which_cookies_came_back(site: Site) -> None:
    frame = site.browser()
    assert (await frame.get("/embed/probe", headers=OURS)).json() == {"first_party": False, "partitioned": False}
    await frame.post("/embed/probe", headers=OURS)
    assert (await frame.get("/embed/probe", headers=OURS)).json() == {"first_party": True, "partitioned": True}


async def test_leaving_ends_the_session(site: Site) -> None:
    framed = Framed.of(site)
    await framed.take(code_of(await framed.come_back()))
    answer = await framed.frame.post("/embed/sign-out", headers=OURS)
    assert answer.json()["provider"].startswith(f"{site.context.public_url}/simulator")
    assert await framed.name() == ""
    assert rows(site.context.db, SessionRow) == []


async def test_leaving_ends_the_citizens_own_session_too_where_it_counts_in_the_frame(site: Site) -> None:
    framed = Framed.of(site)
    await sign_in(framed.frame)
    assert (await framed.name()).startswith(HERS)
    await framed.frame.post("/embed/sign-out", headers=OURS)
    assert (await framed.name(), site.citizen(framed.frame)) == ("", None)
    assert rows(site.context.db, SessionRow) == []


async def test_under_https_the_cookie_is_kept_apart_for_each_host(town: Town, tmp_path: object) -> None:
    site = Site(town, development(tmp_path, public_url=HTTPS))  # type: ignore[arg-type]  # a folder
    framed = Framed.of(site)
    answer = await framed.take(code_of(await framed.come_back()))
    [kept] = answer.headers.get_list("Set-Cookie")
    name, _, attributes = kept.partition("=")
    assert name == "__Host-dimoslive_frame"
    assert attributes.partition("; ")[2] == "Path=/; HttpOnly; Secure; SameSite=None; Partitioned"
    returned = await framed.come_back()
    window = cookie(returned, "__Host-dimoslive_window")
    assert {"HttpOnly", "Secure", "SameSite=lax", "Max-Age=120"} <= set(window.split("; "))


async def test_the_verifier_never_stands_in_an_address(site: Site) -> None:
    framed = Framed.of(site)
    begun = await framed.begin()
    assert VERIFIER not in begun.headers["Location"]

"""Access to the meeting and its probe, over HTTP."""

import zlib
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest

from dimoslive.cookies import session_cookie_name, staff_cookie_name
from dimoslive.db.tables.meeting import MeetingRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.meeting.meeting import Outcome
from dimoslive.http.meeting.protocol import MAX_PROBE_SIZE
from dimoslive.http.middleware.request_size import MAX_BODY_SIZE
from dimoslive.services.access.limit_attempts import RateLimit, limit_attempts
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.meeting.end_meeting import end_meeting
from dimoslive.services.meeting.invite_guest import invite_guest
from tests.http.site import HTTPS, VISITOR, Site, development, use_up_attempts
from tests.support.meeting import (
    ZOE,
    a_meeting,
    a_meeting_for,
    enter_foreign_official,
    enter_official,
    link_token,
    session_token,
    staff_token,
    without_video,
)
from tests.support.world import Town, on_the_day, rows

PROBE = "/api/meetings/probe?bytes=1"


async def test_access_tells_the_citizen_what_the_page_shows(site: Site) -> None:
    booking = a_meeting(site.town)
    answer = await ask(site, booking, session=session_token(site.town))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json() == {
        "state": "open",
        "reference": booking.reference,
        "number": f"{booking.reference[:4]}-{booking.reference[4:]}",
        "role": "citizen",
        "service": "Πιστοποιητικό",
        "municipality": "Δήμος Καβάλας",
        "citizen_name": site.town.eleni.full_name,
        "served_person": "",
        "served_name": "",
        "subject": "",
        "help_needed": "",
        "starts_at": "2026-11-24T07:10:00+00:00",
        "ends_at": "2026-11-24T07:20:00+00:00",
        "opens_at": "2026-11-24T07:00:00+00:00",
        "closes_at": "2026-11-24T08:20:00+00:00",
        "now": "2026-11-24T07:05:00+00:00",
        "when": "Τρίτη 24 Νοεμβρίου 2026, 9:10 πμ",
        "ice_servers": [],
    }


async def test_access_speaks_english_on_request(site: Site) -> None:
    booking = a_meeting(site.town)
    shown = (await ask(site, booking, session=session_token(site.town), language="en")).json()
    assert (shown["service"], shown["municipality"]) == ("Certificate", "Municipality of Kavala")
    assert "24 November 2026" in shown["when"]


async def test_abroad_access_tells_both_times_and_an_official_greek_time(site: Site) -> None:
    hold = site.town.hold("09:10")
    booking = site.town.confirm(hold, visitor_zone="Pacific/Auckland")
    enter_official(site.town)
    citizen = (await ask(site, booking, session=session_token(site.town), language="en")).json()
    official = (await ask(site, booking, staff=staff_token(site.town), language="en")).json()
    assert citizen["when"] == (
        "Tuesday 24 November 2026, 9:10 am (Greek time, UTC+02:00) · "
        "Tuesday 24 November 2026, 8:10 pm (your time, UTC+13:00)"
    )
    assert official["when"] == "Tuesday 24 November 2026, 9:10 am"


async def test_the_official_sees_who_comes_and_why(site: Site) -> None:
    booking = a_meeting(site.town)
    enter_official(site.town)
    shown = (await ask(site, booking, staff=staff_token(site.town))).json()
    assert (shown["role"], shown["citizen_name"]) == ("official", booking.details.name)
    assert shown["subject"] == booking.details.subject == "Πιστοποιητικό εντοπιότητας"


@pytest.mark.parametrize("served", ["other", "business"])
async def test_the_official_sees_apart_who_signed_in_and_for_whom(site: Site, served: str) -> None:
    enter_official(site.town)
    booking = a_meeting_for(site.town, "ΝΙΚΟΣ ΔΗΜΟΥ", served)
    shown = (await ask(site, booking, staff=staff_token(site.town))).json()
    assert shown["citizen_name"] == site.town.eleni.full_name
    assert (shown["served_person"], shown["served_name"]) == (served, "ΝΙΚΟΣ ΔΗΜΟΥ")
    own = await ask(site, booking, session=session_token(site.town))
    assert "ΝΙΚΟΣ ΔΗΜΟΥ" not in own.text


async def test_who_has_the_mails_link_alone_learns_no_name(site: Site) -> None:
    booking = a_meeting(site.town)
    answer = await ask(site, link=link_token(site.town, booking))
    assert (answer.json()["state"], answer.json()["citizen_name"]) == ("open", "")
    for secret in (booking.details.name, booking.details.subject, booking.details.email, booking.details.phone):
        assert secret not in answer.text
    signed_in = await ask(site, link=link_token(site.town, booking), session=session_token(site.town))
    assert signed_in.json()["citizen_name"] == booking.details.name


async def test_a_guest_learns_when_and_where_and_nothing_of_the_citizen(site: Site) -> None:
    booking = a_meeting(site.town)
    official = enter_official(site.town)
    invited = invite_guest(site.context, official, booking.reference, "Μαρία Διερμηνέα")
    answer = await ask(site, guest=invited.token, session=session_token(site.town))
    shown = answer.json()
    assert (shown["state"], shown["role"], shown["guest_name"]) == ("open", "guest", "Μαρία Διερμηνέα")
    assert (shown["service"], shown["municipality"]) == ("Πιστοποιητικό", "Δήμος Καβάλας")
    assert (shown["when"], shown["ice_servers"]) == ("Τρίτη 24 Νοεμβρίου 2026, 9:10 πμ", [])
    details = booking.details
    for secret in (booking.reference, booking.reference[4:], details.name, details.subject, details.email):
        assert secret not in answer.text
    assert rows(site.context.db, MeetingRow) == []
    end_meeting(site.context, official, booking.reference, Outcome.TECHNICAL_FAILURE)
    assert (await ask(site, guest=invited.token)).json() == {"state": "not_found"}


async def test_asking_for_access_changes_nothing(site: Site) -> None:
    booking = a_meeting(site.town)
    await ask(site, booking, session=session_token(site.town))
    assert rows(site.context.db, MeetingRow) == []
    assert site.town.row(booking).status == BookingStatus.BOOKED


async def test_who_shows_nothing_or_has_no_right_learns_nothing(site: Site) -> None:
    booking = a_meeting(site.town)
    stranger = session_token(site.town, site.town.citizen())
    enter_foreign_official(site.town)
    for shown, code in (
        (await ask(site, booking), "not_signed_in"),
        (await ask(site, booking, session="x"), "not_signed_in"),
        (await ask(site, booking, session=stranger), "not_found"),
        (await ask(site, link="x" * 3000), "not_found"),
        (await ask(site, booking, staff=staff_token(site.town, ZOE)), "not_found"),
        (await ask(site, booking, staff=session_token(site.town)), "not_signed_in"),
        (await ask(site, session=session_token(site.town)), "not_found"),
    ):
        assert (shown.status_code, shown.json()) == (200, {"state": code})


async def test_access_says_when_it_is_not_open(site: Site) -> None:
    town = site.town
    booking, at_the_counter = town.a_booking("09:10"), without_video(town, "09:30", by=(nikos := town.citizen()))
    town.clock.set(on_the_day("08:59"))
    mine, his = session_token(town), session_token(town, nikos)
    assert (await state(site, booking, mine)) == "too_early"
    assert (await state(site, at_the_counter, his)) == "not_a_meeting"
    town.clock.set(on_the_day("09:00"))
    assert (await state(site, booking, mine)) == "open"
    town.clock.set(on_the_day("10:20"))
    assert (await state(site, booking, mine)) == "meeting_over"


async def test_access_knows_of_cancelled_and_ended_meetings(site: Site) -> None:
    town = site.town
    cancelled, ended = a_meeting(town), None
    cancel_booking(town.context, town.eleni, cancelled.reference)
    assert (await state(site, cancelled, session_token(town))) == "meeting_cancelled"
    town.clock.set(on_the_day("2026-11-20 10:00"))
    ended = a_meeting(town, "09:20", now="09:15")
    end_meeting(town.context, enter_official(town), ended.reference, Outcome.TECHNICAL_FAILURE)
    assert (await state(site, ended, session_token(town))) == "meeting_over"


async def test_the_relay_is_offered_to_those_who_may_come_in_or_will(town: Town, tmp_path: Path) -> None:
    site = with_relay(town, tmp_path)
    booking, at_the_counter = town.a_booking("09:10"), without_video(town, "09:30", by=(nikos := town.citizen()))
    offered: dict[str, Any] = {}
    for wall in ("08:30", "09:05", "10:20"):
        town.clock.set(on_the_day(wall))
        shown = (await ask(site, booking, session=session_token(town))).json()
        offered[shown["state"]] = shown.get("ice_servers")
    stun, relay = offered["open"]
    assert stun == {"urls": ["stun:relay.example:3478"]}
    assert set(relay) == {"urls", "username", "credential"}
    expires = int(relay["username"].split(":")[0])
    assert expires == int(on_the_day("12:05").timestamp())
    assert len(offered["too_early"]) == 2
    assert offered["meeting_over"] is None
    counter = (await ask(site, at_the_counter, session=session_token(town, nikos))).json()
    assert "ice_servers" not in counter


async def test_the_relays_log_tells_nobody_who_talks(town: Town, tmp_path: Path) -> None:
    site = with_relay(town, tmp_path)
    booking = a_meeting(town)
    enter_official(town)
    citizen = (await ask(site, booking, session=session_token(town))).json()["ice_servers"][1]["username"]
    official = (await ask(site, booking, staff=staff_token(town))).json()["ice_servers"][1]["username"]
    assert citizen != official
    for known in (booking.reference, "eleni", "official", "citizen"):
        assert known not in (citizen + official).lower()


async def test_access_is_refused_to_an_address_that_comes_too_often(site: Site) -> None:
    booking, token = a_meeting(site.town), session_token(site.town)
    use_up_attempts(site.town, VISITOR, left=1)
    assert (await ask(site, booking, session=token)).status_code == 200
    refused = await ask(site, booking, session=token)
    assert (refused.status_code, refused.json()) == (429, {"code": "too_many_attempts"})
    assert (await ask(site, booking, session=token, address="198.51.100.4")).status_code == 200


@pytest.mark.parametrize(("asked", "given"), [(0, 0), (1, 1), (200_000, 200_000), (3_000_000, MAX_PROBE_SIZE), (-5, 0)])
async def test_the_probe_is_as_large_as_asked_within_the_limit(site: Site, asked: int, given: int) -> None:
    answer = await site.browser().get("/api/meetings/probe", params={"bytes": asked})
    assert (answer.status_code, len(answer.content)) == (200, given)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Content-Encoding" not in answer.headers


async def test_the_probe_does_not_compress(site: Site) -> None:
    content = (await site.browser().get("/api/meetings/probe", params={"bytes": 100_000})).content
    assert len(zlib.compress(content, 9)) >= 100_000


@pytest.mark.parametrize("query", ["", "?bytes=", "?bytes=many", "?bytes=1e9", "?bytes=9999999999999999999999x"])
async def test_a_probe_without_a_number_is_refused(site: Site, query: str) -> None:
    answer = await site.browser().get(f"/api/meetings/probe{query}")
    assert (answer.status_code, answer.json()) == (422, {"code": "invalid_input"})


async def test_probes_either_way_are_counted(site: Site) -> None:
    for _ in range(RateLimit.PROBE.value.attempts - 2):
        limit_attempts(site.context, RateLimit.PROBE, VISITOR)
    browser = site.browser()
    usual = [(await browser.get(PROBE)).status_code, (await browser.post(PROBE, content=b"x")).status_code]
    assert usual == [200, 204]
    for answer in (await browser.get(PROBE), await browser.post(PROBE, content=b"x")):
        assert (answer.status_code, answer.json()) == (429, {"code": "too_many_attempts"})


@pytest.mark.parametrize("size", [0, 1, 100_000, 1024 * 1024])
async def test_a_probe_is_taken_and_nothing_comes_of_it(site: Site, size: int) -> None:
    answer = await site.browser().post("/api/meetings/probe", content=b"x" * size)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("is_length_told", [True, False])
async def test_a_probe_that_is_too_large_is_refused(site: Site, *, is_length_told: bool) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(MAX_BODY_SIZE // 1024 + 1):
            yield b"x" * 1024

    body = b"x" * (MAX_BODY_SIZE + 1) if is_length_told else pieces()
    answer = await site.browser().post("/api/meetings/probe", content=body)
    assert (answer.status_code, answer.json()) == (413, {"code": "too_large"})


async def test_a_page_that_stops_sending_a_probe_is_no_mistake_of_ours(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    said: list[Any] = [{"type": "http.request", "body": b"x", "more_body": True}, {"type": "http.disconnect"}]
    answered: list[Any] = []

    async def receive() -> Any:
        return said.pop(0)

    async def send(message: Any) -> None:
        answered.append(message)

    scope = {"type": "http", "method": "POST", "path": "/api/meetings/probe", "query_string": b"", "headers": []}
    await site._app(scope | {"client": (VISITOR, 50_000)}, receive, send)
    assert (said, answered[0]["status"]) == ([], 204)
    assert caplog.records == []


async def test_no_page_of_ours_may_look_at_the_screen(site: Site) -> None:
    for address in ("/", "/api/meetings/access", "/api/meetings/probe?bytes=1"):
        policy = (await site.browser().get(address)).headers["Permissions-Policy"]
        assert "display-capture=()" in policy
        assert "camera=(self)" in policy
        assert "microphone=(self)" in policy


async def test_under_https_the_cookies_have_their_prefix_for_access_too(town: Town, tmp_path: Path) -> None:
    site = Site(town, development(tmp_path, public_url=HTTPS))
    booking = a_meeting(town)
    assert (await state(site, booking, session_token(town))) == "open"
    bare = site.browser()
    bare.cookies.set("dimoslive_session", session_token(town))
    answer = await bare.get("/api/meetings/access", params={"reference": booking.reference})
    assert answer.json() == {"state": "not_signed_in"}


async def ask(
    site: Site,
    booking: Booking | None = None,
    *,
    session: str = "",
    staff: str = "",
    address: str = VISITOR,
    **query: str,
) -> httpx2.Response:
    """What the route answers somebody with these cookies; the staff cookie asks as an official."""
    browser, url = site.browser(address), site.context.public_url
    for name, token in ((session_cookie_name(url), session), (staff_cookie_name(url), staff)):
        if token:
            browser.cookies.set(name, token)
    query |= {"reference": booking.reference} if booking else {}
    query |= {"as": "official"} if staff else {}
    return await browser.get("/api/meetings/access", params=query)


async def state(site: Site, booking: Booking, session: str) -> str:
    """What the route answers the citizen."""
    return str((await ask(site, booking, session=session)).json()["state"])


def with_relay(town: Town, folder: Path) -> Site:
    """An installation with a relay."""
    town.context = replace(town.context, turn_urls=("turn:relay.example:3478",), turn_secret="shared with the relay")
    return Site(town, development(folder))

import asyncio
import json
import logging
from urllib.parse import parse_qs

import httpx2
import pytest

from dimoslive.domain.errors import VideoUnavailable
from dimoslive.integrations.video.teams import TeamsAccount, TeamsRooms
from dimoslive.ports import JoinLink
from tests.integrations.tls import assert_checks_certificates, contexts_made
from tests.integrations.video.graph import (
    JOIN_URL,
    LOGIN_URL,
    MEETING_ID,
    MEETINGS_URL,
    ORGANIZER,
    TENANT,
    Graph,
    Reply,
    created,
    refused,
    replies,
    token,
)
from tests.integrations.video.room import CITIZEN, CLOSES_AT, NOW, OFFICIAL, PERIOD
from tests.support.clock import FrozenClock

SECRET = "s3cr3t-of-the-application"
ROOM = json.dumps({"id": MEETING_ID, "url": JOIN_URL})


@pytest.fixture
def graph() -> Graph:
    return Graph()


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(NOW)


@pytest.fixture
def rooms(graph: Graph, clock: FrozenClock) -> TeamsRooms:
    return teams(httpx2.MockTransport(graph), clock)


def teams(transport: httpx2.AsyncBaseTransport, clock: FrozenClock, timeout: float = 8.0) -> TeamsRooms:
    account = TeamsAccount(TENANT, "app-id", SECRET, ORGANIZER)
    return TeamsRooms(account, clock, timeout=timeout, transport=transport)


async def opened(rooms: TeamsRooms) -> str:
    return await rooms.open_room("K7PM3XQ9", "Πιστοποιητικό", PERIOD)


async def test_the_application_signs_in_with_its_secret_in_the_body(rooms: TeamsRooms, graph: Graph) -> None:
    await opened(rooms)
    login = graph.asked[0]
    assert (login.method, str(login.url)) == ("POST", LOGIN_URL)
    assert parse_qs(login.content.decode(), strict_parsing=True) == {
        "grant_type": ["client_credentials"],
        "client_id": ["app-id"],
        "client_secret": [SECRET],
        "scope": ["https://graph.microsoft.com/.default"],
    }


async def test_all_calls_share_what_is_made_ready_for_tls(clock: FrozenClock, monkeypatch: pytest.MonkeyPatch) -> None:
    made = contexts_made(monkeypatch)
    account = TeamsAccount(TENANT, "app-id", SECRET, ORGANIZER)
    rooms = TeamsRooms(account, clock, login_url="https://127.0.0.1:1", graph_url="https://127.0.0.1:1")
    for _ in range(3):
        with pytest.raises(VideoUnavailable):
            await opened(rooms)
    [context] = made
    assert_checks_certificates(context)


async def test_a_meeting_is_made_at_the_moment_of_admission(rooms: TeamsRooms, graph: Graph) -> None:
    await opened(rooms)
    create = graph.asked[1]
    assert (create.method, str(create.url)) == ("POST", MEETINGS_URL)
    assert create.headers["authorization"] == "Bearer t0k3n-1"
    assert json.loads(create.content) == {
        "subject": "Πιστοποιητικό (K7PM3XQ9)",
        "startDateTime": "2026-11-24T07:10:00+00:00",
        "endDateTime": "2026-11-24T07:20:00+00:00",
        "lobbyBypassSettings": {"scope": "everyone", "isDialInBypassEnabled": False},
        "allowedPresenters": "organization",
        "allowMeetingChat": "limited",
        "allowRecording": False,
        "allowTranscription": False,
        "recordAutomatically": False,
    }


async def test_the_link_is_the_meetings_address_for_all(rooms: TeamsRooms) -> None:
    room = await opened(rooms)
    links = {rooms.join_link(room, one, CLOSES_AT, NOW) for one in (CITIZEN, OFFICIAL)}
    assert links == {JoinLink("teams", JOIN_URL)}


async def test_closing_deletes_the_meeting_that_was_made(rooms: TeamsRooms, graph: Graph) -> None:
    await rooms.close_room(await opened(rooms))
    delete = graph.asked[-1]
    assert (delete.method, str(delete.url)) == ("DELETE", f"{MEETINGS_URL}/{MEETING_ID}")
    assert delete.content == b""


async def test_an_id_stays_within_its_part_of_the_address(rooms: TeamsRooms, graph: Graph) -> None:
    await rooms.close_room(json.dumps({"id": "55_19:meeting@x/../../users?", "url": JOIN_URL}))
    assert (
        graph.asked[-1]
        .url.raw_path.decode()
        .startswith(f"/v1.0/users/{ORGANIZER}/onlineMeetings/55_19%3Ameeting%40x%2F")
    )


async def test_closing_a_closed_room_is_fine(rooms: TeamsRooms, graph: Graph) -> None:
    graph.delete = refused(404, "NotFound")
    await rooms.close_room(ROOM)
    assert graph.calls == ["login", "DELETE"]


async def test_a_token_serves_until_shortly_before_its_end(rooms: TeamsRooms, graph: Graph, clock: FrozenClock) -> None:
    await opened(rooms)
    clock.advance(seconds=3599 - 301)
    await opened(rooms)
    assert graph.calls == ["login", "POST", "POST"]
    graph.login = token("t0k3n-2")
    clock.advance(seconds=1)
    await opened(rooms)
    assert graph.calls == ["login", "POST", "POST", "login", "POST"]
    assert graph.asked[-1].headers["authorization"] == "Bearer t0k3n-2"


async def test_after_a_revoked_token_the_next_press_begins_with_a_new_one(rooms: TeamsRooms, graph: Graph) -> None:
    graph.create = refused(401, "InvalidAuthenticationToken")
    with pytest.raises(VideoUnavailable):
        await opened(rooms)
    graph.create = created()
    await opened(rooms)
    assert graph.calls == ["login", "POST", "login", "POST"]


REFUSALS = {
    "no right": refused(403, "Forbidden"),
    "no such organizer": refused(404, "UnknownError"),
    "throttled": refused(429, "TooManyRequests"),
    "down": refused(503, "ServiceUnavailable"),
    "gateway": replies(502, text="<html>Bad Gateway</html>"),
    "endless nesting": replies(500, text="[" * 100_000),
    "redirected": replies(302, headers={"Location": "https://elsewhere.example/"}),
}


@pytest.mark.parametrize("reply", REFUSALS.values(), ids=REFUSALS)
async def test_a_refusal_of_graph_is_video_unavailable(rooms: TeamsRooms, graph: Graph, reply: Reply) -> None:
    graph.create = graph.delete = reply
    with pytest.raises(VideoUnavailable):
        await opened(rooms)
    if reply is not REFUSALS["no such organizer"]:
        with pytest.raises(VideoUnavailable):
            await rooms.close_room(ROOM)
    assert graph.calls[:2] == ["login", "POST"]


@pytest.mark.parametrize(
    "reply",
    [
        replies(401, json={"error": "invalid_client", "error_description": f"AADSTS7000215: {SECRET}"}),
        replies(400, json={"error": "unauthorized_client"}),
        replies(500),
        replies(200, text="<html>"),
        replies(200, json=[]),
        token(""),
        token("two\nlines"),
        token(expires_in="soon"),
        token(expires_in=10**30),
    ],
)
async def test_without_a_token_nothing_is_asked_of_graph(rooms: TeamsRooms, graph: Graph, reply: Reply) -> None:
    graph.login = reply
    with pytest.raises(VideoUnavailable):
        await opened(rooms)
    assert graph.calls == ["login"]


@pytest.mark.parametrize(
    "reply",
    [
        replies(201, text="done"),
        created(id=...),
        created(id=""),
        created(joinWebUrl=...),
        created(joinWebUrl=None),
        created(joinWebUrl="javascript:alert(1)"),
    ],
)
async def test_a_meeting_nobody_can_join_or_delete_is_video_unavailable(
    rooms: TeamsRooms, graph: Graph, reply: Reply
) -> None:
    graph.create = reply
    with pytest.raises(VideoUnavailable):
        await opened(rooms)


async def test_after_retry_after_nothing_is_asked_until_then(
    rooms: TeamsRooms, graph: Graph, clock: FrozenClock
) -> None:
    graph.create = refused(429, "TooManyRequests", **{"Retry-After": "30"})
    with pytest.raises(VideoUnavailable):
        await opened(rooms)
    graph.create = created()
    clock.advance(seconds=29)
    with pytest.raises(VideoUnavailable):
        await opened(rooms)
    assert graph.calls == ["login", "POST"]
    clock.advance(seconds=1)
    await opened(rooms)
    assert graph.calls == ["login", "POST", "POST"]


@pytest.mark.parametrize("retry_after", ["", "Tue, 24 Nov 2026 07:09:00 GMT", "-1", "9" * 5000])
async def test_an_odd_retry_after_closes_nothing(rooms: TeamsRooms, graph: Graph, retry_after: str) -> None:
    graph.create = refused(429, "TooManyRequests", **{"Retry-After": retry_after})
    with pytest.raises(VideoUnavailable):
        await opened(rooms)
    graph.create = created()
    await opened(rooms)


@pytest.mark.parametrize(
    "error",
    [httpx2.ConnectError("refused"), httpx2.ReadTimeout("slow"), httpx2.RemoteProtocolError("garbled")],
    ids=["refused", "slow", "garbled"],
)
async def test_a_provider_out_of_reach_is_video_unavailable(rooms: TeamsRooms, graph: Graph, error: Exception) -> None:
    def fail(_: httpx2.Request) -> httpx2.Response:
        raise error

    graph.login = fail
    with pytest.raises(VideoUnavailable) as raised:
        await opened(rooms)
    assert raised.value.__cause__ is None


async def test_the_timeout_bounds_the_whole_exchange(clock: FrozenClock) -> None:
    async def never(_: httpx2.Request) -> httpx2.Response:
        await asyncio.Event().wait()
        raise AssertionError

    with pytest.raises(VideoUnavailable):
        await opened(teams(httpx2.MockTransport(never), clock, timeout=0.01))


async def test_no_secret_comes_into_the_log(rooms: TeamsRooms, graph: Graph, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    await opened(rooms)
    graph.create = refused(403, "Forbidden")
    with pytest.raises(VideoUnavailable):
        await opened(rooms)
    graph.login = replies(401, json={"error": "invalid_client", "error_description": SECRET})
    graph.create = refused(401, "InvalidAuthenticationToken")
    for _ in range(2):
        with pytest.raises(VideoUnavailable):
            await opened(rooms)
    assert "status 403: Forbidden" in caplog.text
    assert "status 401: invalid_client" in caplog.text
    assert SECRET not in caplog.text
    assert "t0k3n-1" not in caplog.text

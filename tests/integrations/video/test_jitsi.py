import json
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from joserfc import jwt
from joserfc.errors import BadSignatureError, ExpiredTokenError, InvalidTokenError
from joserfc.jwk import OctKey

from dimoslive.integrations.video.jitsi import JitsiRooms
from dimoslive.ports import RoomParticipant
from tests.integrations.video.room import CITIZEN, CLOSES_AT, NOW, OFFICIAL, PERIOD

SECRET = "shared-with-prosody-32-characters"
ROOM = "5f0c6f7e9a3b4d5e8f10213243546576"


def with_tokens(url: str = "https://meet.kavala.example", secret: str = SECRET) -> JitsiRooms:
    return JitsiRooms(url=url, app_id="dimoslive", app_secret=secret)


def token(rooms: JitsiRooms, participant: RoomParticipant = CITIZEN) -> str:
    return parse_qs(urlsplit(rooms.join_link(ROOM, participant, CLOSES_AT, NOW).url).query, strict_parsing=True)["jwt"][
        0
    ]


def claims(rooms: JitsiRooms, participant: RoomParticipant = CITIZEN) -> dict[str, Any]:
    return jwt.decode(token(rooms, participant), OctKey.import_key(SECRET), algorithms=["HS256"]).claims


def options(url: str) -> dict[str, Any]:
    pairs = (pair.split("=", 1) for pair in urlsplit(url).fragment.split("&"))
    return {name: json.loads(unquote(value)) for name, value in pairs}


def check_time(claims: dict[str, Any], seconds: float) -> None:
    now = int(NOW.timestamp() + seconds)
    jwt.JWTClaimsRegistry(now=now, leeway=0, exp={"essential": True}, nbf={"essential": True}).validate(claims)


async def test_each_admission_has_a_room_of_its_own_that_nobody_can_guess() -> None:
    rooms = {await with_tokens().open_room("K7PM3XQ9", "Πιστοποιητικό", PERIOD) for _ in range(50)}
    assert len(rooms) == 50
    assert {len(bytes.fromhex(room)) * 8 for room in rooms} == {128}
    assert all(room == room.lower() for room in rooms)


def test_the_token_lets_one_participant_into_one_room() -> None:
    assert claims(with_tokens()) == {
        "aud": "jitsi",
        "iss": "dimoslive",
        "sub": "meet.kavala.example",
        "room": ROOM,
        "nbf": int(NOW.timestamp()) - 60,
        "exp": int(CLOSES_AT.timestamp()),
        "context": {
            "user": {"name": "Ελένη Παπαδοπούλου", "affiliation": "member", "moderator": "false"},
            "features": {"recording": False, "livestreaming": False, "transcription": False},
        },
    }


def test_prosody_accepts_the_header() -> None:
    header = jwt.decode(token(with_tokens()), OctKey.import_key(SECRET), algorithms=["HS256"]).header
    assert header == {"alg": "HS256", "typ": "JWT"}


def test_only_the_official_moderates_and_not_even_the_official_records() -> None:
    official = claims(with_tokens(), OFFICIAL)["context"]
    assert (official["user"]["affiliation"], official["user"]["moderator"]) == ("owner", "true")
    assert not any(official["features"].values())


def test_a_token_of_another_secret_is_not_ours() -> None:
    with pytest.raises(BadSignatureError):
        claims(with_tokens(secret="of-another-installation-altogether"))


def test_the_token_is_good_until_the_meeting_closes() -> None:
    ours = claims(with_tokens())
    until_close = (CLOSES_AT - NOW) / timedelta(seconds=1)
    for seconds in (-60, 0, until_close - 1):
        check_time(ours, seconds)
    with pytest.raises(ExpiredTokenError):
        check_time(ours, until_close + 1)
    with pytest.raises(InvalidTokenError):
        check_time(ours, -61)


@pytest.mark.parametrize(
    ("url", "subject"),
    [
        ("https://Meet.Kavala.example", "meet.kavala.example"),
        ("https://meet.kavala.example:8443/", "meet.kavala.example"),
        ("https://meet.example/Kavala", "kavala"),
    ],
)
def test_the_subject_is_the_tenant_else_the_server(url: str, subject: str) -> None:
    rooms = with_tokens(url)
    assert claims(rooms)["sub"] == subject
    assert rooms.join_link(ROOM, CITIZEN, CLOSES_AT, NOW).url.startswith(f"{url.rstrip('/')}/{ROOM}?jwt=")


def test_a_server_without_tokens_gets_the_name_where_servers_do_not_see_it() -> None:
    url = JitsiRooms(url="https://meet.jit.si").join_link(ROOM, CITIZEN, CLOSES_AT, NOW).url
    assert url.startswith(f"https://meet.jit.si/{ROOM}#")
    assert urlsplit(url).query == ""
    assert options(url)["userInfo.displayName"] == "Ελένη Παπαδοπούλου"


def test_a_server_with_tokens_gets_the_name_in_the_token_alone() -> None:
    assert "userInfo.displayName" not in options(with_tokens().join_link(ROOM, CITIZEN, CLOSES_AT, NOW).url)


@pytest.mark.parametrize("rooms", [with_tokens(), JitsiRooms(url="https://meet.jit.si")], ids=["tokens", "public"])
def test_the_page_offers_neither_recording_nor_another_waiting_room(rooms: JitsiRooms) -> None:
    link = rooms.join_link(ROOM, OFFICIAL, CLOSES_AT, NOW)
    assert link.kind == "jitsi"
    assert (
        options(link.url).items()
        >= {
            "config.prejoinConfig.enabled": False,
            "config.recordingService.enabled": False,
            "config.localRecording.disable": True,
            "config.liveStreaming.enabled": False,
            "config.transcription.enabled": False,
        }.items()
    )


def test_a_name_cannot_add_options() -> None:
    sly = RoomParticipant('x"&config.localRecording.disable=false#', is_official=False)
    read = options(JitsiRooms(url="https://meet.jit.si").join_link(ROOM, sly, CLOSES_AT, NOW).url)
    assert read["userInfo.displayName"] == sly.name
    assert read["config.localRecording.disable"] is True


async def test_an_empty_room_closes_by_itself() -> None:
    await with_tokens().close_room(ROOM)

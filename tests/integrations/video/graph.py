"""A stand-in of Microsoft's sign-in and Graph: answers in their documented form and remembers what it was asked."""

from collections.abc import Callable
from typing import Any

import httpx2

TENANT = "909c6581-51f3-4b2e-9f0a-5130cb3582ce"
ORGANIZER = "dc17674c-81d9-4adb-bfb2-8f6a442e4622"
LOGIN_URL = f"https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/token"
MEETINGS_URL = f"https://graph.microsoft.com/v1.0/users/{ORGANIZER}/onlineMeetings"
JOIN_URL = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_M2Iz%40thread.v2/0?context=%7b%22Tid%22%3a%229%22%7d"
MEETING_ID = "MSpkYzE3NjctYmZiMi04ZdFpHRTNaR1F6WGhyZWFkLnYy"
Reply = Callable[[httpx2.Request], httpx2.Response]


def replies(status: int, **content: Any) -> Reply:
    """The same answer to every request."""
    return lambda _: httpx2.Response(status, **content)


def token(value: str = "t0k3n-1", expires_in: Any = 3599) -> Reply:
    """The sign-in's answer to an application."""
    answer = {"token_type": "Bearer", "expires_in": expires_in, "ext_expires_in": expires_in, "access_token": value}
    return replies(200, json=answer)


def created(**changes: Any) -> Reply:
    """Graph's answer to a new meeting, shortened."""
    meeting = {
        "@odata.context": f"https://graph.microsoft.com/v1.0/$metadata#users('{ORGANIZER}')/onlineMeetings/$entity",
        "id": MEETING_ID,
        "creationDateTime": "2026-11-24T07:08:00.1234567Z",
        "startDateTime": "2026-11-24T07:10:00Z",
        "endDateTime": "2026-11-24T07:20:00Z",
        "joinWebUrl": JOIN_URL,
        "subject": "Πιστοποιητικό",
        "lobbyBypassSettings": {"scope": "everyone", "isDialInBypassEnabled": False},
        "joinMeetingIdSettings": {"isPasscodeRequired": False, "joinMeetingId": "1234567890", "passcode": None},
    }
    return replies(201, json={name: value for name, value in {**meeting, **changes}.items() if value is not ...})


def refused(status: int, code: str, **headers: str) -> Reply:
    """Graph's form of an error."""
    inner = {"date": "2026-11-24T07:08:00", "request-id": "f45d08c0-6901-473a-90f5-7867287de97f"}
    error = {"code": code, "message": "No application access policy found for this app", "innerError": inner}
    return replies(status, json={"error": error}, headers=headers)


class Graph:
    """Each answer can be changed while the test goes on."""

    def __init__(self) -> None:
        self.asked: list[httpx2.Request] = []
        self.login = token()
        self.create = created()
        self.delete = replies(204)

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request)
        if request.url.host == "login.microsoftonline.com":
            return self.login(request)
        if request.headers.get("authorization", "").startswith("Bearer "):
            return {"POST": self.create, "DELETE": self.delete}[request.method](request)
        return refused(401, "InvalidAuthenticationToken")(request)

    @property
    def calls(self) -> list[str]:
        """The requests in short: ``login``, ``POST`` or ``DELETE``."""
        return ["login" if request.url.host.startswith("login.") else request.method for request in self.asked]

"""Microsoft Teams, through Microsoft Graph with an application's own rights.

The application needs ``OnlineMeetings.ReadWrite.All`` and an application access policy for the organizer.
"""

import asyncio
import json
import logging
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

import httpx2

from dimoslive.domain.errors import VideoUnavailable
from dimoslive.domain.scheduling.periods import Period
from dimoslive.integrations.tls import tls_context
from dimoslive.ports import Clock, JoinLink, RoomParticipant

_RENEW_BEFORE = timedelta(minutes=5)
"""A token that is about to expire could do so on its way."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, repr=False)
class TeamsAccount:
    """An application registered in a tenant, and the object id of the user in whose name it makes meetings."""

    tenant: str
    client_id: str
    client_secret: str
    organizer: str


@dataclass(frozen=True, slots=True, repr=False)
class _Token:
    value: str
    good_until: datetime


class TeamsRooms:
    """`VideoRooms` of one organizer. ``timeout`` is in seconds and bounds a whole exchange."""

    def __init__(
        self,
        account: TeamsAccount,
        clock: Clock,
        *,
        login_url: str = "https://login.microsoftonline.com",
        graph_url: str = "https://graph.microsoft.com",
        timeout: float = 8.0,
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        graph_url = graph_url.rstrip("/")
        self._token_url = f"{login_url.rstrip('/')}/{quote(account.tenant, safe='')}/oauth2/v2.0/token"
        self._token_request = {
            "grant_type": "client_credentials",
            "client_id": account.client_id,
            "client_secret": account.client_secret,
            "scope": f"{graph_url}/.default",
        }
        self._meetings_url = f"{graph_url}/v1.0/users/{quote(account.organizer, safe='')}/onlineMeetings"
        self._clock = clock
        self._timeout = timeout
        self._transport = transport
        self._tls = tls_context()
        self._token: _Token | None = None
        self._not_before: datetime | None = None

    async def open_room(self, booking_reference: str, subject: str, period: Period) -> str:
        """A meeting of its own, in nobody's calendar: its id and its address. Raises `VideoUnavailable`."""
        response = await self._ask("POST", self._meetings_url, _meeting(booking_reference, subject, period))
        _check_status(response)
        answer = _json_object(response)
        meeting_id, url = answer.get("id"), answer.get("joinWebUrl")
        if not (isinstance(meeting_id, str) and meeting_id and isinstance(url, str) and url.startswith("https://")):
            _log.warning("Teams answers without a meeting")
            raise VideoUnavailable
        return json.dumps({"id": meeting_id, "url": url})

    def join_link(self, room: str, participant: RoomParticipant, closes_at: datetime, now: datetime) -> JoinLink:  # noqa: ARG002  # the port's
        """The meeting's address, the same for all: Teams asks people for their name."""
        return JoinLink("teams", json.loads(room)["url"])

    async def close_room(self, room: str) -> None:
        """Delete the meeting: its address leads nowhere from then on. Raises `VideoUnavailable`."""
        meeting_id = json.loads(room)["id"]
        response = await self._ask("DELETE", f"{self._meetings_url}/{quote(meeting_id, safe='')}")
        if response.status_code != 404:  # gone already
            _check_status(response)

    async def _ask(self, method: str, url: str, body: object = None) -> httpx2.Response:
        if self._not_before and self._clock.now() < self._not_before:
            raise VideoUnavailable
        try:
            async with (
                asyncio.timeout(self._timeout),
                httpx2.AsyncClient(verify=self._tls, timeout=self._timeout, transport=self._transport) as client,
            ):
                token = await self._valid_token(client)
                headers = {"Authorization": f"Bearer {token}"}
                response = await client.request(method, url, json=body, headers=headers)
        except (httpx2.HTTPError, httpx2.InvalidURL, TimeoutError) as error:
            _log.warning("Teams not reached: %s", type(error).__name__)
            # Without a cause: a chained error could take the client's secret into a log.
            raise VideoUnavailable from None
        if response.status_code == 401:
            # Revoked: the next press begins with a new one.
            self._token = None
        self._heed_throttling(response)
        return response

    async def _valid_token(self, client: httpx2.AsyncClient) -> str:
        now = self._clock.now()
        if self._token is None or now >= self._token.good_until:
            response = await client.post(self._token_url, data=self._token_request)
            self._heed_throttling(response)
            _check_status(response)
            self._token = _read_token(_json_object(response), now)
        return self._token.value

    def _heed_throttling(self, response: httpx2.Response) -> None:
        # Asking again before the time that Retry-After names only prolongs it.
        seconds = response.headers.get("Retry-After", "")
        if response.status_code in (429, 503) and re.fullmatch(r"[0-9]{1,4}", seconds):
            self._not_before = self._clock.now() + timedelta(seconds=int(seconds))


def _meeting(booking_reference: str, subject: str, period: Period) -> dict[str, object]:
    return {
        "subject": f"{subject} ({booking_reference})",
        "startDateTime": period.starts_at.isoformat(),
        "endDateTime": period.ends_at.isoformat(),
        # The waiting room is ours: who has the address has been let in already.
        "lobbyBypassSettings": {"scope": "everyone", "isDialInBypassEnabled": False},
        # Citizens come from outside the organisation.
        "allowedPresenters": "organization",
        "allowMeetingChat": "limited",
        "allowRecording": False,
        "allowTranscription": False,
        "recordAutomatically": False,
    }


def _read_token(answer: dict[str, object], now: datetime) -> _Token:
    token, seconds = answer.get("access_token"), answer.get("expires_in")
    is_token = isinstance(token, str) and re.fullmatch(r"[\x21-\x7e]+", token)
    if not (is_token and isinstance(seconds, int) and 0 < seconds < 1_000_000):
        _log.warning("Teams answers without a token")
        raise VideoUnavailable
    return _Token(str(token), now + timedelta(seconds=seconds) - _RENEW_BEFORE)


def _check_status(response: httpx2.Response) -> None:
    if response.is_success:
        return
    error = _json_object(response).get("error")
    code = str(error.get("code") if isinstance(error, dict) else error)
    # Of the error only the code is logged, cut short: a description may quote what was sent.
    _log.warning("Teams answers with status %d: %s", response.status_code, re.sub(r"\W", "", code)[:60])
    raise VideoUnavailable


def _json_object(response: httpx2.Response) -> dict[str, object]:
    try:
        answer = json.loads(response.content)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}

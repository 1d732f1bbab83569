"""Jitsi Meet, one's own server or a public one.

The form of the token: jitsi/lib-jitsi-meet, doc/tokens.md. The options: jitsi/jitsi-meet, config.js.
"""

import json
import secrets
from datetime import datetime, timedelta
from urllib.parse import quote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey

from dimoslive.domain.scheduling.periods import Period
from dimoslive.ports import JoinLink, RoomParticipant

_CLOCKS_DIFFER = timedelta(minutes=1)
"""The token is checked to the second, by a server with a clock of its own."""

_OPTIONS: dict[str, bool] = {
    # The waiting room has tested camera and microphone, and knows who comes in.
    "prejoinConfig.enabled": False,
    "readOnlyName": True,
    "disableInviteFunctions": True,
    # On telephones: stay in the browser instead of asking for the app.
    "deeplinking.disabled": True,
    # Nothing is recorded, kept or shown to third parties.
    "recordingService.enabled": False,
    "localRecording.disable": True,
    "liveStreaming.enabled": False,
    "transcription.enabled": False,
    "doNotStoreRoom": True,
    "disableThirdPartyRequests": True,
}
_FORBIDDEN = ("recording", "livestreaming", "transcription")
"""As the token calls them. These the server enforces; the options above only shape the page."""


class JitsiRooms:
    """`VideoRooms` at the server of ``url``, which may end in a tenant's path.

    With ``app_id`` and ``app_secret`` each link carries a token, as a server with token authentication asks for.
    """

    def __init__(self, *, url: str, app_id: str = "", app_secret: str = "") -> None:
        self._url = url.rstrip("/")
        self._app_id = app_id
        self._key = OctKey.import_key(app_secret) if app_id and app_secret else None
        address = urlsplit(self._url)
        self._subject = (address.path.strip("/") or address.hostname or "").lower()

    async def open_room(self, booking_reference: str, subject: str, period: Period) -> str:  # noqa: ARG002  # the port's
        """A name of 128 random bits; Jitsi makes a room when the first participant comes."""
        # Lower case: that is how the server compares the name with the token's.
        return secrets.token_hex(16)

    def join_link(self, room: str, participant: RoomParticipant, closes_at: datetime, now: datetime) -> JoinLink:
        """The room's address with the participant's token, or with the name alone where the server knows no tokens."""
        options: dict[str, object] = {f"config.{name}": value for name, value in _OPTIONS.items()}
        query = ""
        if self._key is None:
            options["userInfo.displayName"] = participant.name
        else:
            query = "?" + urlencode({"jwt": self._token(self._key, room, participant, closes_at, now)})
        fragment = "&".join(f"{name}={quote(json.dumps(value), safe='')}" for name, value in options.items())
        return JoinLink("jitsi", f"{self._url}/{room}{query}#{fragment}")

    async def close_room(self, room: str) -> None:
        """Nothing to do: a room without participants is gone, and its tokens expire."""

    def _token(self, key: OctKey, room: str, participant: RoomParticipant, closes_at: datetime, now: datetime) -> str:
        claims = {
            "aud": "jitsi",
            "iss": self._app_id,
            "sub": self._subject,
            "room": room,
            "nbf": int((now - _CLOCKS_DIFFER).timestamp()),
            "exp": int(closes_at.timestamp()),
            "context": {
                # All values in "user" must be strings. The server's plugins for roles read one or the other of the two.
                "user": {
                    "name": participant.name,
                    "affiliation": "owner" if participant.is_official else "member",
                    "moderator": "true" if participant.is_official else "false",
                },
                "features": dict.fromkeys(_FORBIDDEN, False),
            },
        }
        return jwt.encode({"alg": "HS256", "typ": "JWT"}, claims, key)

"""The room of our own: media goes from browser to browser, this server only introduces them."""

import secrets
from datetime import datetime

from dimoslive.domain.scheduling.periods import Period
from dimoslive.ports import JoinLink, RoomParticipant


class BuiltinRooms:
    """`VideoRooms` without a provider."""

    async def open_room(self, booking_reference: str, subject: str, period: Period) -> str:  # noqa: ARG002  # the port's
        """A name of 128 random bits."""
        return secrets.token_hex(16)

    def join_link(self, room: str, participant: RoomParticipant, closes_at: datetime, now: datetime) -> JoinLink:  # noqa: ARG002  # the port's
        """The meeting page itself."""
        return JoinLink("builtin")

    async def close_room(self, room: str) -> None:
        """Nothing to do: the room is no more than its name."""

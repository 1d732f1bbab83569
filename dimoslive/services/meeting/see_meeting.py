"""How a meeting stands."""

from dataclasses import dataclass
from datetime import datetime

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.meetings import is_on, meeting_of
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import MunicipalityRow


@dataclass(frozen=True, slots=True)
class MeetingState:
    """How a meeting stands, as its wire needs to know."""

    is_on: bool
    provider: str
    room: str
    is_waiting: bool
    """Whether the citizen was noted as waiting, so that an admission is taken."""
    waiting_since: datetime | None
    is_confirmed: bool
    identity_document: str
    outcome: str
    is_sent_back: bool
    """Whether the one who was admitted lost the place, to a weaker proof or with the last official's right, and nobody
    was admitted since."""


def see_meeting(context: AppContext, booking_id: int) -> MeetingState:
    """How the meeting stands now."""
    with reading(context.db) as tx:
        booking = tx.get_one(BookingRow, booking_id)
        meeting = meeting_of(tx, booking)
        chosen = tx.get_one(MunicipalityRow, booking.municipality_id).video_provider
    return MeetingState(
        is_on=is_on(meeting),
        provider=meeting.provider or chosen or context.default_video,
        room=meeting.room,
        is_waiting=meeting.seen_at is not None,
        waiting_since=meeting.waiting_since,
        is_confirmed=meeting.is_confirmed,
        identity_document=meeting.identity_document,
        outcome=meeting.outcome,
        is_sent_back=meeting.sent_back_at is not None,
    )

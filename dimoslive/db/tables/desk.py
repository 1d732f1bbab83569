"""What officials do and leave behind: notes, the history of bookings, calls, delays, and the log of it all."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class BookingNoteRow(SQLModel, table=True):
    """An internal note on a booking; erased with the person."""

    __tablename__ = "booking_note"

    id: int | None = Field(default=None, primary_key=True)
    booking_id: int = Field(foreign_key="booking.id", index=True)
    official_id: int = Field(foreign_key="official.id")
    written_at: datetime
    text: str


class BookingEventRow(SQLModel, table=True):
    """A change of a booking: what was before and after, as JSON of the columns that changed. No personal data."""

    __tablename__ = "booking_event"

    id: int | None = Field(default=None, primary_key=True)
    booking_id: int = Field(foreign_key="booking.id", index=True)
    at: datetime = Field(index=True)
    official_id: int | None = Field(
        default=None, foreign_key="official.id", description="Empty: the citizen, a program or a job"
    )
    api_key_id: int | None = Field(default=None, foreign_key="api_key.id", description="Of the program that did it")
    action: str = Field(max_length=40)
    before: str
    after: str
    reason: str = ""


class AuditEventRow(SQLModel, table=True):
    """Who did or looked at what; never changed, and removed by retention alone."""

    __tablename__ = "audit_event"
    __table_args__ = (Index("audit_of_municipality", "municipality_id", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(index=True)
    municipality_id: int | None = Field(default=None, foreign_key="municipality.id")
    actor: str = Field(max_length=20, description="official, platform, key, job or command")
    official_id: int | None = Field(default=None, foreign_key="official.id", index=True)
    action: str = Field(max_length=40)
    subject_kind: str = Field(max_length=30)
    subject_id: int | None = None
    before: str = "{}"
    after: str = "{}"
    reason: str = ""


class SearchEventRow(SQLModel, table=True):
    """An official's search for a person; the words are kept sealed, and for 30 days."""

    __tablename__ = "search_event"
    __table_args__ = (Index("searches_of_municipality", "municipality_id", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    municipality_id: int = Field(foreign_key="municipality.id")
    official_id: int = Field(foreign_key="official.id", index=True)
    at: datetime = Field(index=True)
    kind: str = Field(max_length=20)
    query_sealed: str
    found: int


class CallTaskRow(SQLModel, table=True):
    """Somebody who must be phoned, because no mail can tell them."""

    __tablename__ = "call_task"
    __table_args__ = (Index("calls_of_municipality", "municipality_id", "done_at"),)

    id: int | None = Field(default=None, primary_key=True)
    municipality_id: int = Field(foreign_key="municipality.id")
    booking_id: int = Field(foreign_key="booking.id", index=True)
    kind: str = Field(max_length=30)
    facts: str = Field(default="{}", description="What to say, as JSON: times and mode before, reason")
    created_at: datetime
    attempts: int = 0
    tried_at: datetime | None = None
    taken_by: int | None = Field(default=None, foreign_key="official.id")
    done_at: datetime | None = None
    done_by: int | None = Field(default=None, foreign_key="official.id")


class DeskDelayRow(SQLModel, table=True):
    """By how much a desk is late, as its official says."""

    __tablename__ = "desk_delay"

    desk_id: int = Field(foreign_key="desk.id", primary_key=True)
    minutes: int
    until: datetime
    stated_at: datetime
    stated_by: int = Field(foreign_key="official.id")

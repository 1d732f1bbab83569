"""The tables of the waiting list for an earlier time."""

from datetime import date, datetime, time

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

ON_THE_LIST = text("left_at IS NULL")
IS_RUNNING = text("state = 'running'")
"""Word for word: only a query that says it like its index is answered from the index."""


class WaitingEntryRow(SQLModel, table=True):
    """A booking that waits for an earlier time, with its wishes. Nothing of a person."""

    __tablename__ = "waiting_entry"
    __table_args__ = (
        Index("waiting_of_service", "service_id", sqlite_where=ON_THE_LIST, postgresql_where=ON_THE_LIST),
    )

    booking_id: int = Field(foreign_key="booking.id", primary_key=True)
    service_id: int = Field(foreign_key="service.id")
    entered_at: datetime
    left_at: datetime | None = None
    notices: int = 0
    last_notice_on: date | None = None
    weekdays: str = Field(default="", max_length=7, description="Their numbers, Monday 0; empty is any")
    from_clock: time | None = None
    until_clock: time | None = None
    not_before: date | None = None


class WaitingOfferRow(SQLModel, table=True):
    """A freed time that was offered to a booking; ``round`` counts those of one freed time."""

    __tablename__ = "waiting_offer"
    __table_args__ = (
        UniqueConstraint("hold_id", "round", name="one_offer_per_round"),
        # At most one offer runs for each freed time, and to each person; said by the database.
        Index("one_running_per_hold", "hold_id", unique=True, sqlite_where=IS_RUNNING, postgresql_where=IS_RUNNING),
        Index("one_running_per_person", "person", unique=True, sqlite_where=IS_RUNNING, postgresql_where=IS_RUNNING),
        Index("offers_of_booking", "booking_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    hold_id: int = Field(foreign_key="booking.id")
    round: int
    booking_id: int = Field(foreign_key="booking.id")
    person: int = Field(description="The citizen, or less than 0 the booking of whoever has no account")
    offered_at: datetime
    ends_at: datetime
    state: str = Field(max_length=20)
    former_notice_on: date | None = Field(default=None, description="To give the notice back")
    event_id: int | None = Field(default=None, description="What is mailed")

"""Bookings and what guards them."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from dimoslive.db.tables.details import DetailsColumns
from dimoslive.domain.booking.booking import BookingSource

IN_MEETING = text("status IN ('waiting', 'in_service')")
"""Word for word: only a query that says it like its index is answered from the index."""
STILL_TO_COME = text("status = 'booked'")
STILL_OPEN = text("status IN ('booked', 'waiting', 'in_service')")


HAS_EXTERNAL_ID = text("external_id <> ''")


class BookingRow(DetailsColumns, table=True):
    """A hold or a booking; the same row becomes the other. Personal columns are emptied by retention."""

    __tablename__ = "booking"
    __table_args__ = (
        Index("booking_of_desk", "desk_id", "first_tick"),
        Index("booking_of_municipality", "municipality_id", "starts_at"),
        # Figures count what was booked on a day.
        Index("booking_by_made", "municipality_id", "booked_at"),
        Index("booking_of_citizen", "citizen_id", "status", "ends_at"),
        Index("booking_ended", "ends_at"),
        Index("booking_of_phone", "phone"),
        # In this order programs are told what changed.
        Index("booking_by_change", "municipality_id", "changed_at", "id"),
        Index(
            "one_booking_per_external_id",
            "api_key_id",
            "external_id",
            unique=True,
            sqlite_where=HAS_EXTERNAL_ID,
            postgresql_where=HAS_EXTERNAL_ID,
        ),
        # One hold per person, said by the database.
        Index(
            "one_hold_per_citizen",
            "citizen_id",
            unique=True,
            sqlite_where=text("status = 'held'"),
            postgresql_where=text("status = 'held'"),
        ),
        Index(
            "holds_by_expiry",
            "hold_expires_at",
            sqlite_where=text("status = 'held'"),
            postgresql_where=text("status = 'held'"),
        ),
        Index("in_meeting_by_end", "ends_at", sqlite_where=IN_MEETING, postgresql_where=IN_MEETING),
        # Every minute it is asked who is to be reminded.
        Index("booked_by_start", "starts_at", sqlite_where=STILL_TO_COME, postgresql_where=STILL_TO_COME),
        # What a day left without an outcome is counted each time that a day is opened.
        Index(
            "open_of_municipality",
            "municipality_id",
            "ends_at",
            sqlite_where=STILL_OPEN,
            postgresql_where=STILL_OPEN,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    reference: str = Field(unique=True, max_length=8)
    status: str = Field(max_length=30)
    municipality_id: int = Field(foreign_key="municipality.id")
    service_id: int = Field(foreign_key="service.id", index=True)
    desk_id: int = Field(foreign_key="desk.id")
    citizen_id: int | None = Field(default=None, foreign_key="citizen.id")
    mode: str = Field(max_length=20)
    starts_at: datetime
    ends_at: datetime
    first_tick: int = Field(description="First tick occupied, buffers included")
    end_tick: int = Field(description="First tick free again")
    hold_expires_at: datetime | None = None
    hold_extended: bool = False
    moving_id: int | None = Field(default=None, description="A hold for moving this booking")
    language: str = "el"
    visitor_zone: str = ""
    sequence: int = 0
    reschedule_count: int = 0
    consent_version: str = ""
    consent_sha256: str = ""
    consent_language: str = ""
    consent_at: datetime | None = None
    created_at: datetime
    booked_at: datetime | None = None
    cancelled_at: datetime | None = None
    cancelled_by: int | None = Field(default=None, foreign_key="official.id")
    cancel_reason: str = ""
    erased_at: datetime | None = None
    source: str = Field(default=BookingSource.CITIZEN.value, max_length=20)
    made_by: int | None = Field(default=None, foreign_key="official.id")
    told_by: int | None = Field(default=None, foreign_key="official.id", description="Who told the declaration")
    first_name: str = Field(default="", description="Of the person served, where the name came in two parts")
    last_name: str = ""
    name_key: str = Field(default="", description="The name without accents and case, for searching")
    first_starts_at: datetime | None = Field(default=None, description="Before it was moved for the first time")
    is_outside_hours: bool = False
    staff_reason: str = Field(default="", description="Why it is outside hours or over capacity")
    arrived_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    served_by: int | None = Field(default=None, foreign_key="official.id")
    outcome: str = Field(default="", max_length=30)
    outcome_note: str = Field(default="", description="Why, in words, or where the person was referred to")
    call_attempts: int = 0
    identity_document: str = Field(
        default="", max_length=30, description="The kind shown to an official, outside a meeting too"
    )
    identity_at: datetime | None = None
    version: int = 1
    changed_at: datetime | None = Field(
        default=None, description="When its last change was written, at the end of the transaction; empty for a hold"
    )
    api_key_id: int | None = Field(default=None, foreign_key="api_key.id", description="Of the program that booked")
    external_id: str = Field(default="", max_length=64, description="What that program calls it")


class ClaimRow(SQLModel, table=True):
    """A desk and a tick of five minutes: the primary key is what makes double booking impossible."""

    __tablename__ = "claim"

    desk_id: int = Field(foreign_key="desk.id", primary_key=True)
    tick: int = Field(primary_key=True)
    booking_id: int = Field(foreign_key="booking.id", index=True)


class BookingLinkRow(SQLModel, table=True):
    """A link in a mail: only the hash of its 256 random bits is kept."""

    __tablename__ = "booking_link"

    token_hash: str = Field(primary_key=True, max_length=64)
    booking_id: int = Field(foreign_key="booking.id", index=True)
    created_at: datetime

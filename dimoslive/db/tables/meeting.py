"""Officials, and the meetings that they hold."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class MeetingGuestRow(SQLModel, table=True):
    """A third person whom an official invited to one meeting; forgotten when it ends. Of the link the hash alone."""

    __tablename__ = "meeting_guest"
    # An official's page may still show a guest who is gone: nobody else may have that number.
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    booking_id: int = Field(foreign_key="booking.id", index=True)
    token_hash: str = Field(unique=True, max_length=64)
    name: str = Field(max_length=100)
    invited_by: int = Field(foreign_key="official.id")
    invited_at: datetime


class MeetingRow(SQLModel, table=True):
    """What is known of a teleconference: times, who admitted, how it ended. Never what was said or shown."""

    __tablename__ = "meeting"

    booking_id: int = Field(foreign_key="booking.id", primary_key=True)
    municipality_id: int = Field(foreign_key="municipality.id", index=True)
    waiting_since: datetime | None = None
    seen_at: datetime | None = Field(default=None, description="Last sign of the waiting citizen; empty after leaving")
    is_confirmed: bool = Field(default=False, description="By TAXISnet; otherwise by the mail's link alone")
    sent_back_at: datetime | None = Field(
        default=None, description="The admitted place was taken by a weaker proof; empty again after the next admission"
    )
    admitted_at: datetime | None = None
    admitted_by: int | None = Field(default=None, foreign_key="official.id")
    provider: str = ""
    room: str = Field(default="", description="Made at admission, forgotten at the end")
    ended_at: datetime | None = None
    outcome: str = ""
    identity_document: str = ""
    identity_at: datetime | None = None
    phone_at: datetime | None = None


class PendingClosureRow(SQLModel, table=True):
    """A provider's room of a meeting that is over, kept until the provider has closed it."""

    __tablename__ = "pending_closure"

    id: int | None = Field(default=None, primary_key=True)
    booking_id: int = Field(foreign_key="booking.id")
    provider: str
    room: str
    since: datetime
    due_at: datetime = Field(description="When to try next")

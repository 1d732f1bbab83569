"""The table of reminders."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class ReminderRow(SQLModel, table=True):
    """What was decided on a reminder of a booking at a start; who is moved is reminded of the new start too."""

    __tablename__ = "reminder"

    booking_id: int = Field(foreign_key="booking.id", primary_key=True)
    kind: str = Field(primary_key=True, max_length=20)
    starts_at: datetime = Field(primary_key=True)
    state: str = Field(max_length=20)
    reason: str = Field(default="", max_length=20, description="Why nobody was reminded")
    decided_at: datetime

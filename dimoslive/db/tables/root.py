"""Columns that several tables share."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class Root(SQLModel):
    """What people change as one thing, its children included: each change raises the version."""

    version: int = 1
    changed_at: datetime | None = Field(default=None, description="Empty: not since it was made")
    changed_by: int | None = Field(default=None, foreign_key="official.id")


class Pausable(SQLModel):
    """What takes no new bookings for a while; those that it has stay."""

    paused_at: datetime | None = None
    pause_message_el: str = ""
    pause_message_en: str = ""

"""The table of what is still to be sent."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel


class OutboxRow(SQLModel, table=True):
    """An effect outside that is still to happen, written with its cause in one transaction."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("outbox_due", "due_at", sqlite_where=text("done_at IS NULL"), postgresql_where=text("done_at IS NULL")),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=40)
    booking_id: int = Field(foreign_key="booking.id", index=True)
    content: str = Field(description="What to say, as JSON; emptied by retention")
    created_at: datetime
    due_at: datetime
    attempts: int = 0
    leased_until: datetime | None = None
    done_at: datetime | None = None
    failed_at: datetime | None = None
    error: str = ""

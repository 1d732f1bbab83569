"""The table of freed times."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

IS_LOOKED_AT = text("next_at IS NOT NULL")
"""Word for word: only a query that says it like its index is answered from the index."""


class FreedTimeRow(SQLModel, table=True):
    """A time that was given back and comes back late: until then its hold is nobody's. Nothing of a person."""

    __tablename__ = "freed_time"
    __table_args__ = (Index("freed_by_next_look", "next_at", sqlite_where=IS_LOOKED_AT, postgresql_where=IS_LOOKED_AT),)

    hold_id: int = Field(foreign_key="booking.id", primary_key=True)
    booking_id: int = Field(foreign_key="booking.id", index=True, description="Whose time it was")
    freed_at: datetime
    public_at: datetime = Field(description="When citizens may have it, as it was drawn")
    next_at: datetime | None = Field(default=None, description="When the waiting list looks at it again; empty: never")

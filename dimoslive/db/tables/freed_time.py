"""The table of freed times."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class FreedTimeRow(SQLModel, table=True):
    """A time that was given back and comes back late: until then its hold is nobody's. Nothing of a person."""

    __tablename__ = "freed_time"

    hold_id: int = Field(foreign_key="booking.id", primary_key=True)
    booking_id: int = Field(foreign_key="booking.id", index=True, description="Whose time it was")
    freed_at: datetime
    public_at: datetime = Field(description="When citizens may have it, as it was drawn")

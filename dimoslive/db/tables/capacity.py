"""For how long desks were open."""

from datetime import date

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class CapacityDayRow(SQLModel, table=True):
    """A desk on a day that is over, as it was set up then: later changes of the hours do not change it."""

    __tablename__ = "capacity_day"
    __table_args__ = (Index("capacity_of_municipality", "municipality_id", "day"),)

    desk_id: int = Field(foreign_key="desk.id", primary_key=True, ondelete="CASCADE")
    day: date = Field(primary_key=True, description="On the municipality's calendar")
    municipality_id: int = Field(foreign_key="municipality.id")
    open_minutes: int | None = Field(description="Empty: unknown")
    public_minutes: int | None = Field(description="Of the open ones, those that citizens were offered; empty: unknown")

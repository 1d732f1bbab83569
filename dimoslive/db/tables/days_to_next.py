"""Days to the next free time, as they were computed."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class DaysToNextColumns(SQLModel):
    """What is known of one service in one mode."""

    service_id: int = Field(foreign_key="service.id", primary_key=True)
    mode: str = Field(primary_key=True, max_length=20)
    municipality_id: int = Field(foreign_key="municipality.id", index=True)
    days: int | None = Field(default=None, description="Empty: nothing is free, or it is paused")
    none_until: date | None = Field(default=None, description="Where nothing is free: the last day that can be booked")


class DaysToNextRow(DaysToNextColumns, table=True):
    """The newest."""

    __tablename__ = "days_to_next"


class DaysToNextHistoryRow(DaysToNextColumns, table=True):
    """As it was in the morning of a day."""

    __tablename__ = "days_to_next_history"
    __table_args__ = (Index("days_to_next_of_day", "municipality_id", "day"),)

    municipality_id: int = Field(foreign_key="municipality.id")
    day: date = Field(primary_key=True)


class DaysToNextRoundRow(SQLModel, table=True):
    """When a municipality's were computed last; while somebody computes them, nobody else does."""

    __tablename__ = "days_to_next_round"

    municipality_id: int = Field(foreign_key="municipality.id", primary_key=True)
    computed_at: datetime | None = None
    leased_until: datetime | None = None

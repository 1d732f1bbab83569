"""Calendars that programs fetch by an address that is a secret."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class CalendarFeedRow(SQLModel, table=True):
    """A feed of an official's own desks, of one desk or of one department; it goes as far as its maker's right."""

    __tablename__ = "calendar_feed"

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True, max_length=64)
    official_id: int = Field(foreign_key="official.id", index=True, description="Who made it")
    municipality_id: int | None = Field(
        default=None, foreign_key="municipality.id", index=True, description="Empty: of one's own desks, wherever"
    )
    desk_id: int | None = Field(default=None, foreign_key="desk.id", index=True)
    department_id: int | None = Field(default=None, foreign_key="department.id", index=True)
    language: str = "el"
    created_at: datetime
    fetched_at: datetime | None = None
    fetched_by: str = Field(default="", max_length=40, description="The first word of the program's name")
    ended_at: datetime | None = Field(default=None, index=True, description="It is empty from then on")

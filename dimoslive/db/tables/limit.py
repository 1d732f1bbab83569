"""The table of counted attempts."""

from sqlmodel import Field, SQLModel


class AttemptsRow(SQLModel, table=True):
    """How often a door was knocked at by one person or address in one stretch of time."""

    __tablename__ = "attempts"

    door: str = Field(primary_key=True, max_length=40)
    who: str = Field(primary_key=True, max_length=80)
    stretch: int = Field(primary_key=True, description="Number of the stretch since the epoch")
    count: int

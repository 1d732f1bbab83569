"""The table of counted attempts."""

from sqlmodel import Field, SQLModel


class AttemptsRow(SQLModel, table=True):
    """How often one person or address tried in one window of time."""

    __tablename__ = "attempts"

    rate_limit: str = Field(primary_key=True, max_length=40)
    who: str = Field(primary_key=True, max_length=80)
    window: int = Field(primary_key=True, description="Number of the window since the epoch")
    count: int

"""How often citizens looked for a time, and found none."""

from datetime import date

from sqlmodel import Field, SQLModel


class SearchTallyRow(SQLModel, table=True):
    """Searches of one day, counted by what they found (`SearchKind`). Nothing of a person."""

    __tablename__ = "search_tally"

    service_id: int = Field(foreign_key="service.id", primary_key=True, ondelete="CASCADE")
    day: date = Field(primary_key=True, description="On the municipality's calendar")
    mode: str = Field(primary_key=True, max_length=20)
    kind: str = Field(primary_key=True, max_length=20)
    searches: int

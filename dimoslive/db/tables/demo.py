"""What the demo data are made of, so that they can be made anew without touching what a person made."""

from sqlmodel import Field, SQLModel


class DemoRow(SQLModel, table=True):
    """A row of the demo, by its table and id; or a day that was filled, by its number, such as 20261124."""

    __tablename__ = "demo_row"

    table_name: str = Field(primary_key=True, max_length=40)
    row_id: int = Field(primary_key=True)

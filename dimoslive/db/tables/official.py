"""Tables of officials, their rights and their sessions."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class OfficialRow(SQLModel, table=True):
    """A public servant who may sign in; found by the keyed hash of the AFM, entered by the municipality."""

    __tablename__ = "official"

    id: int | None = Field(default=None, primary_key=True)
    afm_hash: str = Field(unique=True, max_length=64)
    first_name: str
    last_name: str
    is_active: bool = True


class OfficialRightRow(SQLModel, table=True):
    """For which municipality an official may act."""

    __tablename__ = "official_right"

    official_id: int = Field(foreign_key="official.id", primary_key=True)
    municipality_id: int = Field(foreign_key="municipality.id", primary_key=True, index=True)


class StaffSessionRow(SQLModel, table=True):
    """An official's signed-in browser; kept apart from citizens' sessions, as one person may be both."""

    __tablename__ = "staff_session"

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True, max_length=64)
    official_id: int = Field(foreign_key="official.id", index=True)
    created_at: datetime
    seen_at: datetime
    expires_at: datetime = Field(index=True)

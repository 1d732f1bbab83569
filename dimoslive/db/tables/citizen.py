"""Citizens and their sessions."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class CitizenRow(SQLModel, table=True):
    """A person who signed in. The AFM is found by its keyed hash and kept sealed."""

    __tablename__ = "citizen"

    id: int | None = Field(default=None, primary_key=True)
    afm_hash: str = Field(unique=True, max_length=64)
    afm_sealed: str
    first_name: str
    last_name: str
    email: str = Field(default="", description="Remembered only if the person agreed")
    phone: str = ""
    created_at: datetime
    signed_in_at: datetime


class SessionRow(SQLModel, table=True):
    """A signed-in browser: only the hash of the cookie's value is kept.

    One of ``kind`` ``frame`` lives in a frame of another site, and is good for one municipality.
    """

    __tablename__ = "session"

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True, max_length=64)
    citizen_id: int = Field(foreign_key="citizen.id", index=True)
    created_at: datetime
    seen_at: datetime
    expires_at: datetime = Field(index=True)
    kind: str = Field(default="full", max_length=10)
    municipality_id: int | None = Field(default=None, foreign_key="municipality.id")
    told_reference: str = Field(default="", max_length=8, description="The last booking that a frame's host was told")


class UsedSignInStateRow(SQLModel, table=True):
    """A sign-in's state that has come back, so that it cannot come back again."""

    __tablename__ = "used_sign_in_state"

    state_hash: str = Field(primary_key=True, max_length=64)
    used_at: datetime = Field(index=True)

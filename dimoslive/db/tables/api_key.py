"""Keys with which a municipality's programs use the API, and what these asked for once and may ask for again."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from dimoslive.db.tables.root import Root


class ApiKeyRow(Root, table=True):
    """A key. Of its secret only the hash is kept; while a new one takes over, the former one's too."""

    __tablename__ = "api_key"

    id: int | None = Field(default=None, primary_key=True)
    municipality_id: int = Field(foreign_key="municipality.id", index=True)
    handle: str = Field(unique=True, max_length=8, description="The part of the key that finds the row")
    name: str = Field(max_length=60)
    scopes: str = Field(max_length=300, description="A blank between two")
    networks: str = Field(default="", description="From where it may be used, one a line; empty: from anywhere")
    last_day: date = Field(description="Until the end of which it is good")
    made_at: datetime
    made_by: int = Field(foreign_key="official.id")
    secret_hash: str = Field(max_length=64)
    last_four: str = Field(max_length=4)
    rotated_at: datetime | None = None
    former_hash: str = Field(default="", max_length=64)
    former_until: datetime | None = Field(default=None, description="Until when the secret of before is good too")
    revoked_at: datetime | None = None
    last_used_at: datetime | None = None
    warned_days: int = Field(default=0, description="Of the last warning before its end; 0: none yet")
    unused_warned_at: datetime | None = None


class ApiKeyUseRow(SQLModel, table=True):
    """How often a key was used on a day of the municipality."""

    __tablename__ = "api_key_use"

    api_key_id: int = Field(foreign_key="api_key.id", primary_key=True)
    on_date: date = Field(primary_key=True)
    requests: int


class IdempotencyRow(SQLModel, table=True):
    """What a request was answered, in the transaction of what it did: the same request again gets the same answer."""

    __tablename__ = "idempotency_record"

    api_key_id: int = Field(foreign_key="api_key.id", primary_key=True)
    value: str = Field(primary_key=True, max_length=64, description="As the program named its request")
    fingerprint: str = Field(max_length=64, description="Of method, path and body")
    answer_sealed: str = ""
    created_at: datetime = Field(index=True)

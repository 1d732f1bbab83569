"""The tables of what happened and to whom it is still to be told."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel


class OutboxRow(SQLModel, table=True):
    """An event, written with its cause in one transaction. It refers to its subject without holding on to it."""

    __tablename__ = "outbox"
    __table_args__ = (Index("outbox_of_subject", "subject_kind", "subject_id"),)

    id: int | None = Field(default=None, primary_key=True)
    event: str = Field(max_length=40)
    subject_kind: str = Field(max_length=40)
    subject_id: int
    municipality_id: int | None = None
    schema_version: int
    payload: str = Field(description="The facts of the moment, as JSON; emptied by retention")
    created_at: datetime


class DeliveryRow(SQLModel, table=True):
    """An event that is to be told to one destination in one way, or was."""

    __tablename__ = "outbox_delivery"
    __table_args__ = (
        UniqueConstraint("event_id", "deliverer", "destination", name="one_delivery_per_destination"),
        Index(
            "outbox_delivery_due",
            "deliverer",
            "due_at",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="outbox.id")
    deliverer: str = Field(max_length=40)
    destination: str = Field(max_length=80, description="Of the deliverer's own kind; names nobody")
    due_at: datetime
    attempts: int = 0
    leased_until: datetime | None = None
    done_at: datetime | None = None
    failed_at: datetime | None = None
    error: str = ""

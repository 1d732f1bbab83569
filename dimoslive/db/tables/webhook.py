"""Programs that are told what happens, and what they answered."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from dimoslive.db.tables.root import Root


class WebhookEndpointRow(Root, table=True):
    """An address that is told of a municipality's bookings. Its secrets are sealed."""

    __tablename__ = "webhook_endpoint"

    id: int | None = Field(default=None, primary_key=True)
    municipality_id: int = Field(foreign_key="municipality.id", index=True)
    name: str = Field(max_length=60)
    url: str = Field(max_length=300)
    events: str = Field(description="Their types, a blank between two")
    is_active: bool = True
    secret_sealed: str
    former_secret_sealed: str = ""
    former_secret_until: datetime | None = Field(default=None, description="Until then the former one signs too")
    failing_since: datetime | None = Field(default=None, description="Since when nothing but failures came back")
    switched_off_at: datetime | None = Field(default=None, description="Empty: not by itself")
    switched_off_because: str = Field(default="", max_length=20)


class WebhookDeliveryRow(SQLModel, table=True):
    """One attempt to tell an endpoint of one event, and what came back. Kept for 30 days; nothing of a person."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        Index("webhook_delivery_of_endpoint", "endpoint_id", "id"),
        Index("webhook_delivery_of_event", "event_id", "endpoint_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    endpoint_id: int = Field(foreign_key="webhook_endpoint.id")
    event_id: int = Field(description="The row of the outbox, as long as that is there")
    event_type: str = Field(max_length=40)
    reference: str = Field(default="", max_length=8)
    attempt: int
    at: datetime = Field(index=True)
    duration_ms: int = 0
    status: int | None = None
    error: str = Field(default="", max_length=20, description="Empty: it arrived")
    answer: str = Field(default="", description="How the answer began")

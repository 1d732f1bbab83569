"""A municipality's receivers of webhooks, and how each of them does."""

from dataclasses import dataclass
from datetime import datetime

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.webhooks import endpoints_of
from dimoslive.domain.people.principals import Official
from dimoslive.domain.settings.webhook import MAX_ENDPOINTS
from dimoslive.services.settings.webhooks.access_webhook import check_webhooks


@dataclass(frozen=True, slots=True)
class ListedWebhook:
    """A receiver. ``off_because`` is empty unless it was switched off by itself."""

    id: int
    name: str
    url: str
    events: tuple[str, ...]
    is_active: bool
    off_because: str
    failing_since: datetime | None
    waiting: int
    arrived_at: datetime | None


@dataclass(frozen=True, slots=True)
class Webhooks:
    """All of them, and whether there may be another."""

    lines: tuple[ListedWebhook, ...]
    can_add: bool


def list_webhooks(context: AppContext, official: Official, municipality_id: int) -> Webhooks:
    """By name; raises `NotFound`."""
    check_webhooks(official, municipality_id)
    with reading(context.db) as tx:
        found = endpoints_of(tx, municipality_id)
    lines = tuple(
        ListedWebhook(
            id=one.row.id or 0,
            name=one.row.name,
            url=one.row.url,
            events=tuple(one.row.events.split()),
            is_active=one.row.is_active,
            off_because=one.row.switched_off_because,
            failing_since=one.row.failing_since,
            waiting=one.waiting,
            arrived_at=one.arrived_at,
        )
        for one in found
    )
    return Webhooks(lines, len(lines) < MAX_ENDPOINTS)

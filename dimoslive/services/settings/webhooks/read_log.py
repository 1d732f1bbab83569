"""What a receiver was sent, and what it answered; a test; and what is sent again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from dimoslive.context import AppContext
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.catalogue import is_id
from dimoslive.db.queries.webhooks import count_given_up, deliveries_given_up, delivery_of, log_of
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.db.tables.outbox import DeliveryRow
from dimoslive.domain.errors import InvalidInput, NotFound, NotPossibleNow
from dimoslive.domain.events import ProgramsTold
from dimoslive.domain.people.principals import Official
from dimoslive.domain.webhooks.attempts import AttemptError
from dimoslive.domain.webhooks.events import WebhookEvent
from dimoslive.services.access.limit_attempts import RateLimit, count_within
from dimoslive.services.audit.record_audit import record_audit
from dimoslive.services.outbox.publish_event import publish_event
from dimoslive.services.settings.webhooks.access_webhook import access_webhook, find_webhook

PAGE = 50
MAX_AGAIN = 1000
"""So many are sent again by one press."""
SINCE_HOURS = (1, 24, 72, 168, 720)
"""How far back one may look for what was given up."""


@dataclass(frozen=True, slots=True)
class LogWish:
    """Which lines: of one type, arrived or failed, older than a line."""

    event: str = ""
    result: str = ""
    """``arrived``, ``failed`` or nothing."""
    before_id: int = 0


@dataclass(frozen=True, slots=True)
class LogLine:
    """One attempt."""

    id: int
    event_id: int
    type: str
    reference: str
    attempt: int
    at: datetime
    duration_ms: int
    status: int | None
    error: AttemptError | None
    answer: str


@dataclass(frozen=True, slots=True)
class WebhookLog:
    """The lines that were asked for, newest first; ``has_more`` are older."""

    name: str
    is_active: bool
    switched_off_at: datetime | None
    off_because: str
    lines: tuple[LogLine, ...]
    has_more: bool


def read_log(
    context: AppContext, official: Official, municipality_id: int, endpoint_id: int, wish: LogWish
) -> WebhookLog:
    """Raises `NotFound`."""
    with reading(context.db) as tx:
        endpoint = find_webhook(tx, official, municipality_id, endpoint_id)
        rows = log_of(
            tx,
            endpoint_id,
            event=wish.event,
            failed={"arrived": False, "failed": True}.get(wish.result),
            before_id=wish.before_id if is_id(wish.before_id) else 0,
            limit=PAGE + 1,
        )
    lines = tuple(
        LogLine(
            row.id or 0,
            row.event_id,
            row.event_type,
            row.reference,
            row.attempt,
            row.at,
            row.duration_ms,
            row.status,
            AttemptError(row.error) if row.error else None,
            row.answer,
        )
        for row in rows[:PAGE]
    )
    return WebhookLog(
        endpoint.name,
        endpoint.is_active,
        endpoint.switched_off_at,
        endpoint.switched_off_because,
        lines,
        len(rows) > PAGE,
    )


def send_test(context: AppContext, official: Official, municipality_id: int, endpoint_id: int) -> None:
    """Send a message that speaks of no booking, switched off or not. Raises `NotFound` or `TooManyAttempts`."""
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = access_webhook(tx, official, municipality_id, endpoint_id)
        count_within(tx, RateLimit.WEBHOOK_TEST, str(row.id), now)
        slug = tx.get_one(MunicipalityRow, municipality_id).slug
        told = ProgramsTold(
            WebhookEvent.TEST.value, now, municipality_id, {"municipality": slug}, only_endpoint=endpoint_id
        )
        publish_event(tx, told, now)


def count_failed(context: AppContext, official: Official, municipality_id: int, endpoint_id: int, hours: int) -> int:
    """How many messages were given up in the last hours, as far as they can be sent again. Raises `NotFound`."""
    with reading(context.db) as tx:
        find_webhook(tx, official, municipality_id, endpoint_id)
        return count_given_up(tx, endpoint_id, _since(context, hours), MAX_AGAIN)


def redeliver_failed(
    context: AppContext, official: Official, municipality_id: int, endpoint_id: int, hours: int
) -> int:
    """Send them again, the oldest first; returns how many. Raises `NotFound` or `NotPossibleNow` (switched off)."""
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = access_webhook(tx, official, municipality_id, endpoint_id)
        if not row.is_active:
            raise NotPossibleNow()
        found = deliveries_given_up(tx, endpoint_id, _since(context, hours), MAX_AGAIN)
        for delivery in found:
            _again(delivery, now)
        record_audit(
            tx,
            now,
            "webhook.redelivered",
            by=official,
            subject=("webhook", endpoint_id),
            municipality_id=municipality_id,
            after={"messages": len(found)},
        )
        return len(found)


def redeliver(context: AppContext, official: Official, municipality_id: int, endpoint_id: int, event_id: int) -> None:
    """Send one message again, whatever became of it, with another instant and signature.

    One that waits for its next attempt need not wait. Raises `NotFound`, `TooManyAttempts`, or `NotPossibleNow`
    (switched off, or being sent).
    """
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = access_webhook(tx, official, municipality_id, endpoint_id)
        delivery = delivery_of(tx, endpoint_id, event_id) if is_id(event_id) else None
        if delivery is None:
            raise NotFound()
        if not row.is_active or (delivery.leased_until is not None and delivery.leased_until > now):
            raise NotPossibleNow()
        count_within(tx, RateLimit.WEBHOOK_TEST, str(row.id), now)
        _again(delivery, now)


def _again(delivery: DeliveryRow, now: datetime) -> None:
    delivery.due_at, delivery.attempts, delivery.leased_until = now, 0, None
    delivery.done_at = delivery.failed_at = None
    delivery.error = ""


def _since(context: AppContext, hours: int) -> datetime:
    if hours not in SINCE_HOURS:
        raise InvalidInput("hours", "not_a_choice")
    return context.clock.now() - timedelta(hours=hours)

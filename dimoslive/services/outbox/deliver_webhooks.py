"""Events as messages to programs that municipalities named. What they answer is kept for a while."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.outbox import lease_due
from dimoslive.db.queries.webhooks import WEBHOOKS, count_under_way, due_endpoints, endpoint, endpoints_wanting
from dimoslive.db.tables.outbox import DeliveryRow, OutboxRow
from dimoslive.db.tables.webhook import WebhookDeliveryRow, WebhookEndpointRow
from dimoslive.domain.events import Event, ProgramsTold
from dimoslive.domain.webhooks.attempts import GONE, WAITS, Attempt, off_reason, wait_before_next
from dimoslive.domain.webhooks.events import WebhookEvent, body_of, message_id
from dimoslive.integrations.webhooks.signature import signed_headers
from dimoslive.ports import DeliveryDelayed, DeliveryRefused
from dimoslive.services.outbox.deliver_events import make_delivery
from dimoslive.services.outbox.switch_off_webhook import switch_off_webhook
from dimoslive.urls import API_V1

AT_ONCE = 2
"""Attempts at one endpoint, so that a slow one holds up nobody, itself included."""
AT_ONCE_IN_ALL = 20
"""By one process."""
LEASE = timedelta(minutes=1)
"""An attempt takes a quarter of it at most."""
OFF = "off"
"""The error of what was to be told to an endpoint that is switched off, is no more, or has no secret any more."""


@dataclass(frozen=True, slots=True, repr=False)
class _Message:
    url: str
    headers: dict[str, str]
    body: bytes


class WebhookDeliverer:
    """Tells programs of bookings, by messages that are the same in each attempt but for their signatures' instant."""

    name = WEBHOOKS
    retry_after = WAITS

    def destinations(self, tx: Session, event: Event, now: datetime) -> Sequence[str]:  # noqa: ARG002  # the protocol has it
        """The ids of the endpoints that want it."""
        if not isinstance(event, ProgramsTold):
            return ()
        if event.only_endpoint:
            return (str(event.only_endpoint),)
        return [str(id_) for id_ in endpoints_wanting(tx, event.municipality_id, event.type)]

    async def deliver(self, context: AppContext, delivery: DeliveryRow, event: Event) -> bool:
        """Make one attempt, and log it; 410 ends them. A test is tried once."""
        assert isinstance(event, ProgramsTold)
        message = await asyncio.to_thread(_message, context, delivery, event)
        if message is None:
            raise DeliveryRefused(OFF)
        attempt = await context.webhooks.send(message.url, message.headers, message.body)
        await asyncio.to_thread(_note, context, delivery, event, attempt)
        if attempt.has_arrived:
            return True
        problem = str(attempt.error)
        wait = wait_before_next(delivery.attempts, attempt, seed=delivery.id or 0, now=context.clock.now())
        if attempt.status == GONE or wait is None or event.type == WebhookEvent.TEST:
            raise DeliveryRefused(problem)
        raise DeliveryDelayed(problem, wait=wait)


PROGRAMS = WebhookDeliverer()


@dataclass
class WebhookRounds:
    """Begins the attempts that are due, and waits for none of them: another round begins what is due by then."""

    _under_way: set[asyncio.Task[object]] = field(default_factory=set)

    async def begin_due(self, context: AppContext) -> int:
        """Returns how many it began."""
        rows = await asyncio.to_thread(_lease, context, AT_ONCE_IN_ALL - len(self._under_way))
        for delivery, row in rows:
            task: asyncio.Task[object] = asyncio.create_task(make_delivery(context, PROGRAMS, delivery, row))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
        return len(rows)

    async def all_done(self) -> None:
        """Wait for those that were begun."""
        await asyncio.gather(*self._under_way)


def _lease(context: AppContext, room: int) -> list[tuple[DeliveryRow, OutboxRow]]:
    now = context.clock.now()
    if room <= 0:
        return []
    with reading(context.db) as tx:
        due = due_endpoints(tx, now, room)
    leased: list[tuple[DeliveryRow, OutboxRow]] = []
    for destination in due:
        with transaction(context.db) as tx:
            free = min(AT_ONCE - count_under_way(tx, destination, now), room - len(leased))
            if free > 0:
                leased += lease_due(tx, WEBHOOKS, now, now + LEASE, free, destination=destination)
    return leased


def _message(context: AppContext, delivery: DeliveryRow, event: ProgramsTold) -> _Message | None:
    """Signed for this attempt; none for an endpoint that can be told nothing."""
    now = context.clock.now()
    with reading(context.db) as tx:
        row = endpoint(tx, int(delivery.destination))
        if row is None or not (row.is_active or event.type == WebhookEvent.TEST):
            return None
        url, words = row.url, _secrets(context, row, now)
    if not words:
        # Sealed with another key of the installation: nothing goes out unsigned.
        return None
    body = body_of(event.type, event.happened_at, event.data, context.public_url + API_V1)
    name = message_id(delivery.event_id, event.happened_at)
    return _Message(url, signed_headers(name, int(now.timestamp()), body, words), body)


def _secrets(context: AppContext, row: WebhookEndpointRow, now: datetime) -> list[str]:
    """The one of today, and until its last instant the former one."""
    sealed = [row.secret_sealed]
    if row.former_secret_until is not None and now < row.former_secret_until:
        sealed.append(row.former_secret_sealed)
    opened = [context.seal.decrypt(one) for one in sealed]
    return [one for one in opened if one]


def _note(context: AppContext, delivery: DeliveryRow, event: ProgramsTold, attempt: Attempt) -> None:
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = endpoint(tx, int(delivery.destination), for_change=True)
        if row is None:
            return
        tx.add(_logged(delivery, event, attempt, now))
        if attempt.has_arrived:
            row.failing_since = None
        elif event.type != WebhookEvent.TEST:
            reason = off_reason(attempt, row.failing_since, now)
            row.failing_since = row.failing_since or now
            if reason is not None and row.is_active:
                switch_off_webhook(tx, row, reason, now)


def _logged(delivery: DeliveryRow, event: ProgramsTold, attempt: Attempt, now: datetime) -> WebhookDeliveryRow:
    return WebhookDeliveryRow(
        endpoint_id=int(delivery.destination),
        event_id=delivery.event_id,
        event_type=event.type,
        reference=str(event.data.get("reference", "")),
        attempt=delivery.attempts,
        at=now,
        duration_ms=attempt.duration_ms,
        status=attempt.status,
        error=attempt.error.value if attempt.error else "",
        answer=attempt.answer,
    )

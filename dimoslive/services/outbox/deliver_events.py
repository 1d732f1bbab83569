"""Telling events: a delivery is leased, made, and marked done; retried while that may help, never lost.

It is leased before and marked after, so two processes do not make it twice; only a crash between the two can, and then
the receiver sees by the message's stable id that it is the same one.
"""

import asyncio
import logging
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from dimoslive.context import AppContext
from dimoslive.db.announcements import announce_days_of
from dimoslive.db.engine import transaction
from dimoslive.db.queries.outbox import lease_due, postpone
from dimoslive.db.queries.webhooks import WEBHOOKS
from dimoslive.db.rows.events import UnknownEvent, to_event
from dimoslive.db.tables.outbox import DeliveryRow, OutboxRow
from dimoslive.ports import DeliveryDelayed, DeliveryRefused
from dimoslive.services.outbox.deliverer import Deliverer
from dimoslive.services.outbox.note_undelivered import note_undelivered

LEASE = timedelta(minutes=5)
UNKNOWN_WAITS = timedelta(minutes=5)
"""Until an event is looked at again that another release wrote: it may be running by then."""

_log = logging.getLogger(__name__)


class Made(Enum):
    """What became of a delivery."""

    SENT = "sent"
    DELAYED = "delayed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did."""

    sent: int = 0
    delayed: int = 0
    refused: int = 0


async def deliver_events(context: AppContext, deliverer: Deliverer, *, limit: int = 50) -> Round:
    """Make the deliveries of one deliverer that are due, oldest first, one after the other."""
    rows = await asyncio.to_thread(_lease, context, deliverer, limit)
    made: Counter[Made] = Counter()
    for delivery, row in rows:
        if delivery.leased_until is None or context.clock.now() >= delivery.leased_until:
            # A slow receiver used the lease up; another process may be making the rest already.
            break
        made[await make_delivery(context, deliverer, delivery, row)] += 1
    return Round(made[Made.SENT], made[Made.DELAYED], made[Made.REFUSED])


async def make_delivery(context: AppContext, deliverer: Deliverer, delivery: DeliveryRow, row: OutboxRow) -> Made:
    """Make one that is leased, and write down what became of it."""
    try:
        is_sent = await deliverer.deliver(context, delivery, to_event(row))
    except UnknownEvent as problem:
        await asyncio.to_thread(_wait_for_another_release, context, delivery, str(problem))
    except DeliveryDelayed as problem:
        await asyncio.to_thread(_put_off, context, deliverer, delivery, str(problem), problem.wait)
    except DeliveryRefused as problem:
        await asyncio.to_thread(_give_up, context, delivery, str(problem))
        return Made.REFUSED
    except Exception as problem:  # noqa: BLE001  # one that cannot be made must not hold up those behind it
        _log.exception("delivery %s of event %s", delivery.id, delivery.event_id)
        await asyncio.to_thread(_put_off, context, deliverer, delivery, type(problem).__name__)
    else:
        if is_sent:
            await asyncio.to_thread(_mark_done, context, delivery)
            return Made.SENT
    return Made.DELAYED


def _lease(context: AppContext, deliverer: Deliverer, limit: int) -> list[tuple[DeliveryRow, OutboxRow]]:
    now = context.clock.now()
    with transaction(context.db) as tx:
        return lease_due(tx, deliverer.name, now, now + LEASE, limit)


def _wait_for_another_release(context: AppContext, delivery: DeliveryRow, problem: str) -> None:
    with transaction(context.db) as tx:
        live = tx.get_one(DeliveryRow, delivery.id)
        is_news = live.error != problem[:500]
        postpone(live, context.clock.now() + UNKNOWN_WAITS)
        live.error = problem[:500]
    if is_news:
        _log.error("delivery %s of event %s waits: %s", delivery.id, delivery.event_id, problem)


def _put_off(
    context: AppContext, deliverer: Deliverer, delivery: DeliveryRow, problem: str, wait: timedelta | None = None
) -> None:
    now, waits = context.clock.now(), deliverer.retry_after
    if delivery.attempts > len(waits):
        _give_up(context, delivery, problem)
        return
    with transaction(context.db) as tx:
        live = tx.get(DeliveryRow, delivery.id)
        if live is None:
            # Its destination was deleted meanwhile.
            return
        wait = waits[delivery.attempts - 1] if wait is None else wait
        live.due_at, live.leased_until, live.error = now + wait, None, problem[:500]


def _give_up(context: AppContext, delivery: DeliveryRow, problem: str) -> None:
    _log.error("delivery %s of event %s is given up", delivery.id, delivery.event_id)
    with transaction(context.db) as tx:
        live = tx.get(DeliveryRow, delivery.id)
        if live is None:
            return
        live.failed_at = live.done_at = context.clock.now()
        live.leased_until, live.error = None, problem[:500]
        event = tx.get_one(OutboxRow, live.event_id)
        if event.subject_kind == "booking" and live.deliverer != WEBHOOKS:
            note_undelivered(tx, live, event, context.clock.now())
            announce_days_of(tx, [event.subject_id], "not_delivered")


def _mark_done(context: AppContext, delivery: DeliveryRow) -> None:
    with transaction(context.db) as tx:
        live = tx.get(DeliveryRow, delivery.id)
        if live is None:
            return
        live.done_at, live.leased_until = context.clock.now(), None

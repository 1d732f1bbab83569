"""Add a receiver of webhooks, change it, delete it, and give it another secret."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.webhooks import count_endpoints, forget_endpoint
from dimoslive.db.tables.webhook import WebhookEndpointRow
from dimoslive.domain.errors import InvalidDetails, InvalidInput
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.settings.webhook import (
    KEEP_FORMER_HOURS,
    MAX_ENDPOINTS,
    TooManyWebhooks,
    parse_webhook,
)
from dimoslive.integrations.webhooks.signature import new_secret
from dimoslive.services.audit.record_audit import record_audit
from dimoslive.services.settings.add_root import add_root
from dimoslive.services.settings.delete_root import delete_root
from dimoslive.services.settings.municipality.lock_municipality import lock_municipality
from dimoslive.services.settings.root_change import Act, Opened, Saved
from dimoslive.services.settings.save_root import save_root
from dimoslive.services.settings.webhooks.access_webhook import access_webhook, check_webhooks
from dimoslive.services.settings.webhooks.kind import WEBHOOK


@dataclass(frozen=True, slots=True, repr=False)
class AddedWebhook:
    """A new receiver, and its secret, which is never shown again."""

    id: int
    secret: str


async def add_webhook(
    context: AppContext, official: Official, municipality_id: int, raw: Mapping[str, object]
) -> AddedWebhook:
    """Raises `InvalidDetails`, `TooManyWebhooks`, or `NotFound`."""
    values = await _checked(context, official, municipality_id, raw)
    return await asyncio.to_thread(_add, context, official, municipality_id, values)


async def save_webhook(  # which one, and how it was and is to be
    context: AppContext,
    official: Official,
    municipality_id: int,
    endpoint_id: int,
    opened: Opened,
    raw: Mapping[str, object],
) -> Saved:
    """Raises `InvalidDetails`, `ChangedMeanwhile`, `RemovedMeanwhile`, or `NotFound`."""
    values = await _checked(context, official, municipality_id, raw)
    return await asyncio.to_thread(_save, context, official, municipality_id, endpoint_id, opened, values)


def rotate_secret(context: AppContext, official: Official, municipality_id: int, endpoint_id: int, hours: int) -> str:
    """Another secret; for so many hours the former one signs too. Raises `InvalidInput` or `NotFound`."""
    if hours not in KEEP_FORMER_HOURS:
        raise InvalidInput("hours", "not_a_choice")
    now, secret = context.clock.now(), new_secret()
    with transaction(context.db) as tx:
        row = access_webhook(tx, official, municipality_id, endpoint_id)
        row.former_secret_sealed, row.former_secret_until = ("", None)
        if hours:
            row.former_secret_sealed, row.former_secret_until = row.secret_sealed, now + timedelta(hours=hours)
        row.secret_sealed = context.seal.encrypt(secret)
        _record(tx, row, "rotated", Act(official, now, municipality_id), {"hours": hours})
    return secret


def delete_webhook(context: AppContext, official: Official, municipality_id: int, endpoint_id: int) -> None:
    """With its log, and with what waits for it. Raises `NotFound` or `RemovedMeanwhile`."""
    with transaction(context.db) as tx:
        row = access_webhook(tx, official, municipality_id, endpoint_id)
        act = Act(official, context.clock.now(), municipality_id)
        delete_root(tx, WEBHOOK, row, act, forget=lambda: forget_endpoint(tx, endpoint_id))


async def _checked(
    context: AppContext, official: Official, municipality_id: int, raw: Mapping[str, object]
) -> dict[str, object]:
    """The address leads to nothing inside, as far as is known now; at each attempt that is checked again."""
    check_webhooks(official, municipality_id)
    own_host = urlsplit(context.public_url).hostname or ""
    values = parse_webhook(raw, own_host=own_host, ports=context.webhook_ports)
    if await context.webhooks.is_refused(urlsplit(str(values["url"])).hostname or ""):
        raise InvalidDetails((InvalidInput("url", "webhook_refused"),))
    return values


def _add(context: AppContext, official: Official, municipality_id: int, values: Mapping[str, object]) -> AddedWebhook:
    now, secret = context.clock.now(), new_secret()
    with transaction(context.db) as tx:
        # Who adds two at once adds one after the other.
        lock_municipality(tx, official, municipality_id, Permission.MANAGE_WEBHOOKS)
        if count_endpoints(tx, municipality_id) >= MAX_ENDPOINTS:
            raise TooManyWebhooks(limit=MAX_ENDPOINTS)
        sealed = context.seal.encrypt(secret)
        row = WebhookEndpointRow(municipality_id=municipality_id, name="", url="", events="", secret_sealed=sealed)
        added = add_root(tx, WEBHOOK, row, values, Act(official, now, municipality_id))
        return AddedWebhook(added.id or 0, secret)


def _save(  # as above
    context: AppContext,
    official: Official,
    municipality_id: int,
    endpoint_id: int,
    opened: Opened,
    mine: Mapping[str, object],
) -> Saved:
    with transaction(context.db) as tx:
        row = access_webhook(tx, official, municipality_id, endpoint_id)
        was_active = row.is_active
        saved = save_root(tx, WEBHOOK, row, opened, mine, Act(official, context.clock.now(), municipality_id))
        tx.refresh(row)
        if row.is_active and not was_active:
            # A new beginning: what failed before counts for nothing.
            row.failing_since = row.switched_off_at = None
            row.switched_off_because = ""
        return saved


def _record(tx: Session, row: WebhookEndpointRow, action: str, act: Act, after: Mapping[str, object]) -> None:
    record_audit(
        tx,
        act.at,
        f"webhook.{action}",
        by=act.by,
        subject=("webhook", row.id),
        municipality_id=act.municipality_id,
        after=after,
    )

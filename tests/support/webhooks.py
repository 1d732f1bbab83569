"""Receivers of webhooks, and what they were sent."""

import asyncio
import json
from typing import Any

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.tables.webhook import WebhookEndpointRow
from dimoslive.domain.webhooks.events import CHOOSABLE
from dimoslive.integrations.webhooks.signature import new_secret
from dimoslive.services.outbox.deliver_webhooks import WebhookRounds
from tests.support.ports import RecordingReceiver
from tests.support.world import Town


def an_endpoint(town: Town, *events: str, **words: Any) -> int:
    """One of the town, told of everything unless events are named; its id."""
    usual: dict[str, Any] = {
        "municipality_id": town.municipality.id,
        "name": "Ουρά",
        "url": "https://hooks.example.gr/",
        "events": " ".join(events or CHOOSABLE),
        "secret_sealed": town.context.seal.encrypt(new_secret()),
    }
    with transaction(town.context.db) as tx:
        row = WebhookEndpointRow(**(usual | words))
        tx.add(row)
        tx.flush()
        return row.id or 0


def deliver(context: AppContext) -> int:
    """Make all attempts that are due now; returns how many were begun."""
    return asyncio.run(_round(context))


async def _round(context: AppContext) -> int:
    rounds = WebhookRounds()
    begun = await rounds.begin_due(context)
    await rounds.all_done()
    return begun


def told(receiver: RecordingReceiver) -> list[tuple[str, dict[str, Any]]]:
    """Types and data of what arrived."""
    return [(content["type"], content["data"]) for content in (json.loads(body) for _, _, body in receiver.received)]

"""Fetching a receiver of webhooks, and checking the right to it."""

from sqlmodel import Session, col

from dimoslive.db.queries.catalogue import is_id
from dimoslive.db.tables.webhook import WebhookEndpointRow
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.services.settings.access_root import access_root
from dimoslive.services.settings.municipality.lock_municipality import check_municipality
from dimoslive.services.settings.webhooks.kind import WEBHOOK


def access_webhook(tx: Session, official: Official, municipality_id: int, endpoint_id: int) -> WebhookEndpointRow:
    """The row, locked; raises `NotFound` for a missing and a foreign one alike, or `RemovedMeanwhile`."""
    check_webhooks(official, municipality_id)
    within = col(WebhookEndpointRow.municipality_id) == municipality_id
    return access_root(tx, WEBHOOK, endpoint_id, within, municipality_id)


def find_webhook(tx: Session, official: Official, municipality_id: int, endpoint_id: int) -> WebhookEndpointRow:
    """The same to be looked at, not locked."""
    check_webhooks(official, municipality_id)
    row = tx.get(WebhookEndpointRow, endpoint_id) if is_id(endpoint_id) else None
    if row is None or row.municipality_id != municipality_id:
        raise NotFound()
    return row


def check_webhooks(official: Official, municipality_id: int) -> None:
    """Raises `NotFound` where the municipality's webhooks are not the official's to manage."""
    check_municipality(official, municipality_id, Permission.MANAGE_WEBHOOKS)

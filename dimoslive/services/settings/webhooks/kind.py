"""A receiver of webhooks, as the set-up changes it: its columns. Its secrets change by a press of their own."""

from dimoslive.db.rows.roots import RootKind
from dimoslive.db.tables.webhook import WebhookEndpointRow

WEBHOOK = RootKind(WebhookEndpointRow, "webhook", ("name", "url", "events", "is_active"), has_archive=False)

"""One receiver of webhooks, to be changed."""

from dataclasses import dataclass
from datetime import datetime

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.rows.roots import values_of
from dimoslive.domain.people.principals import Official
from dimoslive.domain.settings.history import HistoryLine
from dimoslive.domain.webhooks.events import CHOOSABLE
from dimoslive.services.settings.list_root_history import list_root_history
from dimoslive.services.settings.root_change import Opened
from dimoslive.services.settings.webhooks.access_webhook import check_webhooks, find_webhook
from dimoslive.services.settings.webhooks.kind import WEBHOOK


@dataclass(frozen=True, slots=True)
class OpenWebhook:
    """A receiver with its version and fields, and its history. Its secrets are shown nowhere."""

    opened: Opened
    former_until: datetime | None = None
    """Until when the former secret signs too."""
    switched_off_at: datetime | None = None
    off_because: str = ""
    history: tuple[HistoryLine, ...] = ()


def open_webhook(context: AppContext, official: Official, municipality_id: int, endpoint_id: int | None) -> OpenWebhook:
    """The receiver, or for no id the form of a new one, which is told everything; raises `NotFound`."""
    if endpoint_id is None:
        check_webhooks(official, municipality_id)
        return OpenWebhook(Opened(0, {"name": "", "url": "", "events": " ".join(CHOOSABLE), "is_active": True}))
    now = context.clock.now()
    with reading(context.db) as tx:
        row = find_webhook(tx, official, municipality_id, endpoint_id)
        until = row.former_secret_until
        return OpenWebhook(
            opened=Opened(row.version, values_of(tx, WEBHOOK, row)),
            former_until=until if until is not None and now < until else None,
            switched_off_at=row.switched_off_at,
            off_because=row.switched_off_because,
            history=list_root_history(tx, WEBHOOK, municipality_id, endpoint_id),
        )

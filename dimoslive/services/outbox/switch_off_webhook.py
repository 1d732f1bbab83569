"""An endpoint that asks for nothing more, or answers nothing, is told nothing more; its administrators are."""

from datetime import datetime

from sqlmodel import Session

from dimoslive.db.announcements import announce_day_of
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.db.tables.webhook import WebhookEndpointRow
from dimoslive.domain.events import WebhookSwitchedOff
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.domain.webhooks.attempts import OffReason
from dimoslive.services.audit.record_audit import record_audit
from dimoslive.services.outbox.deliver_staff_mail import STAFF_MAIL
from dimoslive.services.outbox.write_event import write_event


def switch_off_webhook(tx: Session, row: WebhookEndpointRow, reason: OffReason, now: datetime) -> None:
    """Switch a locked endpoint off, with a line in the history and a mail to each administrator."""
    row.is_active, row.switched_off_at, row.switched_off_because = False, now, reason.value
    row.version, row.changed_at, row.changed_by = row.version + 1, now, None
    record_audit(
        tx,
        now,
        "webhook.switched_off",
        by="job",
        subject=("webhook", row.id),
        municipality_id=row.municipality_id,
        before={"is_active": True},
        after={"is_active": False, "name": row.name, "because": reason.value},
    )
    # The open list of webhooks hears of whatever happens in its municipality.
    announce_day_of(tx, row.municipality_id, local_day(now, ATHENS), "webhook")
    slug = tx.get_one(MunicipalityRow, row.municipality_id).slug
    off = WebhookSwitchedOff(row.id or 0, row.municipality_id, slug, row.name, reason.value)
    # Not by `publish_event`, which knows all deliverers, the one that calls this among them.
    write_event(tx, off, now, (STAFF_MAIL,))

"""Events as mails to those who work for a municipality."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from urllib.parse import urlsplit

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.officials import administrators_with_address
from dimoslive.db.tables.official import OfficialRow
from dimoslive.db.tables.outbox import DeliveryRow
from dimoslive.domain.events import AdministratorEntered, Event, KeyWarned, WebhookSwitchedOff
from dimoslive.integrations.mail.key_mail import key_mail
from dimoslive.integrations.mail.webhook_mail import webhook_mail
from dimoslive.integrations.mail.welcome_mail import welcome_mail
from dimoslive.services.outbox.deliver_mail import RETRY_AFTER
from dimoslive.urls import settings_path, welcome_links

OFFICIAL = "official"
"""The address that the event names."""


class StaffMailDeliverer:
    """Tells a new administrator the way in, and administrators of keys and webhooks that end."""

    name = "staff_mail"
    retry_after = RETRY_AFTER

    def destinations(self, tx: Session, event: Event, now: datetime) -> Sequence[str]:  # noqa: ARG002  # others look receivers up
        """The official whom the event names, if an address was given; or the ids of those who administer."""
        if isinstance(event, WebhookSwitchedOff):
            return [str(row.id) for row in administrators_with_address(tx, event.municipality_id)]
        return (OFFICIAL,) if isinstance(event, AdministratorEntered | KeyWarned) and event.email else ()

    async def deliver(self, context: AppContext, delivery: DeliveryRow, event: Event) -> bool:
        """Send the mail, unless nobody is there to read it any more."""
        message = await asyncio.to_thread(_message, context, delivery, event)
        if message is not None:
            await context.mailer.send(message)
        return True


STAFF_MAIL = StaffMailDeliverer()


def _message(context: AppContext, delivery: DeliveryRow, event: Event) -> EmailMessage | None:
    host, now = urlsplit(context.public_url).hostname, context.clock.now()
    if isinstance(event, WebhookSwitchedOff):
        with reading(context.db) as tx:
            official = tx.get(OfficialRow, int(delivery.destination))
            if official is None or not official.is_active or not official.email:
                return None
            address, language = official.email, official.language
        page = settings_path(f"webhooks/{event.endpoint_id}", event.municipality_slug, language)
        return webhook_mail(
            event,
            language,
            to=address,
            link=context.public_url + page,
            mail_from=context.mail_from,
            message_id=f"<outbox-{delivery.id}.webhook@{host}>",
            now=now,
        )
    if isinstance(event, KeyWarned):
        page = settings_path(f"keys/{event.key_id}", event.municipality_slug, event.language)
        return key_mail(
            event,
            context.public_url.rstrip("/") + page,
            mail_from=context.mail_from,
            message_id=f"<outbox-{delivery.id}.staff@{host}>",
            now=now,
        )
    assert isinstance(event, AdministratorEntered)
    return welcome_mail(
        event,
        welcome_links(context.public_url, event.municipality_slug),
        mail_from=context.mail_from,
        message_id=f"<outbox-{delivery.id}.{event.official_id}@{host}>",
        now=now,
    )

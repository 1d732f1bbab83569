"""Events as mails to those who work for a municipality."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.tables.outbox import DeliveryRow
from dimoslive.domain.events import AdministratorEntered, Event, KeyWarned
from dimoslive.integrations.mail.key_mail import key_mail
from dimoslive.integrations.mail.welcome_mail import welcome_mail
from dimoslive.services.outbox.deliver_mail import RETRY_AFTER
from dimoslive.urls import settings_path, welcome_links

OFFICIAL = "official"
"""The one destination: the address that the event names."""


class StaffMailDeliverer:
    """Tells a new administrator the way in, and administrators of keys that end."""

    name = "staff_mail"
    retry_after = RETRY_AFTER

    def destinations(self, tx: Session, event: Event, now: datetime) -> Sequence[str]:  # noqa: ARG002  # others look receivers up
        """The official, if an address was given."""
        return (OFFICIAL,) if isinstance(event, AdministratorEntered | KeyWarned) and event.email else ()

    async def deliver(self, context: AppContext, delivery: DeliveryRow, event: Event) -> bool:
        """Send the mail."""
        host = urlsplit(context.public_url).hostname
        headers = {
            "mail_from": context.mail_from,
            "message_id": f"<outbox-{delivery.id}.staff@{host}>",
        }
        if isinstance(event, KeyWarned):
            path = settings_path(f"keys/{event.key_id}", event.municipality_slug, event.language)
            message = key_mail(event, context.public_url.rstrip("/") + path, now=context.clock.now(), **headers)
        else:
            assert isinstance(event, AdministratorEntered)
            links = welcome_links(context.public_url, event.municipality_slug)
            message = await asyncio.to_thread(welcome_mail, event, links, now=context.clock.now(), **headers)
        await context.mailer.send(message)
        return True


STAFF_MAIL = StaffMailDeliverer()

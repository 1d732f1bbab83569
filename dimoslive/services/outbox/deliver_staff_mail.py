"""Events as mails to those who work for a municipality."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.tables.outbox import DeliveryRow
from dimoslive.domain.events import AdministratorEntered, Event
from dimoslive.integrations.mail.welcome_mail import welcome_mail
from dimoslive.services.outbox.deliver_mail import RETRY_AFTER
from dimoslive.urls import welcome_links

OFFICIAL = "official"
"""The one destination: the address that the event names."""


class StaffMailDeliverer:
    """Tells a new administrator the way in."""

    name = "staff_mail"
    retry_after = RETRY_AFTER

    def destinations(  # others look receivers up
        self,
        tx: Session,  # noqa: ARG002
        event: Event,
        now: datetime,  # noqa: ARG002
    ) -> Sequence[str]:
        """The official, if an address was given."""
        return (OFFICIAL,) if isinstance(event, AdministratorEntered) and event.email else ()

    async def deliver(self, context: AppContext, delivery: DeliveryRow, event: Event) -> bool:
        """Send the mail."""
        assert isinstance(event, AdministratorEntered)
        host = urlsplit(context.public_url).hostname
        message = await asyncio.to_thread(
            welcome_mail,
            event,
            welcome_links(context.public_url, event.municipality_slug),
            mail_from=context.mail_from,
            message_id=f"<outbox-{delivery.id}.{event.official_id}@{host}>",
            now=context.clock.now(),
        )
        await context.mailer.send(message)
        return True


STAFF_MAIL = StaffMailDeliverer()

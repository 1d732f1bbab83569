"""Events as mails to the officials who want them: what changed of today, and nothing of a person."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from urllib.parse import urlsplit

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.officials import officials_to_mail, rights_of
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import ServiceRow
from dimoslive.db.tables.official import OfficialRow
from dimoslive.db.tables.outbox import DeliveryRow
from dimoslive.domain.desk.own_mails import OwnMails, StaffNews
from dimoslive.domain.events import BookingCancelled, BookingConfirmed, BookingEvent, BookingRescheduled, Event
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.integrations.mail.staff_mail import staff_mail
from dimoslive.urls import localized

RETRY_AFTER = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60))
"""What is of today is of no use tomorrow."""


class OfficialsMailDeliverer:
    """Tells officials of bookings for today and of cancellations of today, each as far as the own right reaches."""

    name = "officials_mail"
    retry_after = RETRY_AFTER

    def destinations(self, tx: Session, event: Event, now: datetime) -> Sequence[str]:
        """The ids of those who want it, but for the one who did it."""
        news = staff_news(event, now)
        if news is None or not isinstance(event, BookingEvent):
            return ()
        booking = event.booking
        row = tx.get(BookingRow, booking.id)
        own = (row.made_by if news is StaffNews.BOOKED else row.cancelled_by) if row else None
        wanting = officials_to_mail(tx, booking.service.municipality_id, OwnMails.wanting(news))
        return [str(one.id) for one in wanting if one.id != own and _may_see(tx, one, event)]

    async def deliver(self, context: AppContext, delivery: DeliveryRow, event: Event) -> bool:
        """Send it, unless the day is over or the official wants or may know it no longer."""
        message = await asyncio.to_thread(_message, context, delivery, event)
        if message is not None:
            await context.mailer.send(message)
        return True


OFFICIALS_MAIL = OfficialsMailDeliverer()


def staff_news(event: Event, now: datetime) -> StaffNews | None:
    """What it is for those who work today; nothing, if it is of another day."""
    if not isinstance(event, BookingEvent):
        return None
    zone = event.booking.service.zone
    today = local_day(now, zone)
    if local_day(event.booking.period.starts_at, zone) != today:
        return None
    match event:
        case BookingConfirmed():
            return StaffNews.BOOKED
        case BookingRescheduled(previous_period=previous) if previous and local_day(previous.starts_at, zone) != today:
            return StaffNews.MOVED
        case BookingCancelled():
            return StaffNews.CANCELLED
    return None


def _may_see(tx: Session, official: OfficialRow, event: BookingEvent) -> bool:
    """By today's rights: the list shows them this booking."""
    service = tx.get(ServiceRow, event.booking.service.service_id)
    principal = Official(official.id or 0, official.first_name, official.last_name, rights_of(tx, official.id or 0))
    department_id = service.department_id if service else None
    return can(principal, Permission.VIEW_DESK, event.booking.service.municipality_id, department_id)


def _message(context: AppContext, delivery: DeliveryRow, event: Event) -> EmailMessage | None:
    assert isinstance(event, BookingEvent)
    now = context.clock.now()
    news = staff_news(event, now)
    with reading(context.db) as tx:
        official = tx.get(OfficialRow, int(delivery.destination))
        if news is None or official is None or not official.is_active or not official.email:
            return None
        if official.mails not in OwnMails.wanting(news) or not _may_see(tx, official, event):
            return None
        address, language = official.email, official.language
    return staff_mail(
        news,
        event.booking,
        language,
        to=address,
        account_link=f"{context.public_url.rstrip('/')}{localized('/desk/me', language)}",
        mail_from=context.mail_from,
        message_id=f"<outbox-{delivery.id}.staff@{urlsplit(context.public_url).hostname}>",
        now=now,
    )

"""Events as mails to the citizen."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from urllib.parse import urlsplit

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.crypto import token_hash
from dimoslive.db.engine import transaction
from dimoslive.db.queries.bookings import keep_link
from dimoslive.db.queries.limits import count_attempt, window_of
from dimoslive.db.queries.outbox import CITIZENS_MAIL, deliveries_of, postpone
from dimoslive.db.tables.outbox import DeliveryRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.events import (
    BookingCancelled,
    BookingConfirmed,
    BookingDetailsChanged,
    BookingEvent,
    BookingReminded,
    BookingRescheduled,
    BookingSentAgain,
    EarlierTimeOffered,
    Event,
)
from dimoslive.domain.people.personal_data import EmailAddress
from dimoslive.integrations.mail.booking_mail import Earlier, MailKind, booking_mail
from dimoslive.services.access.limit_attempts import RateLimit
from dimoslive.services.outbox.still_offers import still_offers
from dimoslive.services.outbox.still_reminds import still_reminds
from dimoslive.urls import mail_links

RETRY_AFTER = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, 720, 1440, 1440))
"""Waits between attempts: about three days in all."""
CITIZEN = "citizen"
"""The one destination today: the address that the booking names."""

_log = logging.getLogger(__name__)


class MailDeliverer:
    """Tells a citizen of what happened to a booking."""

    name = CITIZENS_MAIL
    retry_after = RETRY_AFTER

    def destinations(self, tx: Session, event: Event, now: datetime) -> Sequence[str]:  # noqa: ARG002  # others look receivers up
        """The citizen, of what there is a mail for, if there is an address to send it to."""
        if mail_kind(event) is None or not isinstance(event, BookingEvent) or not event.booking.details.email:
            return ()
        return (CITIZEN,)

    async def deliver(self, context: AppContext, delivery: DeliveryRow, event: Event) -> bool:
        """Send the mail, unless its address was mailed as often as anybody may be: then it waits."""
        kind = mail_kind(event)
        assert kind is not None
        assert isinstance(event, BookingEvent)
        if isinstance(event, BookingReminded) and not await asyncio.to_thread(still_reminds, context, delivery, event):
            return False
        if isinstance(event, EarlierTimeOffered) and not await asyncio.to_thread(
            still_offers, context, delivery, event
        ):
            return False
        message = await asyncio.to_thread(_message, context, delivery, kind, event)
        if message is None:
            return False
        await context.mailer.send(message)
        return True


MAIL = MailDeliverer()


_KINDS: dict[type[Event], MailKind] = {
    BookingConfirmed: "booked",
    BookingDetailsChanged: "booked",
    BookingSentAgain: "booked",
    BookingRescheduled: "moved",
    BookingReminded: "reminder",
    EarlierTimeOffered: "earlier",
    BookingCancelled: "cancelled",
}


def mail_kind(event: Event) -> MailKind | None:
    """What the citizen is written of an event, if anything."""
    match event:
        case BookingDetailsChanged(must_move=True):
            return "must_move"
        case BookingDetailsChanged(by_municipality=True):
            return "changed_by_municipality"
        case BookingCancelled() if event.booking.status is BookingStatus.CANCELLED_BY_MUNICIPALITY:
            return "cancelled_by_municipality"
    return _KINDS.get(type(event))


def _message(context: AppContext, delivery: DeliveryRow, kind: MailKind, event: BookingEvent) -> EmailMessage | None:
    """The finished mail, or none if it has to wait."""
    booking, now = event.booking, context.clock.now()
    # Nowhere but in the mail does the token stand in the clear, and a mail that is tried again carries the same.
    token = context.seal.link_token(str(delivery.id), booking.reference)
    with transaction(context.db) as tx:
        until = _full_until(tx, context.seal.mailbox_hash(EmailAddress(booking.details.email)), now)
        if until is not None:
            _hold_back(tx, delivery, event, now, until)
            return None
        keep_link(tx, token_hash(token), booking.id, now)
    host = urlsplit(context.public_url).hostname
    return booking_mail(
        kind,
        booking,
        mail_links(context.public_url, token, booking.language),
        mail_from=context.mail_from,
        message_id=f"<outbox-{delivery.id}.{booking.reference}@{host}>",
        now=now,
        reason=reason_of(event),
        previously=event.previous_period if isinstance(event, BookingRescheduled) else None,
        earlier=Earlier(event.period, event.until) if isinstance(event, EarlierTimeOffered) else None,
    )


def reason_of(event: BookingEvent) -> str:
    """What the municipality says about it, or why it was cancelled."""
    given = event.reason if isinstance(event, BookingRescheduled | BookingDetailsChanged) else ""
    return given or event.booking.cancel_reason


def _full_until(tx: Session, mailbox: str, now: datetime) -> datetime | None:
    """Count one more mail to an address, over all who have it mailed; until when it gets no more, if it is too many."""
    for limit in (RateLimit.MAIL.value, RateLimit.MAIL_OF_A_DAY.value):
        if count_attempt(tx, limit.name, mailbox, now, limit.window) > limit.attempts:
            return datetime.fromtimestamp((window_of(now, limit.window) + 1) * limit.window.total_seconds(), UTC)
    return None


def _hold_back(tx: Session, delivery: DeliveryRow, event: BookingEvent, now: datetime, until: datetime) -> None:
    """Let the mail wait for its turn, or drop it if it says nothing that the person need still be told.

    So what waits for an address is never more than the bookings that stand with it.
    """
    live = tx.get_one(DeliveryRow, delivery.id)
    mails = deliveries_of(tx, event.subject, live.deliverer, live.destination)
    was_told = any(mail.done_at is not None and mail.failed_at is None for mail in mails)
    is_needless = event.booking.period.ends_at <= now or (isinstance(event, BookingCancelled) and not was_told)
    postpone(live, until)
    *overtaken, newest = [mail for mail in mails if mail.done_at is None and mail.leased_until is None]
    for mail in [*overtaken, newest] if newest is live and is_needless else overtaken:
        mail.done_at = mail.failed_at = now
    _log.warning("delivery %s of event %s waits: its address is mailed too often", live.id, live.event_id)

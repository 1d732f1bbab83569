"""The outbox: mails are rows written with their cause, delivered afterwards, retried, never lost.

A row is leased before it is sent and marked done after, so two processes do not send it twice; only a crash between
the two can, and then the stable Message-ID lets a mail reader see that it is the same message.
"""

import asyncio
import json
import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from enum import StrEnum
from urllib.parse import urlsplit

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.crypto import new_token, token_hash
from dimoslive.db.engine import transaction
from dimoslive.db.queries.limits import count_attempt, window_of
from dimoslive.db.queries.outbox import lease_due, mails_of
from dimoslive.db.rows.booking_snapshot import from_json, to_json
from dimoslive.db.tables.booking import BookingLinkRow
from dimoslive.db.tables.outbox import OutboxRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.people.personal_data import EmailAddress
from dimoslive.integrations.mail.booking_mail import MailLinks, booking_mail
from dimoslive.ports import MailDelayed, MailRefused
from dimoslive.services.access.limit_attempts import RateLimit

LEASE = timedelta(minutes=5)
RETRY_AFTER = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, 720, 1440, 1440))
"""Waits between attempts: about three days in all."""

_log = logging.getLogger(__name__)


class MailKind(StrEnum):
    """Why a mail is sent."""

    BOOKED = "booked"
    MOVED = "moved"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one round did."""

    sent: int = 0
    delayed: int = 0
    refused: int = 0


def queue_mail(tx: Session, kind: MailKind, booking: Booking, now: datetime) -> None:
    """Write the mail's content as it is now; later changes to the booking are later mails."""
    tx.add(OutboxRow(kind=kind.value, booking_id=booking.id, content=to_json(booking), created_at=now, due_at=now))


async def send_outbox(context: AppContext, *, limit: int = 50) -> Delivery:
    """Send what is due, oldest first."""
    rows = await asyncio.to_thread(_lease, context, limit)
    sent = delayed = refused = 0
    for row in rows:
        if row.leased_until is None or context.clock.now() >= row.leased_until:
            # A slow mail server used the lease up; another process may be sending the rest already.
            break
        try:
            message = await asyncio.to_thread(_message, context, row)
            if message is None:
                delayed += 1
                continue
            await context.mailer.send(message)
        except MailDelayed as problem:
            delayed += 1
            await asyncio.to_thread(_put_off, context, row, str(problem))
        except MailRefused as problem:
            refused += 1
            await asyncio.to_thread(_give_up, context, row, str(problem))
        except Exception as problem:  # noqa: BLE001  # one mail that cannot be made must not hold up those behind it
            _log.exception("mail %s of booking %s", row.id, row.booking_id)
            delayed += 1
            await asyncio.to_thread(_put_off, context, row, type(problem).__name__)
        else:
            sent += 1
            await asyncio.to_thread(_mark_done, context, row)
    return Delivery(sent, delayed, refused)


def _lease(context: AppContext, limit: int) -> list[OutboxRow]:
    now = context.clock.now()
    with transaction(context.db) as tx:
        return lease_due(tx, now, now + LEASE, limit)


def _message(context: AppContext, row: OutboxRow) -> EmailMessage | None:
    """The finished mail, or none if its address was mailed as often as anybody may be: then it waits."""
    booking = from_json(json.loads(row.content))
    # The token is made when the mail is: nowhere but in the mail does it stand in the clear.
    token, now = new_token(), context.clock.now()
    with transaction(context.db) as tx:
        until = _full_until(tx, context.seal.mailbox_hash(EmailAddress(booking.details.email)), now)
        if until is not None:
            _hold_back(tx, row, booking, now, until)
            return None
        tx.add(BookingLinkRow(token_hash=token_hash(token), booking_id=row.booking_id, created_at=now))
    host = urlsplit(context.public_url).hostname
    return booking_mail(
        row.kind,  # type: ignore[arg-type]  # one of MailKind's words
        booking,
        mail_links(context.public_url, booking, token),
        mail_from=context.mail_from,
        message_id=f"<outbox-{row.id}.{booking.reference}@{host}>",
        now=now,
    )


def _full_until(tx: Session, mailbox: str, now: datetime) -> datetime | None:
    """Count one more mail to an address, over all who have it mailed; until when it gets no more, if it is too many."""
    for limit in (RateLimit.MAIL.value, RateLimit.MAIL_OF_A_DAY.value):
        if count_attempt(tx, limit.name, mailbox, now, limit.window) > limit.attempts:
            return datetime.fromtimestamp((window_of(now, limit.window) + 1) * limit.window.total_seconds(), UTC)
    return None


def _hold_back(tx: Session, row: OutboxRow, booking: Booking, now: datetime, until: datetime) -> None:
    """Let the mail wait for its turn, or drop it if it says nothing that the person need still be told.

    So what waits for an address is never more than the bookings that stand with it.
    """
    live, mails = tx.get_one(OutboxRow, row.id), mails_of(tx, row.booking_id)
    was_told = any(mail.done_at is not None and mail.failed_at is None for mail in mails)
    is_needless = booking.period.ends_at <= now or (row.kind == MailKind.CANCELLED and not was_told)
    live.leased_until, live.due_at, live.attempts = None, until, row.attempts - 1
    *overtaken, newest = [mail for mail in mails if mail.done_at is None and mail.leased_until is None]
    for mail in [*overtaken, newest] if newest is live and is_needless else overtaken:
        mail.done_at = mail.failed_at = now
    _log.warning("mail %s of booking %s waits: its address is mailed too often", row.id, row.booking_id)


def mail_links(public_url: str, booking: Booking, token: str) -> MailLinks:
    """The addresses that a booking's mail carries."""
    base = public_url + ("/en" if booking.language == "en" else "")
    page = f"{base}/b/{token}"
    return MailLinks(
        page=page,
        move=f"{page}?do=move",
        cancel=f"{page}?do=cancel",
        join=f"{base}/meeting?link={token}",
        my_bookings=f"{base}/my-bookings",
        advice=f"{base}/advice",
    )


def _put_off(context: AppContext, row: OutboxRow, problem: str) -> None:
    now = context.clock.now()
    if row.attempts > len(RETRY_AFTER):
        _give_up(context, row, problem)
        return
    with transaction(context.db) as tx:
        live = tx.get_one(OutboxRow, row.id)
        live.due_at, live.leased_until, live.error = now + RETRY_AFTER[row.attempts - 1], None, problem[:500]


def _give_up(context: AppContext, row: OutboxRow, problem: str) -> None:
    _log.error("mail %s of booking %s cannot be delivered", row.id, row.booking_id)
    with transaction(context.db) as tx:
        live = tx.get_one(OutboxRow, row.id)
        live.failed_at = live.done_at = context.clock.now()
        live.leased_until, live.error = None, problem[:500]


def _mark_done(context: AppContext, row: OutboxRow) -> None:
    with transaction(context.db) as tx:
        live = tx.get_one(OutboxRow, row.id)
        live.done_at, live.leased_until = context.clock.now(), None

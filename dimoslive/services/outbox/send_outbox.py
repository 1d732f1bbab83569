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

from dimoslive.context import Parts
from dimoslive.crypto import new_token, token_hash
from dimoslive.db.engine import transaction
from dimoslive.db.queries.limits import count_attempt, stretch_of
from dimoslive.db.queries.outbox import lease_due, mails_of
from dimoslive.db.rows.booking_snapshot import from_json, to_json
from dimoslive.db.tables.booking import BookingLink
from dimoslive.db.tables.outbox import OutboxRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.people.personal_data import EmailAddress
from dimoslive.integrations.mail.booking_mail import MailLinks, booking_mail
from dimoslive.ports import MailDelayed, MailRefused
from dimoslive.services.access.limit_attempts import Door

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


async def send_outbox(parts: Parts, *, most: int = 50) -> Delivery:
    """Send what is due, oldest first."""
    rows = await asyncio.to_thread(_lease, parts, most)
    sent = delayed = refused = 0
    for row in rows:
        if row.leased_until is None or parts.clock.now() >= row.leased_until:
            # A slow mail server used the lease up; another process may be sending the rest already.
            break
        try:
            message = await asyncio.to_thread(_message, parts, row)
            if message is None:
                delayed += 1
                continue
            await parts.mailer.send(message)
        except MailDelayed as problem:
            delayed += 1
            await asyncio.to_thread(_put_off, parts, row, str(problem))
        except MailRefused as problem:
            refused += 1
            await asyncio.to_thread(_give_up, parts, row, str(problem))
        except Exception as problem:  # noqa: BLE001  # one mail that cannot be made must not hold up those behind it
            _log.exception("mail %s of booking %s", row.id, row.booking_id)
            delayed += 1
            await asyncio.to_thread(_put_off, parts, row, type(problem).__name__)
        else:
            sent += 1
            await asyncio.to_thread(_mark_done, parts, row)
    return Delivery(sent, delayed, refused)


def _lease(parts: Parts, most: int) -> list[OutboxRow]:
    now = parts.clock.now()
    with transaction(parts.db) as tx:
        return lease_due(tx, now, now + LEASE, most)


def _message(parts: Parts, row: OutboxRow) -> EmailMessage | None:
    """The finished mail, or none if its address was mailed as often as anybody may be: then it waits."""
    booking = from_json(json.loads(row.content))
    # The token is made when the mail is: nowhere but in the mail does it stand in the clear.
    token, now = new_token(), parts.clock.now()
    with transaction(parts.db) as tx:
        until = _full_until(tx, parts.seal.mailbox_hash(EmailAddress(booking.details.email)), now)
        if until is not None:
            _hold_back(tx, row, booking, now, until)
            return None
        tx.add(BookingLink(token_hash=token_hash(token), booking_id=row.booking_id, created_at=now))
    host = urlsplit(parts.public_url).hostname
    return booking_mail(
        row.kind,  # type: ignore[arg-type]  # one of MailKind's words
        booking,
        mail_links(parts.public_url, booking, token),
        mail_from=parts.mail_from,
        message_id=f"<outbox-{row.id}.{booking.reference}@{host}>",
        now=now,
    )


def _full_until(tx: Session, mailbox: str, now: datetime) -> datetime | None:
    """Count one more mail to an address, over all who have it mailed; until when it gets no more, if it is too many."""
    for limit in (Door.MAIL.value, Door.MAIL_OF_A_DAY.value):
        if count_attempt(tx, limit.door, mailbox, now, limit.within) > limit.attempts:
            return datetime.fromtimestamp((stretch_of(now, limit.within) + 1) * limit.within.total_seconds(), UTC)
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


def _put_off(parts: Parts, row: OutboxRow, problem: str) -> None:
    now = parts.clock.now()
    if row.attempts > len(RETRY_AFTER):
        _give_up(parts, row, problem)
        return
    with transaction(parts.db) as tx:
        live = tx.get_one(OutboxRow, row.id)
        live.due_at, live.leased_until, live.error = now + RETRY_AFTER[row.attempts - 1], None, problem[:500]


def _give_up(parts: Parts, row: OutboxRow, problem: str) -> None:
    _log.error("mail %s of booking %s cannot be delivered", row.id, row.booking_id)
    with transaction(parts.db) as tx:
        live = tx.get_one(OutboxRow, row.id)
        live.failed_at = live.done_at = parts.clock.now()
        live.leased_until, live.error = None, problem[:500]


def _mark_done(parts: Parts, row: OutboxRow) -> None:
    with transaction(parts.db) as tx:
        live = tx.get_one(OutboxRow, row.id)
        live.done_at, live.leased_until = parts.clock.now(), None

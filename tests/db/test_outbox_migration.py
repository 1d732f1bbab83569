"""Mails that were queued before the outbox held events are delivered after, and the other way round."""

import asyncio
import json
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Engine, text

from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingLinkRow
from dimoslive.db.tables.outbox import DeliveryRow, OutboxRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.services.outbox.deliver_events import Round, deliver_events
from dimoslive.services.outbox.deliver_mail import MAIL
from tests.support.database import alembic_config, migrate
from tests.support.ports import RecordingMailer
from tests.support.world import NOW, Town, a_town, rows

OLD_ROW = (
    "INSERT INTO outbox (id, kind, booking_id, content, created_at, due_at, attempts, done_at, error) "
    "VALUES (:id, :kind, :booking_id, :content, :created_at, :due_at, :attempts, :done_at, :error)"
)


@pytest.fixture
def town(db: Engine) -> Town:
    return a_town(db)


def test_a_mail_queued_before_is_delivered_after(town: Town) -> None:
    booking = town.a_booking("09:10")
    back_to_mails(town)
    queue(town, booking, 17, "booked", attempts=2, error="450 greylisted")
    migrate(town.context.db)

    [event], [delivery] = rows(town.context.db, OutboxRow), rows(town.context.db, DeliveryRow)
    assert (event.event, event.subject_kind, event.subject_id) == ("booking.confirmed", "booking", booking.id)
    assert (event.municipality_id, event.schema_version) == (town.municipality.id, 1)
    assert (delivery.id, delivery.event_id, delivery.attempts) == (17, 17, 2)
    assert (delivery.due_at, delivery.error) == (NOW, "450 greylisted")
    [mail] = send(town, Round(sent=1)).sent
    assert mail["To"] == "eleni@example.com"
    # Should an earlier attempt have arrived after all, it was the same message.
    assert mail["Message-ID"] == f"<outbox-17.{booking.reference}@rendezvous.example>"
    assert len(rows(town.context.db, BookingLinkRow)) == 1


def test_each_mail_becomes_the_event_that_it_told_of(town: Town) -> None:
    booking = town.a_booking("09:10")
    back_to_mails(town)
    for number, kind in enumerate(("booked", "booked", "moved", "cancelled", "sung"), start=1):
        queue(town, booking, number, kind)
    migrate(town.context.db)
    assert [row.event for row in rows(town.context.db, OutboxRow)] == [
        "booking.confirmed",
        "booking.details_changed",
        "booking.rescheduled",
        "booking.cancelled",
        "sung",
    ]
    assert len(send(town, Round(sent=4, delayed=1)).sent) == 4
    assert "sung" in rows(town.context.db, DeliveryRow)[-1].error


def test_what_was_sent_is_not_sent_again_and_what_was_emptied_stays_empty(town: Town) -> None:
    booking = town.a_booking("09:10")
    back_to_mails(town)
    queue(town, booking, 5, "booked", content="", done_at=NOW)
    migrate(town.context.db)
    assert [row.payload for row in rows(town.context.db, OutboxRow)] == [""]
    assert send(town, Round()).sent == []


def test_events_after_the_migration_have_numbers_of_their_own(town: Town) -> None:
    booking = town.a_booking("09:10")
    back_to_mails(town)
    queue(town, booking, 1, "booked")
    migrate(town.context.db)
    town.move(booking, "10:10")
    assert len(send(town, Round(sent=2)).sent) == 2


def test_what_waits_goes_back_as_the_mail_it_was_and_comes_again(town: Town) -> None:
    booking = town.a_booking("09:10")
    town.move(booking, "10:10")
    before = [(row.event, row.subject_id, row.created_at) for row in rows(town.context.db, OutboxRow)]
    migrate_to(town.context.db, "0008")
    with transaction(town.context.db) as tx:
        queued = tx.execute(text("SELECT kind, booking_id, content, attempts, done_at FROM outbox ORDER BY id")).all()
    assert [row[:2] + row[3:] for row in queued] == [(kind, booking.id, 0, None) for kind in ("booked", "moved")]
    assert json.loads(queued[0].content)["reference"] == booking.reference
    migrate(town.context.db)
    assert [(row.event, row.subject_id, row.created_at) for row in rows(town.context.db, OutboxRow)] == before
    assert len(send(town, Round(sent=2)).sent) == 2


def queue(town: Town, booking: Booking, number: int, kind: str, **words: Any) -> None:
    """A row as the release before wrote it."""
    content = asdict(booking)
    del content["change_rules"], content["desk_delay"], content["person"]
    row = {
        "id": number,
        "kind": kind,
        "booking_id": booking.id,
        "content": json.dumps(content, default=lambda value: value.isoformat(), ensure_ascii=False),
        "created_at": NOW,
        "due_at": NOW,
        "attempts": 0,
        "done_at": None,
        "error": "",
    } | words
    stored = {name: _stored(town.context.db, value) for name, value in row.items()}
    with transaction(town.context.db) as tx:
        tx.execute(text(OLD_ROW), stored)


def send(town: Town, expected: Round) -> RecordingMailer:
    """One round, which did what is expected."""
    mailer = RecordingMailer()
    assert asyncio.run(deliver_events(replace(town.context, mailer=mailer), MAIL)) == expected
    return mailer


def back_to_mails(town: Town) -> None:
    """The tables of the release before, without mails."""
    migrate_to(town.context.db, "0008")
    with transaction(town.context.db) as tx:
        tx.execute(text("DELETE FROM outbox"))


def migrate_to(db: Engine, revision: str) -> None:
    with db.connect() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
        connection.commit()


def _stored(db: Engine, value: object) -> object:
    """SQLite has instants as text, in UTC."""
    if db.dialect.name != "sqlite" or not isinstance(value, datetime):
        return value
    return value.replace(tzinfo=None).isoformat(" ", timespec="microseconds")

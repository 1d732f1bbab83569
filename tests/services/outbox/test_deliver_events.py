"""What happened is written once, told by each deliverer on its own, and waits where this release cannot read it."""

import asyncio
import logging
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, update
from sqlmodel import Session, col

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.outbox import undelivered
from dimoslive.db.rows.events import UnknownEvent, to_columns, to_event
from dimoslive.db.tables.outbox import DeliveryRow, OutboxRow
from dimoslive.domain.events import (
    BookingCancelled,
    BookingConfirmed,
    BookingDetailsChanged,
    BookingRescheduled,
    Event,
    Subject,
)
from dimoslive.ports import DeliveryDelayed
from dimoslive.services.outbox.deliver_events import UNKNOWN_WAITS, Round, deliver_events
from dimoslive.services.outbox.deliver_mail import MAIL, RETRY_AFTER
from dimoslive.services.outbox.deliverer import Deliverer
from dimoslive.services.outbox.deliverers import DELIVERERS
from dimoslive.services.outbox.publish_event import publish_event
from dimoslive.services.upkeep.erase_old_data import erase_old_data
from tests.support.database import ROOT
from tests.support.ports import RecordingMailer
from tests.support.world import NOW, Town, a_town, rows


class Announcer:
    """A deliverer that is not ours: tells two places of what was booked, and fails as told."""

    name = "announcer"
    retry_after = (timedelta(seconds=5), timedelta(minutes=5))

    def __init__(self, *problems: Exception) -> None:
        self.problems = list(problems)
        self.told: list[tuple[str, str, int]] = []

    def destinations(self, tx: Session, event: Event, now: datetime) -> Sequence[str]:  # noqa: ARG002  # the protocol has it
        return ("1", "2") if isinstance(event, BookingConfirmed) else ()

    async def deliver(self, context: AppContext, delivery: DeliveryRow, event: Event) -> bool:  # noqa: ARG002  # likewise
        if self.problems:
            raise self.problems.pop(0)
        self.told.append((delivery.destination, event.name, event.subject.id))
        return True


def test_each_deliverer_has_deliveries_of_its_own(town: Town) -> None:
    booking, announcer = town.a_booking("09:10"), Announcer(DeliveryDelayed("503"))
    publish(town, BookingConfirmed(booking), MAIL, announcer)
    assert tell(town, announcer) == Round(sent=1, delayed=1)
    assert announcer.told == [("2", "booking.confirmed", booking.id)]
    mailer = RecordingMailer()
    assert asyncio.run(deliver_events(replace(town.context, mailer=mailer), MAIL)) == Round(sent=2)
    town.clock.advance(seconds=5)
    assert tell(town, announcer) == Round(sent=1)
    assert announcer.told[1:] == [("1", "booking.confirmed", booking.id)]
    assert waiting(town) == 0


def test_a_deliverer_gives_up_after_its_own_waits(town: Town) -> None:
    publish(town, BookingConfirmed(town.a_booking("09:10")), announcer := Announcer())
    announcer.problems = [DeliveryDelayed("503")] * 6
    for _ in range(3):
        tell(town, announcer)
        town.clock.advance(minutes=5)
    given_up = [row for row in rows(town.context.db, DeliveryRow) if row.failed_at]
    assert [(row.deliverer, row.attempts, row.error) for row in given_up] == [("announcer", 3, "503")] * 2


def test_what_a_deliverer_does_not_tell_is_written_all_the_same(town: Town) -> None:
    booking = town.a_booking("09:10")
    publish(town, BookingRescheduled(booking, booking.period, booking.mode), Announcer())
    assert [row.event for row in rows(town.context.db, OutboxRow)] == ["booking.confirmed", "booking.rescheduled"]
    assert [row.deliverer for row in rows(town.context.db, DeliveryRow)] == ["mail"]


def test_deliveries_of_a_deliverer_that_this_release_does_not_know_wait_for_one_that_does(town: Town) -> None:
    publish(town, BookingConfirmed(town.a_booking("09:10")), announcer := Announcer())
    for deliverer in DELIVERERS:
        asyncio.run(deliver_events(town.context, deliverer))
    assert waiting(town) == 2
    assert tell(town, announcer) == Round(sent=2)


@pytest.mark.parametrize("unknown", [{"schema_version": 2}, {"event": "booking.teleported"}])
def test_an_event_in_a_form_unknown_to_this_release_waits_and_says_why(
    town: Town, unknown: dict[str, object], caplog: pytest.LogCaptureFixture
) -> None:
    town.a_booking("09:10")
    before = {name: getattr(rows(town.context.db, OutboxRow)[0], name) for name in unknown}
    rewrite(town, unknown)
    for _ in range(len(RETRY_AFTER) + 2):
        with caplog.at_level(logging.WARNING):
            assert asyncio.run(deliver_events(town.context, MAIL)) == Round(delayed=1)
        [row] = rows(town.context.db, DeliveryRow)
        assert (row.attempts, row.leased_until, row.done_at) == (0, None, None)
        assert row.due_at == town.clock.now() + UNKNOWN_WAITS
        assert "is unknown to this release" in row.error
        assert str(next(iter(unknown.values()))) in row.error
        town.clock.set(row.due_at)
    assert caplog.text.count("is unknown to this release") == 1
    assert "eleni" not in caplog.text.lower()

    rewrite(town, before)
    assert asyncio.run(deliver_events(town.context, MAIL)) == Round(sent=1)


def test_an_unknown_event_holds_up_nobody(town: Town) -> None:
    town.a_booking("09:10")
    rewrite(town, {"schema_version": 2})
    town.a_booking("10:10", by=town.citizen())
    assert asyncio.run(deliver_events(town.context, MAIL)) == Round(sent=1, delayed=1)


def test_an_event_keeps_its_facts_until_all_were_told(sqlite_db: Engine) -> None:
    town = a_town(sqlite_db)
    publish(town, BookingConfirmed(town.a_booking("09:10")), MAIL, announcer := Announcer())
    asyncio.run(deliver_events(town.context, MAIL))
    town.clock.advance(days=31)
    assert erase_old_data(town.context).events == 1
    assert tell(town, announcer) == Round(sent=2)
    town.clock.advance(days=31)
    assert erase_old_data(town.context).events == 1
    assert {row.payload for row in rows(sqlite_db, OutboxRow)} == {""}


def test_an_event_that_nobody_is_told_of_loses_its_facts_too(sqlite_db: Engine) -> None:
    town = a_town(sqlite_db)
    publish(town, BookingConfirmed(town.a_booking("09:10")))
    town.clock.advance(days=31)
    assert erase_old_data(town.context).events == 1


def test_what_a_server_answered_is_forgotten_with_the_mail(sqlite_db: Engine) -> None:
    town = a_town(sqlite_db)
    town.a_booking("09:10")
    mailer = RecordingMailer(DeliveryDelayed("450 eleni@example.com is busy"))
    asyncio.run(deliver_events(replace(town.context, mailer=mailer), MAIL))
    town.clock.advance(minutes=1)
    asyncio.run(deliver_events(town.context, MAIL))
    town.clock.advance(days=31)
    erase_old_data(town.context)
    assert [row.error for row in rows(sqlite_db, DeliveryRow)] == [""]


def test_every_event_comes_back_as_it_was_written(sqlite_db: Engine) -> None:
    town = a_town(sqlite_db)
    booking = town.a_booking("09:10")
    for kind in (BookingConfirmed, BookingRescheduled, BookingDetailsChanged, BookingCancelled):
        row = OutboxRow(**to_columns(event := kind(booking), NOW))
        assert to_event(row) == event
        assert (event.subject, event.municipality_id) == (Subject("booking", booking.id), town.municipality.id)
        row.schema_version += 1
        with pytest.raises(UnknownEvent):
            to_event(row)


def test_an_event_shows_no_person_when_printed(sqlite_db: Engine) -> None:
    town = a_town(sqlite_db)
    assert "eleni" not in repr(BookingConfirmed(town.a_booking("09:10"))).lower()


def test_one_service_alone_writes_to_the_outbox() -> None:
    writers = {"write_event.py", "outbox.py"}
    found = {
        path.name
        for path in (ROOT / "dimoslive").rglob("*.py")
        if re.search(
            r"\b(OutboxRow|DeliveryRow|add_to_outbox|add_delivery)\(|Insert\((OutboxRow|DeliveryRow)", path.read_text()
        )
    }
    assert found == writers


def publish(town: Town, event: Event, *deliverers: Deliverer) -> None:
    """Written for these deliverers."""
    with transaction(town.context.db) as tx:
        publish_event(tx, event, town.clock.now(), deliverers)


def tell(town: Town, announcer: Announcer) -> Round:
    """One round of this deliverer."""
    return asyncio.run(deliver_events(town.context, announcer))


def waiting(town: Town) -> int:
    with transaction(town.context.db) as tx:
        return undelivered(tx)


def rewrite(town: Town, words: dict[str, object]) -> None:
    """As if another release had written the first event."""
    with transaction(town.context.db) as tx:
        tx.execute(update(OutboxRow).where(col(OutboxRow.id) == 1).values(**words))

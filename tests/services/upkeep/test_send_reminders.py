"""Each citizen is reminded once of each time that stands, and of none that does not."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import ServiceRow
from dimoslive.db.tables.outbox import DeliveryRow, OutboxRow
from dimoslive.db.tables.reminder import ReminderRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n.declarations import declaration_of
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.outbox.deliver_events import deliver_events
from dimoslive.services.outbox.deliver_mail import MAIL
from dimoslive.services.upkeep.send_reminders import send_reminders
from tests.support.builders import at
from tests.support.ports import RecordingMailer
from tests.support.world import Town, rows

DAY = "2026-11-26"


def a_known_booking(town: Town, wall: str = f"{DAY} 10:00", *, mode: str = "video") -> Booking:
    """Its confirmation has gone out."""
    booking = town.confirm(town.hold(wall, mode=mode), declaration=declaration_of(Mode(mode), "el"))
    sent(town)
    return booking


def sent(town: Town) -> list[str]:
    """One round of mails; their subjects."""
    mailer = RecordingMailer()
    asyncio.run(deliver_events(replace(town.context, mailer=mailer), MAIL))
    return [str(mail["Subject"]) for mail in mailer.sent]


def decided(town: Town) -> list[tuple[str, str, str]]:
    return sorted((row.kind, row.state, row.reason) for row in rows(town.context.db, ReminderRow))


def test_two_days_and_two_hours_before_and_never_twice(town: Town) -> None:
    a_known_booking(town)
    told = {}
    for wall in ("24 09:59", "24 10:00", "24 10:01", "26 07:59", "26 08:00", "26 08:01", "26 10:01"):
        town.clock.set(at(f"2026-11-{wall}"))
        send_reminders(town.context)
        if subjects := sent(town):
            told[wall] = subjects
    assert list(told) == ["24 10:00", "26 08:00"]
    assert told["24 10:00"][0].startswith("Πέμπτη 26 Νοεμβρίου")
    assert told["26 08:00"][0].startswith("Σήμερα στις 10:00")
    assert decided(town) == [("two_days", "queued", ""), ("two_hours", "queued", "")]


def test_before_an_early_video_call_it_is_told_the_evening_before(town: Town) -> None:
    a_known_booking(town, f"{DAY} 09:00")
    town.clock.set(at("2026-11-25 20:00"))
    send_reminders(town.context)
    assert [subject.partition(" έχετε")[0] for subject in sent(town)] == ["Αύριο στις 9:00 πμ"]
    assert decided(town) == [("two_days", "skipped", "too_late"), ("two_hours", "queued", "")]


def test_who_comes_in_person_is_reminded_two_days_before_alone(town: Town) -> None:
    a_known_booking(town, mode="in_person")
    for wall in ("2026-11-24 10:00", f"{DAY} 08:00"):
        town.clock.set(at(wall))
        send_reminders(town.context)
    assert decided(town) == [("two_days", "queued", "")]


def test_a_moved_booking_is_reminded_of_anew_if_it_was_moved_early_enough(town: Town) -> None:
    booking = a_known_booking(town, "2026-11-27 10:00")
    town.clock.set(at("2026-11-25 09:00"))
    town.move(booking, f"{DAY} 10:00")
    sent(town)
    for wall in ("2026-11-25 09:01", f"{DAY} 08:00"):
        town.clock.set(at(wall))
        send_reminders(town.context)
    assert decided(town) == [("two_days", "skipped", "too_soon"), ("two_hours", "queued", "")]


@pytest.mark.parametrize("what", ["cancelled", "moved", "begun", "late"])
def test_what_is_not_so_any_more_when_the_mail_would_leave_is_not_sent(town: Town, what: str) -> None:
    booking = a_known_booking(town)
    town.clock.set(at("2026-11-24 10:00"))
    assert send_reminders(town.context) == 1
    if what == "cancelled":
        cancel_booking(town.context, town.eleni, booking.reference)
    elif what == "moved":
        town.move(booking, "2026-11-27 10:00")
    elif what == "late":
        town.clock.set(at("2026-11-25 11:00"))
    else:
        with transaction(town.context.db) as tx:
            tx.get_one(BookingRow, booking.id).status = "waiting"
    assert not [subject for subject in sent(town) if "έχετε ραντεβού" in subject]
    assert decided(town) == [("two_days", "void", "")]
    assert all(row.done_at for row in rows(town.context.db, DeliveryRow))


def test_where_the_service_does_not_remind_it_is_written_down(town: Town) -> None:
    booking = a_known_booking(town)
    with transaction(town.context.db) as tx:
        tx.get_one(ServiceRow, booking.service.service_id).has_reminders = False
    town.clock.set(at("2026-11-24 10:00"))
    assert send_reminders(town.context) == 0
    assert decided(town) == [("two_days", "skipped", "switched_off")]


def test_however_many_processes_decide_each_is_queued_once(town: Town) -> None:
    for wall in ("10:00", "10:30", "11:00", "11:30"):
        town.a_booking(f"{DAY} {wall}", by=town.citizen())
    town.clock.set(at("2026-11-24 12:00"))
    with ThreadPoolExecutor(4) as pool:
        queued = sum(pool.map(lambda _: send_reminders(town.context, limit=2), range(4)))
    events = [row for row in rows(town.context.db, OutboxRow) if row.event == "booking.reminded"]
    assert (queued, len(events)) == (4, 4)


def test_what_is_late_is_not_told_at_night_but_in_the_morning(town: Town) -> None:
    a_known_booking(town)
    told = {}
    # The program was down from before the reminder was due.
    for wall in ("24 23:00", "25 07:59", "25 08:00"):
        town.clock.set(at(f"2026-11-{wall}"))
        told[wall] = send_reminders(town.context)
    assert told == {"24 23:00": 0, "25 07:59": 0, "25 08:00": 1}

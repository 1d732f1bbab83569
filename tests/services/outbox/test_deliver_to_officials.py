"""Officials are mailed what changed of today, if they want it and as far as their rights reach; never of whom."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.official import OfficialRightRow, OfficialRow
from dimoslive.db.tables.outbox import DeliveryRow
from dimoslive.domain.people.principals import Official
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.desk.cancel_by_municipality import cancel_by_municipality
from dimoslive.services.desk.press_booking import SeenBooking
from dimoslive.services.desk.undo_press import undo_press
from dimoslive.services.identity.own_account import change_account, show_account
from dimoslive.services.outbox.deliver_events import deliver_events
from dimoslive.services.outbox.deliver_to_officials import OFFICIALS_MAIL
from tests.support.arranging import at_desk, book_at_desk, limit_to_departments, move_at_desk
from tests.support.meeting import ANNA, enter_foreign_official, enter_official
from tests.support.ports import RecordingMailer
from tests.support.world import Town, on_the_day, rows

ADDRESS = "nikos@kavala.example"


@pytest.fixture
def official(town: Town) -> Official:
    town.clock.set(on_the_day("08:00"))
    official = enter_official(town)
    wish(town, official, "both")
    return official


def wish(town: Town, official: Official, mails: str, address: str | None = ADDRESS) -> None:
    with transaction(town.context.db) as tx:
        tx.get_one(OfficialRow, official.id).email = address
    change_account(town.context, official, language="el", has_sound=False, desk_of={}, mails=mails)


def mails(town: Town) -> list[EmailMessage]:
    """Those to officials, of all that is due in five minutes."""
    town.clock.advance(minutes=5)
    mailer = RecordingMailer()
    asyncio.run(deliver_events(replace(town.context, mailer=mailer), OFFICIALS_MAIL))
    return mailer.sent


def test_a_booking_for_today_is_told_by_time_service_and_reference_alone(town: Town, official: Official) -> None:
    booking = town.a_booking("11:00")
    [mail] = mails(town)
    assert (mail["To"], mail["Subject"]) == (ADDRESS, "Νέα κράτηση σήμερα, 11:00")
    text = mail.get_content()
    assert booking.reference[:4] in text
    assert booking.service.service_name["el"] in text
    for word in (booking.details.name, booking.details.email, booking.details.subject, "ΕΛΕΝΗ"):
        assert word not in text


def test_a_cancellation_of_today_is_told(town: Town, official: Official) -> None:
    booking = town.a_booking("14:00")
    cancel_booking(town.context, town.eleni, booking.reference)
    assert [mail["Subject"] for mail in mails(town)] == ["Νέα κράτηση σήμερα, 14:00", "Ακυρώθηκε σήμερα, 14:00"]


@pytest.mark.parametrize(
    ("wanted", "told"),
    [("none", []), ("bookings", ["Νέα κράτηση σήμερα, 14:00"]), ("cancellations", ["Ακυρώθηκε σήμερα, 14:00"])],
)
def test_nobody_is_told_more_than_they_want(town: Town, official: Official, wanted: str, told: list[str]) -> None:
    wish(town, official, wanted)
    booking = town.a_booking("14:00")
    cancel_booking(town.context, town.eleni, booking.reference)
    assert [mail["Subject"] for mail in mails(town)] == told


def test_another_day_is_nobody_s_news_until_it_is_moved_to_today(town: Town, official: Official) -> None:
    town.clock.set(on_the_day("08:00") - timedelta(days=1))
    booking = town.a_booking("14:00")
    assert mails(town) == []
    town.clock.set(on_the_day("08:00"))
    move_at_desk(town, official, booking, at_desk(town, "13:00"))
    assert mails(town) == []


def test_who_did_it_knows_it(town: Town, official: Official) -> None:
    book_at_desk(town, official, "11:00")
    assert mails(town) == []
    book_at_desk(town, enter_official(town, ANNA), "11:30", books_again=True)
    assert len(mails(town)) == 1


def test_only_the_own_departments_and_the_own_municipality_are_told(town: Town, official: Official) -> None:
    limit_to_departments(town, official, town.another_service())
    wish(town, enter_foreign_official(town), "both", "zoe@kavala.example")
    town.a_booking("11:00")
    assert mails(town) == []


def test_whoever_lost_the_right_meanwhile_gets_no_mail(town: Town, official: Official) -> None:
    town.a_booking("11:00")
    with transaction(town.context.db) as tx:
        tx.delete(tx.get_one(OfficialRightRow, (official.id, town.municipality.id)))
    assert mails(town) == []
    ours = [one for one in rows(town.context.db, DeliveryRow) if one.deliverer == OFFICIALS_MAIL.name]
    assert [one.done_at is not None for one in ours] == [True]


def test_without_an_address_the_wish_is_not_kept(town: Town, official: Official) -> None:
    wish(town, official, "none")
    wish(town, official, "both", None)
    assert show_account(town.context, official).mails == "none"
    wish(town, official, "everything")
    assert show_account(town.context, official).mails == "none"


def test_a_cancellation_that_only_officials_heard_of_can_be_taken_back(town: Town, official: Official) -> None:
    booking, anna = book_at_desk(town, official, "11:00"), enter_official(town, ANNA)
    seen = SeenBooking(booking.reference, booking.status)
    pressed = cancel_by_municipality(town.context, anna, seen, "Λάθος μέρα", at_citizens_wish=False)
    assert [mail["Subject"] for mail in mails(town)] == ["Ακυρώθηκε σήμερα, 11:00"]
    undo_press(town.context, anna, booking.reference, pressed.event_id)
    assert town.row(booking).status == "booked"

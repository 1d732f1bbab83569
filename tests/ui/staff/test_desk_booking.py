"""The page of one booking: presses answered, forms kept, and nothing of what is foreign."""

import asyncio
from typing import Any

import pytest

from dimoslive.db.tables.desk import AuditEventRow, BookingNoteRow
from dimoslive.db.tables.outbox import OutboxRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.services.desk.write_note import write_note
from dimoslive.services.outbox.deliver_events import deliver_events
from dimoslive.services.outbox.deliver_mail import MAIL
from dimoslive.services.upkeep.erase_old_data import erase_old_data
from dimoslive.ui.staff.booking.dialog_state import BookingDialogState
from dimoslive.ui.staff.booking.state import DeskBookingState
from dimoslive.ui.staff.day.state import DayState
from tests.support.database import counting
from tests.support.desk import rewrite
from tests.support.meeting import ANNA, ZOE, enter_foreign_official, enter_official, staff_token, without_video
from tests.support.world import Town, on_the_day, rows
from tests.ui.opened import a_page, press


@pytest.fixture
def town(open_town: Town) -> Town:
    """Nikos is an official of it."""
    enter_official(open_town)
    return open_town


@pytest.fixture
def booking(town: Town) -> Booking:
    booking = without_video(town, "09:10")
    town.clock.set(on_the_day("09:05"))
    return booking


async def opened(town: Town, booking: Booking, path: str = "/desk/booking/{}?m=kavala", staff: str = "") -> Any:
    """The page's dialogs, which have all of it; it was loaded."""
    page = a_page(BookingDialogState, town, path.format(booking.reference), staff=staff or staff_token(town))
    await press(_page_of(page), "load")
    return page


def _page_of(dialogs: Any) -> Any:
    return dialogs.parent_state


async def test_it_shows_the_booking_in_greek_time_with_what_can_be_done(town: Town, booking: Booking) -> None:
    page = await opened(town, booking)
    shown = page.booking
    assert (shown.person, shown.hours, shown.status_word, shown.tag) == (
        "ΕΛΕΝΗ ΠΑΠΑΔΟΠΟΥΛΟΥ",
        "9:10–9:20",
        "Επιβεβαιωμένο",
        "is-booked",
    )
    assert (shown.phone, shown.phone_href) == ("691 234 5678", "tel:+306912345678")
    assert (shown.main.label, [one.label for one in shown.presses]) == ("Προσήλθε", ["Έναρξη", "Εξυπηρετήθηκε"])
    assert [(line.time, line.text) for line in shown.recent] == [("20/11 10:00", "Κράτηση από τον πολίτη")]
    assert shown.move_href == f"/desk/booking/{booking.reference}/move?m=kavala"
    assert page.focus_target == "booking-title"


async def test_a_press_is_answered_and_can_be_undone(town: Town, booking: Booking) -> None:
    page = await opened(town, booking)
    await press(_page_of(page), "press", "arrived")
    assert (page.booking.status, page.done) == ("waiting", "Έγινε: Προσήλθε, ΕΛΕΝΗ ΠΑΠΑΔΟΠΟΥΛΟΥ")
    assert page.undo_event
    await press(_page_of(page), "undo")
    assert (page.booking.status, page.undo_event) == ("booked", 0)
    assert [line.text for line in page.booking.recent][:2] == ["Αναίρεση: Επιβεβαιωμένο", "Προσήλθε"]


async def test_a_press_on_what_changed_meanwhile_writes_nothing_and_shows_it_as_it_is(
    town: Town, booking: Booking
) -> None:
    enter_official(town, ANNA)
    mine, theirs = await opened(town, booking), await opened(town, booking, staff=staff_token(town, ANNA))
    await press(_page_of(theirs), "press", "start")
    await press(_page_of(mine), "press", "arrived")
    assert mine.problem
    assert (mine.booking.status, mine.done) == ("in_service", "")
    assert town.row(booking).status == BookingStatus.IN_SERVICE


async def test_what_is_typed_stays_when_it_is_refused_or_changed_by_others(town: Town, booking: Booking) -> None:
    page = await opened(town, booking)
    await press(page, "open", "note")
    await press(page, "note", {"note": "α" * 1001})
    assert (page.dialog, bool(page.errors["note"])) == ("note", True)
    write_note(town.context, enter_official(town, ANNA), booking.reference, "Της Άννας")
    await press(_page_of(page), "refresh")
    assert (page.dialog, page.seen_version < page.booking.version) == ("note", True)
    await press(page, "note", {"note": "Δική μου"})
    assert (page.dialog, [note.text for note in page.booking.notes]) == ("", ["Της Άννας", "Δική μου"])


async def test_a_referral_leads_to_a_new_booking_that_knows_the_person_by_the_reference_alone(
    town: Town, booking: Booking
) -> None:
    page = await opened(town, booking)
    await press(_page_of(page), "press", "start")
    await press(page, "open", "referred")
    led_to = str(await press(page, "settle", {"outcome_note": "Στο Πρωτόκολλο", "and_new": "on"}))
    assert f"&same={booking.reference}" in led_to
    for word in ("ΕΛΕΝΗ", "ΠΑΠΑΔΟΠΟΥΛΟΥ", "example.com", "6912345678"):
        assert word not in led_to
    assert town.row(booking).status == BookingStatus.SERVED


async def test_another_address_is_told_even_if_nobody_saw_the_tick(town: Town, booking: Booking) -> None:
    page = await opened(town, booking)
    form = {"person_name": "Ελένη", "email": "nea@example.com", "phone": "6912345678", "subject": "Θέμα"}
    await press(page, "open", "details")
    await press(page, "change", form)
    assert rows(town.context.db, OutboxRow)[-1].event == "booking.details_changed"
    await press(page, "open", "details")
    await press(page, "email_left", "allo@example.com")
    assert page.tells
    await press(page, "change", form | {"email": "allo@example.com"})
    assert len(rows(town.context.db, OutboxRow)) == 2, "the tick was taken away"


async def test_what_another_wrote_into_the_details_meanwhile_is_not_written_over(town: Town, booking: Booking) -> None:
    page = await opened(town, booking)
    await press(page, "open", "details")
    rewrite(town, booking, subject="Της Άννας", version=7)
    await press(_page_of(page), "refresh")
    await press(page, "change", {"person_name": "Ελένη", "email": "", "phone": "6912345678", "subject": "Δικό μου"})
    assert (page.dialog, bool(page.problem)) == ("details", True)
    assert town.row(booking).subject == "Της Άννας"


async def test_a_cancellation_says_what_follows_and_is_undone_until_the_mail_leaves(
    town: Town, booking: Booking
) -> None:
    page = await opened(town, booking)
    assert page.booking.email_masked == "e…@example.com"
    await press(page, "open", "cancel")
    await press(page, "pick_reason", "1")
    assert page.cancel_text == "Ο υπάλληλος απουσιάζει. Ζητούμε συγγνώμη."
    await press(page, "cancel", {"cancel_reason": "ο", "who": "municipality"})
    assert page.errors["cancel_reason"]
    await press(page, "cancel", {"cancel_reason": page.cancel_text, "who": "municipality"})
    assert (page.booking.status, page.is_just_cancelled) == ("cancelled_by_municipality", True)
    assert {fact.label: fact.text for fact in page.booking.facts}["Αιτία"] == page.cancel_text
    assert page.undo_event
    town.clock.advance(minutes=2)
    await asyncio.to_thread(asyncio.run, deliver_events(town.context, MAIL))
    await press(_page_of(page), "undo")
    assert page.problem.startswith("Δεν αναιρείται πια")


async def test_an_outcome_is_corrected_on_the_page(town: Town, booking: Booking) -> None:
    page = await opened(town, booking)
    town.clock.set(on_the_day("09:12"))
    await press(_page_of(page), "refresh")
    await press(_page_of(page), "press", "no_show")
    await press(page, "open", "correct")
    await press(page, "correct", {})
    assert page.errors["outcome"]
    await press(page, "correct", {"outcome": "before"})
    assert page.booking.status == "booked"


async def test_why_somebody_was_not_served_is_asked_first(town: Town, booking: Booking) -> None:
    page = await opened(town, booking)
    await press(_page_of(page), "press", "arrived")
    await press(_page_of(page), "press", "not_served")
    assert page.booking.status == "waiting", "it asks for words"
    await press(page, "open", "not_served")
    await press(page, "settle", {"reason": "documents_missing", "outcome_note": ""})
    assert {fact.label: fact.text for fact in page.booking.facts}["Αποτέλεσμα"] == "Ελλιπή δικαιολογητικά"


@pytest.mark.parametrize("path", ["/desk/booking/ZZZZZZZZ?m=kavala", "/desk/booking/{}?m=drama", "/desk/booking/{}"])
async def test_unknown_and_foreign_are_the_same_missing_page(town: Town, booking: Booking, path: str) -> None:
    enter_foreign_official(town)
    page = await opened(town, booking, path)
    assert (page.is_missing, page.is_loaded, page.booking.person) == (True, True, "")


async def test_a_foreign_official_finds_nothing_and_a_forged_press_does_nothing(town: Town, booking: Booking) -> None:
    enter_foreign_official(town)
    page = await opened(town, booking, "/desk/booking/{}?m=drama", staff_token(town, ZOE))
    assert page.is_missing
    for handler, given in (("note", {"note": "Ένα"}), ("cancel", {"cancel_reason": "Έτσι"}), ("identity", {})):
        await press(page, handler, given)
    await press(_page_of(page), "press", "arrived")
    assert (town.row(booking).status, rows(town.context.db, BookingNoteRow)) == (BookingStatus.BOOKED, [])


async def test_an_erased_booking_has_no_person_and_no_presses(town: Town, booking: Booking) -> None:
    town.clock.advance(days=40)
    await asyncio.to_thread(erase_old_data, town.context)
    page = await opened(town, booking)
    shown = page.booking
    assert (shown.title, shown.person, shown.main.name, shown.others) == ("Χωρίς στοιχεία προσώπου", "", "", [])
    assert shown.erased.startswith("Τα στοιχεία διαγράφηκαν στις")


async def test_an_ordinary_look_at_a_booking_is_not_logged(town: Town, booking: Booking) -> None:
    await opened(town, booking)
    assert rows(town.context.db, AuditEventRow) == []


async def test_beside_the_day_one_booking_is_read_and_the_day_tells_it_what_changes(
    town: Town, booking: Booking
) -> None:
    day = a_page(DayState, town, "/desk?m=kavala&date=2026-11-24&desk=all", staff=staff_token(town))
    await press(day, "load")
    assert await press(day, "refresh") is None
    beside = await day.get_state(BookingDialogState)

    with counting(town.context.db) as statements:
        await press(_page_of(beside), "show", booking.reference, "note")
    assert not any("opening_hours" in statement for statement in statements)
    assert (beside.beside, beside.booking.reference, beside.dialog) == (booking.reference, booking.reference, "note")
    assert await press(day, "refresh") == DeskBookingState.refresh
    await press(beside, "note", {"note": "Ράμπα"})
    assert [line.text for line in beside.booking.notes] == ["Ράμπα"]

    await press(_page_of(beside), "hide")
    assert (beside.beside, beside.booking.reference, await press(day, "refresh")) == ("", "", None)


async def test_a_foreign_booking_is_not_there_beside_the_day_either(town: Town, booking: Booking) -> None:
    enter_foreign_official(town)
    page = a_page(DeskBookingState, town, "/desk?m=drama", staff=staff_token(town, ZOE))
    for reference in (booking.reference, "K7PM3XQ9", "x" * 300, ""):
        await press(page, "show", reference, "cancel")
        assert (page.is_missing, page.booking.reference, page.dialog) == (True, "", "")

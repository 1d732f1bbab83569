"""The page of the day: who may see it, what a press does, and what it says when somebody else was faster."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import update

from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.official import OfficialRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.presses import Press
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n import LANGUAGES, texts_of
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.desk.press_booking import SeenBooking, press_booking
from dimoslive.ui.staff.day.state import DayState
from tests.support.log import said_of_security
from tests.support.meeting import (
    ANNA,
    ZOE,
    a_meeting,
    enter_foreign_official,
    enter_official,
    session_token,
    staff_token,
    wait,
    without_video,
)
from tests.support.world import Town, a_municipality, a_service, desk_ids, on_the_day, rows
from tests.ui.opened import a_page, press


@pytest.fixture
def town(open_town: Town) -> Town:
    """Nikos is an official of it."""
    enter_official(open_town)
    return open_town


def the_day(town: Town, query: str = "", path: str = "/desk", staff: str = "") -> Any:
    return a_page(DayState, town, f"{path}?m=kavala&date=2026-11-24{query}", staff=staff or staff_token(town))


def in_person(town: Town, wall: str = "09:10") -> Booking:
    booking = without_video(town, wall)
    town.clock.set(on_the_day("09:05"))
    return booking


def pressed(booking: Booking, what: str, status: str = "booked", reason: str = "", note: str = "") -> dict[str, str]:
    return {"reference": booking.reference, "press": what, "status": status, "reason": reason, "note": note}


HANDLERS: dict[str, list[Any]] = {
    "load": [],
    "refresh": [],
    "choose": ["status", "waiting"],
    "go_to": [{"date": "25/11/2026"}],
    "press": [{}],
    "undo": [],
    "admit": ["K7PM3XQ9"],
    "ask_desk": [],
    "choose_desk": [{"desk": ""}],
    "open_late": [],
    "close_late": [],
    "state_late": [{"minutes": "5", "desk": "1"}],
}


@pytest.mark.parametrize("handler", HANDLERS)
async def test_nobody_but_an_official_sees_or_does_anything(town: Town, handler: str) -> None:
    booking = in_person(town)
    citizen = session_token(town)
    given = [pressed(booking, "arrived")] if handler == "press" else HANDLERS[handler]
    for cookies in ({}, {"token": citizen}, {"staff": citizen}, {"token": staff_token(town)}, {"staff": "x"}):
        page = a_page(DayState, town, "/en/desk?m=kavala", **cookies)

        outcome = await press(page, handler, *given)

        assert "/en/desk/sign-in?next=%2Fen%2Fdesk" in str(outcome)
        assert (page.rows, page.strips, page.tiles, page.is_loaded) == ([], [], [], False)
    assert town.row(booking).status == BookingStatus.BOOKED


@pytest.mark.parametrize("handler", HANDLERS)
async def test_an_official_of_another_municipality_sees_and_does_nothing_here(town: Town, handler: str) -> None:
    booking = in_person(town)
    enter_foreign_official(town)
    page = the_day(town, staff=staff_token(town, ZOE))
    given = [pressed(booking, "arrived")] if handler == "press" else HANDLERS[handler]

    await press(page, handler, *(given if handler != "admit" else [booking.reference]))

    assert (page.rows, page.strips, page.tiles) == ([], [], [])
    assert town.row(booking).status == BookingStatus.BOOKED


async def test_a_desk_of_another_municipality_is_a_missing_page_and_one_s_own_is_not(town: Town) -> None:
    staff = staff_token(town)
    with transaction(town.context.db) as tx:
        drama = a_municipality(tx, "Δράμας", slug="drama")
        [foreign] = desk_ids(tx, a_service(tx, drama))
        own = desk_ids(tx, town.service)[0]
    seen = []
    for desk in (foreign, own, foreign + 100):
        page = the_day(town, f"&desk={desk}", staff=staff)
        await press(page, "load")
        seen.append((page.is_missing, page.is_loaded))

    assert seen == [(True, False), (False, True), (True, False)]


async def test_a_press_is_done_said_and_can_be_taken_back(town: Town) -> None:
    booking, page = in_person(town), the_day(town)
    await press(page, "load")
    assert [(row.time, row.tag, row.main.press) for row in page.rows] == [("9:10", "Επιβεβαιωμένο", "arrived")]

    await press(page, "press", pressed(booking, "arrived"))

    assert (page.answer, page.can_undo) == ("Έγινε: Προσήλθε, ΕΛΕΝΗ ΠΑΠΑΔΟΠΟΥΛΟΥ", True)
    assert [(strip.name, strip.since) for strip in page.strips] == [("ΠΑΠΑΔΟΠΟΥΛΟΥ ΕΛΕΝΗ", "ήρθε νωρίς, 9:05")]
    await press(page, "undo")
    assert (page.answer, page.can_undo, page.strips) == ("Αναιρέθηκε, ΕΛΕΝΗ ΠΑΠΑΔΟΠΟΥΛΟΥ", False, [])
    # Its button is gone with it.
    assert page.focus_target == "answer"
    assert town.row(booking).status == BookingStatus.BOOKED


async def test_ten_presses_of_one_button_have_one_effect_and_are_no_error(town: Town) -> None:
    booking, page = in_person(town), the_day(town)
    before = town.row(booking).version
    for _ in range(10):
        await press(page, "press", pressed(booking, "start"))
        assert page.problem == ""
    assert (town.row(booking).status, town.row(booking).version) == (BookingStatus.IN_SERVICE, before + 1)


async def test_a_press_that_came_too_late_shows_the_row_as_it_is_and_who_was_faster(town: Town) -> None:
    booking, page = in_person(town), the_day(town)
    anna = enter_official(town, ANNA)
    staff_token(town, ANNA)
    await press(page, "load")
    seen = SeenBooking(booking.reference, BookingStatus.BOOKED)
    await asyncio.to_thread(press_booking, town.context, anna, Press.START, seen)

    await press(page, "press", pressed(booking, "arrived"))

    assert page.problem == "Α. ΛΟΓΟΘΕΤΗ: το ανέλαβε στις 09:05"
    assert [(row.tag, row.by) for row in page.rows] == [("Εξυπηρετείται", "Α. ΛΟΓΟΘΕΤΗ")]
    assert (page.answer, page.can_undo) == ("", False)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", BookingStatus)
def test_whatever_somebody_else_did_can_be_said(language: str, status: BookingStatus) -> None:
    t = texts_of(language)
    known = status if t.has(f"desk.changed.{status}") else "any"
    words = {"by": "Μ. Οικονόμου", "at": "10:02", "status": status}
    assert "10:02" in t(f"desk.changed.{known}", **words)


async def test_why_somebody_was_not_served_is_asked_and_kept(town: Town) -> None:
    booking, page = in_person(town), the_day(town)
    await press(page, "press", pressed(booking, "start"))
    await press(page, "press", pressed(booking, "not_served", "in_service"))
    assert page.problem == texts_of("el")("error.reason_required")
    await press(page, "press", pressed(booking, "not_served", "in_service", "documents_missing", "χωρίς ταυτότητα"))
    row = town.row(booking)
    assert (row.status, row.outcome, row.outcome_note) == (
        BookingStatus.NOT_SERVED, "documents_missing", "χωρίς ταυτότητα",
    )  # fmt: skip


async def test_a_referral_from_the_list_can_lead_to_a_new_booking(town: Town) -> None:
    booking, page = in_person(town), the_day(town)
    await press(page, "press", pressed(booking, "start"))
    sent = pressed(booking, "referred", "in_service", note="Στο Πρωτόκολλο") | {"and_new": "on"}
    assert f"&same={booking.reference}" in str(await press(page, "press", sent))
    assert town.row(booking).status == BookingStatus.SERVED


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"reference": "x" * 5000, "press": "arrived", "status": "booked"},
        {"reference": "K7PM3XQ9", "press": "arrived", "status": "booked"},
        {"press": "erase", "status": "booked"},
        {"press": "arrived", "status": "' OR 1=1"},
        {"press": "arrived", "status": "booked", "reason": "whatever"},
        {"press": None, "status": True},
    ],
)
async def test_what_no_button_sends_changes_nothing(town: Town, sent: dict[str, Any]) -> None:
    booking, page = in_person(town), the_day(town)
    await press(page, "press", {"reference": booking.reference} | sent)

    assert page.problem
    assert "unexpected" not in page.problem
    assert "κωδικός" not in page.problem
    assert town.row(booking).status == BookingStatus.BOOKED


async def test_a_forged_press_is_a_line_in_the_security_log(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    booking = in_person(town)
    enter_foreign_official(town)
    page = a_page(DayState, town, "/desk?m=drama", staff=staff_token(town, ZOE))

    await press(page, "press", pressed(booking, "arrived"))

    assert page.problem.startswith("Δεν βρέθηκε")
    [line] = said_of_security(caplog)
    assert booking.reference not in line


@pytest.mark.parametrize(("page_path", "there"), [("/desk", "/desk/meeting"), ("/en/desk", "/en/desk/meeting")])
async def test_one_press_admits_and_leads_into_the_meeting(town: Town, page_path: str, there: str) -> None:
    booking = a_meeting(town)
    page = the_day(town, path=page_path)
    wait(town, booking)
    await press(page, "load")
    assert [(strip.press.press, strip.href) for strip in page.strips] == [
        ("admit", f"{there}?reference={booking.reference}")
    ]

    outcome = await press(page, "admit", booking.reference)

    assert f'"{there}?reference={booking.reference}&now=1"' in str(outcome)
    assert town.row(booking).status == BookingStatus.IN_SERVICE
    await press(page, "load")
    assert (page.strips, page.rows[0].main.press) == ([], "served")
    assert await press(page, "admit", booking.reference) is None
    assert page.problem == texts_of(page._language())("error.already_admitted")


async def test_the_page_keeps_up_by_itself_keeps_its_messages_and_says_who_came(town: Town) -> None:
    booking, page = a_meeting(town), the_day(town)
    await press(page, "load")
    await press(page, "admit", booking.reference)
    refusal = "Ο πολίτης δεν βρίσκεται στην αίθουσα αναμονής."
    assert (page.problem, page.ack_count, page.said) == (refusal, 2, "")
    wait(town, booking)

    await press(page, "refresh")

    assert (page.problem, page.ack_count) == (refusal, 2)
    assert (page.said, page.tab) == ("ΕΛΕΝΗ ΠΑΠΑΔΟΠΟΥΛΟΥ περιμένει", "(1) Ημέρα")


async def test_an_open_page_to_which_nothing_happens_gets_nothing(town: Town) -> None:
    in_person(town)
    page = the_day(town)
    await press(page, "load")
    page._clean()

    await press(page, "refresh")

    assert page.dirty_vars == set()


@pytest.mark.parametrize("asked", ["soon", "2026-02-30", "2031-01-01", "1999-01-01", "9" * 300, "%"])
async def test_an_address_that_names_no_day_shows_today_and_says_so(town: Town, asked: str) -> None:
    town.clock.set(on_the_day("09:05"))
    page = a_page(DayState, town, f"/desk?m=kavala&date={asked}", staff=staff_token(town))
    await press(page, "load")
    assert (page.title, page.date_problem) == ("Τρίτη 24 Νοεμβρίου", texts_of("el")("day.date_unreadable"))


@pytest.mark.parametrize("typed", ["24/11/2026", "24-11-26", "2026-11-24", " 24.11.2026 "])
async def test_a_day_can_be_typed_in_several_ways(town: Town, typed: str) -> None:
    outcome = await press(the_day(town), "go_to", {"date": typed})
    assert "date=2026-11-24" in str(outcome)


@pytest.mark.parametrize(
    ("query", "times"),
    [
        ("", ["9:00", "9:10", "9:20"]),
        ("&mode=phone", ["9:10"]),
        ("&status=cancelled", []),
        ("&status=booked&mode=video", ["9:20"]),
        ("&status=nonsense&service=x&desk=y&view=z&mode=w", ["9:00", "9:10", "9:20"]),
        ("&service=999999", []),
    ],
)
async def test_what_the_address_says_is_what_is_listed(town: Town, query: str, times: list[str]) -> None:
    without_video(town, "09:00")
    without_video(town, "09:10", by=town.citizen(), mode=Mode.PHONE)
    town.a_booking("09:20", by=town.citizen("Μαρία Αλεξίου"))
    page = the_day(town, query)
    await press(page, "load")
    assert [row.time for row in page.rows] == times
    assert (page.empty != "") is (times == [])


async def test_a_filter_is_a_word_of_the_address_and_nothing_else_is(town: Town) -> None:
    page = the_day(town, "&mode=video&page=2")
    assert "m=kavala&date=2026-11-24&mode=video&status=waiting" in str(await press(page, "choose", "status", "waiting"))
    assert await press(page, "choose", "m", "drama") is None


async def test_the_own_desk_is_asked_once_and_is_then_what_one_looks_at(town: Town) -> None:
    booking, page = in_person(town), the_day(town)
    await press(page, "load")
    assert page.asks_desk
    desk_id = rows(town.context.db, BookingRow)[0].desk_id
    await press(page, "choose_desk", {"desk": str(desk_id)})
    assert (page.asks_desk, page.my_desk_name, page.answer) == (False, "Θυρίδα 1", "Θέση: Θυρίδα 1")
    assert (page.desk, [option.value for option in page.desks]) == ("mine", ["mine", "all", str(desk_id)])
    await press(page, "press", pressed(booking, "arrived"))
    assert [strip.is_next for strip in page.strips] == [True]
    for sent in ("999", "x"):
        await press(page, "choose_desk", {"desk": sent})
        assert page.problem


async def test_an_arrival_at_my_desk_is_heard_if_i_want_it_and_my_own_press_is_not(town: Town) -> None:
    walls = ("09:10", "09:20", "09:30", "09:40")
    first, second, own, last = [without_video(town, wall, by=town.citizen(f"Νίκος {wall}")) for wall in walls]
    town.clock.set(on_the_day("09:05"))
    page = the_day(town)
    await press(page, "load")
    await press(page, "choose_desk", {"desk": str(rows(town.context.db, BookingRow)[0].desk_id)})

    anna = enter_official(town, ANNA)

    async def comes(one: Booking) -> int:
        """A colleague says so, and the page hears of it."""
        seen = SeenBooking(one.reference, BookingStatus.BOOKED)
        await asyncio.to_thread(press_booking, town.context, anna, Press.ARRIVED, seen)
        await hears()
        return int(page.arrivals)

    async def hears() -> None:
        town.clock.advance(seconds=1)
        await press(page, "refresh")

    assert await comes(first) == 0
    with transaction(town.context.db) as tx:
        tx.execute(update(OfficialRow).values(has_sound=True))
    await hears()
    assert page.arrivals == 0
    assert await comes(second) == 1
    await hears()
    assert page.arrivals == 1

    await press(page, "press", pressed(own, "arrived"))
    await hears()
    assert (len(page.strips), page.arrivals) == (3, 1)

    await press(page, "choose_desk", {"desk": ""})
    assert await comes(last) == 1


async def test_a_delay_is_stated_shown_and_taken_back(town: Town) -> None:
    in_person(town)
    page = the_day(town)
    await press(page, "load")
    await press(page, "open_late")
    assert page.is_late_open
    form = {"desk": page.late_desk, "minutes": "15", "how": "until", "until": "13:30"}
    await press(page, "state_late", form)
    assert (page.is_late_open, page.answer) == (False, "Δηλώθηκε καθυστέρηση 15′, Θυρίδα 1")
    assert [(tile.number, tile.more) for tile in page.tiles if tile.is_late] == [("15′", "Θυρίδα 1, δηλωμένη")]
    assert [notice.text for notice in page.notices] == ["Θυρίδα 1: δηλωμένη καθυστέρηση 15′ ως τις 13:30"]
    await press(page, "open_late")
    await press(page, "state_late", form | {"minutes": "7"})
    assert (page.is_late_open, page.problem) == (True, texts_of("el")("error.minutes_not_offered"))
    await press(page, "state_late", form | {"minutes": "0"})
    assert (page.notices, page.answer) == ([], "Καμία καθυστέρηση, Θυρίδα 1")


async def test_an_empty_day_leads_to_the_next_one_with_bookings(town: Town) -> None:
    town.a_booking("2026-11-25 09:00")
    page = the_day(town)
    await press(page, "load")
    assert (page.empty, page.empty_link, page.empty_href) == (
        "Κανένα ραντεβού αυτή την ημέρα.", "Επόμενα: Τετάρτη 25 Νοεμβρίου (1)", "/desk?m=kavala&date=2026-11-25",
    )  # fmt: skip
    page = a_page(DayState, town, "/desk?m=kavala&date=2026-12-25", staff=staff_token(town))
    await press(page, "load")
    assert page.closed == "Κλειστά: Χριστούγεννα. Επόμενη ημέρα λειτουργίας: Δευτέρα 28 Δεκεμβρίου"


async def test_a_time_that_was_given_back_is_freed_by_one_press(town: Town) -> None:
    booking = town.a_booking("09:10")
    cancel_booking(town.context, town.eleni, booking.reference)
    page = the_day(town)
    await press(page, "load")
    [row] = [row for row in page.rows if row.kind == "held"]
    await press(page, "press", {"reference": row.reference, "press": row.main.press, "status": row.status})
    assert page.answer == "Η ώρα είναι ελεύθερη για τους πολίτες."
    assert [row for row in page.rows if row.kind == "held"] == []
    assert town.hold("09:10", by=town.citizen())

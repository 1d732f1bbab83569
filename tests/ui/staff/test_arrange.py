"""«Νέα κράτηση», «Μετακίνηση» and «Σε άλλη θέση»: what the pages keep, warn of and refuse."""

from typing import Any

import pytest
from sqlalchemy import delete

from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.official import OfficialRightRow, StaffSessionRow
from dimoslive.domain.booking.details import ServedPerson
from dimoslive.domain.people.principals import Official
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.ui.staff.arrange.move_state import HandOverState, MoveState
from dimoslive.ui.staff.arrange.state import NewBookingState
from dimoslive.ui.staff.arrange.view_models import read_slot, slot_value
from dimoslive.ui.staff.day.state import DayState
from dimoslive.urls import new_booking_path
from tests.support.arranging import another_desk, at_desk, book_at_desk, desks_of, move_at_desk, stefanos
from tests.support.meeting import ANNA, ZOE, enter_foreign_official, enter_official, staff_token
from tests.support.world import Town, on_the_day, rows
from tests.ui.opened import a_page, press

TYPED = {"name": "Στέφανος Μανωλάκης", "phone": "210 000 0031", "subject": "Βεβαίωση εγγραφής"}


@pytest.fixture
def town(open_town: Town) -> Town:
    open_town.clock.set(on_the_day("10:02"))
    return open_town


@pytest.fixture
def official(town: Town) -> Official:
    return enter_official(town)


async def opened(town: Town, path: str = "/desk/new?m=kavala", state: Any = NewBookingState, staff: str = "") -> Any:
    page = a_page(state, town, path, staff=staff or staff_token(town))
    await press(page, "load")
    return page


async def write(page: Any, **typed: str) -> None:
    for name, text in typed.items():
        await press(page, "leave", name, text)


def booked(town: Town) -> list[BookingRow]:
    return [row for row in rows(town.context.db, BookingRow) if row.person_name == TYPED["name"]]


@pytest.mark.usefixtures("official")
class TestNewBooking:
    async def test_the_first_free_time_is_offered_and_chosen(self, town: Town) -> None:
        page = await opened(town)
        assert page.first_days[0].title == "Σήμερα, Τρίτη 24 Νοεμβρίου"
        assert page.first_days[0].times[0].clock == "10:10"
        assert page.summary == "Σήμερα, Τρίτη 24 Νοεμβρίου, 10:10–10:20 · Θυρίδα 1"
        assert page.focus_target == "last_name"

    async def test_a_time_that_was_given_back_says_so_and_an_address_can_choose_it(self, town: Town) -> None:
        town.clock.set(on_the_day("2026-11-20 10:00"))
        booking = town.a_booking("09:10")
        cancel_booking(town.context, town.eleni, booking.reference)
        page = await opened(
            town,
            new_booking_path("el", "kavala", town.service.id or 0, "in_person", booking.period.starts_at),
        )
        assert (page.way, page.day.on) == ("calendar", "2026-11-24")
        assert [time.clock for time in page.day.times if time.note == "σε λίγο ελεύθερη"] == ["9:10"]
        assert page.summary == "Τρίτη 24 Νοεμβρίου, 9:10–9:20 · Θυρίδα 1"

    async def test_what_was_typed_is_booked_and_the_number_is_said(self, town: Town) -> None:
        page = await opened(town)
        await press(page, "book", {**TYPED, "source": "counter", "language": "el", "told": "on"})
        [row] = booked(town)
        assert (row.source, row.starts_at) == ("counter", on_the_day("10:10"))
        assert page.done.number == f"{row.reference[:4]}-{row.reference[4:]}"
        assert page.done.told == "Χωρίς email: δεν στέλνεται μήνυμα."

    async def test_pressed_twice_it_is_booked_once_and_the_next_caller_starts_anew(self, town: Town) -> None:
        page = await opened(town)
        for _ in range(2):
            await press(page, "book", {**TYPED, "source": "phone", "told": "on"})
        assert len(booked(town)) == 1
        await press(page, "again")
        assert (page.name, page.done.number, page.summary[-21:]) == ("", "", "10:20–10:30 · Θυρίδα 1"[-21:])

    async def test_a_refusal_keeps_every_field_and_names_each_at_its_place(self, town: Town) -> None:
        page = await opened(town)
        await press(page, "book", {"name": "Α", "phone": "", "subject": "Θέμα", "source": "phone"})
        assert [error.name for error in page.errors] == ["name", "phone", "told"]
        assert (page.name, page.subject, page.focus_target) == ("Α", "Θέμα", "error-summary")
        await write(page, name="Άννα")
        assert [error.name for error in page.errors] == ["phone", "told"]
        assert booked(town) == []

    async def test_a_time_that_goes_is_said_and_nothing_is_lost(self, town: Town, official: Official) -> None:
        page = await opened(town)
        await write(page, **TYPED)
        book_at_desk(town, official, "10:10", person=stefanos(name="Άλλος Άνθρωπος", phone="2100000099"))
        await press(page, "refresh")
        assert "δεν είναι πια ελεύθερη" in page.gone
        assert (page.chosen, page.summary) == ("", "")
        await press(page, "refresh")
        assert page.gone != ""
        await press(page, "book", {**TYPED, "source": "phone", "told": "on"})
        assert [error.name for error in page.errors] == ["time"]
        assert (page.name, booked(town)) == (TYPED["name"], [])

    async def test_the_race_is_lost_with_the_text_kept(self, town: Town, official: Official) -> None:
        page = await opened(town)
        book_at_desk(town, official, "10:10", person=stefanos(name="Άλλος Άνθρωπος", phone="2100000099"))
        await press(page, "book", {**TYPED, "source": "phone", "told": "on"})
        assert [error.name for error in page.errors] == ["time"]
        assert page.first_days[0].times[0].clock == "10:20"
        assert page.name == TYPED["name"]

    async def test_who_has_a_booking_is_warned_of_as_soon_as_it_is_known(self, town: Town, official: Official) -> None:
        earlier = book_at_desk(town, official, "2026-11-27 09:30")
        page = await opened(town)
        await write(page, phone="2100000031")
        [same] = page.same
        assert same.text == "Έχει ήδη ραντεβού Παρασκευή 27, 9:30"
        assert same.move_href == f"/desk/booking/{earlier.reference}/move?m=kavala"
        await press(page, "book", {**TYPED, "source": "phone", "told": "on"})
        assert [error.name for error in page.errors] == ["again"]
        await press(page, "book", {**TYPED, "source": "phone", "told": "on", "again": "on"})
        assert len(booked(town)) == 2

    async def test_another_time_says_what_stands_against_it_and_asks_why(self, town: Town) -> None:
        page = await opened(town)
        await press(page, "choose_way", "other")
        await write(page, typed_date="24/11/2026", typed_clock="15:30", typed_minutes="5")
        assert [warning.kind for warning in page.warnings] == ["hours", "note"]
        assert page.wants_hours_reason
        form = {**TYPED, "source": "phone", "told": "on"}
        await press(page, "book", form)
        assert [error.name for error in page.errors] == ["hours_reason"]
        await press(page, "book", {**form, "hours_reason": "Δεν μπορεί πρωί"})
        [row] = booked(town)
        assert (row.is_outside_hours, row.staff_reason) == (True, "Δεν μπορεί πρωί")

    @pytest.mark.parametrize(
        ("field", "text", "error"),
        [
            ("typed_date", "αύριο", "π.χ. 24/11/2026"),
            ("typed_clock", "9πμ", "π.χ. 9:30"),
            ("typed_minutes", "7", "240"),
        ],
    )
    async def test_what_cannot_be_read_is_said_at_its_field(
        self, town: Town, field: str, text: str, error: str
    ) -> None:
        page = await opened(town)
        await press(page, "choose_way", "other")
        await write(page, **{"typed_date": "25/11/2026", "typed_clock": "9:30", field: text})
        assert error in page.error_of[field]

    async def test_now_is_at_my_desk_and_needs_no_telephone(self, town: Town) -> None:
        second, staff = another_desk(town), staff_token(town)
        with transaction(town.context.db) as tx:
            [session] = [tx.get_one(StaffSessionRow, row.id) for row in rows(town.context.db, StaffSessionRow)]
            session.desk_id, session.desk_on = second, on_the_day("10:00").date()
        page = await opened(town, staff=staff)
        await press(page, "choose_way", "now")
        assert page.summary == "Σήμερα, Τρίτη 24 Νοεμβρίου, 10:05–10:15 · Θυρίδα 2"
        await press(page, "book", {**TYPED, "phone": "", "source": "counter", "told": "on"})
        [row] = booked(town)
        assert (row.status, row.desk_id) == ("waiting", second)

    async def test_the_calendar_counts_places_and_shows_a_day(self, town: Town) -> None:
        page = await opened(town)
        await press(page, "choose_way", "calendar")
        await press(page, "show_day", "2026-11-25")
        assert (page.day.title, len(page.day.times)) == ("Τετάρτη 25 Νοεμβρίου", 39)
        await press(page, "leaf", "2026-12-01")
        assert page.month.title == "Δεκέμβριος 2026"
        await press(page, "pick", page.day.times[0].value)
        assert page.summary == "Τετάρτη 25 Νοεμβρίου, 8:30–8:40 · Θυρίδα 1"

    async def test_with_nothing_free_another_time_is_open(self, town: Town) -> None:
        nothing = town.another_service(horizon_days=1, hours="08:30-08:35")
        page = await opened(town, f"/desk/new?m=kavala&service={nothing.id}")
        assert page.way == "other"
        assert page.nothing_free == "Καμία ελεύθερη ώρα ως τις 25 Νοεμβρίου"

    async def test_after_a_new_sign_in_the_text_is_there_and_after_leaving_it_is_not(self, town: Town) -> None:
        page = await opened(town)
        await write(page, **TYPED)
        with transaction(town.context.db) as tx:
            tx.execute(delete(StaffSessionRow))
        assert "/desk/sign-in" in str(await press(page, "book", {**TYPED, "subject": "Νέο θέμα", "told": "on"}))
        await press(page, "leave_page")
        again = await _as(page, town)
        assert (again.name, again.subject) == (TYPED["name"], "Νέο θέμα")
        await press(again, "leave_page")
        await press(again, "load")
        assert (again.name, again.subject) == ("", "")

    async def test_nobody_else_finds_it_in_the_same_window(self, town: Town) -> None:
        page = await opened(town)
        await write(page, **TYPED)
        enter_official(town, ANNA)
        again = await _as(page, town, staff_token(town, ANNA))
        assert again.name == ""


async def _as(page: Any, town: Town, staff: str = "") -> Any:
    """The same window, signed in again."""
    fresh = a_page(NewBookingState, town, "/desk/new?m=kavala", staff=staff or staff_token(town))
    root = page
    while root.parent_state is not None:
        root = root.parent_state
    root.router = fresh.router
    await press(page, "load")
    return page


@pytest.mark.usefixtures("official")
async def test_a_foreign_municipality_or_service_offers_nothing(town: Town) -> None:
    enter_foreign_official(town)
    page = await opened(town, "/desk/new?m=drama")
    assert (page.is_loaded, page.services) == (False, [])
    page = await opened(town, "/desk/new?m=kavala&service=99999999999&mode=no")
    assert page.service == str(town.service.id)


@pytest.mark.parametrize(
    "value", ["", "@", "1@", "@1", "x@1", "9" * 30 + "@1", "-5@1", "1@-1", "1" * 11 + "@" + "9" * 40]
)
def test_a_forged_time_is_none(value: str) -> None:
    found = read_slot(value)
    assert found is None or found[1] >= 2**31


def test_a_time_is_read_as_it_was_written() -> None:
    assert read_slot(slot_value(on_the_day("09:10"), 3)) == (on_the_day("09:10"), 3)


class TestMove:
    async def test_the_own_length_is_kept_and_both_times_are_shown(self, town: Town, official: Official) -> None:
        booking = book_at_desk(town, official, "11:00")
        move_at_desk(town, official, booking, at_desk(town, "11:00", is_offered=False, duration_minutes=20))
        page = await opened(town, f"/desk/booking/{booking.reference}/move?m=kavala", MoveState)
        assert page.old == "Σήμερα, Τρίτη 24 Νοεμβρίου, 11:00–11:20 · Θυρίδα 1"
        assert (page.summary, page.has_email, page.focus_target) == ("", False, "time")
        await press(page, "pick", page.first_days[0].times[0].value)
        assert page.summary == "Σήμερα, Τρίτη 24 Νοεμβρίου, 10:10–10:30 · Θυρίδα 1"
        await press(page, "move", {"call": "on"})
        assert (page.done[-22:], page.told) == ("10:10–10:30 · Θυρίδα 1", "Μπήκε στα τηλεφωνήματα.")

    async def test_another_mode_keeps_the_time_until_another_is_picked(self, town: Town, official: Official) -> None:
        booking = book_at_desk(town, official, "11:00")
        page = await opened(town, f"/desk/booking/{booking.reference}/move?m=kavala", MoveState)
        assert ([mode.value for mode in page.modes], page.mode) == (["in_person", "video", "phone"], "in_person")
        await press(page, "choose_mode", "by_pigeon")
        assert (page.mode, page.way) == ("in_person", "first")
        await press(page, "choose_mode", "video")
        assert (page.way, page.summary[-22:], page.new_mode) == ("own", "11:00–11:10 · Θυρίδα 1", "Τηλεδιάσκεψη")
        await press(page, "move", {})
        assert page.done.endswith("11:00–11:10 · Θυρίδα 1 · Τηλεδιάσκεψη")
        assert town.row(booking).mode == "video"

    async def test_whoever_was_faster_is_named_and_the_page_shows_it_as_it_is(
        self, town: Town, official: Official
    ) -> None:
        booking = book_at_desk(town, official, "11:00")
        page = await opened(town, f"/desk/booking/{booking.reference}/move?m=kavala", MoveState)
        await press(page, "pick", page.first_days[0].times[0].value)
        move_at_desk(town, enter_official(town, ANNA), booking, at_desk(town, "12:00"))
        await press(page, "move", {})
        assert page.problem != ""
        assert "12:00–12:10" in page.old
        assert page.done == ""

    async def test_what_is_over_is_offered_the_same_again(self, town: Town, official: Official) -> None:
        booking = book_at_desk(town, official, "11:00")
        with transaction(town.context.db) as tx:
            tx.get_one(BookingRow, booking.id).status = "served"
        page = await opened(town, f"/desk/booking/{booking.reference}/move?m=kavala", MoveState)
        assert not page.is_movable
        again = f"service={town.service.id}&mode=in_person&same={booking.reference}"
        assert page.same_href == f"/desk/new?m=kavala&{again}"

    @pytest.mark.parametrize("state", [MoveState, HandOverState])
    async def test_a_foreign_booking_shows_nothing(self, town: Town, official: Official, state: Any) -> None:
        booking = book_at_desk(town, official, "11:00")
        foreign = enter_foreign_official(town)
        with transaction(town.context.db) as tx:
            [right] = [row for row in rows(town.context.db, OfficialRightRow) if row.official_id == foreign.id]
            tx.add(OfficialRightRow(official_id=official.id, municipality_id=right.municipality_id))
        for path in (f"/desk/booking/{booking.reference}/move?m=drama", "/desk/booking/K7PM3XQ9/move?m=kavala"):
            page = await opened(town, path, state)
            assert (page.is_missing, page.is_loaded, page.person) == (True, False, "")
            assert page.problem != ""

    @pytest.mark.parametrize("state", [MoveState, HandOverState])
    async def test_after_a_booking_of_one_s_own_a_foreign_one_shows_nothing_of_it(
        self, town: Town, official: Official, state: Any
    ) -> None:
        booking = book_at_desk(town, official, "11:00")
        page = await opened(town, f"/desk/booking/{booking.reference}/move?m=kavala", state)
        assert page.person != ""
        root, foreign = page, "/desk/booking/K7PM3XQ9/move?m=kavala"
        while root.parent_state is not None:
            root = root.parent_state
        root.router = a_page(state, town, foreign, staff=staff_token(town)).router
        await press(page, "load")
        assert (page.is_missing, page.is_loaded, page.person, page._seen) == (True, False, "", None)


class TestHandOver:
    async def test_one_that_is_not_free_wants_a_reason(self, town: Town, official: Official) -> None:
        booking, second = book_at_desk(town, official, "11:00"), another_desk(town)
        book_at_desk(town, official, "11:10", books_again=True)
        move_at_desk(
            town,
            official,
            book_at_desk(town, official, "11:20", books_again=True),
            at_desk(town, "11:00", desk_id=second),
        )
        page = await opened(town, f"/desk/booking/{booking.reference}/desk?m=kavala", HandOverState)
        await press(page, "hand_over", {})
        assert [error.name for error in page.errors] == ["desks"]
        await press(page, "choose", str(second))
        assert page.wants_reason
        await press(page, "hand_over", {"capacity_reason": ""})
        assert [error.name for error in page.errors] == ["capacity_reason"]
        await press(page, "hand_over", {"capacity_reason": "Ο συνάδελφος λείπει"})
        assert page.done == "Θυρίδα 2"
        assert town.row(booking).desk_id not in desks_of(town)


class TestForThePersonOfAnotherBooking:
    """«Και νέα κράτηση» and «Νέα κράτηση ίδια»: the address names the booking, the server knows the person."""

    async def test_the_person_is_there_and_only_the_time_is_asked(self, town: Town, official: Official) -> None:
        person = stefanos(last_name="Μανωλάκης", name="Στέφανος", email="st@example.com", help_needed="Αμαξίδιο")
        booking = book_at_desk(town, official, "11:00", person=person, served_person=ServedPerson.OTHER)
        page = await opened(town, f"/desk/new?m=kavala&same={booking.reference}")
        assert (page.last_name, page.name, page.phone) == ("Μανωλάκης", "Στέφανος", "21 0000 0031")
        assert (page.email, page.help_needed, page.served) == ("st@example.com", "Αμαξίδιο", "other")
        assert page.subject == "Βεβαίωση εγγραφής"
        with transaction(town.context.db) as tx:
            tx.get_one(BookingRow, booking.id).status = "served"
        await press(page, "book", {"source": "counter", "told": "on"})
        assert page.done.number
        [first, second] = booked(town)
        assert (second.served_person, second.last_name, second.person_name) == (
            first.served_person,
            "Μανωλάκης",
            "Στέφανος Μανωλάκης",
        )

    async def test_the_next_caller_starts_with_nothing_of_it(self, town: Town, official: Official) -> None:
        booking = book_at_desk(town, official, "11:00")
        page = await opened(town, f"/desk/new?m=kavala&same={booking.reference}")
        await press(page, "again")
        assert (page.name, page.phone, page.served) == ("", "", "self")

    async def test_nobody_reads_the_person_of_a_foreign_or_an_erased_booking(
        self, town: Town, official: Official
    ) -> None:
        booking = book_at_desk(town, official, "11:00")
        with transaction(town.context.db) as tx:
            tx.get_one(BookingRow, booking.id).erased_at = town.clock.now()
        enter_foreign_official(town)
        for path, staff in (
            (f"/desk/new?m=kavala&same={booking.reference}", staff_token(town)),
            (f"/desk/new?m=drama&same={booking.reference}", staff_token(town, ZOE)),
            ("/desk/new?m=kavala&same=K7PM3XQ9", staff_token(town)),
        ):
            page = await opened(town, path, staff=staff)
            assert (page.is_loaded, page.name, page.phone) == (False, "", "")
            assert page.problem != ""


@pytest.mark.usefixtures("official")
class TestNames:
    async def test_a_name_in_two_parts_is_listed_by_its_surname_and_said_by_its_given_name(self, town: Town) -> None:
        page = await opened(town)
        form = {**TYPED, "last_name": "Μανωλάκης", "name": "Στέφανος", "source": "phone", "told": "on"}
        await press(page, "book", form)
        assert page.done.person == "Στέφανος Μανωλάκης"
        [row] = booked(town)
        assert (row.first_name, row.last_name, row.name_key) == ("Στέφανος", "Μανωλάκης", "στεφανοσ μανωλακησ")
        day = await opened(town, "/desk?m=kavala", DayState)
        [line] = [line for line in day.rows if line.reference == row.reference]
        assert (line.name, line.spoken) == ("Μανωλάκης Στέφανος", "Στέφανος Μανωλάκης")

    async def test_a_business_has_one_name(self, town: Town) -> None:
        page = await opened(town)
        await write(page, last_name="Μανωλάκης")
        await press(page, "choose_served", "business")
        await press(page, "book", {**TYPED, "name": "Αφοί Μανωλάκη Ο.Ε.", "source": "phone", "told": "on"})
        assert page.done.person == "Αφοί Μανωλάκη Ο.Ε."
        row = rows(town.context.db, BookingRow)[-1]
        assert (row.served_person, row.first_name, row.last_name) == ("business", "", "")

    async def test_a_forged_choice_is_for_themselves(self, town: Town) -> None:
        page = await opened(town)
        await press(page, "choose_served", "everybody")
        assert page.served == "self"

    async def test_without_any_name_nothing_is_booked(self, town: Town) -> None:
        page = await opened(town)
        await press(page, "book", {**TYPED, "name": " ", "last_name": "", "source": "phone", "told": "on"})
        assert [error.name for error in page.errors] == ["name"]
        await press(page, "book", {**TYPED, "name": "", "last_name": "Μανωλάκης", "source": "phone", "told": "on"})
        assert page.done.person == "Μανωλάκης"

    async def test_who_was_typed_the_other_way_round_is_the_same_person(self, town: Town, official: Official) -> None:
        book_at_desk(town, official, "11:00", person=stefanos(name="Μανωλάκης Στέφανος", phone="210 000 0032"))
        page = await opened(town)
        await write(page, last_name="Μανωλάκης", name="Στέφανος")
        assert [one.same for one in page.same] == ["Ίδιο όνομα:"]

"""The lists beside the day, as their pages show them: words, ticks, presses, and addresses that anybody may write."""

import json
from typing import Any

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import DeskRow
from dimoslive.db.tables.desk import CallTaskRow
from dimoslive.db.tables.official import DeskOfficialRow, OfficialRightRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.presses import Press
from dimoslive.domain.people.principals import Official, StaffRole
from dimoslive.ui.staff.calls.state import CallsState
from dimoslive.ui.staff.export.state import ExportState
from dimoslive.ui.staff.unrecorded.state import UnrecordedState
from dimoslive.ui.staff.week.state import WeekState
from tests.support.lists import change, pressed
from tests.support.meeting import ANNA, enter_foreign_official, enter_official, staff_token, without_video
from tests.support.world import Town, desk_ids, on_the_day, statuses
from tests.ui.opened import a_page, press

_S = BookingStatus


@pytest.fixture
def official(open_town: Town) -> Official:
    return enter_official(open_town)


@pytest.fixture
def town(open_town: Town, official: Official) -> Town:  # whose town it is
    return open_town


async def opened(state: Any, town: Town, path: str) -> Any:
    page = a_page(state, town, path, staff=staff_token(town))
    await press(page, "load")
    return page


def a_call(town: Town, booking: Booking, kind: str, **facts: str) -> int:
    with transaction(town.context.db) as tx:
        row = CallTaskRow(
            municipality_id=town.municipality.id,
            booking_id=booking.id,
            kind=kind,
            facts=json.dumps(facts),
            created_at=town.clock.now(),
        )
        tx.add(row)
        tx.flush()
        return row.id or 0


class TestUnrecorded:
    async def days_past(self, town: Town) -> tuple[Any, list[Booking]]:
        bookings = [town.a_booking(f"09:{minute}0", by=town.citizen(f"Ν Π{minute}")) for minute in "012"]
        bookings.append(town.a_booking("2026-11-23 09:00", by=town.citizen("Η Κ")))
        town.clock.set(on_the_day("2026-11-25 09:00"))
        return await opened(UnrecordedState, town, "/desk/unrecorded?m=kavala"), bookings

    async def test_all_of_a_day_are_ticked_at_once_and_the_ticks_taken_away_again(self, town: Town) -> None:
        page, _ = await self.days_past(town)
        assert [(day.title, len(day.rows)) for day in page.days] == [
            ("Τρίτη 24 Νοεμβρίου", 3),
            ("Δευτέρα 23 Νοεμβρίου", 1),
        ]
        await press(page, "choose_day", "2026-11-24")
        assert (page.chosen, page.chosen_text) == (3, "3 επιλεγμένα")
        assert [[row.is_chosen for row in day.rows] for day in page.days] == [[True] * 3, [False]]
        await press(page, "choose_day", "2026-11-24")
        assert page.chosen == 0

    async def test_one_press_settles_what_is_ticked_and_can_be_taken_back(self, town: Town) -> None:
        page, bookings = await self.days_past(town)
        for reference in (bookings[0].reference, bookings[1].reference, "ZZZZZZZZ"):
            await press(page, "choose", reference)
        await press(page, "settle", "no_show")
        assert (page.answer, page.can_undo, page.chosen) == ("Έγινε: Δεν προσήλθαν, 2 ραντεβού", True, 0)
        assert statuses(town.context.db) == {_S.NO_SHOW: 2, _S.BOOKED: 2}
        await press(page, "undo")
        assert (page.answer, page.can_undo) == ("Αναιρέθηκαν, 2 ραντεβού", False)
        assert statuses(town.context.db) == {_S.BOOKED: 4}

    async def test_what_a_colleague_settled_meanwhile_is_left_and_named(self, town: Town) -> None:
        page, bookings = await self.days_past(town)
        await press(page, "choose_day", "2026-11-24")
        pressed(town, enter_official(town, ANNA), Press.NO_SHOW, bookings[0])
        await press(page, "settle", "served")
        assert page.answer == "Έγινε: Εξυπηρετήθηκαν, 2 ραντεβού"
        assert page.left.startswith("1 έμεινε όπως είναι")
        assert page.left_lines[0].startswith("9:00 ")

    @pytest.mark.parametrize("name", ["served", "arrived", "", "x" * 999])
    async def test_nothing_ticked_or_another_press_changes_nothing(self, town: Town, name: str) -> None:
        page, _ = await self.days_past(town)
        await press(page, "settle", name)
        assert (page.answer, page.can_undo) == ("Επιλέξτε πρώτα ραντεβού.", False)
        assert statuses(town.context.db) == {_S.BOOKED: 4}


class TestCalls:
    async def test_what_to_say_is_one_sentence_with_the_dates(self, town: Town) -> None:
        moved, cancelled = without_video(town, "2026-11-25 10:30"), town.a_booking("09:00", by=town.citizen())
        change(town, cancelled, status=_S.CANCELLED_BY_MUNICIPALITY.value, cancel_reason="Το κτίριο\nσυντηρείται")
        a_call(town, moved, "moved", starts_at=on_the_day("12:30").isoformat(), mode="in_person")
        a_call(town, cancelled, "cancelled")
        a_call(town, moved, "not_delivered")
        page = await opened(CallsState, town, "/desk/calls?m=kavala")
        new, place = "την Τετάρτη 25 Νοεμβρίου, 10:30", f"(Φυσική Παρουσία, {desk_name(town)})"
        assert [call.say for call in page.to_make] == [
            f"Το ραντεβού σας της Τρίτης 24 Νοεμβρίου, 12:30, μετακινήθηκε για {new} {place}.",
            "Το ραντεβού σας της Τρίτης 24 Νοεμβρίου, 9:00, ακυρώθηκε. Αιτία: Το κτίριο συντηρείται",
            f"Έχετε ραντεβού {new} {place}. Το email που σας στείλαμε δεν έφτασε.",
        ]
        assert [bool(call.move_href) for call in page.to_make] == [True, False, True]
        assert page.to_make[0].facts == "Μετακίνηση · Τμήμα Δημοτολογίου · από 20/11 10:00 · καμία προσπάθεια"
        english = await opened(CallsState, town, "/en/desk/calls?m=kavala")
        assert english.to_make[1].say.startswith("Your appointment on Tuesday 24 November, 9:00, was cancelled.")

    async def test_the_number_is_to_be_pressed(self, town: Town) -> None:
        booking = town.a_booking("09:00")
        a_call(town, booking, "cancelled")
        page = await opened(CallsState, town, "/desk/calls?m=kavala")
        [call] = page.to_make
        assert (call.phone, call.tel, call.name) == ("691 234 5678", "tel:+306912345678", "ΠΑΠΑΔΟΠΟΥΛΟΥ ΕΛΕΝΗ")
        change(town, booking, phone="")
        await press(page, "refresh")
        assert (page.to_make[0].phone, page.to_make[0].tel) == ("", "")

    async def test_a_press_answers_counts_and_can_be_taken_back(self, town: Town) -> None:
        call_id = a_call(town, town.a_booking("09:00"), "cancelled")
        page = await opened(CallsState, town, "/desk/calls?m=kavala")
        await press(page, "press", call_id, "no_answer")
        assert (page.answer, page.focus_target) == ("Έγινε: Δεν απάντησε, ΕΛΕΝΗ ΠΑΠΑΔΟΠΟΥΛΟΥ", "answer")
        assert page.to_make[0].facts.endswith("1 προσπάθεια, 20/11 10:00")
        await press(page, "press", call_id, "told")
        assert (page.to_make, [call.who for call in page.made]) == ([], ["Ν. ΔΗΜΟΥ"])
        await press(page, "undo")
        assert ([call.id for call in page.to_make], page.made) == ([call_id], [])

    async def test_what_a_colleague_did_first_is_said(self, town: Town) -> None:
        call_id = a_call(town, town.a_booking("09:00"), "cancelled")
        page = await opened(CallsState, town, "/desk/calls?m=kavala")
        enter_official(town, ANNA)
        theirs = a_page(CallsState, town, "/desk/calls?m=kavala", staff=staff_token(town, ANNA))
        await press(theirs, "load")
        await press(theirs, "press", call_id, "mine")
        assert theirs.to_make[0].taken == "Το έχετε αναλάβει εσείς"
        await press(page, "press", call_id, "mine")
        assert (page.problem, page.to_make[0].taken) == ("Α. ΛΟΓΟΘΕΤΗ: το ανέλαβε", "Το ανέλαβε: Α. ΛΟΓΟΘΕΤΗ")
        await press(theirs, "press", call_id, "told")
        await press(page, "press", call_id, "no_answer")
        assert page.problem == "Α. ΛΟΓΟΘΕΤΗ: ενημέρωσε στις 10:00"

    async def test_filters_stand_in_the_address(self, town: Town) -> None:
        call_id = a_call(town, town.a_booking("09:00"), "cancelled")
        department = town.service.department_id
        page = await opened(CallsState, town, f"/desk/calls?m=kavala&department={department}")
        assert [call.id for call in page.to_make] == [call_id]
        assert f"m=kavala&department={department}&mine=1" in str(await press(page, "choose_mine"))
        for nothing in ("99", "x", "1 OR 1=1"):
            assert (await opened(CallsState, town, f"/desk/calls?m=kavala&department={nothing}")).to_make == []


class TestWeek:
    async def test_a_card_says_in_number_bar_and_sentence_the_same(self, town: Town) -> None:
        town.a_booking("09:00")
        page = await opened(WeekState, town, "/desk/week?m=kavala&week=2026-11-24")
        assert (page.title, page.is_this) == ("Εβδομάδα 23–27 Νοεμβρίου", False)
        tuesday = page.cards[1]
        assert (tuesday.title, tuesday.booked, tuesday.free, tuesday.free_word, tuesday.use, tuesday.percent) == (
            "Τρίτη 24",
            1,
            38,
            "ελεύθερες",
            "1 από 39 θέσεις",
            "3%",
        )
        assert tuesday.href == "/desk?m=kavala&date=2026-11-24"
        assert [(row.name, row.is_group) for row in page.rows] == [
            ("Τμήμα Δημοτολογίου", True),
            ("Πιστοποιητικό", False),
        ]
        assert [cell.number for cell in page.sums] == ["0", "1", "0", "0", "0"]

    async def test_a_holiday_is_named_and_a_day_past_says_what_stayed_free(self, town: Town) -> None:
        page = await opened(WeekState, town, "/en/desk/week?m=kavala&week=2026-10-28")
        assert page.title == "Week 26–30 October"
        assert [line.text for line in page.cards[2].lines] == ["Holiday: 28 October, Ohi Day"]
        assert (page.cards[2].use, page.cards[1].free_word) == ("closed", "stayed free")

    @pytest.mark.parametrize("named", ["", "yesterday", "2031-01-01", "1999-01-01", "x" * 300])
    async def test_a_week_that_is_none_is_this_week(self, town: Town, named: str) -> None:
        page = await opened(WeekState, town, f"/desk/week?m=kavala&week={named}")
        assert (page.title, page.is_this) == ("Εβδομάδα 16–20 Νοεμβρίου", True)

    async def test_the_ways_keep_the_filters_and_end_where_no_weeks_are(self, town: Town) -> None:
        page = await opened(WeekState, town, f"/desk/week?m=kavala&service={town.service.id}")
        assert page.next == f"/desk/week?m=kavala&week=2026-11-23&service={town.service.id}"
        page = await opened(WeekState, town, "/desk/week?m=kavala&week=2027-12-20")
        assert (page.next, bool(page.previous)) == ("", True)
        assert "department=3" in str(await press(page, "choose_department", "3"))

    async def test_a_foreign_municipality_shows_nothing(self, town: Town) -> None:
        enter_foreign_official(town)
        page = await opened(WeekState, town, "/desk/week?m=drama")
        assert (page.is_loaded, page.cards) == (False, [])


class TestExport:
    async def test_an_official_has_the_own_desks_alone_to_choose(self, town: Town, official: Official) -> None:
        page = await opened(ExportState, town, "/desk/export?m=kavala")
        assert (page.is_all, page.desks) == (False, [])
        with transaction(town.context.db) as tx:
            [desk] = desk_ids(tx, town.service)
            tx.add(DeskOfficialRow(desk_id=desk, official_id=official.id))
        page = await opened(ExportState, town, "/desk/export?m=kavala&date=2026-11-24")
        assert ([one.value for one in page.desks], page.since, page.until) == ([str(desk)], "24/11/2026", "24/11/2026")

    async def test_a_head_has_all_of_the_scope(self, town: Town, official: Official) -> None:
        with transaction(town.context.db) as tx:
            tx.get_one(OfficialRightRow, (official.id, town.municipality.id)).role = StaffRole.HEAD.value
        page = await opened(ExportState, town, "/desk/export?m=kavala")
        counted = [len(one) for one in (page.departments, page.services, page.desks, page.modes, page.statuses)]
        assert (page.is_all, counted) == (True, [1, 1, 1, 3, 8])

    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ("problem=not_a_date&field=from", "Γράψτε ημερομηνία, π.χ. 24/11/2026"),
            ("problem=too_many_rows&found=12345", "Βρέθηκαν 12345 κρατήσεις· ένα αρχείο έχει έως 10000."),
            ("problem=too_many_days", "Έως 92 ημέρες μαζί."),
            ("problem=own_desk_only", "Ως υπάλληλος εξάγετε μόνο τη δική σας θέση."),
            ("problem=too_many_rows&found=<b>", ""),
            ("problem=not_found", ""),
            ("problem=../../etc", ""),
        ],
    )
    async def test_only_known_problems_are_said(self, town: Town, query: str, said: str) -> None:
        page = await opened(ExportState, town, f"/desk/export?m=kavala&{query}")
        assert page.refusal.startswith(said) if said else page.refusal == ""


def desk_name(town: Town) -> str:
    with transaction(town.context.db) as tx:
        return tx.get_one(DeskRow, desk_ids(tx, town.service)[0]).name_el

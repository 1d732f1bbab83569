"""The pages of hours: the list is the control, and everything follows the draft."""

from datetime import date, time
from typing import Any

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import ServiceRow
from dimoslive.domain.settings.hours import TypedInterval
from dimoslive.services.settings.hours.open_hours import open_hours
from dimoslive.services.settings.hours.save_hours import save_week
from dimoslive.ui.settings.hours.dates_state import CLOSED, OWN, WEEKLY, HoursDatesState
from dimoslive.ui.settings.hours.list_state import HoursListState
from dimoslive.ui.settings.hours.week_state import HoursWeekState
from dimoslive.ui.settings.hours.why_state import HoursWhyState
from tests.support.meeting import NIKOS, ZOE, enter_foreign_official, enter_official, staff_token
from tests.support.settings import enter_administrator
from tests.support.world import Town
from tests.ui.opened import a_page, press


def page_of(
    town: Town, state: Any, end: str = "", *, identity: Any = NIKOS, language: str = "", asked: str = ""
) -> Any:
    path = f"{language}/admin/hours/{town.service.id}{end}?m=kavala{asked}"
    return a_page(state, town, path, staff=staff_token(town, identity))


async def opened(town: Town, **words: Any) -> Any:
    page = page_of(town, HoursWeekState, **words)
    await press(page, "load")
    return page


async def type_in(page: Any, weekday: int, opens: str, closes: str, place: int = 0) -> str:
    """Type into a row of a day; its key."""
    key = page.days[weekday].rows[place].key
    await press(page, "note", "opens", key, opens)
    await press(page, "note", "closes", key, closes)
    return str(key)


class TestTheList:
    async def test_it_names_each_service_with_its_week_and_what_that_is_worth(self, open_town: Town) -> None:
        enter_administrator(open_town)
        page = a_page(HoursListState, open_town, "/admin/hours?m=kavala", staff=staff_token(open_town))
        await press(page, "load")
        [row] = page.rows
        assert (row.thing, row.hours) == (str(open_town.service.id), "Δε–Πα 8:30–15:00")
        assert row.capacity == "195 θέσεις την εβδομάδα, 6 την ώρα στο μέγιστο"
        await press(page, "narrow", "zzz")
        assert page.rows == []


class TestTheWeek:
    async def test_the_sum_and_the_picture_follow_the_draft(self, open_town: Town) -> None:
        enter_administrator(open_town)
        page = await opened(open_town)
        assert page.capacity == "195 θέσεις την εβδομάδα, 6 την ώρα στο μέγιστο"
        await type_in(page, 1, "9:00", "10:05")
        assert page.capacity.startswith("162 θέσεις")
        assert page.capacity_now == "ως τώρα 195 την εβδομάδα"
        assert page.days[1].rows[0].warnings == ["τα τελευταία 5 λεπτά μένουν κενά"]
        tuesday = page.columns[1]
        assert [(span.opens, span.closes) for span in tuesday.spans] == [("9:00", "10:05")]
        assert [(span.opens, span.closes) for span in tuesday.was] == [("8:30", "15:00")]

    async def test_a_long_interval_is_asked_about_from_twelve_hours_on(self, open_town: Town) -> None:
        enter_administrator(open_town)
        page = await opened(open_town)
        await type_in(page, 1, "6:00", "24:00")
        assert page.days[1].rows[0].warnings == ["διάστημα πάνω από 12 ώρες: είναι σωστό;"]

    async def test_an_evening_widens_the_picture(self, open_town: Town) -> None:
        enter_administrator(open_town)
        page = await opened(open_town)
        assert page.marks[0].text == "8:00"
        await type_in(page, 1, "22:00", "24:00")
        assert page.marks[0].text == "4:00"
        assert page.columns[1].spans[0].height == "8.33%"

    async def test_rows_are_added_and_taken_away_and_the_focus_goes_along(self, open_town: Town) -> None:
        enter_administrator(open_town)
        page = await opened(open_town)
        await press(page, "add", 5)
        [row] = page.days[5].rows
        assert page.focus_target == f"opens-{row.key}"
        await press(page, "remove", row.key)
        assert (page.days[5].rows, page.focus_target) == ([], "add-5")

    async def test_a_day_is_copied_to_the_weekdays_that_are_ticked(self, open_town: Town) -> None:
        enter_administrator(open_town)
        page = await opened(open_town)
        await type_in(page, 0, "9:00", "14:00")
        await press(page, "ask_copy", 0)
        await press(page, "copy", {"day-1": "on", "day-5": "on"})
        assert [(day.rows[0].opens if day.rows else "") for day in page.days] == [
            "9:00", "9:00", "8:30", "8:30", "8:30", "9:00", "",
        ]  # fmt: skip

    async def test_a_day_is_copied_to_other_services_of_the_department_and_to_no_others(self, open_town: Town) -> None:
        official = enter_administrator(open_town)
        near, far = open_town.another_service(), open_town.another_service()
        with transaction(open_town.context.db) as tx:
            tx.get_one(ServiceRow, near.id).department_id = open_town.service.department_id
        page = await opened(open_town)
        assert [choice.value for choice in page.others] == [str(near.id)]
        await type_in(page, 0, "9:00", "14:00")
        await press(page, "ask_copy", 0)
        await press(page, "copy", {f"service-{near.id}": "on", f"service-{far.id}": "on"})
        assert len(page.said) == 1
        asked = open_town.context, official, open_town.municipality.id
        assert open_hours(*asked, near.id or 0).weekly[0].opens == time(9)
        assert open_hours(*asked, far.id or 0).weekly[0].opens == time(8, 30)

    async def test_what_is_wrong_is_named_by_day_and_control(self, open_town: Town) -> None:
        enter_administrator(open_town)
        page = await opened(open_town)
        key = await type_in(page, 1, "15:00", "8:30")
        await press(page, "preview")
        [problem] = page.problems
        assert (problem.name, "Τρίτη, έως" in problem.text) == (f"closes-{key}", True)
        assert page.days[1].rows[0].closes_error
        assert page.days[1].rows[0].closes == "8:30"
        assert page.changes == []

    async def test_nothing_is_saved_before_it_was_seen_and_applied(self, open_town: Town) -> None:
        official = enter_administrator(open_town)
        page = await opened(open_town)
        await type_in(page, 1, "9:00", "15:00")
        await press(page, "preview")
        asked = open_town.context, official, open_town.municipality.id, open_town.service.id or 0
        assert open_hours(*asked).weekly[1].opens == time(8, 30)
        assert page.changes[0] == "Δεν επηρεάζεται κανένα ραντεβού."
        assert page.changes[1].startswith("Χάνονται ")
        await press(page, "apply")
        assert open_hours(*asked).weekly[1].opens == time(9)
        assert (page.saved != "", page.changes, page.draft) == (True, [], 0)

    async def test_hours_that_hit_a_booking_lead_to_a_plan(self, open_town: Town) -> None:
        enter_administrator(open_town)
        open_town.a_booking("09:00")
        page = await opened(open_town)
        await type_in(page, 1, "10:00", "15:00")
        redirect = await press(page, "preview")
        assert "/admin/plan/" in str(redirect)

    async def test_a_weekday_that_two_changed_is_asked_about_and_the_answer_goes_on(self, open_town: Town) -> None:
        official = enter_administrator(open_town)
        page = await opened(open_town)
        await type_in(page, 1, "9:00", "15:00")
        asked = open_town.context, official, open_town.municipality.id, open_town.service.id or 0
        now = open_hours(*asked)
        save_week(*asked, now.opened, [TypedInterval("1", 1, "10:00", "15:00")])
        await press(page, "preview")
        [row] = page.conflicts
        assert (row.label, row.opened, row.theirs, row.mine) == ("Τρίτη", "8:30–15:00", "10:00–15:00", "9:00–15:00")
        kept = {"opened": page.opened_json, "merged": page.merged_json, "mine": page.mine_json, "asked": page.asked}
        await press(page, "answer", kept | {"choose-tuesday": "mine"})
        assert page.conflicts == []
        assert page.days[1].rows[0].opens == "9:00"
        assert page.days[0].rows == []
        await press(page, "apply")
        assert [one.opens for one in open_hours(*asked).weekly] == [time(9)]

    async def test_a_draft_outlives_a_reload_and_can_be_discarded(self, open_town: Town) -> None:
        enter_administrator(open_town)
        page = await opened(open_town)
        await type_in(page, 1, "9:00", "15:00")
        await press(page, "load")
        assert (page.is_kept, page.days[1].rows[0].opens) == (True, "9:00")
        await press(page, "discard")
        assert (page.is_kept, page.days[1].rows[0].opens) == (False, "8:30")

    @pytest.mark.parametrize(
        ("handler", "given"),
        [
            ("note", ("weekday", "0", "x")),
            ("note", ("opens", "999", "x")),
            ("add", (9,)),
            ("remove", ("999",)),
            ("open_validity", ("999",)),
            ("copy", ({"day-1": "on"},)),
        ],
    )
    async def test_what_no_button_sends_changes_nothing(self, open_town: Town, handler: str, given: Any) -> None:
        enter_administrator(open_town)
        page = await opened(open_town)
        before = page.days
        await press(page, handler, *given)
        assert page.days == before

    @pytest.mark.parametrize("sent", ["[]", "x", '{"version": -1, "values": 3}', '{"monday": [["<b>", 1, null, {}]]}'])
    async def test_what_a_browser_sends_as_an_answer_is_refused_in_words(self, open_town: Town, sent: str) -> None:
        enter_administrator(open_town)
        page = await opened(open_town)
        await press(page, "answer", {"opened": sent, "merged": sent, "mine": sent, "asked": "monday"})
        assert "κωδικό" not in page.problem


class TestWhoMay:
    @pytest.mark.parametrize("state", [HoursWeekState, HoursDatesState])
    async def test_a_stranger_and_a_plain_official_see_a_missing_page(self, open_town: Town, state: Any) -> None:
        enter_foreign_official(open_town)
        page = page_of(open_town, state, identity=ZOE)
        await press(page, "load")
        assert page.is_missing or page.problem
        enter_official(open_town)
        page = page_of(open_town, state)
        await press(page, "load")
        assert not page.title


class TestByDate:
    async def chosen(self, town: Town, day: str = "2026-11-24") -> Any:
        page = page_of(town, HoursDatesState, "/dates", asked=f"&month={day[:7]}&day={day}")
        await press(page, "load")
        return page

    async def test_a_month_has_its_days_with_hours_and_holidays_by_name(self, open_town: Town) -> None:
        enter_administrator(open_town)
        page = await self.chosen(open_town, "2026-12-24")
        cells = {cell.key: cell for week in page.weeks for cell in week.cells}
        assert page.month == "Δεκέμβριος 2026"
        assert cells["2026-12-24"].hours == "8:30–15:00"
        assert [(one.text, one.source) for one in cells["2026-12-25"].marks] == [("Χριστούγεννα", "αργία")]
        assert all(len(week.cells) == 7 for week in page.weeks)

    async def test_a_day_gets_hours_of_its_own(self, open_town: Town) -> None:
        enter_administrator(open_town)
        page = await self.chosen(open_town)
        assert (page.kind, page.as_usual) == (WEEKLY, "όπως κάθε Τρίτη, 8:30–15:00")
        await press(page, "choose_kind", OWN)
        key = page.rows[0].key
        await press(page, "note", "opens", key, "9")
        await press(page, "note", "closes", key, "9:30")
        assert page.capacity == "3 θέσεις εκείνη την ημέρα"
        await press(page, "preview")
        assert page.changes
        await press(page, "apply")
        assert (page.kind, page.saved != "") == (OWN, True)
        [entry] = [c.marks[0] for week in page.weeks for c in week.cells if c.key == "2026-11-24"]
        assert (entry.text, entry.source) == ("9:00–9:30", "ωράριο ημέρας")

    async def test_on_a_holiday_the_tick_is_asked_for(self, open_town: Town) -> None:
        enter_administrator(open_town)
        page = await self.chosen(open_town, "2026-12-25")
        await press(page, "choose_kind", OWN)
        key = page.rows[0].key
        await press(page, "note", "opens", key, "9:00")
        await press(page, "note", "closes", key, "10:00")
        await press(page, "preview")
        assert page.errors["opens_on_holiday"]
        await press(page, "tick_holiday", True)  # a tick
        await press(page, "preview")
        assert page.changes

    async def test_a_closed_day_and_a_past_one(self, open_town: Town) -> None:
        enter_administrator(open_town)
        page = await self.chosen(open_town)
        await press(page, "choose_kind", CLOSED)
        await press(page, "preview")
        await press(page, "apply")
        assert page.kind == CLOSED
        assert (await self.chosen(open_town, "2026-11-02")).is_past

    @pytest.mark.parametrize("asked", ["&month=9999-12", "&month=x&day=9999-12-31", "&month=0001-01&day=1"])
    async def test_an_address_far_away_is_this_month(self, open_town: Town, asked: str) -> None:
        enter_administrator(open_town)
        page = page_of(open_town, HoursDatesState, "/dates", asked=asked)
        await press(page, "load")
        assert page.month == "Νοέμβριος 2026"


class TestWhy:
    async def ask(self, town: Town, day: str, clock: str, mode: str = "video", language: str = "") -> Any:
        page = page_of(town, HoursWhyState, language=language)
        await press(page, "ask", {"why-date": day, "why-clock": clock, "why-mode": mode})
        return page

    async def test_the_checks_are_named_up_to_the_first_that_fails(self, open_town: Town) -> None:
        enter_administrator(open_town)
        page = await self.ask(open_town, "24/11/2026", "15:00")
        assert page.sentence == "Τρίτη 24 Νοεμβρίου, 15:00: δεν προσφέρεται, γιατί είναι εκτός ωραρίου."
        assert [(check.text, check.is_no) for check in page.checks] == [
            ("ο δήμος και η υπηρεσία είναι ανοιχτά", False),
            ("χωρίς παύση", False),
            ("ωράριο εβδομάδας: 8:30–15:00", True),
        ]
        assert page.later.startswith("δεν ελέγχθηκαν ακόμη: αργίες, κλεισίματα, τρόπος, θέσεις")

    async def test_a_holiday_leads_to_its_date(self, open_town: Town) -> None:
        enter_administrator(open_town)
        page = await self.ask(open_town, "25/12/2026", "10:00", language="/en")
        assert page.checks[-1].text == "holiday: Christmas Day"
        assert page.checks[-1].href.endswith(f"/dates?m=kavala&month=2026-12&day={date(2026, 12, 25)}")

    async def test_of_an_offered_time_all_checks_are_named(self, open_town: Town) -> None:
        enter_administrator(open_town)
        page = await self.ask(open_town, "24/11/2026", "9:00")
        assert (page.is_offered, page.later, len(page.checks)) == (True, "", 13)

    async def test_what_is_typed_wrong_stands_at_its_field(self, open_town: Town) -> None:
        enter_administrator(open_town)
        page = await self.ask(open_town, "31/11/2026", "9:00")
        assert (page.date_error != "", page.sentence) == (True, "")
        assert (await self.ask(open_town, "24/11/2026", "x")).clock_error
        assert (await self.ask(open_town, "24/11/2026", "9", "swim")).mode_error

"""The hours of a service: saved with its version, previewed by the engine, and right at once in every process."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from dimoslive.db.engine import reading, transaction
from dimoslive.db.tables.catalogue import ClosureRow, OpeningHoursRow, ServiceRow
from dimoslive.domain.errors import ChangedMeanwhile, InvalidDetails, NotFound, WouldUnseat
from dimoslive.domain.people.principals import Official, StaffRole
from dimoslive.domain.plans.statuses import PlanState
from dimoslive.domain.scheduling.edited_hours import Capacity
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.opening_hours import WeeklyHours
from dimoslive.domain.settings.hours import TypedInterval, date_field, rows_of
from dimoslive.services.catalogue.find_slots import find_slots
from dimoslive.services.plans.apply_plan import apply_plan
from dimoslive.services.settings.hours.copy_hours import copy_hours
from dimoslive.services.settings.hours.kind import weekly_kind
from dimoslive.services.settings.hours.list_hours import list_hours
from dimoslive.services.settings.hours.open_hours import OpenHours, open_hours
from dimoslive.services.settings.hours.preview_hours import DayForm, preview_day, preview_week
from dimoslive.services.settings.hours.save_hours import save_day, save_week
from dimoslive.services.settings.hours.show_month import HoursMonth, show_month
from dimoslive.services.settings.hours.weigh_hours import weigh_day, weigh_week
from dimoslive.services.settings.list_root_history import list_root_history
from dimoslive.services.settings.root_change import Opened, Saved
from tests.support.builders import TUESDAY, at, walls
from tests.support.database import context_for
from tests.support.lists import within
from tests.support.meeting import enter_foreign_official, enter_official
from tests.support.world import Town

MONDAY, CHRISTMAS = date(2026, 11, 23), date(2026, 12, 25)


@pytest.fixture
def head(town: Town) -> Official:
    return within(town, enter_official(town), town.service.department_id, role=StaffRole.HEAD)


class Editor:
    """Somebody who has the hours of a service open."""

    def __init__(self, town: Town, head: Official, service: ServiceRow | None = None) -> None:
        self.town, self.head, self.service = town, head, service or town.service
        self.asked = (town.context, head, town.municipality.id, self.service.id or 0)
        self.open: OpenHours = open_hours(*self.asked)

    def week(self, **days: Sequence[tuple[str, str]]) -> list[TypedInterval]:
        """The rows as they were opened, with other hours on the weekdays that are named."""
        kept = rows_of({name: value for name, value in self.open.opened.values.items() if name not in days})
        names = list(self.open.opened.values)
        typed = [
            TypedInterval(f"new-{name}-{place}", names.index(name), opens, closes)
            for name, hours in days.items()
            for place, (opens, closes) in enumerate(hours)
        ]
        return [*kept, *typed]

    def save(self, **days: Sequence[tuple[str, str]]) -> Saved:
        return save_week(*self.asked, self.open.opened, self.week(**days))


@pytest.fixture
def editor(town: Town, head: Official) -> Editor:
    return Editor(town, head)


def offered(town: Town, day: date = TUESDAY, context: Any = None) -> list[str]:
    return walls(find_slots(context or town.context, town.service.id or 0, Mode.VIDEO, first=day, last=day).slots)


def hours(town: Town) -> list[tuple[int, str, str]]:
    query = select(OpeningHoursRow).where(col(OpeningHoursRow.service_id) == town.service.id)
    with reading(town.context.db) as tx:
        return sorted((r.weekday or 0, f"{r.opens:%H:%M}", f"{r.closes:%H:%M}") for r in tx.scalars(query) if r.opens)


class TestEveryWeek:
    def test_saved_hours_are_offered_at_once_and_by_another_process(self, town: Town, editor: Editor) -> None:
        other_process = context_for(town.context.db, town.clock)
        assert offered(town, context=other_process)[0] == "08:30"
        assert editor.save(tuesday=[("9:00", "9:30"), ("22:00", "24:00")]).has_changed
        assert offered(town, context=other_process) == offered(town)
        assert offered(town)[:4] == ["09:00", "09:10", "09:20", "22:00"]
        assert offered(town)[-1] == "23:50"

    def test_days_that_were_not_touched_stay_and_the_version_rises(self, town: Town, editor: Editor) -> None:
        before = hours(town)
        saved = editor.save(tuesday=[])
        assert hours(town) == [one for one in before if one[0] != 1]
        assert saved.version == editor.open.opened.version + 1
        assert not editor.save(tuesday=[]).has_changed

    def test_two_who_change_two_weekdays_both_have_their_way(self, town: Town, editor: Editor, head: Official) -> None:
        Editor(town, head).save(monday=[("10:00", "12:00")])
        saved = editor.save(tuesday=[("9:00", "14:00")])
        assert [change.field for change in saved.taken_over] == ["monday"]
        assert hours(town)[:2] == [(0, "10:00", "12:00"), (1, "09:00", "14:00")]

    def test_two_who_change_one_weekday_are_asked(self, town: Town, editor: Editor, head: Official) -> None:
        Editor(town, head).save(tuesday=[("10:00", "12:00")])
        with pytest.raises(ChangedMeanwhile) as asked:
            editor.save(tuesday=[("9:00", "14:00")])
        assert asked.value.conflicts == ("tuesday",)
        assert (1, "10:00", "12:00") in hours(town)

    def test_what_is_wrong_is_said_at_its_row_and_nothing_is_saved(self, town: Town, editor: Editor) -> None:
        before = hours(town)
        with pytest.raises(InvalidDetails) as refused:
            editor.save(tuesday=[("9:00", "8:00"), ("9:00", "9:05")])
        assert [problem.field for problem in refused.value.problems] == ["closes-new-tuesday-0", "closes-new-tuesday-1"]
        assert hours(town) == before

    def test_what_is_over_is_shown_apart_and_outlives_a_save(self, town: Town, head: Official) -> None:
        over = {"valid_until": MONDAY - timedelta(days=7), "opens": time(7)}
        with transaction(town.context.db) as tx:
            row = tx.scalars(select(OpeningHoursRow).where(col(OpeningHoursRow.weekday) == 1)).one()
            old = row.model_dump(exclude={"id"}) | over
            tx.add(OpeningHoursRow(**old))
        editor = Editor(town, head)
        assert [one.valid_until for one in editor.open.over] == [over["valid_until"]]
        editor.save(tuesday=[("9:00", "14:00")])
        assert len(Editor(town, head).open.over) == 1
        assert len([one for one in hours(town) if one[0] == 1]) == 2

    def test_the_history_names_the_weekday_and_who_it_was(self, town: Town, editor: Editor) -> None:
        editor.save(tuesday=[("9:00", "14:00")])
        with reading(town.context.db) as tx:
            [line] = list_root_history(tx, weekly_kind(MONDAY), town.municipality.id, town.service.id or 0)
        [change] = line.changes
        assert (line.action, change.field) == ("service.changed", "tuesday")
        assert (change.before, change.after) == ([["08:30", "15:00", "", ""]], [["09:00", "14:00", "", ""]])


class TestWhatItHits:
    def test_a_preview_counts_times_and_bookings_and_saves_nothing(self, town: Town, editor: Editor) -> None:
        town.a_booking("09:00")
        before = hours(town)
        preview = preview_week(*editor.asked, editor.open.opened, editor.week(tuesday=[("10:00", "15:10")]))
        impact = preview.impact
        assert [hit.booking.period.starts_at for hit in impact.hits] == [at("2026-11-24 09:00")]
        assert len(impact.lost) > len(impact.gained) > 0
        assert hours(town) == before

    def test_where_bookings_are_hit_there_is_a_plan_to_decide_about_them(self, town: Town, editor: Editor) -> None:
        town.a_booking("09:00")
        asked = *editor.asked, editor.open.opened
        plan_id = preview_week(*asked, editor.week(tuesday=[("10:00", "15:00")])).plan_id
        assert apply_plan(town.context, editor.head, town.municipality.id, plan_id) is PlanState.APPLIED
        assert offered(town)[0] == "10:00"
        assert preview_week(*asked, editor.week(monday=[("10:00", "15:00")])).plan_id == 0

    def test_hours_that_a_booking_would_not_fit_are_not_simply_saved(self, town: Town, editor: Editor) -> None:
        town.a_booking("09:00")
        with pytest.raises(WouldUnseat) as refused:
            editor.save(tuesday=[("10:00", "15:00")])
        assert refused.value.params == {"number": 1}
        assert offered(town)[0] == "08:30"
        editor.save(tuesday=[("9:00", "15:00")])
        assert offered(town)[0] == "09:10"


class TestByDate:
    def form(self, *spans: tuple[str, str], on: date = TUESDAY, **words: bool) -> DayForm:
        return DayForm(on, [TypedInterval(str(n), 0, *span) for n, span in enumerate(spans)], **words)

    def save(self, editor: Editor, form: DayForm) -> Saved:
        now: dict[str, object] = {date_field(form.on): None}
        return save_day(*editor.asked, Opened(editor.open.opened.version, now), form)

    def test_a_date_has_its_own_hours_until_it_has_none_again(self, town: Town, editor: Editor) -> None:
        self.save(editor, self.form(("9:00", "9:30")))
        assert offered(town) == ["09:00", "09:10", "09:20"]
        assert preview_day(*editor.asked, Editor(town, editor.head).open.opened, self.form()).impact.gained
        save_day(*editor.asked, Editor(town, editor.head).open.opened, self.form())
        assert offered(town)[0] == "08:30"

    def test_a_closed_date_offers_nothing(self, town: Town, editor: Editor) -> None:
        self.save(editor, self.form(is_closed=True))
        assert offered(town) == []

    def test_two_who_change_one_date_are_asked(self, editor: Editor) -> None:
        self.save(editor, self.form(("9:00", "9:30")))
        with pytest.raises(ChangedMeanwhile):
            self.save(editor, self.form(is_closed=True))

    def test_a_month_says_where_the_hours_of_each_day_come_from(self, town: Town, editor: Editor) -> None:
        self.save(editor, self.form(("9:00", "9:30")))
        closed = ClosureRow(
            municipality_id=town.municipality.id,
            starts_at=at("2026-11-25 12:00"),
            ends_at=at("2026-11-27 00:00"),
            reason_el="Απογραφή",
            reason_en="Stocktaking",
        )
        with transaction(town.context.db) as tx:
            tx.add(closed)
        month: HoursMonth = show_month(*editor.asked, None)
        days = {one.day: one for one in month.days}
        assert len(days) == 30
        assert [len(days[TUESDAY].dated), len(days[TUESDAY].weekly), days[TUESDAY].holiday] == [1, 1, None]
        [part], [whole] = (days[date(2026, 11, day)].closures for day in (25, 26))
        assert part.period
        assert part.period.starts_at == at("2026-11-25 12:00")
        assert (whole.period, whole.reason["en"]) == (None, "Stocktaking")
        december = {one.day: one for one in show_month(*editor.asked, CHRISTMAS).days}
        assert december[CHRISTMAS].holiday == {"el": "Χριστούγεννα", "en": "Christmas Day"}


class TestDrafts:
    def test_a_draft_is_worth_its_right_rows(self, editor: Editor) -> None:
        weighed = weigh_week(*editor.asked, editor.week(tuesday=[("9:00", "9:3"), ("10:00", "10:35")]))
        assert weighed.capacity == Capacity(4 * 39 + 3, 6)
        assert [warning.minutes for row in weighed.rows for warning in row.warnings] == [5]

    def test_so_is_a_day(self, editor: Editor) -> None:
        assert weigh_day(*editor.asked, [TypedInterval("1", 3, "9:00", "10:00")]).places == 6

    def test_the_list_says_what_the_hours_of_each_service_are_worth(self, town: Town, head: Official) -> None:
        [only] = list_hours(town.context, head, town.municipality.id, "Europe/Athens")
        assert (only.capacity, only.desks, len(only.weekly)) == (Capacity(195, 6), 1, 5)


class TestCopying:
    def test_the_day_s_hours_become_those_of_the_services_that_can_have_them(self, town: Town, head: Official) -> None:
        short, long = town.another_service(), town.another_service(duration_minutes=60)
        for service in (short, long):
            with transaction(town.context.db) as tx:
                tx.get_one(ServiceRow, service.id).department_id = town.service.department_id
        editor = Editor(town, head)
        assert {one.id for one in editor.open.others} == {short.id, long.id}
        rows = [TypedInterval("a", 1, "9:00", "9:30")]
        found = copy_hours(town.context, head, town.municipality.id, [short.id or 0, long.id or 0], 1, rows)
        assert [(one.service_id, one.refusal is None) for one in found] == [(short.id, True), (long.id, False)]
        assert Editor(town, head, short).open.weekly[1] == WeeklyHours(1, time(9), time(9, 30))
        assert Editor(town, head, long).open.opened.version == 1


class TestWhoMay:
    def ask(self, town: Town, official: Official) -> None:
        open_hours(town.context, official, town.municipality.id, town.service.id or 0)

    def test_a_head_opens_the_hours_of_the_own_departments_alone(self, town: Town, head: Official) -> None:
        self.ask(town, head)
        with pytest.raises(NotFound):
            self.ask(town, within(town, head, town.service.department_id + 1, role=StaffRole.HEAD))
        assert list_hours(town.context, within(town, head, 999, role=StaffRole.HEAD), town.municipality.id, "UTC") == ()

    def test_nobody_of_another_municipality_opens_or_saves_them(self, town: Town, editor: Editor) -> None:
        foreign = enter_foreign_official(town)
        [right] = foreign.rights
        foreign = Official(foreign.id, "", "", frozenset({type(right)(right.municipality_id, StaffRole.ADMINISTRATOR)}))
        for municipality_id in (town.municipality.id, right.municipality_id):
            with pytest.raises(NotFound):
                open_hours(town.context, foreign, municipality_id, town.service.id or 0)
            with pytest.raises(NotFound):
                save_week(
                    town.context, foreign, municipality_id, town.service.id or 0, editor.open.opened, editor.week()
                )

    @pytest.mark.parametrize("service_id", [0, -1, 2**40, 999_999])
    def test_what_is_no_service_is_missing(self, town: Town, head: Official, service_id: int) -> None:
        with pytest.raises(NotFound):
            open_hours(town.context, head, town.municipality.id, service_id)

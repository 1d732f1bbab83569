"""What the demo's tour tells can be done on the demo, by the people whom it names."""

import asyncio
from collections import Counter

import pytest

from dimoslive.db.engine import reading
from dimoslive.db.queries.plans import items_of
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import ClosureRow, DepartmentRow, ServiceRow
from dimoslive.db.tables.plan import PlanRow
from dimoslive.domain.errors import ChangedMeanwhile, NotFound
from dimoslive.domain.plans.proposals import Decision
from dimoslive.domain.plans.statuses import ItemState, PlanState
from dimoslive.domain.settings.hours import TypedInterval
from dimoslive.integrations.identity.persons import ANNA, ARGYRO, ATHANASIA, DESPOINA, EMMANOUIL, MARIA
from dimoslive.seeds.demo import HERAKLION, KAVALA
from dimoslive.services.desk.find_workplace import find_workplace
from dimoslive.services.desk.list_calls import list_calls
from dimoslive.services.plans.apply_plan import apply_plan
from dimoslive.services.plans.decide_item import decide_item
from dimoslive.services.plans.list_plans import list_plans
from dimoslive.services.plans.show_plan import show_plan
from dimoslive.services.plans.undo_plan import undo_plan
from dimoslive.services.settings.closures.plan_closure import open_closure, plan_closure
from dimoslive.services.settings.hours.open_hours import open_hours
from dimoslive.services.settings.hours.save_hours import save_week
from dimoslive.services.settings.root_change import Opened, Saved
from dimoslive.services.settings.services.open_service import open_service
from dimoslive.services.settings.services.save_service import save_service
from dimoslive.services.upkeep.work_plans import work_plan
from tests.seeds.demo_day import Made
from tests.support.world import rows

DRAMA = 9002


def service_of(made: Made, municipality_id: int, slug: str) -> int:
    departments = {row.id for row in rows(made.db, DepartmentRow) if row.municipality_id == municipality_id}
    [found] = [row for row in rows(made.db, ServiceRow) if row.slug == slug and row.department_id in departments]
    return found.id or 0


def test_athanasia_phones_closes_tomorrow_afternoon_and_undoes_it(fresh: Made) -> None:
    athanasia, context = fresh.official(ATHANASIA), fresh.context
    calls = list_calls(context, athanasia, find_workplace(context, athanasia, "kavala"))
    names = {row.id: row.person_name for row in rows(fresh.db, BookingRow)}
    assert {names[call.booking.id] for call in calls.to_make} == {"Θωμάς Παππάς", "Ευδοκία Λάσκαρη"}
    form = open_closure(context, athanasia, KAVALA, None).opened.values
    raw = {**form, "from_time": "12:00", "to_day": form["from_day"], "to_time": "15:00"}
    plan_id = plan_closure(context, athanasia, KAVALA, None, Opened(0, {}), raw | {"reason_el": "Διακοπή ρεύματος"})
    plan = show_plan(context, athanasia, KAVALA, plan_id)
    assert plan.counts.hits > 0
    assert all(item.booking.person for item in plan.items)
    assert all(item.proposed for item in plan.items)
    before = {row.id: (row.status, row.starts_at, row.desk_id) for row in rows(fresh.db, BookingRow)}
    assert apply_plan(context, athanasia, KAVALA, plan_id) is PlanState.APPLIED
    assert asyncio.run(work_plan(context, plan_id)) == plan.counts.hits
    undo_plan(context, athanasia, KAVALA, plan_id)
    asyncio.run(work_plan(context, plan_id))
    assert {row.id: (row.status, row.starts_at, row.desk_id) for row in rows(fresh.db, BookingRow)} == before
    [closure] = [row for row in rows(fresh.db, ClosureRow) if row.reason_el == "Διακοπή ρεύματος"]
    assert not closure.is_active


def test_maria_acts_in_heraklion_and_the_second_who_saves_is_asked(fresh: Made) -> None:
    maria, emmanouil, context = fresh.official(MARIA), fresh.official(EMMANOUIL), fresh.context
    assert find_workplace(context, maria, "heraklion").municipality_id == HERAKLION
    service = service_of(fresh, HERAKLION, "certificates")
    was = open_service(context, maria, HERAKLION, service).opened
    first = save_service(context, emmanouil, HERAKLION, service, was, {**was.values, "max_moves": "5"})
    assert isinstance(first, Saved)
    mine = {**was.values, "max_moves": "1", "instructions_el": "Φέρτε και το παλιό έγγραφο."}
    with pytest.raises(ChangedMeanwhile) as asked:
        save_service(context, maria, HERAKLION, service, was, mine)
    assert asked.value.conflicts == ("max_moves",)


def test_despoina_decides_the_two_undecided(fresh: Made) -> None:
    despoina, context = fresh.official(DESPOINA), fresh.context
    assert not list_plans(context, fresh.official(ARGYRO), HERAKLION, [PlanState.OPEN])
    [line] = list_plans(context, despoina, HERAKLION, [PlanState.OPEN])
    [plan] = [row for row in rows(fresh.db, PlanRow) if row.municipality_id == HERAKLION]
    with reading(fresh.db) as tx:
        one, other = (item.id or 0 for item in items_of(tx, plan.id or 0) if item.state == ItemState.UNDECIDED)
    decide_item(context, despoina, HERAKLION, plan.id or 0, one, Decision.MOVE)
    decide_item(context, despoina, HERAKLION, plan.id or 0, other, Decision.CANCEL)
    asyncio.run(work_plan(context, plan.id or 0))
    shown = show_plan(context, despoina, HERAKLION, plan.id or 0)
    assert Counter(item.state for item in shown.items) == {ItemState.DONE: 3}
    assert shown.state is PlanState.FINISHED
    assert line.id == plan.id


def test_anna_goes_on_with_drama_and_nobody_else_of_the_demo_may(fresh: Made) -> None:
    """What is left of it: a desk for each service, and hours."""
    anna, context = fresh.official(ANNA), fresh.context
    for slug in ("certificates", "debts"):
        service = service_of(fresh, DRAMA, slug)
        opened = open_hours(context, anna, DRAMA, service).opened
        week = [TypedInterval(str(day), day, "08:30", "14:30") for day in range(5)]
        assert save_week(context, anna, DRAMA, service, opened, week).has_changed
        with pytest.raises(NotFound):
            open_hours(context, fresh.official(MARIA), DRAMA, service)

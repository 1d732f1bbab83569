"""Each kind of change: written as it was previewed, and taken back as it was."""

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import (
    AbsenceRow,
    DepartmentRow,
    DeskRow,
    OpeningHoursRow,
    ServiceDeskRow,
    ServiceRow,
)
from dimoslive.db.tables.desk import AuditEventRow
from dimoslive.db.tables.official import DeskOfficialRow
from dimoslive.domain.errors import NotFound, OwnAbsenceHits
from dimoslive.domain.people.principals import Official, StaffRight, StaffRole
from dimoslive.domain.plans.changes import AbsenceChange, Change, DepartmentChange, DeskChange, ServiceChange
from dimoslive.domain.plans.proposals import Decision, ProposalKind
from dimoslive.domain.plans.statuses import PlanState
from dimoslive.domain.scheduling.opening_hours import DatedHours, WeeklyHours
from dimoslive.services.desk.find_workplace import find_workplace
from dimoslive.services.desk.show_day import show_day
from dimoslive.services.plans.apply_plan import apply_plan
from dimoslive.services.plans.decide_item import decide_all
from dimoslive.services.plans.preview_change import preview_change
from dimoslive.services.plans.undo_plan import undo_plan
from dimoslive.services.settings.absences.own_absences import show_own_absences, take_back_own_absence
from tests.support.planning import AFTERNOON, Afternoon, an_afternoon, closing, keeps_its_claims
from tests.support.world import Town, rows

TABLES = (ServiceRow, DeskRow, DepartmentRow, OpeningHoursRow, ServiceDeskRow, AbsenceRow)
STAMPS = {"version", "changed_at", "changed_by", "id"}


@pytest.fixture
def there(town: Town) -> Afternoon:
    return an_afternoon(town)


def set_up(there: Afternoon) -> list[Any]:
    """All that counts; an absence that was taken back does not."""
    found = [row for table in TABLES for row in rows(there.town.context.db, table)]
    counted = [row for row in found if not isinstance(row, AbsenceRow) or row.is_active]
    return [row.model_dump(exclude=STAMPS) for row in counted]


def changes(there: Afternoon) -> dict[str, Change]:
    service_id, first = there.town.service.id or 0, there.desks[0]
    morning = [WeeklyHours(day, time(8, 30), time(12)) for day in range(5)]
    return {
        "weekly": ServiceChange(service_id, weekly=morning),
        "dated": ServiceChange(service_id, dated=[DatedHours(AFTERNOON.starts_at.date())]),
        "desks": ServiceChange(service_id, desk_ids=(there.desks[1],)),
        "mode": ServiceChange(service_id, {"offers_video": False, "duration_minutes": 20, "release_at": "09:00"}),
        "service": ServiceChange(service_id, {"is_active": False}),
        "desk": DeskChange(first, is_active=False),
        "department": DepartmentChange(there.town.service.department_id, is_active=False, service_ids=(service_id,)),
        "absence": AbsenceChange(AFTERNOON, frozenset({first}), "Σεμινάριο"),
    }


@pytest.mark.parametrize(
    ("kind", "hits"),
    [
        ("weekly", [2, 3, 4, 5]),
        ("dated", [1, 2, 3, 4, 5]),
        ("desks", [1, 2, 4]),
        ("mode", [2]),
        ("service", [1, 2, 3, 4, 5]),
        ("desk", [1, 2, 4]),
        ("department", [1, 2, 3, 4, 5]),
        ("absence", [2, 4]),
    ],
)
def test_each_change_is_written_followed_and_undone(there: Afternoon, kind: str, hits: list[int]) -> None:
    before, where = set_up(there), there.where()
    plan_id = there.preview(changes(there)[kind])
    references = [there.bookings[number - 1].reference for number in hits]
    assert [item.booking.reference for item in there.plan(plan_id).items] == references
    assert there.apply(plan_id) is PlanState.APPLIED
    assert set_up(there) != before
    there.work()
    keeps_its_claims(there.town)
    undo_plan(there.town.context, there.admin, there.municipality_id, plan_id)
    there.work()
    assert set_up(there) == before
    assert there.where() == where
    keeps_its_claims(there.town)


def test_what_a_plan_writes_is_in_the_log_and_raises_versions(there: Afternoon) -> None:
    plan_id = there.applied(changes(there)["mode"])
    [service] = [row for row in rows(there.town.context.db, ServiceRow) if row.id == there.town.service.id]
    assert (service.version, service.changed_by) == (2, there.admin.id)
    logged = [(line.action, line.subject_kind) for line in rows(there.town.context.db, AuditEventRow)]
    assert logged[-2:] == [("service.planned", "service"), ("plan_applied", "plan")]
    assert there.plan(plan_id).state is PlanState.WORKING


def test_who_is_kept_no_longer_fits_on_the_day(there: Afternoon) -> None:
    plan_id = there.preview(changes(there)["desks"])
    decide_all(there.town.context, there.admin, there.municipality_id, plan_id, Decision.KEEP)
    there.apply(plan_id)
    there.work()
    place = find_workplace(there.town.context, there.admin, there.town.municipality.slug)
    day = show_day(there.town.context, there.admin, place, AFTERNOON.starts_at.date())
    assert [booking.no_longer_fits for booking in day.bookings] == [True, True, False, True, False]


def test_the_day_says_that_a_plan_waits(there: Afternoon) -> None:
    place = find_workplace(there.town.context, there.admin, there.town.municipality.slug)
    day = AFTERNOON.starts_at.date()
    assert show_day(there.town.context, there.admin, place, day).open_plans == 0
    there.applied()
    there.wait(minutes=10)
    assert show_day(there.town.context, there.admin, place, day).open_plans == 1
    official = replace(there.admin, rights=frozenset({StaffRight(there.municipality_id)}))
    assert show_day(there.town.context, official, place, day).open_plans == 0


# Whoever may state no more than the own absence


def at_own_desk(there: Afternoon, desk: int) -> Official:
    with transaction(there.town.context.db) as tx:
        tx.add(DeskOfficialRow(desk_id=desk, official_id=there.admin.id, is_usual=True))
    return replace(there.admin, rights=frozenset({StaffRight(there.municipality_id)}))


def test_an_official_states_an_own_absence_that_hits_nobody(there: Afternoon) -> None:
    official = at_own_desk(there, there.desks[0])
    quiet = replace(AbsenceChange(AFTERNOON, frozenset({there.desks[0]})), period=shifted())
    context, at = there.town.context, there.municipality_id
    apply_plan(context, official, at, preview_change(context, official, at, quiet))
    [line] = show_own_absences(context, official, at).lines
    assert line.period == quiet.period
    take_back_own_absence(context, official, at, line.id)
    assert show_own_absences(context, official, at).lines == ()
    other = replace(quiet, desk_ids=frozenset({there.desks[1]}))
    with pytest.raises(NotFound):
        preview_change(there.town.context, official, there.municipality_id, other)


def test_one_that_moves_people_to_another_time_is_the_heads_to_enter(there: Afternoon) -> None:
    official = at_own_desk(there, there.desks[0])
    with pytest.raises(OwnAbsenceHits):
        preview_change(
            there.town.context, official, there.municipality_id, AbsenceChange(AFTERNOON, frozenset({there.desks[0]}))
        )


def test_a_head_plans_within_the_own_departments(there: Afternoon) -> None:
    department, other = there.town.service.department_id, there.town.another_service().department_id
    head = replace(
        there.admin, rights=frozenset({StaffRight(there.municipality_id, StaffRole.HEAD, frozenset({department}))})
    )
    for change in (closing(), closing(department_id=other), DepartmentChange(department, is_active=False)):
        with pytest.raises(NotFound):
            preview_change(there.town.context, head, there.municipality_id, change)
    assert preview_change(there.town.context, head, there.municipality_id, closing(department_id=department))


def test_the_nearest_is_another_desk_at_the_same_time(there: Afternoon) -> None:
    there.book("13:00", 1, "Ιωάννα Ρήγα", email="riga@example.com")
    plan = there.plan(there.preview(changes(there)["absence"]))
    kinds = {f"{item.was_starts_at:%H:%M}": item.proposal for item in plan.items}
    assert kinds["11:00"] is ProposalKind.OTHER_DESK


def shifted() -> Any:
    return replace(
        AFTERNOON,
        starts_at=AFTERNOON.starts_at + timedelta(days=1),
        ends_at=AFTERNOON.ends_at + timedelta(days=1),
    )

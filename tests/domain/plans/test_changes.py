"""The set-up after each kind of change."""

from dataclasses import replace
from datetime import time

import pytest

from dimoslive.domain.plans.changes import (
    AbsenceChange,
    Change,
    ClosureChange,
    DepartmentChange,
    DeskChange,
    ServiceChange,
    after,
    window_of,
)
from dimoslive.domain.plans.set_up import Away, Closed, ServiceSetUp, SetUp
from dimoslive.domain.scheduling.local_time import ATHENS, days_period
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.slots import ServiceRules
from tests.support.builders import TUESDAY, a_period, at, on, weekly

NOW = at("2026-11-24 10:00")
NOON = a_period("2026-12-01 12:00", "15:00")
WORDS = {"el": "Διακοπή ρεύματος", "en": "Power cut"}
KAVALA = SetUp({7: ServiceSetUp(7, 5, weekly=weekly(), desk_ids=(1, 2))}, active_desks=frozenset({1, 2}))


def test_a_closure_is_added_changed_and_taken_back() -> None:
    closed = after(KAVALA, ClosureChange(NOON, WORDS, department_id=5))
    assert closed.closures == {0: Closed(NOON, 5)}
    known = replace(KAVALA, closures={3: Closed(NOON)})
    longer = a_period("2026-12-01 08:00", "15:00")
    assert after(known, ClosureChange(longer, WORDS, closure_id=3)).closures == {3: Closed(longer)}
    assert after(known, ClosureChange(NOON, WORDS, closure_id=3, is_active=False)).closures == {}


def test_an_absence_is_added_and_taken_back() -> None:
    away = after(KAVALA, AbsenceChange(NOON, frozenset({1})))
    assert away.absences == {0: Away(NOON, frozenset({1}))}
    known = replace(KAVALA, absences={3: Away(NOON, frozenset({1}))})
    assert after(known, AbsenceChange(NOON, frozenset({1}), absence_id=3, is_active=False)).absences == {}


def test_of_a_service_only_what_is_named_changes() -> None:
    [changed] = after(KAVALA, ServiceChange(7, {"offers_video": False, "duration_minutes": 20})).services.values()
    assert changed.modes == {Mode.IN_PERSON, Mode.PHONE}
    assert changed.rules == ServiceRules(duration_minutes=20)
    assert (changed.weekly, changed.desk_ids, changed.is_active) == (weekly(), (1, 2), True)
    [changed] = after(KAVALA, ServiceChange(7, {"release_at": "09:30", "is_active": False})).services.values()
    assert changed.rules.release_at == time(9, 30)
    assert not changed.is_active
    [changed] = after(KAVALA, ServiceChange(7, weekly=[], dated=on(TUESDAY), desk_ids=(2,))).services.values()
    assert (changed.weekly, changed.dated, changed.desk_ids) == ([], on(TUESDAY), (2,))


def test_a_desk_is_archived_and_comes_back() -> None:
    archived = after(KAVALA, DeskChange(1, is_active=False))
    assert archived.active_desks == {2}
    assert after(archived, DeskChange(1, is_active=True)).active_desks == {1, 2}


def test_a_department_goes_with_its_services() -> None:
    [service] = after(KAVALA, DepartmentChange(5, is_active=False, service_ids=(7,))).services.values()
    assert not service.is_active


@pytest.mark.parametrize(
    ("change", "first", "last"),
    [
        (ClosureChange(NOON, WORDS), "2026-12-01", "2026-12-01"),
        (AbsenceChange(a_period("2026-11-23 08:00", "2026-11-26 00:00"), frozenset({1})), "2026-11-24", "2026-11-25"),
        (ServiceChange(7, {"horizon_days": 90}), "2026-11-24", "2027-02-22"),
        (ServiceChange(7, {"horizon_days": 10}), "2026-11-24", "2027-01-23"),
    ],
)
def test_free_times_are_compared_where_the_change_reaches(change: Change, first: str, last: str) -> None:
    days = days_period(at(first).date(), at(f"{last} 12:00").date(), ATHENS)
    found = window_of(change, KAVALA, NOW, ATHENS)
    assert found.ends_at == days.ends_at
    assert found.starts_at == days_period(at(f"{first} 12:00").date(), TUESDAY.replace(year=2027), ATHENS).starts_at


def test_a_closure_that_is_shortened_is_compared_over_its_former_days_too() -> None:
    known = replace(KAVALA, closures={3: Closed(a_period("2026-12-01 08:00", "2026-12-03 15:00"))})
    found = window_of(ClosureChange(NOON, WORDS, closure_id=3), known, NOW, ATHENS)
    assert found.ends_at == at("2026-12-04 00:00")

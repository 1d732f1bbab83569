"""Closures and absences: two people at one of them, and what its history tells."""

from typing import Any

import pytest

from dimoslive.domain.errors import ChangedMeanwhile, RemovedMeanwhile
from dimoslive.domain.people.principals import Official
from dimoslive.domain.settings.three_way import Change
from dimoslive.services.plans.apply_plan import apply_plan
from dimoslive.services.settings.absences.plan_absence import open_absence, plan_absence, plan_return
from dimoslive.services.settings.closures.plan_closure import OpenClosure, open_closure, plan_closure
from dimoslive.services.settings.history.list_history import HistoryWish, list_history
from dimoslive.services.settings.root_change import Opened
from tests.support.arranging import desks_of
from tests.support.imports import importing
from tests.support.meeting import ANNA
from tests.support.settings import enter_administrator
from tests.support.world import Town

CLOSED = {
    "department": "", "reason_el": "Έργα", "reason_en": "Works",
    "from_day": "2026-12-08", "from_time": "12:00", "to_day": "2026-12-08", "to_time": "15:00",
}  # fmt: skip
NEW = Opened(0, {})


def closed(town: Town, by: Official, closure_id: int | None, opened: Opened, **words: Any) -> None:
    municipality = town.municipality.id
    plan = plan_closure(town.context, by, municipality, closure_id, opened, {**opened.values, **words})
    apply_plan(town.context, by, municipality, plan)


def form(town: Town, by: Official, closure_id: int) -> OpenClosure:
    return open_closure(town.context, by, town.municipality.id, closure_id)


def test_two_people_at_one_closure_lose_nothing(town: Town) -> None:
    nikos, anna = enter_administrator(town), enter_administrator(town, ANNA)
    closed(town, nikos, None, NEW, **CLOSED)
    seen = form(town, anna, 1)
    closed(town, nikos, 1, form(town, nikos, 1).opened, to_time="14:00")
    # She had opened it before, and changes something else.
    closed(town, anna, 1, seen.opened, reason_el="Βλάβη")
    now = form(town, anna, 1)
    assert (now.opened.values["to_time"], now.opened.values["reason_el"]) == ("14:00", "Βλάβη")
    with pytest.raises(ChangedMeanwhile) as refused:
        closed(town, anna, 1, seen.opened, to_time="13:00")
    assert refused.value.conflicts == ("to_time",)
    assert [change.field for change in now.history[0].changes] == ["reason_el"]
    assert Change("ends_at", "2026-12-08T13:00:00+00:00", "2026-12-08T12:00:00+00:00") in now.history[1].changes


def test_the_history_tells_what_a_plan_changed(town: Town) -> None:
    admin = importing(town)
    closed(town, admin.official, None, NEW, **CLOSED)
    first, _ = list_history(town.context, admin.official, admin.place, HistoryWish(), 1).entries
    assert (first.line.action, first.about, first.subject["el"]) == ("plan_applied", "closure", "Έργα")
    assert {change.field for change in first.line.changes} >= {"starts_at", "ends_at", "reason_el"}
    assert all(change.before is None for change in first.line.changes)


def test_whoever_edits_an_absence_that_was_taken_back_is_told(town: Town) -> None:
    nikos, municipality, [desk] = enter_administrator(town), town.municipality.id, desks_of(town)
    times = {name: value for name, value in CLOSED.items() if "_day" in name or "_time" in name}
    raw = {**times, "note": "Άδεια", f"desk_{desk}": "on"}
    apply_plan(town.context, nikos, municipality, plan_absence(town.context, nikos, municipality, None, NEW, raw))
    seen = open_absence(town.context, nikos, municipality, 1)
    apply_plan(town.context, nikos, municipality, plan_return(town.context, nikos, municipality, 1))
    with pytest.raises(RemovedMeanwhile):
        plan_absence(town.context, nikos, municipality, 1, seen.opened, raw)

"""The history of how a municipality is set up: all of it for administrators, the own departments' for heads."""

from datetime import date
from typing import Any

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import DepartmentRow
from dimoslive.db.tables.desk import AuditEventRow
from dimoslive.domain.errors import InvalidInput, NotFound
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.services.audit.record_audit import record_audit
from dimoslive.services.desk.find_workplace import Workplace, find_workplace
from dimoslive.services.settings.departments.delete_department import delete_department
from dimoslive.services.settings.departments.open_department import open_department
from dimoslive.services.settings.departments.save_department import save_department
from dimoslive.services.settings.history.list_history import HistoryPage, HistoryWish, export_history, list_history
from dimoslive.services.settings.history.read_wish import read_wish
from dimoslive.services.settings.officials.end_official import end_official
from dimoslive.services.settings.officials.save_official import add_official
from tests.support.meeting import ANNA, PETROS, enter_foreign_official, enter_official
from tests.support.settings import a_department, enter_administrator, enter_head
from tests.support.world import Town, rows


def place_of(town: Town, official: Official) -> Workplace:
    return find_workplace(town.context, official, town.municipality.slug, Permission.VIEW_DESK)


def history(town: Town, official: Official, page: int = 1, **wish: Any) -> HistoryPage:
    return list_history(town.context, official, place_of(town, official), HistoryWish(**wish), page)


def told(page: HistoryPage) -> list[tuple[str, str]]:
    return [(entry.line.action, entry.subject["el"]) for entry in page.entries]


def rename(town: Town, official: Official, department: DepartmentRow, name: str) -> None:
    seen = open_department(town.context, official, town.municipality.id, department.id)
    raw = {**seen.opened.values, "name_el": name}
    save_department(town.context, official, town.municipality.id, department.id or 0, seen.opened, raw)


def enter(town: Town, by: Official, **words: Any) -> int:
    raw = {"afm": "135724681", "last_name": "Παππάς", "first_name": "Ηλίας", "role": "official", **words}
    return add_official(town.context, by, town.municipality.id, raw)


def test_the_newest_line_is_first_with_the_names_of_today_and_of_those_who_are_gone(town: Town) -> None:
    nikos, cashier, archive = enter_administrator(town), a_department(town), a_department(town, "Αρχείο")
    rename(town, nikos, cashier, "Ταμειακή")
    entered = enter(town, nikos)
    delete_department(town.context, nikos, town.municipality.id, archive.id or 0)
    end_official(town.context, nikos, town.municipality.id, entered, {})
    page = history(town, nikos)
    assert told(page) == [
        ("official.ended", "Παππάς Ηλίας"),
        ("department.deleted", "Αρχείο"),
        ("official.entered", "Παππάς Ηλίας"),
        ("department.changed", "Ταμειακή"),
    ]
    first = page.entries[0]
    assert (first.line.by, first.role, page.total) == ("Ν. ΔΗΜΟΥ", "administrator", 4)


def test_lines_are_narrowed_by_person_kind_and_local_days(town: Town) -> None:
    nikos, anna, cashier = enter_administrator(town), enter_administrator(town, ANNA), a_department(town)
    rename(town, nikos, cashier, "Ταμειακή")
    town.clock.advance(days=1)
    enter(town, anna)
    assert told(history(town, nikos, official_id=anna.id)) == [("official.entered", "Παππάς Ηλίας")]
    assert told(history(town, nikos, kind="department")) == [("department.changed", "Ταμειακή")]
    assert told(history(town, nikos, last=date(2026, 11, 20))) == [("department.changed", "Ταμειακή")]
    assert told(history(town, nikos, first=date(2026, 11, 21))) == [("official.entered", "Παππάς Ηλίας")]
    assert history(town, nikos, official_id=0).total == 0
    with pytest.raises(InvalidInput):
        history(town, nikos, first=date(2026, 11, 21), last=date(2026, 11, 20))
    page = history(town, nikos)
    assert (sorted(page.people.values()), page.kinds) == (["ΔΗΜΟΥ ΝΙΚΟΣ", "ΛΟΓΟΘΕΤΗ ΑΝΝΑ"], ("department", "official"))


@pytest.mark.parametrize("typed", ["x", "31/2/2026"])
def test_what_is_no_date_is_said_at_its_field(typed: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_wish({"until": typed})
    assert (refused.value.field, refused.value.code) == ("until", "not_a_date")


def test_a_head_reads_of_the_own_departments_and_what_they_did_alone(town: Town) -> None:
    nikos = enter_administrator(town)
    own, other = a_department(town), a_department(town, "Αρχείο")
    head = enter_head(town, own.id or 0, identity=ANNA)
    rename(town, nikos, own, "Ταμειακή")
    rename(town, nikos, other, "Παλιό αρχείο")
    of_own = enter(town, nikos, **{f"department_{own.id}": "on"})
    enter(town, nikos, afm="148362574", last_name="Ξένος")
    assert told(history(town, head)) == [("official.entered", "Παππάς Ηλίας"), ("department.changed", "Ταμειακή")]
    end_official(town.context, head, town.municipality.id, of_own, {})
    assert told(history(town, head))[0] == ("official.ended", "Παππάς Ηλίας")
    assert "Ξένος" not in str(history(town, head).entries)
    assert "Παλιό αρχείο" in str(history(town, nikos).entries)


def test_what_is_deleted_was_of_a_department_that_its_line_names(town: Town) -> None:
    own, other = a_department(town), a_department(town, "Αρχείο")
    nikos, head = enter_administrator(town), enter_head(town, own.id or 0, identity=ANNA)
    with transaction(town.context.db) as tx:
        for department in (own, other):
            facts = {"name_el": f"Θέση {department.name_el}", "department_id": department.id, "position": 1}
            record_audit(
                tx, town.clock.now(), "desk.deleted", by=nikos, subject=("desk", 777),
                municipality_id=town.municipality.id, before=facts,
            )  # fmt: skip
    assert told(history(town, head)) == [("desk.deleted", "Θέση Ταμείο")]


def test_searches_are_no_part_of_it(town: Town) -> None:
    nikos = enter_administrator(town)
    with transaction(town.context.db) as tx:
        for action in ("booking.opened", "search.limited", "bookings.exported"):
            record_audit(
                tx, town.clock.now(), action, by=nikos, subject=("bookings", None),
                municipality_id=town.municipality.id,
            )  # fmt: skip
    assert [action for action, _ in told(history(town, nikos))] == ["bookings.exported"]


def test_of_another_municipality_nothing_is_told(town: Town) -> None:
    nikos = enter_administrator(town)
    enter(town, nikos)
    foreign = enter_foreign_official(town)
    with pytest.raises(NotFound):
        place_of(town, foreign)
    forged = place_of(town, nikos)
    assert list_history(town.context, foreign, forged, HistoryWish(), 1).entries == ()
    with pytest.raises(NotFound):
        export_history(town.context, foreign, forged, HistoryWish())


def test_a_file_is_logged_and_only_for_whoever_may_read(town: Town) -> None:
    nikos, official = enter_administrator(town), enter_official(town, PETROS)
    enter(town, nikos)
    entries, _ = export_history(town.context, nikos, place_of(town, nikos), HistoryWish(kind="official"))
    assert [entry.line.action for entry in entries] == ["official.entered"]
    last = rows(town.context.db, AuditEventRow)[-1]
    assert (last.action, last.after) == ("history.exported", '{"kind": "official", "lines": 1}')
    with pytest.raises(NotFound):
        export_history(town.context, official, place_of(town, official), HistoryWish())

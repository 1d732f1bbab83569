"""Departments: who may do what with them, and what happens when two do it at once."""

import json
from typing import Any

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import DepartmentRow, ServiceRow
from dimoslive.db.tables.desk import AuditEventRow
from dimoslive.domain.errors import ChangedMeanwhile, InUse, InvalidDetails, NotFound, RemovedMeanwhile, StillNeeded
from dimoslive.domain.people.principals import Official
from dimoslive.domain.settings.three_way import Change
from dimoslive.services.settings.departments.archive_department import archive_department, restore_department
from dimoslive.services.settings.departments.delete_department import delete_department
from dimoslive.services.settings.departments.list_departments import list_departments
from dimoslive.services.settings.departments.open_department import open_department
from dimoslive.services.settings.departments.save_department import add_department, save_department
from dimoslive.services.settings.root_change import Opened, Saved
from tests.support.meeting import ANNA, enter_foreign_official
from tests.support.settings import a_department, enter_administrator, enter_head
from tests.support.world import Town, rows


def opened(town: Town, official: Official, department: DepartmentRow) -> Opened:
    return open_department(town.context, official, town.municipality.id, department.id).opened


def save(town: Town, official: Official, department: DepartmentRow, seen: Opened, **words: Any) -> Saved:
    raw = {**seen.values, **words}
    return save_department(town.context, official, town.municipality.id, department.id or 0, seen, raw)


def row_of(town: Town, department: DepartmentRow) -> DepartmentRow:
    [row] = [row for row in rows(town.context.db, DepartmentRow) if row.id == department.id]
    return row


def test_a_save_raises_the_version_and_logs_what_changed_alone(town: Town) -> None:
    nikos, cashier = enter_administrator(town), a_department(town)
    assert save(town, nikos, cashier, opened(town, nikos, cashier), name_el="Ταμειακή Υπηρεσία").version == 2
    row = row_of(town, cashier)
    assert (row.name_el, row.version, row.changed_by, row.changed_at) == (
        "Ταμειακή Υπηρεσία", 2, nikos.id, town.clock.now(),
    )  # fmt: skip
    [line] = rows(town.context.db, AuditEventRow)
    assert (line.action, line.subject_id, line.official_id) == ("department.changed", cashier.id, nikos.id)
    assert json.loads(line.before) == {"name_el": "Ταμείο"}
    assert json.loads(line.after) == {"name_el": "Ταμειακή Υπηρεσία"}


def test_a_save_that_changes_nothing_writes_nothing(town: Town) -> None:
    nikos, cashier = enter_administrator(town), a_department(town)
    result = save(town, nikos, cashier, opened(town, nikos, cashier))
    assert (result.version, result.has_changed) == (1, False)
    assert rows(town.context.db, AuditEventRow) == []


def test_what_somebody_else_changed_elsewhere_is_taken_over_and_told(town: Town) -> None:
    nikos, anna, cashier = enter_administrator(town), enter_administrator(town, ANNA), a_department(town)
    seen = opened(town, nikos, cashier)
    save(town, anna, cashier, seen, position="7")
    result = save(town, nikos, cashier, seen, name_el="Ταμειακή")
    assert (result.version, result.by) == (3, "Α. ΛΟΓΟΘΕΤΗ")
    assert result.taken_over == (Change("position", 1, 7),)
    row = row_of(town, cashier)
    assert (row.name_el, row.position) == ("Ταμειακή", 7)


def test_what_both_changed_is_asked_and_the_answer_saved(town: Town) -> None:
    nikos, anna, cashier = enter_administrator(town), enter_administrator(town, ANNA), a_department(town)
    seen = opened(town, nikos, cashier)
    save(town, anna, cashier, seen, name_el="Γραφείο Ταμείου", position=7)
    with pytest.raises(ChangedMeanwhile) as refused:
        save(town, nikos, cashier, seen, name_el="Ταμειακή")
    asked = refused.value
    assert (asked.conflicts, asked.version, asked.params["by"]) == (("name_el",), 2, "Α. ΛΟΓΟΘΕΤΗ")
    assert (asked.merged["name_el"], asked.merged["position"], asked.mine["name_el"]) == (
        "Γραφείο Ταμείου", 7, "Ταμειακή",
    )  # fmt: skip
    assert row_of(town, cashier).version == 2
    answer = {**asked.merged, "name_el": "Ταμειακή"}
    theirs = Opened(asked.version, asked.theirs)
    save_department(town.context, nikos, town.municipality.id, cashier.id or 0, theirs, answer)
    row = row_of(town, cashier)
    assert (row.name_el, row.position, row.version) == ("Ταμειακή", 7, 3)


def test_empty_english_is_suggested_and_marked(town: Town) -> None:
    nikos = enter_administrator(town)
    raw = {"name_el": "Ταμείο", "name_en": " ", "position": "3"}
    added = add_department(town.context, nikos, town.municipality.id, raw)
    [row] = [row for row in rows(town.context.db, DepartmentRow) if row.id == added]
    assert (row.name_en, row.is_name_en_suggested, row.position, row.version) == ("Tameio", True, 3, 1)


def test_all_problems_are_said_at_once_in_the_order_of_the_form(town: Town) -> None:
    nikos = enter_administrator(town)
    raw = {"name_el": "", "name_en": "x", "phone": "12", "email": "at", "position": "1000", "address_el": "δ" * 201}
    with pytest.raises(InvalidDetails) as refused:
        add_department(town.context, nikos, town.municipality.id, raw)
    problems = [(one.field, one.code) for one in refused.value.problems]
    assert problems == [
        ("name_el", "required"),
        ("name_en", "too_short"),
        ("address_el", "too_long"),
        ("phone", "invalid_phone"),
        ("email", "invalid_email"),
        ("position", "out_of_range"),
    ]


def test_one_with_active_services_is_not_archived_and_they_are_named(town: Town) -> None:
    nikos = enter_administrator(town)
    department = town.service.department_id
    with pytest.raises(StillNeeded) as refused:
        archive_department(town.context, nikos, town.municipality.id, department)
    assert refused.value.names == {town.service.id: {"el": "Πιστοποιητικό", "en": "Certificate"}}
    with transaction(town.context.db) as tx:
        tx.get_one(ServiceRow, town.service.id).is_active = False
    archive_department(town.context, nikos, town.municipality.id, department)
    lines = list_departments(town.context, nikos, town.municipality.id).lines
    assert [line.is_active for line in lines] == [False]
    restore_department(town.context, nikos, town.municipality.id, department)
    assert [event.action for event in rows(town.context.db, AuditEventRow)] == [
        "department.archived",
        "department.restored",
    ]


def test_what_was_archived_meanwhile_is_not_written_over(town: Town) -> None:
    nikos, anna, cashier = enter_administrator(town), enter_administrator(town, ANNA), a_department(town)
    seen = opened(town, nikos, cashier)
    archive_department(town.context, anna, town.municipality.id, cashier.id or 0)
    with pytest.raises(RemovedMeanwhile) as refused:
        save(town, nikos, cashier, seen, name_el="Ταμειακή")
    assert (refused.value.params["by"], refused.value.can_restore) == ("Α. ΛΟΓΟΘΕΤΗ", True)


def test_what_was_deleted_meanwhile_says_by_whom(town: Town) -> None:
    nikos, anna, cashier = enter_administrator(town), enter_administrator(town, ANNA), a_department(town)
    seen = opened(town, nikos, cashier)
    delete_department(town.context, anna, town.municipality.id, cashier.id or 0)
    with pytest.raises(RemovedMeanwhile) as refused:
        save(town, nikos, cashier, seen, name_el="Ταμειακή")
    assert (refused.value.params["by"], refused.value.can_restore) == ("Α. ΛΟΓΟΘΕΤΗ", False)


def test_only_what_nothing_ever_belonged_to_is_deleted(town: Town) -> None:
    nikos, cashier, archive = enter_administrator(town), a_department(town), a_department(town, "Αρχείο")
    with pytest.raises(InUse):
        delete_department(town.context, nikos, town.municipality.id, town.service.department_id)
    # Without its department a right that is limited to it would be one to all.
    enter_head(town, archive.id or 0, identity=ANNA)
    with pytest.raises(InUse):
        delete_department(town.context, nikos, town.municipality.id, archive.id or 0)
    delete_department(town.context, nikos, town.municipality.id, cashier.id or 0)
    assert cashier.id not in {row.id for row in rows(town.context.db, DepartmentRow)}


def test_a_head_changes_the_texts_of_the_own_departments_alone(town: Town) -> None:
    own, other = a_department(town), a_department(town, "Αρχείο")
    head = enter_head(town, own.id or 0)
    assert [line.id for line in list_departments(town.context, head, town.municipality.id).lines] == [own.id]
    save(town, head, own, opened(town, head, own), name_el="Ταμειακή", position="9")
    assert (row_of(town, own).name_el, row_of(town, own).position) == ("Ταμειακή", 1)
    with pytest.raises(NotFound):
        opened(town, head, other)
    with pytest.raises(NotFound):
        save(town, head, other, Opened(1, {}), name_el="Ταμειακή", name_en="Cash", position="1")
    with pytest.raises(NotFound):
        add_department(town.context, head, town.municipality.id, {"name_el": "Νέο", "name_en": "New", "position": "1"})
    for service in (archive_department, restore_department, delete_department):
        with pytest.raises(NotFound):
            service(town.context, head, town.municipality.id, own.id or 0)


def test_of_another_municipality_nothing_is_found(town: Town) -> None:
    foreign, cashier = enter_foreign_official(town), a_department(town)
    assert list_departments(town.context, foreign, town.municipality.id).lines == ()
    with pytest.raises(NotFound):
        save(town, foreign, cashier, Opened(1, {}), name_el="Ταμειακή", name_en="Cash", position="1")
    nikos = enter_administrator(town)
    for number in (0, -1, 2**40):
        with pytest.raises(NotFound):
            archive_department(town.context, nikos, town.municipality.id, number)


def test_the_history_of_a_department_is_on_its_page(town: Town) -> None:
    nikos, cashier = enter_administrator(town), a_department(town)
    save(town, nikos, cashier, opened(town, nikos, cashier), phone="2510 123456")
    [line] = open_department(town.context, nikos, town.municipality.id, cashier.id).history
    assert (line.by, line.action) == ("Ν. ΔΗΜΟΥ", "department.changed")
    assert line.changes == (Change("phone", "", "+302510123456"),)

"""Desks: who may do what with them, who works them, and what taking one out of use hits."""

from typing import Any

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.queries.places import lanes_of
from dimoslive.db.tables.catalogue import DepartmentRow, DeskRow, ServiceDeskRow
from dimoslive.db.tables.official import DeskOfficialRow, OfficialRightRow, OfficialRow
from dimoslive.domain.errors import DepartmentArchived, InUse, InvalidDetails, LastDesk, NotFound
from dimoslive.domain.people.principals import Official
from dimoslive.services.plans.show_plan import show_plan
from dimoslive.services.settings.desks.archive_desk import archive_desk, restore_desk
from dimoslive.services.settings.desks.delete_desk import delete_desk
from dimoslive.services.settings.desks.list_desks import list_desks
from dimoslive.services.settings.desks.open_desk import OpenDesk, open_desk
from dimoslive.services.settings.desks.save_desk import add_desk, save_desk
from dimoslive.services.settings.root_change import Opened, Saved
from tests.support.arranging import another_desk, desks_of
from tests.support.meeting import ANNA, enter_foreign_official, enter_official
from tests.support.settings import a_department, enter_administrator, enter_head
from tests.support.world import Town, an_absence, on_the_day, rows


def form(town: Town, official: Official, desk: int | None = None) -> OpenDesk:
    return open_desk(town.context, official, town.municipality.id, desk)


def save(town: Town, official: Official, desk: int, **words: Any) -> Saved:
    was = form(town, official, desk).opened
    return save_desk(town.context, official, town.municipality.id, desk, was, {**was.values, **words})


def new(town: Town, official: Official, name: str = "Γραφείο 3", **words: Any) -> int:
    empty = {name: value for name, value in form(town, official).opened.values.items() if name != "official_ids"}
    return add_desk(town.context, official, town.municipality.id, {**empty, "name_el": name, **words})


def row_of(town: Town, desk: int) -> DeskRow:
    [row] = [row for row in rows(town.context.db, DeskRow) if row.id == desk]
    return row


def problems(refused: pytest.ExceptionInfo[InvalidDetails]) -> dict[str, str]:
    return {one.field: one.code for one in refused.value.problems}


def test_a_desk_is_added_and_changed_with_those_who_work_it(town: Town) -> None:
    nikos, anna = enter_administrator(town), enter_official(town, ANNA)
    desk = new(town, nikos, place_el="Ισόγειο, 2", **{f"official_ids-{anna.id}": "on"})
    assert (row_of(town, desk).name_en, row_of(town, desk).place_el) == ("Grafeio 3", "Ισόγειο, 2")
    assert form(town, nikos, desk).opened.values["official_ids"] == [anna.id]
    save(town, nikos, desk, official_ids=[nikos.id, anna.id], usual_official_id=str(nikos.id))
    working = {row.official_id: row.is_usual for row in rows(town.context.db, DeskOfficialRow)}
    assert working == {nikos.id: True, anna.id: False}
    [line, _] = form(town, nikos, desk).history
    assert {change.field for change in line.changes} == {"official_ids", "usual_official_id"}
    # Whoever edits one of the two officials meanwhile is told: Nikos came, Anna had come.
    assert {right.official_id: right.version for right in rows(town.context.db, OfficialRightRow)} == {
        nikos.id: 2,
        anna.id: 2,
    }


def test_its_name_is_no_other_desks_of_the_department(town: Town) -> None:
    nikos, cashier = enter_administrator(town), a_department(town)
    new(town, nikos, name_en="Office 3")
    with pytest.raises(InvalidDetails) as refused:
        new(town, nikos, "ΓΡΑΦΕΙΟ 3", name_en="office 3")
    assert problems(refused) == {"name_el": "name_taken", "name_en": "name_taken"}
    assert new(town, nikos, department_id=str(cashier.id))


def test_all_problems_are_said_at_once(town: Town) -> None:
    nikos, foreign = enter_administrator(town), enter_foreign_official(town)
    with pytest.raises(InvalidDetails) as refused:
        new(town, nikos, "", department_id="999", position="0", place_el="x" * 121, official_ids=[foreign.id])
    assert problems(refused) == {
        "department_id": "not_a_choice", "name_el": "required", "name_en": "required", "place_el": "too_long",
        "place_en": "too_long", "position": "out_of_range", "official_ids": "not_a_choice",
    }  # fmt: skip
    with pytest.raises(InvalidDetails) as refused:
        new(town, nikos, usual_official_id=str(nikos.id))
    assert problems(refused) == {"usual_official_id": "usual_works_it_not"}


def test_lanes_are_never_shown_and_are_called_what_their_desk_is_called(town: Town) -> None:
    nikos, [desk] = enter_administrator(town), desks_of(town)
    with transaction(town.context.db) as tx:
        lanes = lanes_of(tx, tx.get_one(DeskRow, desk))
    save(town, nikos, desk, name_el="Θυρίδα Α", place_el="1ος όροφος")
    assert {row_of(town, lane).name_el for lane in lanes} == {"Θυρίδα Α"}
    assert [line.id for line in list_desks(town.context, nikos, town.municipality.id).lines] == [desk]
    with pytest.raises(NotFound):
        form(town, nikos, lanes[0])
    with pytest.raises(NotFound):
        archive_desk(town.context, nikos, town.municipality.id, lanes[0])


def test_the_only_desk_of_a_service_stays_and_the_service_is_named(town: Town) -> None:
    nikos, [desk] = enter_administrator(town), desks_of(town)
    for service in (archive_desk, delete_desk):
        with pytest.raises(LastDesk) as refused:
            service(town.context, nikos, town.municipality.id, desk)
        assert refused.value.names == {town.service.id: {"el": "Πιστοποιητικό", "en": "Certificate"}}


def test_archiving_one_with_bookings_ahead_is_a_plan_and_without_effect_is_done(town: Town) -> None:
    nikos, second = enter_administrator(town), another_desk(town)
    desk = town.row(town.a_booking("09:10")).desk_id
    plan_id = archive_desk(town.context, nikos, town.municipality.id, desk)
    assert show_plan(town.context, nikos, town.municipality.id, plan_id, 1).counts.hits == 1
    assert row_of(town, desk).is_active
    idle = new(town, nikos)
    assert archive_desk(town.context, nikos, town.municipality.id, idle) == 0
    assert not row_of(town, idle).is_active
    restore_desk(town.context, nikos, town.municipality.id, idle)
    assert row_of(town, idle).is_active
    assert second != desk or row_of(town, second).is_active


def test_a_desk_comes_back_only_after_its_department(town: Town) -> None:
    nikos, cashier = enter_administrator(town), a_department(town)
    desk = new(town, nikos, department_id=str(cashier.id))
    archive_desk(town.context, nikos, town.municipality.id, desk)
    with transaction(town.context.db) as tx:
        tx.get_one(DepartmentRow, cashier.id).is_active = False
    with pytest.raises(DepartmentArchived):
        restore_desk(town.context, nikos, town.municipality.id, desk)


def test_only_what_was_never_used_is_deleted(town: Town) -> None:
    nikos, second, idle = enter_administrator(town), another_desk(town), another_desk(town, name_el="Θυρίδα 3")
    used = town.row(town.a_booking("09:10")).desk_id
    with transaction(town.context.db) as tx:
        away = second if used != second else desks_of(town)[0]
        an_absence(tx, away, starts_at=on_the_day("10:00"), ends_at=on_the_day("11:00"))
    for desk in (used, away):
        with pytest.raises(InUse):
            delete_desk(town.context, nikos, town.municipality.id, desk)
    delete_desk(town.context, nikos, town.municipality.id, idle)
    assert idle not in {row.id for row in rows(town.context.db, DeskRow)}
    assert idle not in {row.desk_id for row in rows(town.context.db, ServiceDeskRow)}


def test_a_head_sets_up_the_desks_of_the_own_departments_alone(town: Town) -> None:
    own, [foreign] = a_department(town), desks_of(town)
    head = enter_head(town, own.id or 0)
    desk = new(town, head)
    assert row_of(town, desk).department_id == own.id
    assert [line.id for line in list_desks(town.context, head, town.municipality.id).lines] == [desk]
    with pytest.raises(InvalidDetails):
        save(town, head, desk, department_id=str(town.service.department_id))
    with pytest.raises(NotFound):
        form(town, head, foreign)
    for service in (archive_desk, restore_desk, delete_desk):
        with pytest.raises(NotFound):
            service(town.context, head, town.municipality.id, foreign)


def test_of_another_municipality_nothing_is_found(town: Town) -> None:
    foreign, [desk] = enter_foreign_official(town), desks_of(town)
    assert list_desks(town.context, foreign, town.municipality.id).lines == ()
    with pytest.raises(NotFound):
        form(town, foreign, desk)
    with pytest.raises(NotFound):
        save_desk(town.context, foreign, town.municipality.id, desk, Opened(1, {}), {"name_el": "Θέση"})


def test_an_official_is_named_as_this_municipality_entered_them(town: Town) -> None:
    nikos, zoe = enter_administrator(town), enter_foreign_official(town)
    with transaction(town.context.db) as tx:
        tx.get_one(OfficialRow, zoe.id).last_name = "Ξένη"
        right = OfficialRightRow(official_id=zoe.id, municipality_id=town.municipality.id)
        right.last_name, right.first_name = "Δική", "Ζωή"
        tx.add(right)
    assert open_desk(town.context, nikos, town.municipality.id, None).officials[zoe.id] == "Δική Ζωή"

"""The way to publishing: what is done is seen from what is there, and each help does its work once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.tasks import services_in_use
from dimoslive.db.tables.catalogue import (
    ClosureRow,
    DepartmentRow,
    DeskRow,
    MunicipalityRow,
    OpeningHoursRow,
    ServiceDeskRow,
    ServiceRow,
)
from dimoslive.db.tables.desk import AuditEventRow
from dimoslive.domain.errors import ChangedMeanwhile, InvalidDetails, NotFound
from dimoslive.domain.people.principals import Official
from dimoslive.domain.settings.local_holidays import KNOWN
from dimoslive.domain.settings.tasks import Task, TaskState, minutes_left
from dimoslive.domain.settings.usual import DEPARTMENTS, SERVICES
from dimoslive.services.settings.root_change import Opened
from dimoslive.services.settings.tasks.contact import open_contact, save_contact
from dimoslive.services.settings.tasks.list_tasks import list_tasks
from dimoslive.services.settings.tasks.local_holidays import suggest_local_holidays
from dimoslive.services.settings.tasks.usual_departments import add_usual_departments, offer_usual_departments
from dimoslive.services.settings.tasks.usual_desks import DesksAdded, add_usual_desks
from dimoslive.services.settings.tasks.usual_hours import set_usual_hours
from dimoslive.services.settings.tasks.usual_services import add_usual_services, offer_usual_services
from tests.support.meeting import NIKOS, PETROS, enter_official
from tests.support.setting_up import (
    ALL_DEPARTMENTS,
    ALL_SERVICES,
    CONTACT,
    a_new_municipality,
    a_platform_administrator,
    its_administrator,
    set_all_up,
)
from tests.support.settings import enter_administrator, enter_head
from tests.support.world import Town, rows

T, S = Task, TaskState


def states(town: Town, anna: Official, municipality: MunicipalityRow) -> dict[Task, TaskState]:
    return list_tasks(town.context, anna, municipality.id).states


def test_each_task_is_done_by_its_help_and_seen_from_what_is_there(town: Town) -> None:
    drama = a_new_municipality(town, email="info@drama.example")
    anna, context = its_administrator(town, drama), town.context
    tasks = list_tasks(context, anna, drama.id)
    # The address for mails came with the enrolment.
    assert list(tasks.states.values()) == [
        S.HALF,
        S.NOT_STARTED,
        S.NOT_STARTED,
        S.NOT_STARTED,
        S.NOT_STARTED,
        S.NOT_STARTED,
    ]
    assert minutes_left(tasks.states) == 8

    save_contact(context, anna, drama.id, open_contact(context, anna, drama.id), CONTACT | {"email": "a@b.gr"})
    assert states(town, anna, drama)[T.MUNICIPALITY] is S.DONE
    assert add_usual_departments(context, anna, drama.id, {"registry", "revenue"}) == 2
    assert states(town, anna, drama)[T.DEPARTMENTS] is S.DONE
    assert add_usual_services(context, anna, drama.id, {"certificates", "support"}) == 2
    assert states(town, anna, drama)[T.SERVICES] is S.DONE
    # The service whose department was missing brought it along.
    assert {row.name_en for row in rows(context.db, DepartmentRow)} > {"Social Services"}
    assert states(town, anna, drama)[T.DESKS] is S.NOT_STARTED
    assert add_usual_desks(context, anna, drama.id) == DesksAdded(desks=6, services=2)
    assert states(town, anna, drama)[T.DESKS] is S.DONE
    assert set_usual_hours(context, anna, drama.id) == 2
    tasks = list_tasks(context, anna, drama.id)
    assert list(tasks.states.values()) == [S.DONE, S.DONE, S.DONE, S.DONE, S.DONE, S.NOT_STARTED]
    assert {line.task: line.by for line in tasks.lines if line.by} == dict.fromkeys(list(Task)[:5], "Α. ΛΟΓΟΘΕΤΗ")
    assert (tasks.gaps.nothing_free, tasks.gaps.without_english, tasks.gaps.suggested) == ((), (), 0)


def test_a_task_is_half_done_where_something_is_missing(town: Town) -> None:
    drama = a_new_municipality(town)
    anna, context = its_administrator(town, drama), town.context
    set_all_up(town, anna, drama)
    add_usual_services(context, anna, drama.id, {"permits"})
    found = states(town, anna, drama)
    assert (found[T.DESKS], found[T.HOURS]) == (S.HALF, S.HALF)
    gaps = list_tasks(context, anna, drama.id).gaps
    assert [one.name["en"] for one in gaps.without_desk] == ["Building permits"]
    assert [one.name["en"] for one in gaps.without_hours] == ["Building permits"]
    with transaction(context.db) as tx:
        tx.execute(update(ServiceRow).values(offers_video=False, offers_in_person=False, offers_phone=False))
    assert states(town, anna, drama)[T.SERVICES] is S.HALF


def test_what_is_archived_or_over_counts_for_nothing(town: Town) -> None:
    drama = a_new_municipality(town)
    anna = its_administrator(town, drama)
    set_all_up(town, anna, drama, "certificates")
    with transaction(town.context.db) as tx:
        tx.execute(update(OpeningHoursRow).values(valid_until=date(2026, 11, 19)))
        tx.execute(update(DeskRow).values(is_active=False))
    found = states(town, anna, drama)
    assert (found[T.DESKS], found[T.HOURS]) == (S.NOT_STARTED, S.NOT_STARTED)


def test_all_usual_things_are_added_once_whatever_is_pressed_again(town: Town) -> None:
    drama = a_new_municipality(town)
    anna, context = its_administrator(town, drama), town.context
    assert add_usual_departments(context, anna, drama.id, ALL_DEPARTMENTS | {"no-such"}) == len(DEPARTMENTS) == 12
    assert add_usual_departments(context, anna, drama.id, ALL_DEPARTMENTS) == 0
    assert add_usual_services(context, anna, drama.id, ALL_SERVICES) == len(SERVICES) == 16
    assert add_usual_services(context, anna, drama.id, ALL_SERVICES) == 0
    assert add_usual_desks(context, anna, drama.id) == DesksAdded(desks=24, services=16)
    assert add_usual_desks(context, anna, drama.id) == DesksAdded(desks=0, services=0)
    assert set_usual_hours(context, anna, drama.id) == 16
    assert set_usual_hours(context, anna, drama.id) == 0
    assert all(one.is_there for one in offer_usual_departments(context, anna, drama.id))
    assert all(one.is_there and one.has_department for one in offer_usual_services(context, anna, drama.id))
    gaps = list_tasks(context, anna, drama.id).gaps
    assert (gaps.services, gaps.without_mode, gaps.nothing_free, gaps.without_english) == (16, (), (), ())


def test_a_help_touches_nothing_that_somebody_has_set_up(town: Town) -> None:
    nikos = enter_administrator(town)
    before = [rows(town.context.db, table) for table in (ServiceDeskRow, OpeningHoursRow, DeskRow)]
    assert add_usual_desks(town.context, nikos, town.municipality.id) == DesksAdded(0, 0)
    assert set_usual_hours(town.context, nikos, town.municipality.id) == 0
    assert [rows(town.context.db, table) for table in (ServiceDeskRow, OpeningHoursRow, DeskRow)] == before
    assert rows(town.context.db, AuditEventRow) == []


def test_each_thing_that_a_help_makes_is_in_the_log(town: Town) -> None:
    drama = a_new_municipality(town)
    anna = its_administrator(town, drama)
    set_all_up(town, anna, drama, "certificates")
    events = rows(town.context.db, AuditEventRow)
    assert [event.action for event in events] == [
        "municipality.changed",
        "department.added",
        "service.added",
        "desk.added",
        "desk.added",
        "service.changed",
        "service.changed",
    ]
    assert {event.official_id for event in events} == {anna.id}


def test_the_contact_needs_an_address_and_a_way_to_reach_somebody(town: Town) -> None:
    drama = a_new_municipality(town)
    anna = its_administrator(town, drama)
    with pytest.raises(InvalidDetails) as refused:
        save_contact(town.context, anna, drama.id, Opened(0, {}), CONTACT | {"address_el": "", "phone": ""})
    assert [(one.field, one.code) for one in refused.value.problems] == [
        ("address_el", "required"),
        ("phone", "phone_or_email"),
    ]
    opened = open_contact(town.context, anna, drama.id)
    save_contact(town.context, anna, drama.id, opened, CONTACT)
    with reading(town.context.db) as tx:
        assert tx.get_one(MunicipalityRow, drama.id).address_en == "Plateia 1"
    with pytest.raises(ChangedMeanwhile):
        save_contact(town.context, anna, drama.id, opened, CONTACT | {"phone": "2521 000000"})


def test_known_local_holidays_are_suggested_once_and_close_nothing(town: Town) -> None:
    with transaction(town.context.db) as tx:
        code = 9012
        drama = MunicipalityRow(**town.municipality.model_dump() | {"id": code, "slug": "other", "enrolled_at": None})
        tx.add(drama)
    anna = its_administrator(town, drama)
    assert suggest_local_holidays(town.context, anna, code) == 1
    assert suggest_local_holidays(town.context, anna, code) == 0
    [closure] = rows(town.context.db, ClosureRow)
    assert (closure.is_active, closure.reason_en) == (False, "Local holiday: Saint Paul the Apostle")
    assert closure.ends_at - closure.starts_at == timedelta(days=1)
    assert (closure.starts_at.year, closure.starts_at.month) == (2027, 6)
    assert suggest_local_holidays(town.context, enter_administrator(town), town.municipality.id) == 0


def test_every_known_holiday_is_of_a_municipality_and_a_day() -> None:
    assert set(KNOWN) <= set(range(9001, 9333))
    for holidays in KNOWN.values():
        for holiday in holidays:
            assert holiday.next_from(date(2026, 11, 20)) >= date(2026, 11, 20)


@pytest.mark.parametrize("who", ["head", "official", "platform", "foreign"])
def test_the_helps_are_for_the_administrators_of_the_municipality(town: Town, who: str) -> None:
    somebody = {
        "head": lambda: enter_head(town),
        "official": lambda: enter_official(town, NIKOS),
        "platform": lambda: a_platform_administrator(town),
        "foreign": lambda: its_administrator(town, a_new_municipality(town), PETROS),
    }[who]()
    context, id_ = town.context, town.municipality.id
    for press in (
        lambda: add_usual_departments(context, somebody, id_, ALL_DEPARTMENTS),
        lambda: add_usual_services(context, somebody, id_, ALL_SERVICES),
        lambda: add_usual_desks(context, somebody, id_),
        lambda: set_usual_hours(context, somebody, id_),
        lambda: suggest_local_holidays(context, somebody, id_),
        lambda: save_contact(context, somebody, id_, Opened(0, {}), CONTACT),
        lambda: open_contact(context, somebody, id_),
        lambda: offer_usual_departments(context, somebody, id_),
        lambda: offer_usual_services(context, somebody, id_),
    ):
        with pytest.raises(NotFound):
            press()
    assert rows(context.db, AuditEventRow) == []


def test_a_head_sees_how_far_it_is_and_others_do_not(town: Town) -> None:
    assert not list_tasks(town.context, enter_head(town), town.municipality.id).can_manage
    with pytest.raises(NotFound):
        list_tasks(town.context, a_platform_administrator(town), town.municipality.id)


def test_services_of_several_municipalities_are_read_at_once(town: Town) -> None:
    drama = a_new_municipality(town)
    set_all_up(town, its_administrator(town, drama), drama, "fees")
    with reading(town.context.db) as tx:
        found = services_in_use(tx, [drama.id, town.municipality.id], date(2026, 11, 20))
    assert {one.department.municipality_id for one in found} == {drama.id, town.municipality.id}

"""Services: who may do what with them, what a change hits, and where their addresses lead."""

import json
from typing import Any

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import DepartmentRow, ServiceDeskRow, ServiceRow
from dimoslive.db.tables.desk import AuditEventRow
from dimoslive.domain.errors import (
    ChangedMeanwhile,
    DepartmentArchived,
    InUse,
    InvalidDetails,
    LastService,
    NotFound,
    RemovedMeanwhile,
    TooLate,
)
from dimoslive.domain.people.principals import Official
from dimoslive.domain.plans.changes import ServiceChange
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.catalogue.show_municipality import show_municipality
from dimoslive.services.desk.cancel_by_municipality import cancel_by_municipality
from dimoslive.services.plans.apply_plan import apply_plan
from dimoslive.services.plans.show_plan import show_plan
from dimoslive.services.settings.root_change import Opened, Saved
from dimoslive.services.settings.services.archive_service import archive_service, restore_service
from dimoslive.services.settings.services.delete_service import delete_service
from dimoslive.services.settings.services.list_services import list_services
from dimoslive.services.settings.services.open_service import open_pause, open_service
from dimoslive.services.settings.services.pause_service import pause_service, resume_service
from dimoslive.services.settings.services.save_service import add_service, save_service
from tests.support.arranging import another_desk, desks_of
from tests.support.builders import at
from tests.support.desk import seen
from tests.support.meeting import ANNA, enter_foreign_official
from tests.support.settings import a_department, enter_administrator, enter_head
from tests.support.world import Town, rows

MESSAGE = {"pause_message_el": "Αλλάζει το σύστημα.", "pause_message_en": "The system is changing."}


def opened(town: Town, official: Official, service: int | None = None) -> Opened:
    return open_service(town.context, official, town.municipality.id, service or town.service.id).opened


def save(town: Town, official: Official, was: Opened, service: int = 0, **words: Any) -> Saved | int:
    raw = {**was.values, **words}
    return save_service(town.context, official, town.municipality.id, service or town.service.id or 0, was, raw)


def changed(town: Town, official: Official, **words: Any) -> Saved | int:
    return save(town, official, opened(town, official), **words)


def row_of(town: Town, service_id: int | None = None) -> ServiceRow:
    wanted = service_id or town.service.id
    [row] = [row for row in rows(town.context.db, ServiceRow) if row.id == wanted]
    return row


def new(town: Town, official: Official, **words: Any) -> int:
    empty = open_service(town.context, official, town.municipality.id, None).opened
    return add_service(town.context, official, town.municipality.id, {**empty.values, "name_el": "Ληξιαρχείο"} | words)


def problems(refused: pytest.ExceptionInfo[InvalidDetails]) -> dict[str, str]:
    return {one.field: one.code for one in refused.value.problems}


def change_of(town: Town, plan_id: int, official: Official) -> ServiceChange:
    change = show_plan(town.context, official, town.municipality.id, plan_id, 1).change
    assert isinstance(change, ServiceChange)
    return change


def test_texts_and_limits_are_saved_at_once_and_logged(town: Town) -> None:
    nikos = enter_administrator(town)
    saved = changed(town, nikos, documents_el="Ταυτότητα\nΑίτηση", max_open_bookings="2", cancel_until_minutes="1:30")
    assert isinstance(saved, Saved)
    row = row_of(town)
    assert (row.documents_el, row.max_open_bookings, row.cancel_until_minutes, row.version) == (
        "Ταυτότητα\nΑίτηση", 2, 90, 2,
    )  # fmt: skip
    [line] = rows(town.context.db, AuditEventRow)
    assert line.action == "service.changed"
    assert json.loads(line.after) == {
        "documents_el": "Ταυτότητα\nΑίτηση", "max_open_bookings": 2, "cancel_until_minutes": 90,
    }  # fmt: skip


def test_hours_are_typed_in_hours_or_as_minutes_of_what_was_merged(town: Town) -> None:
    nikos = enter_administrator(town)
    for typed, minutes in (("2", 120), ("0:30", 30), ("1,5", 90), ("1.5", 90), (45, 45), ("168", 10080)):
        changed(town, nikos, move_until_minutes=typed)
        assert row_of(town).move_until_minutes == minutes
    for typed in ("169", "x", "-1", "1:99", "", "1:03", 10085, True):
        with pytest.raises(InvalidDetails) as refused:
            changed(town, nikos, move_until_minutes=typed)
        assert list(problems(refused)) == ["move_until_minutes"]


def test_all_problems_are_said_at_once(town: Town) -> None:
    nikos = enter_administrator(town)
    wrong = {
        "department_id": "999", "name_el": "", "slug": "ΑΒΓ", "offers_video": "", "offers_in_person": "",
        "offers_phone": "", "duration_minutes": "7", "step_minutes": "245", "horizon_days": "0", "staff_reserve": "11",
        "online_url": "http://x.gr", "documents_el": "δ" * 2001, "desk_ids": [999], "release_at": "25:00",
    }  # fmt: skip
    with pytest.raises(InvalidDetails) as refused:
        changed(town, nikos, **wrong)
    assert problems(refused) == {
        "department_id": "not_a_choice", "name_el": "required", "slug": "not_a_slug", "modes": "no_mode",
        "duration_minutes": "not_a_step", "step_minutes": "out_of_range", "horizon_days": "out_of_range",
        "release_at": "not_a_time", "staff_reserve": "out_of_range", "desk_ids": "not_a_choice",
        "documents_el": "too_long", "online_url": "not_https",
    }  # fmt: skip


def test_a_new_one_gets_its_address_and_the_desks_of_its_department(town: Town) -> None:
    nikos = enter_administrator(town)
    added = row_of(town, new(town, nikos))
    assert (added.slug, added.name_en, added.is_name_en_suggested) == ("lixiarcheio", "Lixiarcheio", True)
    assert (added.duration_minutes, added.offers_video, added.offers_phone) == (10, True, False)
    served = {link.desk_id for link in rows(town.context.db, ServiceDeskRow) if link.service_id == added.id}
    assert served == set(desks_of(town))
    assert added.position == row_of(town).position + 1
    # A second of the same name has another address.
    assert row_of(town, new(town, nikos)).slug == "lixiarcheio-2"


def test_an_address_leads_to_one_service_for_good(town: Town) -> None:
    nikos = enter_administrator(town)
    first = row_of(town).slug
    changed(town, nikos, slug="certificates")
    [page] = show_municipality(town.context, "kavala").services
    assert (page.slug, page.former_slugs) == ("certificates", (first,))
    assert page.answers_to(first)
    assert page.answers_to("certificates")
    assert not page.answers_to("another")
    for taken in ("certificates", first):
        with pytest.raises(InvalidDetails) as refused:
            new(town, nikos, slug=taken)
        assert problems(refused) == {"slug": "slug_in_use"}
    # It may have its own again.
    changed(town, nikos, slug=first)
    [page] = show_municipality(town.context, "kavala").services
    assert (page.slug, page.former_slugs) == (first, ("certificates",))


def test_an_empty_address_stays_what_it_was(town: Town) -> None:
    nikos, slug = enter_administrator(town), row_of(town).slug
    changed(town, nikos, slug="", name_el="Βεβαιώσεις")
    assert (row_of(town).slug, row_of(town).name_el) == (slug, "Βεβαιώσεις")


def test_a_mode_with_bookings_is_taken_away_by_a_plan_and_the_rest_is_saved(town: Town) -> None:
    nikos = enter_administrator(town)
    town.a_booking("09:10", mode="video")
    plan_id = changed(town, nikos, offers_video="", name_el="Βεβαιώσεις", slug="proofs")
    assert isinstance(plan_id, int)
    row = row_of(town)
    assert (row.offers_video, row.name_el, row.slug) == (True, "Βεβαιώσεις", "proofs")
    plan = show_plan(town.context, nikos, town.municipality.id, plan_id, 1)
    assert plan.counts.hits == 1
    assert change_of(town, plan_id, nikos).columns == {"offers_video": False}
    apply_plan(town.context, nikos, town.municipality.id, plan_id)
    assert not row_of(town).offers_video


def test_what_takes_free_times_is_seen_before_though_no_booking_is_hit(town: Town) -> None:
    nikos = enter_administrator(town)
    plan_id = changed(town, nikos, step_minutes="60")
    assert isinstance(plan_id, int)
    plan = show_plan(town.context, nikos, town.municipality.id, plan_id, 1)
    assert (plan.counts.hits, plan.counts.lost > 0) == (0, True)
    assert row_of(town).step_minutes == 10
    apply_plan(town.context, nikos, town.municipality.id, plan_id)
    assert row_of(town).step_minutes == 60


def test_what_changes_no_time_needs_no_plan(town: Town) -> None:
    nikos = enter_administrator(town)
    with transaction(town.context.db) as tx:
        row = tx.get_one(ServiceRow, town.service.id)
        row.offers_phone = False
    # The time of a mode that has the same starts as the others.
    assert isinstance(changed(town, nikos, release_at="08:05"), Saved)


def test_a_desk_with_bookings_is_taken_from_a_service_by_a_plan(town: Town) -> None:
    nikos, second = enter_administrator(town), another_desk(town)
    booking = town.a_booking("09:10")
    own = town.row(booking).desk_id
    plan_id = changed(town, nikos, desk_ids=[desk for desk in (*desks_of(town), second) if desk != own])
    assert isinstance(plan_id, int)
    change = change_of(town, plan_id, nikos)
    assert change.desk_ids is not None
    assert own not in change.desk_ids
    assert show_plan(town.context, nikos, town.municipality.id, plan_id, 1).counts.hits == 1


def test_desks_are_ticks_of_the_form(town: Town) -> None:
    nikos, second = enter_administrator(town), another_desk(town)
    was = opened(town, nikos)
    [first] = [desk for desk in desks_of(town) if desk != second]
    raw = {name: value for name, value in was.values.items() if name != "desk_ids"} | {f"desk_ids-{first}": "on"}
    plan_id = save_service(town.context, nikos, town.municipality.id, town.service.id or 0, was, raw)
    # Times at which two could be served are gone from the second desk on.
    assert isinstance(plan_id, Saved)
    assert desks_of(town) == [first]


def test_what_both_changed_is_asked(town: Town) -> None:
    nikos, anna = enter_administrator(town), enter_administrator(town, ANNA)
    was = opened(town, nikos)
    save(town, anna, was, max_moves="5", name_el="Βεβαίωση")
    with pytest.raises(ChangedMeanwhile) as refused:
        save(town, nikos, was, max_moves="1", max_open_bookings="2")
    assert (refused.value.conflicts, refused.value.merged["name_el"]) == (("max_moves",), "Βεβαίωση")
    answer: dict[str, Any] = {**refused.value.merged, "max_moves": 1}
    save(town, nikos, Opened(refused.value.version, refused.value.theirs), **answer)
    assert (row_of(town).max_moves, row_of(town).max_open_bookings) == (1, 2)


def test_the_address_that_somebody_else_gave_stays(town: Town) -> None:
    nikos, anna = enter_administrator(town), enter_administrator(town, ANNA)
    was = opened(town, nikos)
    save(town, anna, was, slug="certificates")
    save(town, nikos, was, max_moves="1")
    assert (row_of(town).slug, row_of(town).max_moves) == ("certificates", 1)


def test_the_last_service_is_not_archived(town: Town) -> None:
    nikos = enter_administrator(town)
    with pytest.raises(LastService):
        archive_service(town.context, nikos, town.municipality.id, town.service.id or 0)


def test_archiving_with_bookings_ahead_is_a_plan_and_without_effect_is_done(town: Town) -> None:
    nikos = enter_administrator(town)
    other = new(town, nikos)
    town.a_booking("09:10")
    plan_id = archive_service(town.context, nikos, town.municipality.id, town.service.id or 0)
    assert show_plan(town.context, nikos, town.municipality.id, plan_id, 1).counts.hits == 1
    assert row_of(town).is_active
    # The new one has no hours: nobody could book it.
    assert archive_service(town.context, nikos, town.municipality.id, other) == 0
    assert not row_of(town, other).is_active
    with pytest.raises(RemovedMeanwhile):
        save(town, nikos, opened(town, nikos, other), other, max_moves="1")
    restore_service(town.context, nikos, town.municipality.id, other)
    assert row_of(town, other).is_active


def test_a_service_comes_back_only_after_its_department(town: Town) -> None:
    nikos, cashier = enter_administrator(town), a_department(town)
    added = new(town, nikos, department_id=str(cashier.id))
    archive_service(town.context, nikos, town.municipality.id, added)
    with transaction(town.context.db) as tx:
        tx.get_one(DepartmentRow, cashier.id).is_active = False
    with pytest.raises(DepartmentArchived):
        restore_service(town.context, nikos, town.municipality.id, added)


def test_only_what_nobody_ever_booked_is_deleted(town: Town) -> None:
    nikos = enter_administrator(town)
    added = new(town, nikos)
    save(town, nikos, opened(town, nikos, added), added, slug="registry")
    cancel_booking(town.context, town.eleni, town.a_booking("09:10").reference)
    with pytest.raises(InUse):
        delete_service(town.context, nikos, town.municipality.id, town.service.id or 0)
    delete_service(town.context, nikos, town.municipality.id, added)
    assert added not in {row.id for row in rows(town.context.db, ServiceRow)}
    # Its addresses are anybody's again.
    assert row_of(town, new(town, nikos, slug="registry")).slug == "registry"


def test_a_pause_has_words_and_an_end_and_is_ended(town: Town) -> None:
    nikos, service_id = enter_administrator(town), town.service.id or 0
    town.a_booking("09:10")
    form = open_pause(town.context, nikos, town.municipality.id, service_id)
    assert (form.is_paused, form.bookings_ahead) == (False, 1)
    raw = MESSAGE | {"reopens_on": "2026-11-30"}
    pause_service(town.context, nikos, town.municipality.id, service_id, form.opened, raw)
    found = open_service(town.context, nikos, town.municipality.id, service_id)
    assert (found.is_paused, str(found.reopens_on)) == (True, "2026-11-30")
    assert [line.action for line in found.history] == ["service.paused"]
    # Other words for the same pause: it began when it began.
    began = row_of(town).paused_at
    town.clock.set(at("2026-11-21 10:00"))
    again = open_pause(town.context, nikos, town.municipality.id, service_id).opened
    pause_service(town.context, nikos, town.municipality.id, service_id, again, MESSAGE | {"reopens_on": ""})
    assert (row_of(town).paused_at, row_of(town).reopens_on) == (began, None)
    resume_service(town.context, nikos, town.municipality.id, service_id)
    resume_service(town.context, nikos, town.municipality.id, service_id)
    assert not open_service(town.context, nikos, town.municipality.id, service_id).is_paused


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ({"reopens_on": "2026-11-20"}, {"reopens_on": "not_after_today"}),
        ({"reopens_on": "x"}, {"reopens_on": "not_a_date"}),
        ({"pause_message_el": "σύντομο"}, {"pause_message_el": "too_short"}),
        ({"pause_message_en": ""}, {"pause_message_en": "required"}),
    ],
)
def test_a_pause_is_checked(town: Town, words: dict[str, str], problem: dict[str, str]) -> None:
    nikos, service_id = enter_administrator(town), town.service.id or 0
    with pytest.raises(InvalidDetails) as refused:
        pause_service(town.context, nikos, town.municipality.id, service_id, Opened(1, {}), MESSAGE | words)
    assert problems(refused) == problem


def test_citizens_cancel_until_the_service_says_and_officials_later(town: Town) -> None:
    nikos = enter_administrator(town)
    changed(town, nikos, cancel_until_minutes="24")
    nikolas = town.citizen()
    early, late = town.a_booking("09:10"), town.a_booking("10:10", by=nikolas)
    town.clock.set(at("2026-11-23 09:00"))
    cancel_booking(town.context, town.eleni, early.reference)
    town.clock.set(at("2026-11-23 10:30"))
    with pytest.raises(TooLate):
        cancel_booking(town.context, nikolas, late.reference)
    cancel_by_municipality(town.context, nikos, seen(town, late), "Βλάβη στο δίκτυο", at_citizens_wish=True)


def test_a_head_sets_up_the_services_of_the_own_departments_alone(town: Town) -> None:
    own = a_department(town)
    head = enter_head(town, own.id or 0)
    added = new(town, head)
    assert row_of(town, added).department_id == own.id
    assert [line.id for line in list_services(town.context, head, town.municipality.id).lines] == [added]
    with pytest.raises(NotFound):
        opened(town, head)
    with pytest.raises(NotFound):
        save(town, head, Opened(1, opened(town, head, added).values))
    with pytest.raises(InvalidDetails):
        save(town, head, opened(town, head, added), added, department_id=str(town.service.department_id))
    for service in (archive_service, restore_service, delete_service, resume_service):
        with pytest.raises(NotFound):
            service(town.context, head, town.municipality.id, town.service.id or 0)


def test_of_another_municipality_nothing_is_found(town: Town) -> None:
    foreign, nikos = enter_foreign_official(town), enter_administrator(town)
    assert list_services(town.context, foreign, town.municipality.id).lines == ()
    with pytest.raises(NotFound):
        opened(town, foreign)
    with pytest.raises(NotFound):
        save(town, foreign, opened(town, nikos))
    for number in (0, -1, 2**40):
        with pytest.raises(NotFound):
            archive_service(town.context, nikos, town.municipality.id, number)


def test_the_list_has_the_order_in_which_citizens_see_them(town: Town) -> None:
    nikos = enter_administrator(town)
    added = new(town, nikos)
    save(town, nikos, opened(town, nikos, added), added, position="1")
    changed(town, nikos, position="2")
    lines = list_services(town.context, nikos, town.municipality.id).lines
    assert [line.id for line in lines] == [added, town.service.id]
    assert [one.id for one in show_municipality(town.context, "kavala").services] == [added, town.service.id]
    assert (lines[0].has_hours, lines[1].has_hours, lines[1].modes) == (False, True, tuple(Mode))

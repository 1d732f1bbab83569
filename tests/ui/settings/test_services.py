"""The pages of services: what they say, where they lead, and what they refuse."""

from typing import Any

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import ServiceRow
from dimoslive.ui.citizen.booking.steps.mode import ModeState
from dimoslive.ui.settings.services.list_state import ServicesState
from dimoslive.ui.settings.services.pause_state import ServicePauseState
from dimoslive.ui.settings.services.state import ServiceState
from tests.support.arranging import desks_of
from tests.support.meeting import ANNA, NIKOS, ZOE, enter_foreign_official, session_token, staff_token
from tests.support.settings import a_department, enter_administrator, enter_head
from tests.support.world import Town, rows
from tests.ui.opened import a_page, press


async def loaded(town: Town, thing: object, identity: Any = NIKOS, language: str = "", more: str = "") -> Any:
    path = f"{language}/admin/services/{thing}?m=kavala{more}"
    page = a_page(ServiceState, town, path, staff=staff_token(town, identity))
    await press(page, "load")
    return page


async def pausing(town: Town, thing: object) -> Any:
    page = a_page(ServicePauseState, town, f"/admin/services/pause/{thing}?m=kavala", staff=staff_token(town))
    await press(page, "load")
    return page


def form_of(page: Any, **words: str) -> dict[str, str]:
    """What the browser sends of the form as it stands."""
    return {**page.values, "opened": page.opened_json, **words}


@pytest.mark.parametrize("thing", ["0", "999", "x", "-1", "99999999999999999999"])
async def test_what_is_not_there_is_a_missing_page(open_town: Town, thing: str) -> None:
    enter_administrator(open_town)
    assert (await loaded(open_town, thing)).is_missing
    pause = a_page(
        ServicePauseState, open_town, f"/admin/services/pause/{thing}?m=kavala", staff=staff_token(open_town)
    )
    await press(pause, "load")
    assert pause.is_missing


async def test_another_municipality_sees_nothing(open_town: Town) -> None:
    enter_foreign_official(open_town)
    for state, path in (
        (ServicesState, "/admin/services"),
        (ServiceState, f"/admin/services/{open_town.service.id}"),
        (ServicePauseState, f"/admin/services/pause/{open_town.service.id}"),
    ):
        page = a_page(state, open_town, f"{path}?m=kavala", staff=staff_token(open_town, ZOE))
        await press(page, "load")
        assert page.problem or page.is_missing


async def test_lengths_are_shown_in_hours_and_desks_as_ticks(open_town: Town) -> None:
    enter_administrator(open_town)
    page = await loaded(open_town, open_town.service.id)
    [desk] = desks_of(open_town)
    assert (page.values["notice_minutes"], page.values[f"desk_ids-{desk}"]) == ("2", "on")
    assert [choice.value for choice in page.own_desks] == [str(desk)]
    assert (page.warnings, page.sub) == ([], "Τμήμα Δημοτολογίου · 0 ραντεβού μπροστά")
    await press(page, "submit", form_of(page, notice_minutes="2", cancel_until_minutes="1:30"))
    assert (page.saved, page.values["cancel_until_minutes"]) == ("Αποθηκεύτηκε.", "1:30")
    [line] = page.history
    assert line.changes == ["Ακύρωση ως: 0 ώρες → 1:30 ώρες"]


async def test_what_takes_free_times_leads_to_its_plan(open_town: Town) -> None:
    enter_administrator(open_town)
    page = await loaded(open_town, open_town.service.id)
    answer = await press(page, "submit", form_of(page, step_minutes="60"))
    assert "/admin/plan/" in str(answer)
    assert page.saved_count == 1


async def test_each_problem_stands_at_its_field(open_town: Town) -> None:
    enter_administrator(open_town)
    page = await loaded(open_town, open_town.service.id, language="/en")
    await press(page, "submit", form_of(page, slug="Α Β", offers_video="", offers_in_person="", offers_phone=""))
    assert page.errors == {
        "slug": "Write only small Latin letters, digits and hyphens.", "modes": "Choose at least one mode."
    }  # fmt: skip


async def test_a_new_one_needs_no_more_than_a_name(open_town: Town) -> None:
    enter_administrator(open_town)
    page = await loaded(open_town, "new")
    answer = await press(page, "submit", form_of(page, name_el="Ληξιαρχείο"))
    [*_, added] = rows(open_town.context.db, ServiceRow)
    assert f"/admin/services/{added.id}?m=kavala&done=added" in str(answer)
    page = await loaded(open_town, added.id, more="&done=added")
    assert (page.saved, page.can_delete) == ("Αποθηκεύτηκε.", True)
    assert page.warnings == ["Δεν έχει ωράριο: δεν προσφέρεται καμία ώρα."]


async def test_places_that_are_all_kept_are_warned_of(open_town: Town) -> None:
    enter_administrator(open_town)
    with transaction(open_town.context.db) as tx:
        tx.get_one(ServiceRow, open_town.service.id).staff_reserve = 1
    page = await loaded(open_town, open_town.service.id)
    assert page.warnings == ["Όλες οι θέσεις μένουν για τον δήμο: κανείς πολίτης δεν μπορεί να κλείσει."]
    assert page.reserve == "Θέσεις: 1. Από αυτές μένουν για κρατήσεις υπαλλήλων: 1."


async def test_after_a_conflict_hours_are_hours_still(open_town: Town) -> None:
    enter_administrator(open_town)
    enter_administrator(open_town, ANNA)
    mine, theirs = [await loaded(open_town, open_town.service.id, who) for who in (NIKOS, ANNA)]
    await press(theirs, "submit", form_of(theirs, move_until_minutes="3", cancel_until_minutes="1"))
    await press(mine, "submit", form_of(mine, move_until_minutes="0:30", max_moves="99"))
    assert list(mine.errors) == ["max_moves"]
    await press(mine, "submit", form_of(mine, move_until_minutes="0:30", max_moves="5"))
    [asked] = mine.conflicts
    assert (asked.label, asked.opened, asked.theirs, asked.mine) == ("Μετακίνηση ως", "2 ώρες", "3 ώρες", "0:30 ώρες")
    kept = {"opened": mine.opened_json, "merged": mine.merged_json, "mine": mine.mine_json, "asked": mine.asked}
    await press(mine, "submit", kept | {"choose-move_until_minutes": "mine"})
    [row] = rows(open_town.context.db, ServiceRow)
    assert (row.move_until_minutes, row.cancel_until_minutes, row.max_moves) == (30, 60, 5)


async def test_a_pause_is_said_and_ended(open_town: Town) -> None:
    enter_administrator(open_town)
    service = open_town.service.id
    pause = a_page(
        ServicePauseState, open_town, f"/admin/services/pause/{service}?m=kavala", staff=staff_token(open_town)
    )
    await press(pause, "load")
    assert pause.values["pause_message_en"] == "No new bookings are taken for now."
    answer = await press(pause, "submit", form_of(pause, reopens_on="2026-11-30"))
    assert f"/admin/services/{service}?m=kavala&done=paused" in str(answer)
    page = await loaded(open_town, service, more="&done=paused")
    assert page.paused.startswith("Σε παύση ως Δευτέρα 30 Νοεμβρίου 2026")
    assert page.saved == "Η υπηρεσία είναι σε παύση."
    await press(page, "resume")
    assert (page.paused, page.saved) == ("", "Η υπηρεσία δέχεται πάλι κρατήσεις.")


async def test_the_last_service_is_refused_with_what_to_do(open_town: Town) -> None:
    enter_administrator(open_town)
    page = await loaded(open_town, open_town.service.id)
    await press(page, "archive")
    assert page.problem.startswith("Είναι η μόνη υπηρεσία του δήμου.")


async def test_the_list_says_what_keeps_one_from_being_booked(open_town: Town) -> None:
    enter_administrator(open_town)
    new = await loaded(open_town, "new")
    await press(new, "submit", form_of(new, name_el="Ληξιαρχείο"))
    page = a_page(ServicesState, open_town, "/admin/services?m=kavala", staff=staff_token(open_town))
    await press(page, "load")
    assert [(row.name, row.remarks) for row in page.rows] == [("Πιστοποιητικό", ""), ("Ληξιαρχείο", "χωρίς ωράριο")]
    await press(page, "narrow", "ληξ")
    assert ([row.name for row in page.rows], page.found) == (["Ληξιαρχείο"], "1 από 2")


async def test_a_head_sees_the_services_of_the_own_departments_alone(open_town: Town) -> None:
    enter_head(open_town, a_department(open_town).id or 0, identity=ANNA)
    enter_head(open_town, open_town.service.department_id)
    for identity, number in ((ANNA, 0), (NIKOS, 1)):
        page = a_page(ServicesState, open_town, "/admin/services?m=kavala", staff=staff_token(open_town, identity))
        await press(page, "load")
        assert (len(page.rows), page.can_add) == (number, True)


async def test_the_address_that_a_service_had_before_chooses_it(open_town: Town) -> None:
    enter_administrator(open_town)
    former = open_town.service.slug
    new = await loaded(open_town, "new")
    await press(new, "submit", form_of(new, name_el="Ληξιαρχείο"))
    page = await loaded(open_town, open_town.service.id)
    await press(page, "submit", form_of(page, slug="certificates"))
    for slug, chosen in ((former, open_town.service.id), ("certificates", open_town.service.id), ("nothing", 0)):
        path = f"/booking/mode?municipality=kavala&service={slug}"
        step = a_page(ModeState, open_town, path, token=session_token(open_town))
        await press(step, "load")
        assert step.service.id == chosen

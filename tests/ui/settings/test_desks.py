"""The pages of desks."""

from typing import Any

import pytest

from dimoslive.db.tables.catalogue import DeskRow
from dimoslive.ui.settings.desks.list_state import DesksState
from dimoslive.ui.settings.desks.state import DeskFormState
from tests.support.arranging import another_desk, desks_of
from tests.support.meeting import NIKOS, ZOE, enter_foreign_official, staff_token
from tests.support.settings import enter_administrator
from tests.support.world import Town, rows
from tests.ui.opened import a_page, press


async def loaded(town: Town, thing: object, identity: Any = NIKOS) -> Any:
    page = a_page(DeskFormState, town, f"/admin/desks/{thing}?m=kavala", staff=staff_token(town, identity))
    await press(page, "load")
    return page


def form_of(page: Any, **words: str) -> dict[str, str]:
    return {**page.values, "opened": page.opened_json, **words}


@pytest.mark.parametrize("thing", ["0", "999", "x", "-1"])
async def test_what_is_not_there_is_a_missing_page(open_town: Town, thing: str) -> None:
    enter_administrator(open_town)
    assert (await loaded(open_town, thing)).is_missing


async def test_another_municipality_sees_nothing(open_town: Town) -> None:
    enter_foreign_official(open_town)
    page = await loaded(open_town, desks_of(open_town)[0], ZOE)
    assert page.problem or page.is_missing


async def test_a_desk_is_added_and_the_list_says_who_works_it(open_town: Town) -> None:
    nikos = enter_administrator(open_town)
    page = await loaded(open_town, "new")
    words = {"name_el": "Θυρίδα 9", f"official_ids-{nikos.id}": "on", "usual_official_id": str(nikos.id)}
    answer = await press(page, "submit", form_of(page, **words))
    [*_, added] = rows(open_town.context.db, DeskRow)
    assert f"/admin/desks/{added.id}?m=kavala&done=added" in str(answer)
    listed = a_page(DesksState, open_town, "/admin/desks?m=kavala", staff=staff_token(open_town))
    await press(listed, "load")
    assert [(row.name, row.officials) for row in listed.rows][-1] == ("Θυρίδα 9", "Ν. ΔΗΜΟΥ")
    await press(listed, "narrow", "δημου")
    assert [row.name for row in listed.rows] == ["Θυρίδα 9"]


async def test_the_services_that_need_it_are_named(open_town: Town) -> None:
    enter_administrator(open_town)
    page = await loaded(open_town, desks_of(open_town)[0])
    await press(page, "archive")
    assert [(one.name, one.thing) for one in page.blockers] == [("Πιστοποιητικό", str(open_town.service.id))]
    assert page.problem


async def test_archiving_one_that_people_could_book_leads_to_its_plan(open_town: Town) -> None:
    enter_administrator(open_town)
    open_town.a_booking("09:10")
    another_desk(open_town)
    page = await loaded(open_town, desks_of(open_town)[0])
    assert "/admin/plan/" in str(await press(page, "archive"))


async def test_one_without_use_is_archived_restored_and_deleted(open_town: Town) -> None:
    enter_administrator(open_town)
    page = await loaded(open_town, another_desk(open_town))
    # It serves nobody alone, and no time is offered only by it.
    await press(page, "archive")
    assert (page.is_active, page.saved) == (False, "Η θέση αρχειοθετήθηκε.")
    await press(page, "restore")
    assert (page.is_active, page.saved) == (True, "Η θέση είναι πάλι σε χρήση.")
    assert "/admin/desks?m=kavala" in str(await press(page, "delete"))

"""The pages of closures, absences and plans: what they say, whom they refuse, and what hostile values do."""

from typing import Any

import pytest

from dimoslive.db.tables.catalogue import AbsenceRow, ClosureRow
from dimoslive.db.tables.plan import PlanRow
from dimoslive.services.upkeep.work_plans import work_plans
from dimoslive.ui.settings.absences.list_state import AbsencesState
from dimoslive.ui.settings.absences.state import AbsenceState
from dimoslive.ui.settings.closures.list_state import ClosuresState
from dimoslive.ui.settings.closures.state import ClosureState
from dimoslive.ui.settings.plan.notice_state import OpenPlansState
from dimoslive.ui.settings.plan.state import PlanPageState
from tests.support.arranging import desks_of
from tests.support.meeting import ANNA, NIKOS, ZOE, enter_foreign_official, enter_official, staff_token
from tests.support.planning import Afternoon, an_afternoon
from tests.support.settings import enter_administrator
from tests.support.world import Town, rows
from tests.ui.opened import a_page, press

FORM = {
    "department": "",
    "from_day": "2026-12-01",
    "from_time": "12:00",
    "to_day": "1/12/2026",
    "to_time": "15:00",
    "reason_el": "Διακοπή ρεύματος",
    "reason_en": "",
}


@pytest.fixture
def there(open_town: Town) -> Afternoon:
    return an_afternoon(open_town, enter_administrator(open_town))


async def opened(town: Town, state: Any, path: str, identity: Any = NIKOS) -> Any:
    page = a_page(state, town, f"{path}?m=kavala", staff=staff_token(town, identity))
    await press(page, "load")
    return page


async def planned(there: Afternoon, language: str = "") -> Any:
    form = await opened(there.town, ClosureState, f"{language}/admin/closures/new")
    await press(form, "submit", {**FORM, "opened": form.opened_json})
    [plan] = rows(there.town.context.db, PlanRow)
    return await opened(there.town, PlanPageState, f"{language}/admin/plan/{plan.id}")


async def test_the_form_of_a_closure_leads_to_what_changes(there: Afternoon) -> None:
    page = await planned(there)
    assert page.title == "Κλείσιμο: Τρίτη 1 Δεκεμβρίου, 12:00–15:00"
    assert page.hits == "Επηρεάζονται 4 ραντεβού: 2 με email, 2 μόνο με τηλέφωνο"
    assert page.free == (
        "Χάνονται 5 ελεύθερες ώρες, προστίθενται 0. Οι 12:30, 13:00, 13:30, 14:00, 14:30, σε δύο τρόπους."
    )
    assert page.sum == "4 μετακινούνται, καμία ακύρωση"
    assert "2 τηλεφωνήματα" in page.note
    assert page.mail_to == "karamitrou@example.com"
    assert "Διακοπή ρεύματος" in page.mail_text
    assert rows(there.town.context.db, ClosureRow) == []


async def test_what_is_wrong_in_the_form_is_said_at_each_field(there: Afternoon) -> None:
    form = await opened(there.town, ClosureState, "/admin/closures/new")
    wrong = {**FORM, "to_time": "11:00", "reason_el": "", "opened": form.opened_json}
    assert await press(form, "submit", wrong) is None
    assert set(form.errors) == {"to_day", "reason_el", "reason_en"}
    assert form.errors["to_day"] == "Η λήξη (01/12/2026 11:00) δεν είναι μετά την έναρξη (01/12/2026 12:00)."
    await press(form, "submit", {**FORM, "from_time": "12:02", "opened": form.opened_json})
    assert form.errors == {"from_time": "Γράψτε ώρα ανά πέντε λεπτά, π.χ. 8:30, όχι 12:02."}
    past = {**FORM, "from_day": "2026-11-01", "opened": form.opened_json}
    await press(form, "submit", past)
    assert set(form.errors) == {"from_day"}
    await press(form, "submit", {**FORM, "to_day": "2028-12-01", "opened": form.opened_json})
    assert set(form.errors) == {"to_day"}
    assert rows(there.town.context.db, PlanRow) == []


async def test_a_closure_that_repeats_one_leads_to_it_and_another_hour_is_allowed(there: Afternoon) -> None:
    page = await planned(there)
    await press(page, "apply")
    [first] = rows(there.town.context.db, ClosureRow)
    form = await opened(there.town, ClosureState, "/admin/closures/new")
    await press(form, "submit", {**FORM, "reason_el": "Ξανά", "opened": form.opened_json})
    assert set(form.errors) == {"from_day"}
    assert (form.twin, form.twin_href) == ("Διακοπή ρεύματος", f"/admin/closures/{first.id}?m=kavala")
    assert await press(form, "submit", {**FORM, "to_time": "14:00", "opened": form.opened_json}) is not None
    assert form.twin_href == ""
    # Its own words can still be changed.
    own = await opened(there.town, ClosureState, f"/admin/closures/{first.id}")
    assert await press(own, "submit", {**own.values, "reason_el": "Ξανά", "opened": own.opened_json}) is not None


async def test_decided_applied_followed_undone(there: Afternoon) -> None:
    page = await planned(there, "/en")
    await press(page, "decide", page.items[0].id, "cancel")
    await press(page, "decide", page.items[1].id, "keep")
    assert page.sum == "2 move, 1 stays, 1 cancelled"
    await press(page, "pick", page.items[2].id)
    await press(page, "choose_target", page.targets[0].value)
    await press(page, "give_target")
    assert page.items[2].target.startswith("8:30")
    await press(page, "apply")
    assert page.state_title == "Applied; the bookings follow"
    assert page.can_undo
    await work_plans(there.town.context)
    await press(page, "refresh")
    assert [item.state for item in page.items] == ["cancelled", "no longer fits", "moved", "moved"]
    await press(page, "undo")
    await work_plans(there.town.context)
    await press(page, "refresh")
    assert page.state_title == "All was undone"
    assert {item.state for item in page.items} == {"undone"}


async def test_the_message_is_kept_or_refused_at_its_field(there: Afternoon) -> None:
    page = await planned(there)
    await press(page, "write", "el", "λίγο")
    assert set(page.errors) == {"message_el"}
    await press(page, "apply")
    assert page.is_ready
    await press(page, "write", "el", "Το κτίριο κλείνει νωρίς.")
    assert page.errors == {}
    assert "Το κτίριο κλείνει νωρίς." in page.mail_text


async def test_nothing_hit_is_said_and_applied_by_one_press(there: Afternoon) -> None:
    form = await opened(there.town, ClosureState, "/admin/closures/new")
    quiet = {**FORM, "from_day": "2026-12-09", "to_day": "2026-12-09", "opened": form.opened_json}
    await press(form, "submit", quiet)
    [plan] = rows(there.town.context.db, PlanRow)
    page = await opened(there.town, PlanPageState, f"/admin/plan/{plan.id}")
    assert page.hits == "Δεν επηρεάζεται κανένα ραντεβού."
    await press(page, "apply")
    assert len(rows(there.town.context.db, ClosureRow)) == 1


async def test_lists_confirm_reopen_and_copy_to_the_next_year(there: Afternoon) -> None:
    page = await planned(there)
    await press(page, "apply")
    await work_plans(there.town.context)
    closures = await opened(there.town, ClosuresState, "/admin/closures")
    [row] = closures.rows
    assert (row.reason, row.where, row.copy) == ("Διακοπή ρεύματος", "Όλος ο δήμος", "Και το 2027")
    await press(closures, "copy_year", row.thing)
    assert [one.is_suggestion for one in closures.rows] == [False, True]
    assert closures.rows[0].copy == ""
    await press(closures, "confirm", closures.rows[1].thing)
    await press(closures, "reopen", row.thing)
    titles = [line.state for line in rows(there.town.context.db, PlanRow)]
    assert len(titles) == 3
    reopening = await opened(there.town, PlanPageState, f"/admin/plan/{rows(there.town.context.db, PlanRow)[2].id}")
    assert "προστίθενται" in reopening.free
    notice = await opened(there.town, OpenPlansState, "/admin/closures")
    assert len(notice.plans) == 3


async def test_an_absence_is_entered_and_taken_back(there: Afternoon) -> None:
    form = await opened(there.town, AbsenceState, "/admin/absences/new")
    away = {**FORM, "note": "Σεμινάριο", "opened": form.opened_json}
    await press(form, "submit", away)
    assert set(form.errors) == {"desks"}
    await press(form, "submit", {**away, f"desk_{there.desks[1]}": "on"})
    [plan] = rows(there.town.context.db, PlanRow)
    page = await opened(there.town, PlanPageState, f"/admin/plan/{plan.id}")
    assert page.hits.startswith("Επηρεάζονται 2 ραντεβού")
    await press(page, "apply")
    await work_plans(there.town.context)
    absences = await opened(there.town, AbsencesState, "/admin/absences")
    assert [row.note for row in absences.rows] == ["Σεμινάριο"]
    await press(absences, "take_back", absences.rows[0].thing)
    assert len(rows(there.town.context.db, PlanRow)) == 2
    assert rows(there.town.context.db, AbsenceRow)[0].is_active


async def test_who_may_not_plan_is_shown_nothing_of_it(there: Afternoon) -> None:
    await planned(there)
    [plan] = rows(there.town.context.db, PlanRow)
    enter_foreign_official(there.town)
    enter_official(there.town, ANNA)
    for identity in (ZOE, ANNA):
        page = await opened(there.town, PlanPageState, f"/admin/plan/{plan.id}", identity)
        await press(page, "apply")
        assert (page.title, page.items, page.mail_to) == ("", [], "")
    assert rows(there.town.context.db, ClosureRow) == []


@pytest.mark.parametrize("thing", ["999", "x", "-1", "99999999999999"])
async def test_what_is_no_plan_is_the_missing_page(there: Afternoon, thing: str) -> None:
    page = await opened(there.town, PlanPageState, f"/admin/plan/{thing}")
    assert page.is_missing


@pytest.mark.parametrize("value", ["", "x", "-1", "999999999999", "0|0|video", "1|1|1", "1764580200|99|video"])
async def test_hostile_values_change_nothing(there: Afternoon, value: str) -> None:
    page = await planned(there)
    before = page.sum
    await press(page, "decide", value, "cancel")
    await press(page, "decide", page.items[0].id, value)
    await press(page, "decide_all", value)
    await press(page, "pick", page.items[0].id)
    await press(page, "pick_day", value)
    await press(page, "choose_target", value)
    await press(page, "give_target")
    await press(page, "load")
    assert page.sum == before


async def test_a_desk_of_another_municipality_is_no_choice(there: Afternoon) -> None:
    form = await opened(there.town, AbsenceState, "/admin/absences/new")
    other = max(desks_of(there.town)) + 90
    await press(form, "submit", {**FORM, "note": "", f"desk_{other}": "on", "opened": form.opened_json})
    assert set(form.errors) == {"desks"}

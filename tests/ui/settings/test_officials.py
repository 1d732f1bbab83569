"""The pages of officials: list, form, and what is said before an end."""

from typing import Any

import pytest

from dimoslive.db.tables.catalogue import DeskRow
from dimoslive.db.tables.desk import AuditEventRow
from dimoslive.db.tables.official import DeskOfficialRow, OfficialRightRow
from dimoslive.services.settings.officials.end_official import end_official
from dimoslive.services.settings.officials.save_official import add_official
from dimoslive.ui.settings.officials.list_state import OfficialsState
from dimoslive.ui.settings.officials.state import OfficialState
from tests.support.meeting import ANNA, NIKOS, ZOE, a_meeting, enter_foreign_official, staff_token
from tests.support.settings import a_department, enter_administrator, enter_head
from tests.support.world import Town, rows
from tests.ui.opened import a_page, press


async def loaded(town: Town, thing: int | str | None, identity: Any = NIKOS, language: str = "") -> Any:
    path = f"{language}/admin/officials/{thing}?m=kavala"
    page = a_page(OfficialState, town, path, staff=staff_token(town, identity))
    await press(page, "load")
    return page


async def listed(town: Town, identity: Any = NIKOS, language: str = "") -> Any:
    page = a_page(OfficialsState, town, f"{language}/admin/officials?m=kavala", staff=staff_token(town, identity))
    await press(page, "load")
    return page


def form_of(page: Any, **words: str) -> dict[str, str]:
    """What the browser sends of the form as it stands: of ticks, those that are set."""
    ticked = {one.value for one in (*page.departments, *page.desks)}
    shown = {name: value for name, value in page.values.items() if name not in ticked or value}
    for name in ("department_ids", "desk_ids"):
        shown.pop(name, None)
    return {**shown, "opened": page.opened_json, **words}


def entered(town: Town, by: Any, **words: Any) -> int:
    raw = {"afm": "135724681", "last_name": "Παππάς", "first_name": "Ηλίας", "role": "official", **words}
    return add_official(town.context, by, town.municipality.id, raw)


def a_desk_of(town: Town) -> int:
    return next(row.id or 0 for row in rows(town.context.db, DeskRow) if row.overflow_of is None)


async def test_the_list_shows_who_serves_as_what_and_is_narrowed_by_words(open_town: Town) -> None:
    nikos = enter_administrator(open_town)
    department = open_town.service.department_id
    entered(open_town, nikos, **{f"department_{department}": "on", f"desk_{a_desk_of(open_town)}": "on"})
    page = await listed(open_town)
    assert [(row.name, row.is_self) for row in page.rows] == [("ΔΗΜΟΥ ΝΙΚΟΣ", True), ("Παππάς Ηλίας", False)]
    row = page.rows[1]
    assert (row.known_by, row.role, row.departments, row.since) == (
        "ΑΦΜ ******681", "Υπάλληλος", "Τμήμα Δημοτολογίου", "20/11/2026",
    )  # fmt: skip
    assert page.rows[0].departments == "όλα"
    await press(page, "narrow", "παππ")
    assert ([row.name for row in page.rows], page.found) == (["Παππάς Ηλίας"], "1 από 2")
    assert (await listed(open_town, language="/en")).rows[1].departments == "Civil Registry"


async def test_a_new_official_gets_a_page_and_the_afm_is_not_shown_again(open_town: Town) -> None:
    enter_administrator(open_town)
    page = await loaded(open_town, "new")
    assert (page.is_new, page.title, len(page.roles)) == (True, "Νέος υπάλληλος", 3)
    answer = await press(page, "submit", form_of(page, afm=" 135724681 ", last_name="Παππάς"))
    [*_, right] = rows(open_town.context.db, OfficialRightRow)
    assert f"/admin/officials/{right.official_id}?m=kavala&done=added" in str(answer)
    page = await loaded(open_town, right.official_id)
    assert (page.title, page.known_by) == ("Παππάς", "ΑΦΜ ******681")
    assert "135724681" not in str(page.dict())
    assert page.history[0].head.startswith("Καταχώριση υπαλλήλου · Ν. ΔΗΜΟΥ")


@pytest.mark.parametrize(
    ("afm", "said"),
    [
        ("135724682", "Ο ΑΦΜ δεν είναι έγκυρος. Έχει εννέα ψηφία."),
        ("000000000", "Ο ΑΦΜ δεν είναι έγκυρος. Έχει εννέα ψηφία."),
        ("094014201", "Αυτός ο ΑΦΜ ανήκει σε εταιρεία ή φορέα. Γράψτε τον προσωπικό."),
        ("", "Γράψτε ΑΦΜ ή email: από αυτό αναγνωρίζεται το πρόσωπο όταν συνδέεται."),
    ],
)
async def test_a_wrong_afm_is_said_at_the_field_and_nothing_typed_is_lost(open_town: Town, afm: str, said: str) -> None:
    enter_administrator(open_town)
    page = await loaded(open_town, "new")
    version = page.form_version
    await press(page, "submit", form_of(page, afm=afm, last_name="Παππάς"))
    assert (page.errors, page.form_version, page.focus_target) == ({"afm": said}, version, "error-summary")


async def test_departments_and_desks_are_ticks_and_a_conflict_names_them(open_town: Town) -> None:
    nikos = enter_administrator(open_town)
    enter_administrator(open_town, ANNA)
    cashier, desk = a_department(open_town), a_desk_of(open_town)
    official_id = entered(open_town, nikos, **{f"desk_{desk}": "on"})
    mine, hers = await loaded(open_town, official_id), await loaded(open_town, official_id, ANNA)
    assert (mine.values[f"desk_{desk}"], mine.values[f"department_{cashier.id}"]) == ("on", "")
    await press(hers, "submit", form_of(hers, **{f"desk_{desk}": "", "role": "administrator"}))
    assert hers.saved == "Αποθηκεύτηκε."
    await press(mine, "submit", form_of(mine, role="head", **{f"department_{cashier.id}": "on"}))
    assert [(row.label, row.opened, row.theirs, row.mine) for row in mine.conflicts] == [
        ("Ρόλος", "Υπάλληλος", "Διαχειριστής δήμου", "Προϊστάμενος")
    ]
    answers = {"opened": mine.opened_json, "merged": mine.merged_json, "mine": mine.mine_json, "asked": mine.asked}
    await press(mine, "submit", {**answers, "choose-role": "theirs"})
    # Both together cannot be: the form is back, with all of it ticked.
    assert mine.errors["department_ids"].startswith("Ο διαχειριστής έχει όλα τα τμήματα")
    assert (mine.values["role"], mine.values[f"department_{cashier.id}"]) == ("administrator", "on")


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"opened": "{"},
        {"merged": '{"department_ids": [1, "x", null], "desk_ids": {}}', "mine": "[]", "asked": ""},
        {"last_name": "\x00", "role": "platform_administrator", "department_9999": "on"},
    ],
)
async def test_a_forged_form_changes_nothing(open_town: Town, sent: dict[str, str]) -> None:
    nikos = enter_administrator(open_town)
    page = await loaded(open_town, nikos.id)
    await press(page, "submit", sent)
    assert page.errors
    assert rows(open_town.context.db, AuditEventRow) == []


async def test_the_last_administrator_is_told_so_before_an_end(open_town: Town) -> None:
    nikos = enter_administrator(open_town)
    page = await loaded(open_town, nikos.id)
    await press(page, "ask_end")
    assert (page.problem, page.is_ending) == ("Δεν υπάρχει άλλος διαχειριστής. Ορίστε πρώτα έναν.", False)
    await press(page, "submit", form_of(page, role="official"))
    assert page.errors == {"role": "Δεν υπάρχει άλλος διαχειριστής. Ορίστε πρώτα έναν."}


async def test_an_end_asks_about_each_desk_with_bookings_and_leads_to_the_plan(open_town: Town) -> None:
    nikos, desk = enter_administrator(open_town), a_desk_of(open_town)
    official_id = entered(open_town, nikos, **{f"desk_{desk}": "on"})
    a_meeting(open_town)
    page = await loaded(open_town, official_id)
    await press(page, "ask_end")
    [left] = page.left_alone
    assert (left.field, [one.value for one in left.options]) == (f"after-{desk}", ["", str(nikos.id), "absent"])
    assert "1 ραντεβού μπροστά" in left.label
    await press(page, "end", {left.field: ""})
    assert "χωρίς υπάλληλο: 1" in page.problem
    answer = await press(page, "end", {left.field: "absent"})
    assert "/admin/plan/" in str(answer)
    assert [row.official_id for row in rows(open_town.context.db, OfficialRightRow)] == [nikos.id]


async def test_another_official_takes_over_and_the_list_is_shown(open_town: Town) -> None:
    nikos, desk = enter_administrator(open_town), a_desk_of(open_town)
    official_id = entered(open_town, nikos, **{f"desk_{desk}": "on"})
    a_meeting(open_town)
    page = await loaded(open_town, official_id)
    answer = await press(page, "end", {f"after-{desk}": str(nikos.id), "after-x": "1", "other": "2"})
    assert "/admin/officials?m=kavala" in str(answer)
    assert [seat.official_id for seat in rows(open_town.context.db, DeskOfficialRow)] == [nikos.id]


async def test_whom_somebody_else_has_ended_meanwhile_is_not_saved(open_town: Town) -> None:
    nikos = enter_administrator(open_town)
    anna = enter_administrator(open_town, ANNA)
    official_id = entered(open_town, nikos)
    page = await loaded(open_town, official_id)
    end_official(open_town.context, anna, open_town.municipality.id, official_id, {})
    await press(page, "submit", form_of(page, last_name="Παππά"))
    assert page.removed.startswith("Διαγράφηκε από άλλον (Α. ΛΟΓΟΘΕΤΗ)")
    assert (await loaded(open_town, official_id)).is_missing


async def test_a_head_sees_officials_of_the_own_departments_and_gives_one_role(open_town: Town) -> None:
    nikos = enter_administrator(open_town, ANNA)
    cashier = a_department(open_town)
    enter_head(open_town, cashier.id or 0)
    own = entered(open_town, nikos, **{f"department_{cashier.id}": "on"})
    entered(open_town, nikos, afm="148362574")
    page = await listed(open_town)
    assert ([row.thing for row in page.rows], page.is_all) == ([str(own)], False)
    form = await loaded(open_town, "new")
    assert ([one.value for one in form.roles], form.values[f"department_{cashier.id}"]) == (["official"], "on")
    assert (await loaded(open_town, nikos.id)).is_missing


@pytest.mark.parametrize("thing", ["0", "999", "x", "99999999999999999999", "-1"])
async def test_what_is_not_there_or_of_others_is_a_missing_page(open_town: Town, thing: str) -> None:
    nikos = enter_administrator(open_town)
    assert (await loaded(open_town, thing)).is_missing
    enter_foreign_official(open_town)
    page = await loaded(open_town, nikos.id, ZOE)
    assert page.problem or page.is_missing

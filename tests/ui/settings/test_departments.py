"""The pages of departments, and the frame around all pages of the set-up."""

import json
from typing import Any

import pytest

from dimoslive.db.tables.catalogue import DepartmentRow
from dimoslive.db.tables.desk import AuditEventRow
from dimoslive.services.settings.departments.archive_department import archive_department
from dimoslive.ui.settings.departments.list_state import DepartmentsState
from dimoslive.ui.settings.departments.state import DepartmentState
from dimoslive.ui.settings.overview.state import OverviewState
from dimoslive.ui.settings.state import SettingsFrameState
from dimoslive.ui.staff.state import StaffFrameState
from tests.support.meeting import ANNA, NIKOS, ZOE, enter_foreign_official, enter_official, staff_token
from tests.support.settings import a_department, enter_administrator, enter_head
from tests.support.world import Town, rows
from tests.ui.opened import a_page, press

ENTRIES = ["overview", "departments", "closures", "absences", "officials", "import", "history"]


def open_form(town: Town, thing: int | str | None, identity: Any = NIKOS, language: str = "") -> Any:
    path = f"{language}/admin/departments/{thing}?m=kavala"
    return a_page(DepartmentState, town, path, staff=staff_token(town, identity))


async def loaded(town: Town, thing: int | str | None, identity: Any = NIKOS, language: str = "") -> Any:
    page = open_form(town, thing, identity, language)
    await press(page, "load")
    return page


def form_of(page: Any, **words: str) -> dict[str, str]:
    """What the browser sends of the form as it stands."""
    return {**page.values, "opened": page.opened_json, **words}


def answers_to(page: Any, **chosen: str) -> dict[str, str]:
    """What it sends of the question about a conflict."""
    kept = {"opened": page.opened_json, "merged": page.merged_json, "mine": page.mine_json, "asked": page.asked}
    return kept | {f"choose-{field}": choice for field, choice in chosen.items()}


SET_UP = ["overview", "departments", "services", "desks", "hours", "closures", "absences", "officials"]
FOR_HEADS = [*SET_UP, "import", "history"]
FOR_ADMINISTRATORS = [*SET_UP, "municipality", "declarations", "embedding", "keys", "webhooks", "import", "history"]


@pytest.mark.parametrize(
    ("enter", "entries", "has_settings"),
    [
        (
            enter_administrator,
            FOR_ADMINISTRATORS,
            True,
        ),
        (enter_head, FOR_HEADS, True),
        (enter_official, [], False),
    ],
)
async def test_the_navigation_shows_what_the_person_may_use(
    open_town: Town, enter: Any, entries: list[str], has_settings: bool
) -> None:
    enter(open_town)
    token = staff_token(open_town)
    frame = a_page(SettingsFrameState, open_town, "/admin?m=kavala", staff=token)
    await press(frame, "load")
    assert frame.entries == entries
    header = a_page(StaffFrameState, open_town, "/desk?m=kavala", staff=token)
    await press(header, "load")
    assert header.has_settings is has_settings


async def test_another_municipality_is_a_missing_page(open_town: Town) -> None:
    enter_foreign_official(open_town)
    cashier = a_department(open_town)
    for state, path in (
        (OverviewState, "/admin?m=kavala"),
        (DepartmentsState, "/admin/departments?m=kavala"),
        (DepartmentState, f"/admin/departments/{cashier.id}?m=kavala"),
    ):
        page = a_page(state, open_town, path, staff=staff_token(open_town, ZOE))
        await press(page, "load")
        assert page.problem or page.is_missing


@pytest.mark.parametrize("thing", ["0", "999", "x", "1e3", "٣", "99999999999999999999", "-1"])
async def test_what_is_not_there_is_a_missing_page(open_town: Town, thing: str) -> None:
    enter_administrator(open_town)
    page = await loaded(open_town, thing)
    assert page.is_missing


async def test_a_department_is_changed_and_its_history_told(open_town: Town) -> None:
    enter_administrator(open_town)
    page = await loaded(open_town, a_department(open_town).id)
    assert (page.title, page.is_missing, page.can_delete) == ("Ταμείο", False, True)
    await press(page, "submit", form_of(page, name_el="Ταμειακή Υπηρεσία"))
    assert (page.saved, page.saved_count, page.title) == ("Αποθηκεύτηκε.", 1, "Ταμειακή Υπηρεσία")
    assert page.focus_target == "settings-saved"
    [line] = page.history
    assert line.head == "Αλλαγή τμήματος · Ν. ΔΗΜΟΥ · 20/11 10:00"
    assert line.changes == ["Όνομα: Ταμείο → Ταμειακή Υπηρεσία"]


async def test_each_problem_stands_at_its_field_and_nothing_typed_is_lost(open_town: Town) -> None:
    enter_administrator(open_town)
    page = await loaded(open_town, a_department(open_town).id, language="/en")
    version = page.form_version
    await press(page, "submit", form_of(page, name_el="", phone="12"))
    assert list(page.errors) == ["name_el", "phone"]
    assert page.problems[0].text.startswith("Name: ")
    # The same form: what is typed into it stands where it stood.
    assert (page.form_version, page.focus_target) == (version, "error-summary")


async def test_a_new_one_gets_its_own_page(open_town: Town) -> None:
    enter_administrator(open_town)
    page = await loaded(open_town, "new")
    assert (page.is_new, page.title, page.values["position"]) == (True, "Νέο τμήμα", "2")
    answer = await press(page, "submit", form_of(page, name_el="Ταμείο"))
    [*_, added] = rows(open_town.context.db, DepartmentRow)
    assert (added.name_en, added.is_name_en_suggested) == ("Tameio", True)
    assert f"/admin/departments/{added.id}?m=kavala&done=added" in str(answer)


async def test_english_is_suggested_when_the_greek_is_left(open_town: Town) -> None:
    enter_administrator(open_town)
    page = await loaded(open_town, "new")
    await press(page, "suggest", "name_en", "Τμήμα Ταμείου")
    assert page.suggestions == {"name_en": "Tmima Tameiou"}


async def test_two_who_change_one_field_are_asked_and_the_choice_holds(open_town: Town) -> None:
    enter_administrator(open_town)
    enter_administrator(open_town, ANNA)
    cashier = a_department(open_town)
    mine, hers = await loaded(open_town, cashier.id), await loaded(open_town, cashier.id, ANNA)
    await press(hers, "submit", form_of(hers, name_el="Γραφείο Ταμείου", position="7"))
    await press(mine, "submit", form_of(mine, name_el="Ταμειακή", phone="2510 123456"))
    [row] = mine.conflicts
    assert (row.label, row.opened, row.theirs, row.mine) == ("Όνομα", "Ταμείο", "Γραφείο Ταμείου", "Ταμειακή")
    assert mine.settled == [
        "Άλλαξε στο μεταξύ από άλλον (Α. ΛΟΓΟΘΕΤΗ): Σειρά: 1 → 7",
        "Μόνο εσείς: Τηλέφωνο: κενό → +302510123456",
    ]
    await press(mine, "submit", answers_to(mine))
    assert (mine.problems[0].name, mine.focus_target) == ("choose-name_el", "error-summary")
    await press(mine, "submit", answers_to(mine, name_el="mine"))
    assert (mine.conflicts, mine.saved) == ([], "Αποθηκεύτηκε.")
    assert (mine.values["name_el"], mine.values["position"], mine.values["phone"]) == ("Ταμειακή", "7", "+302510123456")


async def test_a_choice_is_asked_for_though_the_server_has_forgotten_the_question(open_town: Town) -> None:
    enter_administrator(open_town)
    cashier = a_department(open_town)
    page = await loaded(open_town, cashier.id)
    merged, mine = {"name_el": "Άλλο", "name_en": "Other", "position": 1}, {"name_el": "Δικό μου"}
    await press(
        page,
        "submit",
        {"opened": page.opened_json, "merged": json.dumps(merged), "mine": json.dumps(mine), "asked": "name_el"},
    )
    assert page.problems[0].name == "choose-name_el"
    assert rows(open_town.context.db, AuditEventRow) == []


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"opened": "{"},
        {"opened": '{"version": true, "values": 3}'},
        {"opened": "[" * 5000},
        {"merged": "null", "mine": "[]", "asked": "name_el"},
        {"name_el": "\x00", "name_en": "x" * 5000, "position": "9" * 50},
    ],
)
async def test_a_forged_form_changes_nothing(open_town: Town, sent: dict[str, str]) -> None:
    enter_administrator(open_town)
    page = await loaded(open_town, a_department(open_town).id)
    await press(page, "submit", sent)
    assert page.errors
    assert rows(open_town.context.db, AuditEventRow) == []


async def test_what_was_archived_meanwhile_says_so_and_offers_to_restore(open_town: Town) -> None:
    enter_administrator(open_town)
    anna, cashier = enter_administrator(open_town, ANNA), a_department(open_town)
    page = await loaded(open_town, cashier.id)
    archive_department(open_town.context, anna, open_town.municipality.id, cashier.id or 0)
    await press(page, "submit", form_of(page, name_el="Ταμειακή"))
    assert page.removed == "Αρχειοθετήθηκε από άλλον (Α. ΛΟΓΟΘΕΤΗ) στις 20/11 10:00."
    assert page.can_restore


async def test_archiving_names_the_services_that_need_it(open_town: Town) -> None:
    enter_administrator(open_town)
    page = await loaded(open_town, open_town.service.department_id)
    await press(page, "ask", "archive")
    assert page.dialog == "archive"
    await press(page, "archive")
    assert ("ενεργές υπηρεσίες: 1" in page.problem, page.dialog) == (True, "")
    assert page.focus_target == "settings-problem"
    assert [one.name for one in page.blockers] == ["Πιστοποιητικό"]


async def test_the_list_is_narrowed_by_words_and_shows_archived_ones_if_asked(open_town: Town) -> None:
    nikos, cashier = enter_administrator(open_town), a_department(open_town)
    archive_department(open_town.context, nikos, open_town.municipality.id, cashier.id or 0)
    page = a_page(DepartmentsState, open_town, "/admin/departments?m=kavala", staff=staff_token(open_town))
    await press(page, "load")
    assert ([row.name for row in page.rows], page.can_add) == (["Τμήμα Δημοτολογίου"], True)
    await press(page, "with_archived", True)
    assert [(row.name, row.is_active) for row in page.rows] == [("Τμήμα Δημοτολογίου", True), ("Ταμείο", False)]
    await press(page, "narrow", "ταμ")
    assert ([row.name for row in page.rows], page.found) == (["Ταμείο"], "1 από 2")


async def test_a_head_sees_the_own_department_and_may_neither_add_nor_archive(open_town: Town) -> None:
    cashier = a_department(open_town)
    enter_head(open_town, cashier.id or 0)
    page = a_page(DepartmentsState, open_town, "/admin/departments?m=kavala", staff=staff_token(open_town))
    await press(page, "load")
    assert ([row.name for row in page.rows], page.can_add) == (["Ταμείο"], False)
    form = await loaded(open_town, cashier.id)
    assert (form.can_manage, form.can_delete) == (False, False)
    await press(form, "archive")
    assert form.problem
    assert (await loaded(open_town, "new")).is_missing
    assert (await loaded(open_town, open_town.service.department_id)).is_missing

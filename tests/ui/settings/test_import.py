"""The pages of an import: what the address asks for, within what the person may, in their language."""

from typing import Any

import pytest

from dimoslive.db.tables.catalogue import ServiceRow
from dimoslive.db.tables.official import OfficialRightRow
from dimoslive.domain.imports.kinds import ImportKind
from dimoslive.ui.settings.imports.state import ROWS_A_PAGE, ImportState
from tests.support.imports import Importing
from tests.support.meeting import NIKOS, PETROS, enter_foreign_official, enter_official, staff_token
from tests.support.settings import enter_administrator, enter_head
from tests.support.world import Town, rows
from tests.ui.opened import a_page, press

GOOD = "Τμήμα Δημοτολογίου;Βεβαιώσεις;;Φ;15;30;Δε-Πα;8:30;14:00;1;"
WRONG = "Τμήμα Δημοτολογίου;=1+1;;Φ;7;30;;;;1;"
PERSON = "Άνθη;Αλεξία;135724681;;προϊσταμένη;Τμήμα Δημοτολογίου;"


@pytest.fixture
def admin(open_town: Town) -> Importing:
    """An administrator, who imports services."""
    return Importing(open_town, enter_administrator(open_town), ImportKind.SERVICES)


async def loaded(town: Town, query: str = "", language: str = "", identity: Any = NIKOS) -> Any:
    path = f"{language}/admin/import?m=kavala{query}"
    page = a_page(ImportState, town, path, staff=staff_token(town, identity))
    await press(page, "load")
    return page


async def test_an_administrator_imports_both_and_a_head_services_alone(open_town: Town, admin: Importing) -> None:
    assert (await loaded(open_town)).may_import == ["officials", "services"]
    enter_head(open_town, identity=PETROS)
    assert (await loaded(open_town, identity=PETROS)).may_import == ["services"]


async def test_an_official_and_somebody_of_elsewhere_see_a_missing_page(open_town: Town) -> None:
    enter_official(open_town, PETROS)
    enter_foreign_official(open_town)
    page = await loaded(open_town, identity=PETROS)
    assert page.is_missing or page.problem


async def test_a_file_is_shown_as_it_is_read(open_town: Town, admin: Importing) -> None:
    draft = admin.send(GOOD, encoding="windows-1253")
    page = await loaded(open_town, f"&draft={draft}", "/en")
    assert (page.step, page.encoding, page.separator) == ("read", "windows-1253", "Semicolon ( ; )")
    assert (page.file_name, page.kind_text, page.number) == ("αρχείο.csv", "Services", "1 row")
    cells = {cell.head: cell.text for cell in page.first_rows[0].cells}
    assert (cells["Greek name"], cells["Days"]) == ("Βεβαιώσεις", "Δε-Πα")


async def test_another_encoding_is_tried_and_what_cannot_be_read_says_so(open_town: Town, admin: Importing) -> None:
    page = await loaded(open_town, f"&draft={admin.send(GOOD)}")
    await press(page, "choose_encoding", {"encoding": "utf-16"})
    assert page.read_problem
    assert page.first_rows == []
    again = await loaded(open_town, f"&draft={page.draft}&step=rows")
    assert (again.step, again.read_problem) == ("read", page.read_problem)
    await press(page, "choose_encoding", {"encoding": "utf-8"})
    assert page.read_problem == ""
    await press(page, "choose_encoding", {"encoding": "latin-1"})
    assert page.problem


async def test_rows_say_what_is_wrong_and_nothing_is_imported_but_the_good_ones(
    open_town: Town, admin: Importing
) -> None:
    page = await loaded(open_town, f"&draft={admin.send(GOOD, WRONG)}&step=rows")
    assert [(row.number, row.verdict, row.title) for row in page.rows] == [
        ("2", "νέο", "Βεβαιώσεις"),
        ("3", "σφάλμα", "=1+1"),
    ]
    assert [(one.column, one.was) for one in page.rows[1].remarks] == [
        ("Όνομα στα ελληνικά", "=1+1"),
        ("Διάρκεια", "7"),
    ]
    await press(page, "import_all")
    assert (page.step, len(rows(open_town.context.db, ServiceRow))) == ("rows", 1)
    assert page.problem
    await press(page, "import_good")
    assert (page.step, page.done) == ("done", ["1 νέα εγγραφή", "1 γραμμή με σφάλμα δεν εισήχθη"])
    assert len(rows(open_town.context.db, ServiceRow)) == 2
    assert (await loaded(open_town, f"&draft={page.draft}")).is_gone


async def test_a_change_says_what_was_and_what_will_be(open_town: Town, admin: Importing) -> None:
    admin.do(GOOD)
    changed = GOOD.replace(";15;", ";20;").replace(";Φ;", ";Φ Τ;").replace("Δε-Πα", "Δε")
    page = await loaded(open_town, f"&draft={admin.send(changed)}&step=rows", "/en")
    told = {one.column: (one.was, one.text) for one in page.rows[0].remarks}
    assert told["Duration"] == ("15", "20")
    assert told["Modes"] == ("In person", "Video call, In person")
    assert told["Hours"][1] == "Monday 8:30 am – 2:00 pm"


async def test_officials_are_imported_with_role_and_department(open_town: Town, admin: Importing) -> None:
    people = admin.of(ImportKind.OFFICIALS)
    page = await loaded(open_town, f"&draft={people.send(PERSON)}&step=rows")
    assert page.rows[0].title == "Άνθη Αλεξία"
    await press(page, "import_all")
    assert {row.role for row in rows(open_town.context.db, OfficialRightRow)} == {"administrator", "head"}
    changed = PERSON.replace("προϊσταμένη", "διαχειρίστρια").replace("Τμήμα Δημοτολογίου", "")
    page = await loaded(open_town, f"&draft={people.send(changed)}&step=rows")
    assert [(one.column, one.was, one.text) for one in page.rows[0].remarks] == [
        ("Ρόλος", "προϊστάμενος", "διαχειριστής δήμου")
    ]


async def test_long_files_are_shown_page_by_page_and_by_verdict(open_town: Town, admin: Importing) -> None:
    lines = [GOOD.replace("Βεβαιώσεις", f"Υπηρεσία {number}") for number in range(ROWS_A_PAGE + 1)]
    draft = admin.send(*lines, WRONG)
    first = await loaded(open_town, f"&draft={draft}&step=rows")
    assert (len(first.rows), [one.text for one in first.pages]) == (ROWS_A_PAGE, ["1", "2"])
    second = await loaded(open_town, f"&draft={draft}&step=rows&page=2")
    assert [row.number for row in second.rows] == ["102", "103"]
    beyond = await loaded(open_town, f"&draft={draft}&step=rows&page=99")
    assert [row.number for row in beyond.rows] == ["102", "103"]
    wrong = await loaded(open_town, f"&draft={draft}&step=rows&verdict=wrong")
    assert [row.number for row in wrong.rows] == ["103"]
    assert [one.text for one in wrong.links if one.is_current] == ["σφάλμα (1)"]


@pytest.mark.parametrize("draft", ["0", "999", "x", "-1", "99999999999", "1e3"])
async def test_a_file_that_is_not_there_begins_anew(open_town: Town, admin: Importing, draft: str) -> None:
    page = await loaded(open_town, f"&draft={draft}&step=rows")
    assert (page.step, page.is_gone, page.problem) == ("send", True, "")


@pytest.mark.parametrize(("problem", "is_said"), [("file_is_empty", True), ("own_role", False), ("<b>", False)])
async def test_the_address_says_known_problems_alone(
    open_town: Town, admin: Importing, problem: str, is_said: bool
) -> None:
    page = await loaded(open_town, f"&kind=services&problem={problem}")
    assert (page.sent_problem != "", page.kind) == (is_said, "services")

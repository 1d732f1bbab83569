"""The overview and the pages of the tasks."""

from typing import Any

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import DepartmentRow, MunicipalityRow, ServiceRow
from dimoslive.db.tables.draft import DraftRow
from dimoslive.domain.people.principals import Official
from dimoslive.ui.citizen.public.state import MunicipalityPageState
from dimoslive.ui.settings.overview.state import OverviewState
from dimoslive.ui.settings.setup.contact import SetUpContactState
from dimoslive.ui.settings.setup.desks_and_hours import SetUpDesksState, SetUpHoursState
from dimoslive.ui.settings.setup.preview_state import PreviewState
from dimoslive.ui.settings.setup.publish_state import PublishState
from dimoslive.ui.settings.setup.usual import SetUpDepartmentsState, SetUpServicesState
from tests.support.builders import at
from tests.support.meeting import ANNA, NIKOS, PETROS, ZOE, enter_official, staff_token
from tests.support.setting_up import a_new_municipality, a_platform_administrator, its_administrator, set_all_up
from tests.support.settings import enter_administrator, enter_head
from tests.support.world import Town, rows
from tests.ui.opened import a_page, press

PAGES: dict[str, Any] = {
    "municipality": SetUpContactState,
    "departments": SetUpDepartmentsState,
    "services": SetUpServicesState,
    "desks": SetUpDesksState,
    "hours": SetUpHoursState,
    "publish": PublishState,
}


async def opened(town: Town, name: str = "", identity: Any = ANNA, state: Any = None, language: str = "") -> Any:
    state = state or (PAGES[name] if name else OverviewState)
    path = f"{language}/admin{f'/setup/{name}' if name else ''}?m=drama"
    page = a_page(state, town, path, staff=staff_token(town, identity))
    await press(page, "load")
    return page


@pytest.fixture
def drama(open_town: Town) -> MunicipalityRow:
    return a_new_municipality(open_town)


@pytest.fixture
def anna(open_town: Town, drama: MunicipalityRow) -> Official:
    return its_administrator(open_town, drama)


async def test_the_overview_lists_six_tasks_with_what_is_next(open_town: Town, anna: Official) -> None:
    page = await opened(open_town)
    assert [task.name for task in page.tasks][:3] == ["Στοιχεία του δήμου", "Τμήματα", "Υπηρεσίες"]
    assert {task.state for task in page.tasks} == {"Δεν ξεκίνησε"}
    assert (page.done, page.left) == ("Έτοιμα 0 από 6", "μένουν περίπου 8 λεπτά")
    assert page.tasks[2].who == "2 λεπτά"
    assert (page.go_on.text, page.go_on.href) == (
        "Συνέχεια: Στοιχεία του δήμου",
        "/admin/setup/municipality?m=drama",
    )
    assert page.findings[0].text == "Δεν υπάρχει ακόμη υπηρεσία:"


async def test_the_whole_way_is_gone_by_presses(open_town: Town, drama: MunicipalityRow, anna: Official) -> None:
    contact = await opened(open_town, "municipality")
    await press(contact, "submit", {"address_el": "Πλατεία 1", "opened": contact.opened_json})
    assert list(contact.errors) == ["phone"]
    form = {"address_el": "Πλατεία 1", "address_en": "", "phone": "2521 350600", "email": ""}
    await press(contact, "submit", form | {"opened": contact.opened_json})
    assert (contact.saved, contact.values["address_en"]) == ("Αποθηκεύτηκε.", "Plateia 1")

    departments = await opened(open_town, "departments")
    await press(departments, "submit", {"tick-registry": "on", "tick-x": "on", "tick-mayor": "off"})
    assert (departments.said, departments.focus_target) == ("Προστέθηκε 1 τμήμα.", "settings-saved")
    assert [row.name for row in departments.rows if row.is_there] == ["Τμήμα Δημοτολογίου και Ληξιαρχείου"]

    services = await opened(open_town, "services", language="/en")
    row = services.rows[0]
    assert row.under == "Civil Registry · 10 minutes · Video call, In person, Telephone call"
    assert "(the department is added too)" in services.rows[8].under
    await press(services, "submit", {"tick-certificates": "on", "tick-support": "on"})
    assert services.said == "2 services were added."

    desks = await opened(open_town, "desks")
    assert desks.summary == "Υπηρεσίες με θέση: 0 από 2"
    await press(desks, "add")
    assert desks.said == "Νέες θέσεις: 4. Υπηρεσίες που απέκτησαν θέση: 2."

    hours = await opened(open_town, "hours")
    await press(hours, "set_hours")
    assert (hours.said, hours.summary) == ("Ορίστηκε ωράριο για 2 υπηρεσίες.", "Υπηρεσίες με ωράριο: 2 από 2")

    overview = await opened(open_town)
    assert (overview.done, overview.go_on.href) == ("Έτοιμα 5 από 6", "/admin/setup/publish?m=drama")
    assert overview.tasks[1].who == "Α. ΛΟΓΟΘΕΤΗ, 20/11 10:00"
    assert [one.text for one in overview.findings] == ["Αγγλικά ονόματα σε όλες"]
    assert overview.meter == ["is-on"] * 5 + [""]

    page = await opened(open_town, "publish")
    assert (page.can_publish, page.undone) == (True, [])
    await press(page, "publish", {"when": "now", "date": "", "clock": ""})
    assert (page.said, page.is_published) == ("Ο δήμος δημοσιεύτηκε. Οι πολίτες μπορούν να κλείσουν ραντεβού.", True)
    overview = await opened(open_town)
    assert (overview.is_published, overview.attention, overview.findings) == (True, [], [])


async def test_a_date_is_said_and_can_be_taken_back(open_town: Town, drama: MunicipalityRow, anna: Official) -> None:
    set_all_up(open_town, anna, drama)
    page = await opened(open_town, "publish")
    await press(page, "publish", {"when": "later", "date": "2026-11-19", "clock": "8:00"})
    assert (page.problems[0].name, page.focus_target) == ("date", "error-summary")
    await press(page, "publish", {"when": "later", "date": "2026-12-01", "clock": "8:00"})
    assert (page.opens, page.said) == ("1/12 8:00", "Ο δήμος ανοίγει μόνος του στις 1/12 8:00.")
    assert (await opened(open_town)).end == "Ο δήμος ανοίγει για τους πολίτες στις 1/12 8:00"
    await press(page, "withdraw")
    assert (page.opens, page.said) == ("", "Η ημερομηνία ακυρώθηκε.")


async def test_what_cannot_be_published_yet_says_what_is_left(open_town: Town, anna: Official) -> None:
    page = await opened(open_town, "publish")
    assert (page.can_publish, len(page.undone)) == (False, 5)
    await press(page, "publish", {"when": "now"})
    assert page.problem == "Η δημοσίευση γίνεται όταν είναι έτοιμες οι άλλες πέντε εργασίες."


async def test_the_calendar_is_tried_and_nothing_is_written(
    open_town: Town, drama: MunicipalityRow, anna: Official
) -> None:
    set_all_up(open_town, anna, drama, "certificates")
    page = await opened(open_town, "publish", state=PreviewState)
    assert page.choices[0].text == "Πιστοποιητικά δημοτολογίου · Τηλεδιάσκεψη"
    assert (page.month.title, page.month.free_days > 0) == ("Νοέμβριος 2026", True)
    await press(page, "choose", page.choices[1].value)
    await press(page, "show_month", "2026-12-01")
    await press(page, "pick_day", "2026-12-01")
    times = [time for part in page.day.parts for time in part.times]
    assert times[0].at == int(at("2026-12-01 08:30").timestamp())
    await press(page, "pick_time", times[0].at)
    assert {line.name: line.value for line in page.trial}["Πού"] == "Πλατεία 1"
    assert [time.is_chosen for part in page.day.parts for time in part.times][:2] == [True, False]
    assert page.focus_target == "trial-title"
    await press(page, "pick_time", 3)
    assert page.trial == []
    assert [*rows(open_town.context.db, BookingRow), *rows(open_town.context.db, DraftRow)] == []


@pytest.mark.parametrize("choice", ["", "x", "0:video", "1:video", "99999999999:video", "1", ":"])
async def test_a_forged_choice_shows_nothing(
    open_town: Town, drama: MunicipalityRow, anna: Official, choice: str
) -> None:
    set_all_up(open_town, anna, drama, "certificates")
    page = await opened(open_town, "publish", state=PreviewState)
    await press(page, "choose", choice)
    assert (page.month.weeks, page.day.on) == ([], "")
    await press(page, "show_month", "x" * 50)
    await press(page, "pick_day", "x")
    assert page.trial == []


@pytest.mark.parametrize(
    ("identity", "sees"), [(ANNA, True), (PETROS, True), (NIKOS, False), (ZOE, False), (None, False)]
)
async def test_the_page_before_publishing_is_open_to_those_who_work_there_alone(
    open_town: Town, drama: MunicipalityRow, anna: Official, identity: Any, sees: bool
) -> None:
    enter_official(open_town, PETROS, of=drama)
    enter_official(open_town, NIKOS)
    a_platform_administrator(open_town)
    set_all_up(open_town, anna, drama)
    token = staff_token(open_town, identity) if identity else ""
    page = a_page(MunicipalityPageState, open_town, "/m/drama", staff=token)
    await press(page, "load")
    assert (page.is_preview, page.has_joined, len(page.services)) == (sees, False, 2 if sees else 0)
    # One who does not work there has the same page as before, whatever others have seen.
    other = a_page(MunicipalityPageState, open_town, "/m/drama")
    await press(other, "load")
    assert (other.is_preview, other.services, other.phone) == (False, [], page.phone)


async def test_a_head_sees_the_tasks_and_may_not_press(open_town: Town) -> None:
    enter_head(open_town)
    page = a_page(OverviewState, open_town, "/admin?m=kavala", staff=staff_token(open_town))
    await press(page, "load")
    assert page.is_loaded
    assert page.go_on.href == ""
    for name, handler, *given in (
        ("departments", "submit", {"tick-registry": "on"}),
        ("services", "submit", {"tick-fees": "on"}),
        ("desks", "add"),
        ("hours", "set_hours"),
        ("hours", "suggest"),
        ("publish", "publish", {"when": "now"}),
        ("publish", "withdraw"),
    ):
        form = a_page(PAGES[name], open_town, f"/admin/setup/{name}?m=kavala", staff=staff_token(open_town))
        await press(form, handler, *given)
        assert form.problem, name
    assert len(rows(open_town.context.db, DepartmentRow)) == 1


async def test_another_municipality_is_a_missing_page(open_town: Town, drama: MunicipalityRow) -> None:
    enter_administrator(open_town)
    for name in PAGES:
        page = await opened(open_town, name, NIKOS)
        assert page.is_missing, name
    assert (await opened(open_town, "", NIKOS)).is_missing


async def test_what_cannot_be_booked_is_said_with_the_way_there(
    open_town: Town, drama: MunicipalityRow, anna: Official
) -> None:
    set_all_up(open_town, anna, drama, "certificates")
    with transaction(open_town.context.db) as tx:
        [service] = [row for row in rows(open_town.context.db, ServiceRow) if row.slug != open_town.service.slug]
        tx.get_one(ServiceRow, service.id).staff_reserve = 2
        tx.get_one(ServiceRow, service.id).is_name_en_suggested = True
    page = await opened(open_town)
    texts = [one.text for one in page.findings]
    assert texts == [
        "Αγγλικά ονόματα σε όλες, 1 προτεινόμενο",
        (
            "Πιστοποιητικά δημοτολογίου: καμία ελεύθερη ώρα όσο φτάνει ο ορίζοντας, "
            "γιατί όλες οι θέσεις μένουν για τους υπαλλήλους."
        ),
    ]
    assert page.findings[1].ways[0].href == f"/admin/hours/{service.id}?m=drama"

"""Figures as files: the numbers of the page, and no others."""

import csv
from collections import Counter
from datetime import date
from io import StringIO

import httpx2
import pytest

from dimoslive.cookies import staff_cookie_name
from dimoslive.db.engine import transaction
from dimoslive.db.tables.official import OfficialRightRow
from dimoslive.db.tables.search_tally import SearchTallyRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.figures.asked import Asked, Per, Span
from dimoslive.domain.people.principals import Official, StaffRole
from dimoslive.services.figures.show_figure import show_figure
from dimoslive.services.upkeep.remember_capacity import remember_capacity
from tests.http.site import Site
from tests.support.figures import a_row, add_rows, the_worked_day
from tests.support.lists import place_of, within
from tests.support.meeting import enter_official, staff_token
from tests.support.world import Town, on_the_day

FILE = "/api/desk/figures"
DAYS = {"m": "kavala", "from": "20/11/2026", "until": "24/11/2026", "per": "day"}
SPAN = Span(date(2026, 11, 20), date(2026, 11, 24))


@pytest.fixture
def official(town: Town) -> Official:
    return enter_official(town)


def signed_in(site: Site, official: Official, role: StaffRole = StaffRole.HEAD) -> httpx2.AsyncClient:
    site.town.clock.set(on_the_day("2026-11-25 08:00"))
    with transaction(site.context.db) as tx:
        tx.get_one(OfficialRightRow, (official.id, site.town.municipality.id)).role = role.value
    browser = site.browser()
    browser.cookies.set(staff_cookie_name(site.context.public_url), staff_token(site.town))
    return browser


async def read(browser: httpx2.AsyncClient, **words: str) -> list[dict[str, str]]:
    answer = await browser.get(FILE, params=DAYS | words)
    assert answer.status_code == 200
    delimiter = "," if words.get("language") == "en" else ";"
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def sums(lines: list[dict[str, str]]) -> Counter[str]:
    found = Counter[str]()
    for line in lines:
        found.update({name: int(cell) for name, cell in line.items() if cell.isdecimal()})
    return found


async def test_the_worked_day_stands_in_the_file_as_on_the_page(site: Site, town: Town, official: Official) -> None:
    the_worked_day(town)
    found = sums(await read(signed_in(site, official)))
    assert found == Counter(
        {
            "κλείστηκαν": 7,
            "προγραμματισμένα": 6,
            "εξυπηρετήθηκαν": 3,
            "δεν_εξυπηρετήθηκαν": 1,
            "δεν_προσήλθαν": 1,
            "χωρίς_αποτέλεσμα": 1,
            "ακυρώσεις_πολιτών": 1,
            "λεπτά_κλεισμένα": 120,
        }
    )


@pytest.mark.parametrize("role", [StaffRole.HEAD, StaffRole.OFFICIAL])
async def test_sums_of_the_file_equal_the_page(site: Site, town: Town, official: Official, role: StaffRole) -> None:
    """Whoever may not see others' desks has their numbers without the desk."""
    the_worked_day(town)
    other = town.another_service(desks=2)
    rows = [
        a_row(town, f"2026-11-2{day} 1{hour}:00", status, service_id=service.id, outcome="other")
        for day in (1, 3)
        for hour, status in enumerate(BookingStatus)
        for service in (town.service, other)
    ]
    add_rows(town, rows)
    lines = await read(signed_in(site, official, role), language="en")
    found, who = sums(lines), within(town, official, role=role)

    def page(name: str) -> dict[str, int]:
        figure = show_figure(town.context, who, place_of(town, who), name, Asked(SPAN, Per.DAY))
        return {column.name: int(column.total or 0) for column in figure.columns}

    assert (found["made"], found["due"]) == (page("bookings")["made"], page("bookings")["due"])
    assert found["served"] + found["not_served"] + found["no_shows"] == page("no_shows")["done"]
    assert (found["no_shows"], found["not_served"]) == (page("no_shows")["no_shows"], page("reasons")["bookings"])
    assert found["unrecorded"] == page("outcomes")["unrecorded"]
    cancelled = page("cancellations")
    assert found["cancelled_by_citizens"] == cancelled["by_citizen"]
    assert found["cancelled_by_municipality"] == cancelled["by_municipality"]
    assert found["served"] + found["not_served"] + found["no_shows"] + found["unrecorded"] == found["due"]
    assert {bool(line["desk"]) for line in lines} == {role is StaffRole.HEAD}


async def test_hours_of_desks_and_searches_stand_in_the_file_as_on_the_page(
    site: Site, town: Town, official: Official
) -> None:
    the_worked_day(town)
    browser = signed_in(site, official)
    remember_capacity(town.context)
    # Of Monday nothing was written.
    add_rows(town, [a_row(town, "2026-11-23 09:00")])
    with transaction(town.context.db) as tx:
        for kind, number in (("all", 9), ("none", 2), ("late", 1)):
            tx.add(
                SearchTallyRow(service_id=town.service.id or 0, day=SPAN.last, mode="phone", kind=kind, searches=number)
            )
    lines = await read(browser)
    found = sums(lines)
    assert (found["λεπτά_ανοιχτά"], found["αναζητήσεις"], found["αναζητήσεις_χωρίς_ώρα"]) == (390, 9, 2)
    [hours] = [line for line in lines if line["λεπτά_ανοιχτά"] == "390"]
    assert (hours["ημέρα"], hours["υπηρεσία"], hours["τρόπος"], hours["θέση"]) == ("24/11/2026", "", "", "Θυρίδα 1")
    [unknown] = [line for line in lines if line["λεπτά_ανοιχτά"] == "άγνωστο"]
    assert (unknown["ημέρα"], unknown["θέση"]) == ("23/11/2026", "Θυρίδα 1")

    who = within(town, official, role=StaffRole.HEAD)
    use, searches = (
        {column.name: column.total for column in figure.columns} | {one.name: one.value for one in figure.sums}
        for figure in (
            show_figure(town.context, who, place_of(town, who), name, Asked(SPAN, Per.DAY))
            for name in ("use", "empty_searches")
        )
    )
    assert (use["open"], use["unknown"], searches["searches"], searches["found"]) == (390, 1, 9, 2)


async def test_a_figures_file_has_the_lines_of_its_table(site: Site, town: Town, official: Official) -> None:
    the_worked_day(town)
    lines = await read(signed_in(site, official), figure="outcomes")
    assert lines[-1] == {
        "Ημέρα": "24/11/2026",
        "Εξυπηρετήθηκαν (%)": "60,0",
        "Δεν εξυπηρετήθηκαν (%)": "20,0",
        "Δεν προσήλθαν (%)": "20,0",
        "Χωρίς αποτέλεσμα": "1",
    }


async def test_what_cannot_be_asked_for_is_refused(site: Site, official: Official) -> None:
    browser = signed_in(site, official)
    for words, status in (
        ({"figure": "nothing"}, 404),
        ({"m": "drama"}, 404),
        ({"from": "31/2/2026"}, 422),
        ({"from": "1/1/2020"}, 422),
    ):
        assert (await browser.get(FILE, params=DAYS | words)).status_code == status, words

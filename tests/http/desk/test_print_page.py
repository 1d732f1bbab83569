"""The day on paper: sheets by desk, what was asked for on them, and nothing of others."""

from dataclasses import replace

import httpx2
import pytest

from dimoslive.cookies import staff_cookie_name
from dimoslive.db.tables.desk import AuditEventRow
from dimoslive.domain.booking.booking import BookingSource
from dimoslive.http.desk.print_sheets import Sheet, sheets_of
from dimoslive.i18n import texts_of
from dimoslive.services.desk.print_day import PrintWish, print_day
from tests.http.site import Site
from tests.support.builders import TUESDAY
from tests.support.lists import change, place_of
from tests.support.log import said_of_security
from tests.support.meeting import enter_foreign_official, enter_official, staff_token
from tests.support.world import Town, rows

DAY = {"m": "kavala", "date": "2026-11-24"}
OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def browser(site: Site) -> httpx2.AsyncClient:
    """An official's, signed in."""
    enter_official(site.town)
    browser = site.browser()
    browser.cookies.set(staff_cookie_name(site.context.public_url), staff_token(site.town))
    return browser


async def post(
    browser: httpx2.AsyncClient, path: str = "/desk/print", headers: dict[str, str] = OURS, **asked: str
) -> httpx2.Response:
    return await browser.post(path, data=DAY | asked, headers=headers)


async def look(browser: httpx2.AsyncClient, path: str = "/desk/print", **asked: str) -> str:
    answer = await post(browser, path, OURS, **asked)
    assert answer.status_code == 200
    return answer.text


async def test_a_sheet_says_who_comes_when_and_who_printed_it(town: Town, browser: httpx2.AsyncClient) -> None:
    town.a_booking("09:00")
    html = await look(browser)
    for text in (
        "Τρίτη 24 Νοεμβρίου 2026",
        "Δήμος Καβάλας",
        "σελίδα 1 από 1",
        "ΠΑΠΑΔΟΠΟΥΛΟΥ ΕΛΕΝΗ",
        ">9:00<",
        'Εκτυπώθηκε από <span lang="el">ΝΙΚΟΣ ΔΗΜΟΥ</span>, 20/11/2026 10:00',
        "Περιέχει προσωπικά δεδομένα: καταστρέψτε το μετά την ημέρα",
    ):
        assert text in html
    english = await look(browser, "/en/desk/print")
    assert "Tuesday 24 November 2026" in english
    assert '<html lang="en">' in english


async def test_what_is_greek_on_an_english_sheet_says_so(town: Town, browser: httpx2.AsyncClient) -> None:
    change(town, town.a_booking("09:00"), help_needed="αναπηρικό αμαξίδιο")
    english = await look(browser, "/en/desk/print")
    for text in ("ΠΑΠΑΔΟΠΟΥΛΟΥ ΕΛΕΝΗ", "αναπηρικό αμαξίδιο"):
        assert f'lang="el">{text}<' in english
    assert 'Printed by <span lang="el">ΝΙΚΟΣ ΔΗΜΟΥ</span>, 20/11/2026 10:00' in english


async def test_phones_and_subjects_are_on_it_only_where_they_are_asked_for(
    town: Town, browser: httpx2.AsyncClient
) -> None:
    change(town, town.a_booking("09:00"), subject="<script>alert(1)</script>")
    plain = await look(browser)
    assert "691 234 5678" not in plain
    assert "alert(1)" not in plain
    full = await look(browser, phones="1", subjects="1")
    assert "691 234 5678" in full
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in full


async def test_it_is_for_officials_of_the_municipality(site: Site, browser: httpx2.AsyncClient) -> None:
    enter_foreign_official(site.town)
    for asked in ({"m": "drama"}, {"m": "nowhere"}, {"desk": "0"}, {"desk": "x"}, {"desk": "9" * 30}):
        assert (await post(browser, "/desk/print", OURS, **asked)).status_code == 404
    answer = await post(site.browser(), "/en/desk/print")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/en/desk/sign-in?next=%2Fen%2Fdesk"


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
async def test_no_look_and_no_other_site_writes_into_the_log(
    town: Town, browser: httpx2.AsyncClient, headers: dict[str, str]
) -> None:
    assert (await post(browser, headers=headers)).status_code == 403
    assert (await browser.get("/desk/print", params=DAY)).status_code == 405
    assert rows(town.context.db, AuditEventRow) == []
    assert (await post(browser)).status_code == 200
    assert [row.action for row in rows(town.context.db, AuditEventRow)] == ["day.printed"]


async def test_who_reaches_for_another_municipality_leaves_one_line_in_the_log_of_security(
    site: Site, browser: httpx2.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    enter_foreign_official(site.town)
    await look(browser)
    assert said_of_security(caplog) == []
    assert (await post(browser, m="drama")).status_code == 404
    [line] = said_of_security(caplog)
    assert line.startswith("out of reach: /desk/print, official ")
    assert "drama" not in line


async def test_a_day_that_is_none_or_too_far_away_is_today(browser: httpx2.AsyncClient) -> None:
    for text in ("", "x" * 300, "2031-01-01", "31/02/2026"):
        assert "Παρασκευή 20 Νοεμβρίου 2026" in await look(browser, date=text)


def sheets(town: Town, bookings: int, **words: str) -> list[Sheet]:
    """The sheets of a day with so many bookings at one desk, all as told."""
    official = enter_official(town)
    first = town.a_booking("09:00")
    change(town, first, **words)
    wish = PrintWish(TUESDAY, with_subjects=True)
    day = print_day(town.context, official, place_of(town, official), wish)
    [desk] = day.desks
    full = replace(desk, lines=desk.lines * bookings)
    return sheets_of(replace(day, desks=(full,)), wish, "Europe/Athens", texts_of("el"))


def test_a_full_desk_goes_on_on_another_sheet_and_loses_nobody(town: Town) -> None:
    found = sheets(town, 60)
    assert [sheet.number for sheet in found] == list(range(1, len(found) + 1))
    assert sum(len(sheet.rows) for sheet in found) == 60
    assert 12 <= len(found[0].rows) <= 20
    assert {sheet.summary for sheet in found} == {"60 ραντεβού"}


def test_long_words_take_more_of_a_sheet(town: Town) -> None:
    assert [len(sheet.rows) for sheet in sheets(town, 12, subject="Μεγάλο θέμα " * 80)] == [2] * 6


def test_marks_are_words(town: Town) -> None:
    [sheet] = sheets(town, 1, served_person="other", person_name="Άννα Λ.", source=BookingSource.PHONE.value)
    [row] = sheet.rows
    assert (row.name, row.marks) == ("Άννα Λ.", "για άλλο πρόσωπο, από τον δήμο")
    assert "Άννα" not in repr(sheet)

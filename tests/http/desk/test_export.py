"""The file of an export: posted from our own page by an official, or back to the page with what is wrong."""

import csv
from io import StringIO
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from dimoslive.cookies import staff_cookie_name
from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import ServiceRow
from dimoslive.db.tables.desk import AuditEventRow
from dimoslive.db.tables.official import OfficialRightRow
from dimoslive.domain.people.principals import StaffRole
from tests.http.site import Site
from tests.support.lists import change
from tests.support.meeting import enter_foreign_official, enter_official, staff_token
from tests.support.world import Town, rows

FILE = "/api/desk/export"
OURS = {"Sec-Fetch-Site": "same-origin"}
FORM = {"m": "kavala", "from": "24/11/2026", "until": "24/11/2026", "format": "csv", "language": "el"}


@pytest.fixture
def head(site: Site) -> httpx2.AsyncClient:
    """The browser of a head, signed in."""
    official = enter_official(site.town)
    with transaction(site.context.db) as tx:
        tx.get_one(OfficialRightRow, (official.id, site.town.municipality.id)).role = StaffRole.HEAD.value
    return signed_in(site)


def signed_in(site: Site) -> httpx2.AsyncClient:
    browser = site.browser()
    browser.cookies.set(staff_cookie_name(site.context.public_url), staff_token(site.town))
    return browser


async def post(browser: httpx2.AsyncClient, headers: dict[str, str] = OURS, **fields: str) -> httpx2.Response:
    return await browser.post(FILE, data=FORM | fields, headers=headers)


def asked_again(answer: httpx2.Response) -> dict[str, Any]:
    assert answer.status_code == 303
    where = urlsplit(answer.headers["Location"])
    return {"page": where.path} | {name: values[0] for name, values in parse_qs(where.query).items()}


async def test_a_head_gets_the_file_with_all_columns(site: Site, town: Town, head: httpx2.AsyncClient) -> None:
    change(town, town.a_booking("09:00"), subject="=1+1")
    answer = await post(head)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''kavala-2026-11-24.csv"
    assert answer.headers["Cache-Control"] == "no-store"
    heads, line = csv.reader(StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";")
    assert len(heads) == len(line) == 18
    found = dict(zip(heads, line, strict=True))
    assert found.pop("αριθμός")[4] == "-"
    assert found == {
        "ημερομηνία": "24/11/2026",
        "ώρα": "09:00",
        "διάρκεια": "10",
        "όνομα": "ΠΑΠΑΔΟΠΟΥΛΟΥ ΕΛΕΝΗ",
        "τηλέφωνο": "691 234 5678",
        "email": "eleni@example.com",
        "υπηρεσία": "Πιστοποιητικό",
        "τμήμα": "Τμήμα Δημοτολογίου",
        "τρόπος": "Τηλεδιάσκεψη",
        "θέση": found["θέση"],
        "κατάσταση": "Επιβεβαιωμένο",
        "αποτέλεσμα": "",
        "θέμα": "'=1+1",
        "πηγή": "πολίτης",
        "προσέλευση": "",
        "έναρξη": "",
        "λήξη": "",
    }
    assert [row.action for row in rows(site.context.db, AuditEventRow)] == ["bookings.exported"]


async def test_as_xlsx_and_over_days_it_is_named_so(town: Town, head: httpx2.AsyncClient) -> None:
    town.a_booking("09:00")
    answer = await post(head, format="xlsx", until="25-11-26", language="en")
    assert answer.content[:2] == b"PK"
    assert "kavala-2026-11-24-2026-11-25.xlsx" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
async def test_no_other_site_has_a_file_made(site: Site, head: httpx2.AsyncClient, headers: dict[str, str]) -> None:
    answer = await post(head, headers)
    assert answer.status_code == 403
    assert (await head.get(FILE, params=FORM)).status_code == 405
    assert rows(site.context.db, AuditEventRow) == []


async def test_without_a_session_the_way_leads_to_the_sign_in(site: Site) -> None:
    answer = await post(site.browser())
    assert answer.headers["Location"] == "/desk/sign-in?next=%2Fdesk"


async def test_an_official_asks_for_the_own_desk_or_hears_why_not(site: Site) -> None:
    enter_official(site.town)
    answer = await post(signed_in(site))
    assert asked_again(answer) == {
        "page": "/desk/export",
        "m": "kavala",
        "from": "24/11/2026",
        "until": "24/11/2026",
        "problem": "own_desk_only",
        "field": "desk",
    }


async def test_what_is_wrong_comes_back_with_all_that_was_filled_in(
    head: httpx2.AsyncClient, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = asked_again(await post(head, until="αύριο", mode="video", language="en"))
    assert (back["page"], back["until"], back["mode"]) == ("/en/desk/export", "αύριο", "video")
    assert (back["problem"], back["field"]) == ("not_a_date", "until")
    assert asked_again(await post(head, until="23/11/2026"))["problem"] == "ends_before_start"
    monkeypatch.setattr("dimoslive.services.desk.export_bookings.MAX_ROWS", 0)
    town.a_booking("09:00")
    back = asked_again(await post(head))
    assert (back["problem"], back["found"]) == ("too_many_rows", "1")


async def test_another_municipality_is_as_unknown_as_none(site: Site, head: httpx2.AsyncClient) -> None:
    enter_foreign_official(site.town)
    for slug in ("drama", "nowhere", "", "x" * 500, "' OR 1=1 --"):
        assert (await post(head, m=slug)).status_code == 404
    assert rows(site.context.db, AuditEventRow) == []


async def test_a_filter_that_names_nothing_never_widens(town: Town, head: httpx2.AsyncClient) -> None:
    town.a_booking("09:00")
    with transaction(town.context.db) as tx:
        service = tx.get_one(ServiceRow, town.service.id)
    assert len((await post(head, service=str(service.id))).content.splitlines()) == 2
    for hostile in ("9999999999999999999", "-1", "x", "1 OR 1=1", "²", "99"):
        assert len((await post(head, service=hostile)).content.splitlines()) == 1

"""A file is sent from our own page by whoever may import, and what comes back is theirs alone."""

import csv
from io import StringIO
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from dimoslive.cookies import staff_cookie_name
from dimoslive.db.engine import transaction
from dimoslive.db.tables.official import OfficialRightRow
from dimoslive.db.tables.settings import ImportDraftRow
from dimoslive.domain.imports.kinds import COLUMNS, ImportKind
from dimoslive.domain.imports.rows import MAX_BYTES, read_rows
from dimoslive.domain.people.principals import StaffRole
from dimoslive.ports import Identity
from tests.http.site import Site, production
from tests.support.imports import SERVICES_HEAD
from tests.support.meeting import NIKOS, PETROS, ZOE, enter_foreign_official, enter_official, staff_token
from tests.support.ports import KnownPersons
from tests.support.world import Town, rows

FILE = "/api/admin/import"
OURS = {"Sec-Fetch-Site": "same-origin"}
FORM = {"m": "kavala", "kind": "services", "language": "el"}
LINES = f"{SERVICES_HEAD}\r\nΤμήμα Δημοτολογίου;Βεβαιώσεις;;Φ;15;30;;;;1;\r\nΤμήμα Δημοτολογίου;=1+1;;Φ;7;30;;;;1;"


def signed_in(site: Site, identity: Identity = NIKOS, role: StaffRole | None = None) -> httpx2.AsyncClient:
    if role is not None:
        official = enter_official(site.town, identity)
        with transaction(site.context.db) as tx:
            tx.get_one(OfficialRightRow, (official.id, site.town.municipality.id)).role = role.value
    browser = site.browser()
    browser.cookies.set(staff_cookie_name(site.context.public_url), staff_token(site.town, identity))
    return browser


@pytest.fixture
def admin(site: Site) -> httpx2.AsyncClient:
    """The browser of an administrator."""
    return signed_in(site, role=StaffRole.ADMINISTRATOR)


async def post(
    browser: httpx2.AsyncClient, content: bytes = LINES.encode(), headers: dict[str, str] = OURS, **fields: str
) -> httpx2.Response:
    return await browser.post(FILE, data=FORM | fields, files={"file": ("α.csv", content)}, headers=headers)


def led_to(answer: httpx2.Response) -> tuple[str, dict[str, str]]:
    assert answer.status_code == 303
    where = urlsplit(answer.headers["Location"])
    return where.path, {name: values[0] for name, values in parse_qs(where.query).items()}


async def test_a_file_is_kept_and_leads_to_how_it_is_read(town: Town, admin: httpx2.AsyncClient) -> None:
    path, query = led_to(await post(admin, language="en"))
    [row] = rows(town.context.db, ImportDraftRow)
    assert (path, query) == ("/en/admin/import", {"m": "kavala", "draft": str(row.id)})
    assert (row.kind, row.file_name) == ("services", "α.csv")
    assert "Βεβαιώσεις".encode() not in row.content


async def test_the_next_file_takes_the_place_of_the_last(town: Town, admin: httpx2.AsyncClient) -> None:
    await post(admin)
    await post(admin)
    assert len(rows(town.context.db, ImportDraftRow)) == 1


@pytest.mark.parametrize(("content", "problem"), [(b"", "file_is_empty"), (b"x" * (MAX_BYTES + 1), "file_too_large")])
async def test_what_cannot_be_kept_leads_back_with_the_reason(
    town: Town, admin: httpx2.AsyncClient, content: bytes, problem: str
) -> None:
    _, query = led_to(await post(admin, content))
    assert query == {"m": "kavala", "kind": "services", "problem": problem}
    assert rows(town.context.db, ImportDraftRow) == []


async def test_a_form_without_a_file_leads_back(admin: httpx2.AsyncClient) -> None:
    answer = await admin.post(FILE, data=FORM | {"file": "text"}, headers=OURS)
    assert led_to(answer)[1]["problem"] == "file_is_empty"


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
async def test_another_site_sends_nothing_in_somebody_s_name(
    town: Town, admin: httpx2.AsyncClient, headers: dict[str, str]
) -> None:
    assert (await post(admin, headers=headers)).status_code == 403
    assert rows(town.context.db, ImportDraftRow) == []


@pytest.mark.parametrize("words", [{"m": "drama"}, {"kind": "citizens"}, {"m": "x" * 5000}])
async def test_a_foreign_municipality_and_an_unknown_kind_are_not_found(
    admin: httpx2.AsyncClient, words: dict[str, str]
) -> None:
    assert (await post(admin, **words)).status_code == 404


async def test_an_official_may_not_and_a_head_may_services_alone(site: Site) -> None:
    assert (await post(signed_in(site, role=StaffRole.OFFICIAL))).status_code == 404
    head = signed_in(site, PETROS, StaffRole.HEAD)
    assert (await post(head, kind="officials")).status_code == 404
    assert (await post(head)).status_code == 303


async def test_the_report_has_a_line_for_each_mistake(admin: httpx2.AsyncClient) -> None:
    _, query = led_to(await post(admin))
    answer = await admin.get(f"{FILE}/report.csv", params=query | {"language": "el"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="kavala-import-report.csv"'
    _, first, *others = csv.reader(StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";")
    assert first[:2] == ["2", "νέο"]
    assert [line[:4] for line in others] == [
        ["3", "σφάλμα", "Όνομα στα ελληνικά", "'=1+1"],
        ["3", "σφάλμα", "Διάρκεια", "7"],
    ]


async def test_a_report_is_whoever_s_sent_the_file(site: Site, admin: httpx2.AsyncClient) -> None:
    _, query = led_to(await post(admin))
    colleague = signed_in(site, PETROS, StaffRole.ADMINISTRATOR)
    assert (await colleague.get(f"{FILE}/report.csv", params=query)).json() == {"code": "import_gone"}
    enter_foreign_official(site.town)
    assert (await signed_in(site, ZOE).get(f"{FILE}/report.csv", params=query)).status_code == 404


@pytest.mark.parametrize("kind", list(ImportKind))
@pytest.mark.parametrize("language", ["el", "en"])
async def test_a_file_to_begin_with_has_headings_that_are_understood(
    site: Site, kind: ImportKind, language: str
) -> None:
    answer = await site.browser().get(f"{FILE}/template.csv", params={"kind": kind.value, "language": language})
    found = read_rows(answer.content + b"x", COLUMNS[kind])
    assert found.columns == tuple(column.name for column in COLUMNS[kind])


@pytest.mark.parametrize("kind", list(ImportKind))
async def test_files_for_trying_are_there_in_development_alone(town: Town, site: Site, kind: ImportKind) -> None:
    address = f"/dev/import/{kind}.csv"
    found = read_rows((await site.browser().get(address)).content, COLUMNS[kind])
    assert len(found.rows) == {ImportKind.OFFICIALS: 12, ImportKind.SERVICES: 10}[kind]
    assert (await Site(town, production(), KnownPersons()).browser().get(address)).status_code == 404

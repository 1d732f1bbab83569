"""The history as a file: posted from our own page, by whoever may read it, and logged."""

import csv
from io import StringIO

import httpx2

from dimoslive.cookies import staff_cookie_name
from dimoslive.db.tables.desk import AuditEventRow
from dimoslive.services.settings.officials.save_official import add_official
from tests.http.site import Site
from tests.support.meeting import NIKOS, PETROS, ZOE, enter_foreign_official, enter_official, staff_token
from tests.support.settings import enter_administrator
from tests.support.world import rows

FILE = "/api/admin/history"
OURS = {"Sec-Fetch-Site": "same-origin"}


def browser_of(site: Site, identity: object = NIKOS) -> httpx2.AsyncClient:
    browser = site.browser()
    browser.cookies.set(staff_cookie_name(site.context.public_url), staff_token(site.town, identity))  # type: ignore[arg-type]  # who it is
    return browser


async def post(browser: httpx2.AsyncClient, **fields: str) -> httpx2.Response:
    return await browser.post(FILE, data={"m": "kavala", "language": "el"} | fields, headers=OURS)


def with_a_line(site: Site) -> None:
    nikos = enter_administrator(site.town)
    raw = {"afm": "135724681", "last_name": "=Παππάς", "first_name": "Ηλίας", "role": "official"}
    add_official(site.context, nikos, site.town.municipality.id, raw)


async def test_the_file_tells_each_line_with_names_and_no_formula(site: Site) -> None:
    with_a_line(site)
    answer = await post(browser_of(site))
    assert answer.status_code == 200
    head, line = csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert head == ["Ημερομηνία", "Ώρα", "Ποιος", "Ρόλος", "Τι", "Πού", "Πριν", "Μετά", "Αιτία"]
    assert line[:6] == [
        "20/11/2026", "10:00", "Ν. ΔΗΜΟΥ", "Διαχειριστής δήμου", "Καταχώριση υπαλλήλου", "'=Παππάς Ηλίας",
    ]  # fmt: skip
    assert "ΑΦΜ: ******681" in line[7]
    assert rows(site.context.db, AuditEventRow)[-1].action == "history.exported"


async def test_what_is_wrong_leads_back_to_the_page(site: Site) -> None:
    with_a_line(site)
    answer = await post(browser_of(site), **{"from": "x", "language": "en"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/admin/history?m=kavala&from=x")


async def test_nobody_else_gets_it_and_no_other_page_asks_for_it(site: Site) -> None:
    with_a_line(site)
    enter_official(site.town, PETROS)
    enter_foreign_official(site.town)
    before = len(rows(site.context.db, AuditEventRow))
    assert (await post(browser_of(site, PETROS))).status_code in {403, 404}
    assert (await post(browser_of(site, ZOE))).status_code in {403, 404}
    assert (await site.browser().post(FILE, data={"m": "kavala"}, headers=OURS)).status_code == 401
    foreign_page = await browser_of(site).post(FILE, data={"m": "kavala"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign_page.status_code == 403
    assert len(rows(site.context.db, AuditEventRow)) == before

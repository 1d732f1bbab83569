"""The calls as a file: for heads and administrators, of their scope, and written down."""

import csv
import json
from io import StringIO
from typing import Any

import httpx2
import pytest

from dimoslive.cookies import staff_cookie_name
from dimoslive.db.engine import transaction
from dimoslive.db.tables.desk import AuditEventRow, CallTaskRow
from dimoslive.db.tables.official import OfficialRightRow
from dimoslive.domain.people.principals import Official, StaffRole
from tests.http.site import Site
from tests.support.arranging import limit_to_departments
from tests.support.lists import change
from tests.support.meeting import enter_official, staff_token, without_video
from tests.support.world import Town, rows

FILE = "/api/desk/calls"
OURS = {"Sec-Fetch-Site": "same-origin"}
FORM = {"m": "kavala", "language": "el"}


@pytest.fixture
def official(town: Town) -> Official:
    return enter_official(town)


def a_call(town: Town, booking_id: int, **columns: Any) -> None:
    with transaction(town.context.db) as tx:
        tx.add(
            CallTaskRow(
                municipality_id=town.municipality.id,
                booking_id=booking_id,
                kind="not_delivered",
                created_at=town.clock.now(),
                **columns,
            )
        )


def signed_in(site: Site, official: Official, role: StaffRole = StaffRole.HEAD) -> httpx2.AsyncClient:
    with transaction(site.context.db) as tx:
        tx.get_one(OfficialRightRow, (official.id, site.town.municipality.id)).role = role.value
    browser = site.browser()
    browser.cookies.set(staff_cookie_name(site.context.public_url), staff_token(site.town))
    return browser


async def read(browser: httpx2.AsyncClient, **fields: str) -> list[list[str]]:
    answer = await browser.post(FILE, data=FORM | fields, headers=OURS)
    assert answer.status_code == 200
    delimiter = ";" if fields.get("language", "el") == "el" else ","
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


async def test_each_call_is_a_line_with_what_to_say(site: Site, town: Town, official: Official) -> None:
    booking = without_video(town, "10:00")
    a_call(town, booking.id, attempts=2)
    a_call(town, booking.id, done_at=town.clock.now(), done_by=official.id)
    heads, to_make, made = await read(signed_in(site, official))
    assert heads == ["ημερομηνία", "ώρα", "όνομα", "τηλέφωνο", "υπηρεσία", "τι να ειπωθεί", "προσπάθειες", "κατάσταση"]
    assert to_make[:5] == ["24/11/2026", "10:00", "ΠΑΠΑΔΟΠΟΥΛΟΥ ΕΛΕΝΗ", "691 234 5678", "Πιστοποιητικό"]
    assert to_make[5].startswith("Έχετε ραντεβού την Τρίτη 24 Νοεμβρίου, 10:00")
    assert (to_make[6:], made[6:]) == (["2", "εκκρεμεί"], ["0", "έγινε"])
    [english, *_] = await read(signed_in(site, official), language="en")
    assert english[-1] == "status"


async def test_the_filters_of_the_page_count_and_what_is_no_id_finds_nothing(
    site: Site, town: Town, official: Official
) -> None:
    a_call(town, without_video(town, "10:00").id)
    head = signed_in(site, official)
    assert len(await read(head, department=str(town.service.department_id))) == 2
    assert [len(await read(head, **only)) for only in ({"mine": "1"}, {"department": "x"}, {"department": "0"})] == [
        *(1, 1, 1)
    ]


async def test_it_is_written_down_and_no_other_site_or_look_makes_one(
    site: Site, town: Town, official: Official
) -> None:
    a_call(town, without_video(town, "10:00").id)
    head = signed_in(site, official)
    assert (await head.post(FILE, data=FORM, headers={"Sec-Fetch-Site": "cross-site"})).status_code == 403
    assert (await head.get(FILE, params=FORM)).status_code == 405
    assert rows(town.context.db, AuditEventRow) == []
    await read(head, mine="1")
    [line] = rows(town.context.db, AuditEventRow)
    assert (line.action, json.loads(line.after)) == ("calls.exported", {"mine": "True", "calls": 0})


async def test_officials_have_no_file_and_heads_none_of_other_departments(
    site: Site, town: Town, official: Official
) -> None:
    other = town.another_service()
    change(town, booking := without_video(town, "10:00"), person_name="Μόνη Εδώ", name_key="")
    a_call(town, booking.id)
    assert (await signed_in(site, official, StaffRole.OFFICIAL).post(FILE, data=FORM, headers=OURS)).status_code == 404
    assert len(await read(signed_in(site, official))) == 2
    limit_to_departments(town, official, other)
    assert len(await read(signed_in(site, official))) == 1

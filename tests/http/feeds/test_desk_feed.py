"""A desk's calendar as a program fetches it."""

import logging

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.official import DeskOfficialRow
from dimoslive.integrations.log import clean
from dimoslive.services.feeds.make_feed import make_own_feed
from tests.http.site import Site
from tests.support.arranging import desks_of
from tests.support.meeting import enter_official


@pytest.fixture
def path(site: Site) -> str:
    """The address of a feed with one booking."""
    town, nikos = site.town, enter_official(site.town)
    town.a_booking("09:10")
    with transaction(town.context.db) as tx:
        tx.add(DeskOfficialRow(desk_id=desks_of(town)[0], official_id=nikos.id))
    return f"/feeds/{make_own_feed(town.context, nikos, 'el')}/mydimoslive.ics"


async def test_a_program_that_asks_again_is_told_that_nothing_changed(site: Site, path: str) -> None:
    program = site.browser()
    answer = await program.get(path, headers={"User-Agent": "Thunderbird/128.0"})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'inline; filename="mydimoslive.ics"'
    assert answer.headers["Cache-Control"] == "private, max-age=300"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.content.startswith(b"BEGIN:VCALENDAR\r\n")
    head = await program.head(path)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("ETag", "Content-Type", "Content-Length"):
        assert head.headers[name] == answer.headers[name]
    again = await program.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", answer.headers["ETag"])
    assert again.headers["Cache-Control"] == answer.headers["Cache-Control"]


async def test_beyond_60_in_an_hour_a_program_is_told_when_to_ask_again(site: Site, path: str) -> None:
    program = site.browser()
    assert [(await program.head(path)).status_code for _ in range(60)] == [200] * 60
    answer = await program.get(path)
    assert (answer.status_code, answer.json()) == (429, {"code": "too_many_attempts"})
    assert answer.headers["Retry-After"] == "3600"


async def test_an_unknown_address_is_nothing(site: Site) -> None:
    for token in ("a" * 43, "..%00", "δ"):
        answer = await site.browser().get(f"/feeds/{token}/mydimoslive.ics")
        assert (answer.status_code, answer.json()) == (404, {"code": "not_found"})


async def test_the_address_stands_in_no_log(site: Site, path: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        await site.browser().get(path)
    token = path.split("/")[2]
    assert token not in "".join(line.getMessage() for line in caplog.records if not line.name.startswith("httpx"))
    assert clean(f"GET {path} 200", 500) == "GET /feeds/…/mydimoslive.ics 200"

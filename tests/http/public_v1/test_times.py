"""Free times over HTTP: right within a second, shared by all who ask meanwhile, and bounded."""

import asyncio
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import ServiceRow
from dimoslive.http.public_v1.forms import instant, instants
from dimoslive.http.public_v1.kept import TIMES_SECONDS
from dimoslive.http.public_v1.problems import ApiProblem
from dimoslive.http.public_v1.shared import Shared
from tests.http.site import Site, development
from tests.support.clock import FrozenClock
from tests.support.database import counting
from tests.support.world import NOW

TAKEN = "2026-11-24T07:10:00Z"


def starts(answer: dict[str, Any]) -> set[str]:
    return {one["starts_at"] for day in answer["days"] for one in day["times"]}


async def test_it_says_when_and_how_many_places_are_left(site: Site, times: str) -> None:
    found = (await site.browser().get(f"{times}&from=2026-11-24&to=2026-11-24")).json()
    assert {name: found[name] for name in ("municipality", "mode", "zone", "duration_minutes", "from", "to")} == {
        "municipality": "kavala",
        "mode": "video",
        "zone": "Europe/Athens",
        "duration_minutes": 10,
        "from": "2026-11-24",
        "to": "2026-11-24",
    }
    assert (found["computed_at"], found["horizon_until"]) == ("2026-11-20T08:00:00Z", "2027-01-19")
    assert (found["next_release_at"], found["next_free_on"]) == ("2026-11-21T06:00:00Z", "2026-11-25")
    [day] = found["days"]
    assert day["date"] == "2026-11-24"
    assert day["times"][0] == {"starts_at": "2026-11-24T06:30:00Z", "few": True}


async def test_what_is_booked_is_gone_within_a_second_over_another_worker(
    site: Site, times: str, tmp_path: Path
) -> None:
    here, other = site.browser(), Site(site.town, development(tmp_path)).browser()
    before = await here.get(times)
    assert TAKEN in starts(before.json())
    site.town.a_booking("09:10")
    assert TAKEN not in starts((await other.get(times)).json())
    site.town.clock.advance(seconds=TIMES_SECONDS)
    after = await here.get(times, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert TAKEN not in starts(after.json())
    assert after.headers["Cache-Control"] == "no-cache"


async def test_the_same_times_computed_later_are_known(site: Site, times: str) -> None:
    browser = site.browser()
    site.town.clock.advance(minutes=1)
    first = await browser.get(times)
    site.town.clock.advance(seconds=TIMES_SECONDS)
    again = await browser.get(times, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


async def test_one_computation_serves_all_who_ask_meanwhile(site: Site, times: str) -> None:
    browser = site.browser()
    with counting(site.context.db) as statements:
        answers = await asyncio.gather(*(browser.get(times) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {200}
    assert len(statements) == 3


@pytest.mark.parametrize(
    ("query", "code", "at_"),
    [
        ("from=2026-11-19", "invalid_value", "query.from"),
        ("from=2028-01-01", "invalid_value", "query.from"),
        ("from=2026-11-25&to=2026-11-24", "range_reversed", "query.to"),
        ("from=2026-11-20&to=2027-01-21", "range_too_long", "query.to"),
        ("from=2027-12-20&to=2028-01-01", "invalid_value", "query.to"),
        ("from=24/11/2026", "invalid_value", "query.from"),
        ("mode=pigeon", "invalid_value", "query.mode"),
    ],
)
async def test_days_that_cannot_be_asked_for_are_named(
    site: Site, service: str, query: str, code: str, at_: str
) -> None:
    query = query if "mode" in query else f"mode=video&{query}"
    answer = await site.browser().get(f"{service}/times?{query}")
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert answer.json()["errors"][0]["at"] == at_


async def test_as_many_days_as_may_be_asked_for_are_answered(site: Site, times: str) -> None:
    assert (await site.browser().get(f"{times}&from=2026-11-20&to=2027-01-20")).status_code == 200
    assert (await site.browser().get(f"{times}&from=2027-12-20")).json()["to"] == "2027-12-25"


async def test_the_earliest_lead_to_where_they_are_booked(site: Site, service: str) -> None:
    answer = await site.browser().get(f"{service}/next?mode=in_person&limit=1")
    [one] = answer.json()["items"]
    assert (one["starts_at"], one["ends_at"]) == ("2026-11-23T06:30:00Z", "2026-11-23T06:40:00Z")
    assert one["booking_url"].endswith(
        f"/booking/mode?municipality=kavala&service={site.town.service.slug}&mode=in_person"
    )
    assert answer.headers["Cache-Control"] == "public, max-age=15, stale-while-revalidate=45"


async def test_where_none_is_free_it_says_until_when(site: Site, service: str) -> None:
    with transaction(site.context.db) as tx:
        row = tx.get_one(ServiceRow, site.town.service.id)
        row.staff_reserve = 1
    found = (await site.browser().get(f"{service}/next")).json()
    assert (found["items"], found["none_until"], found["paused"]) == ([], "2027-01-19", False)
    with transaction(site.context.db) as tx:
        row = tx.get_one(ServiceRow, site.town.service.id)
        row.paused_at, row.pause_message_en = NOW, "Back soon"
    site.town.clock.advance(seconds=TIMES_SECONDS)
    paused = (await site.browser().get(f"{service}/next")).json()
    assert (paused["items"], paused["none_until"], paused["notice"]["en"]) == ([], None, "Back soon")


async def test_beyond_what_can_be_computed_at_once_we_are_busy() -> None:
    clock, may_end = FrozenClock(NOW), threading.Event()
    shared: Shared[str] = Shared(clock, TIMES_SECONDS, at_once=2)

    def slow(word: str) -> str:
        may_end.wait()
        return word

    running = [asyncio.ensure_future(shared.get(word, slow, word)) for word in ("a", "b", "a", "b")]
    await asyncio.sleep(0)
    with pytest.raises(ApiProblem, match="busy") as refused:
        await shared.get("c", slow, "c")
    assert refused.value.headers == {"Retry-After": "1"}
    may_end.set()
    assert await asyncio.gather(*running) == [(word, TIMES_SECONDS) for word in ("a", "b", "a", "b")]
    assert (await shared.get("c", slow, "c")).answer == "c"


async def test_an_answer_that_failed_is_not_kept_and_who_leaves_takes_nothing_along() -> None:
    clock = FrozenClock(NOW)
    shared: Shared[str] = Shared(clock, TIMES_SECONDS)
    with pytest.raises(ZeroDivisionError):
        await shared.get("q", lambda: str(1 // 0))
    assert (await shared.get("q", lambda: "well")).answer == "well"
    assert (await shared.get("q", lambda: "again")).answer == "well"
    clock.advance(seconds=TIMES_SECONDS)
    first = asyncio.ensure_future(shared.get("q", lambda: "later"))
    await asyncio.sleep(0)
    first.cancel()
    assert (await shared.get("q", lambda: "much later")).answer == "later"


def test_many_instants_are_written_like_one() -> None:
    seconds = range(int(NOW.timestamp()) - 86_400, int(NOW.timestamp()) + 3 * 86_400, 300)
    assert list(instants(seconds)) == [instant(datetime.fromtimestamp(one, UTC)) for one in seconds]

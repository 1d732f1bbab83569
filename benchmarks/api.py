"""The API's public reads over HTTP: free times of a month with 20,000 bookings, the earliest times, municipalities."""

import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

import httpx
from sqlalchemy import select
from sqlmodel import col

from benchmarks.floor import Floor
from benchmarks.floor_server import SLOTS, served_floor
from benchmarks.http_load import Load, ask
from benchmarks.report import Row, Times
from benchmarks.run import Run
from benchmarks.server import BOOKINGS, Server
from dimoslive.db.engine import reading
from dimoslive.db.tables.catalogue import DepartmentRow, MunicipalityRow, ServiceRow
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.catalogue.find_slots import find_slots
from dimoslive.services.draft.hold_slot import hold_slot
from dimoslive.urls import API_V1

MANY = 8
"""Clients at once."""
PEER = 24
"""What the quickest of the others answers in a second."""


def api(run: Run) -> Iterator[Row]:
    """Each kind of answer alone: with one client for its time, with eight for how many a second."""
    seconds = 2.0 if run.quick else 8.0
    server = run.server
    url = run.databases["SQLite"].empty()
    Floor(url, BOOKINGS).engine.dispose()
    with served_floor(url) as address:
        floor = Times(ask(address, [SLOTS], seconds=seconds).each)
    service = _service(server)
    yield from _times(server, service, floor, seconds)
    yield from _municipalities(server, seconds)
    yield _seen_elsewhere(server, service, 10 if run.quick else 100)


def _seen_elsewhere(server: Server, service: str, often: int) -> Row:
    """The last places of times are taken here; the server is another process, on the same database."""
    town, desks = server.town, 5
    free = find_slots(town.context, town.service_id, Mode.VIDEO)
    starts = [slot.starts_at for slot in free.slots if len(slot.desk_ids) == desks][:often]
    citizens, waits = iter(town.citizens(desks * len(starts))), []
    for number, start in enumerate(starts):
        # Each round comes from an address of its own: none asks more than its quota allows.
        client = httpx.Client(headers={"X-Forwarded-For": f"198.51.100.{number}"})
        day = local_day(start, ATHENS)
        question = f"{server.url}{service}/times?mode=video&from={day}&to={day}"
        wanted = f'"{start:%Y-%m-%dT%H:%M:%SZ}"'
        assert wanted in client.get(question).text
        for citizen in islice(citizens, desks):
            hold_slot(town.context, citizen, start)
        begun = time.perf_counter()
        while wanted in client.get(question).text:
            time.sleep(0.02)
        waits.append(1000 * (time.perf_counter() - begun))
        client.close()
    soon = sum(wait < 1000 for wait in waits)
    return Row(
        "A time that is taken in one process is gone from another's answer",
        f"within a second {soon} of {len(starts)}; {Times(waits)}, longest {max(waits):.0f} ms",
        "100 of 100",
        soon == len(starts),
    )


def _times(server: Server, service: str, floor: Times, seconds: float) -> Iterator[Row]:
    months = _months(service, server.town.context.clock.now().date())
    alone = ask(server.url, months, seconds=seconds)
    times = Times(alone.each)
    yield Row(
        f"Free times of a month over HTTP, {BOOKINGS:,} bookings, one client",
        f"{times}; floor over HTTP {floor}; {times.p50 / floor.p50:.1f} × floor{_failed(alone, 200)}",
        "p50 < 12 ms and 5 × floor",
        times.p50 < min(12, floor.p50 * 5),
    )
    many = ask(server.url, months, seconds=seconds, connections=MANY)
    yield Row(
        f"The same, each computed anew, {MANY} clients",
        f"{many.per_second:.0f} a second{_failed(many, 200)}",
        f"≥ 150 a second; the quickest of the others: {PEER}",
        many.per_second >= 150,
    )
    etag = httpx.get(server.url + months[0]).headers["ETag"]
    shared = ask(server.url, months[:1], seconds=seconds, connections=MANY)
    yield Row(
        f"The same month for all, {MANY} clients",
        f"{shared.per_second:.0f} a second{_failed(shared, 200)}",
        "≥ 1,500 a second",
        shared.per_second >= 1500,
    )
    known = ask(server.url, months[:1], seconds=seconds, connections=MANY, headers=f"If-None-Match: {etag}\r\n")
    yield Row(
        f"The same, known by its ETag, {MANY} clients",
        f"{known.per_second:.0f} a second{_failed(known, 304)}",
        "≥ 1,500 a second",
        known.per_second >= 1500,
    )
    # With a pause, so that what was computed is forgotten when its turn comes again.
    questions = [f"{service}/next?mode=video&limit={limit}" for limit in range(1, 11)]
    earliest = ask(server.url, questions, seconds=seconds, pause=0.06)
    times = Times(earliest.each)
    yield Row("The earliest free times, one client", f"{times}{_failed(earliest, 200)}", "p50 < 10 ms", times.p50 < 10)


def _municipalities(server: Server, seconds: float) -> Iterator[Row]:
    address = f"{API_V1}/municipalities"
    etag = httpx.get(server.url + address).headers["ETag"]
    headers = f"If-None-Match: {etag}\r\n"
    alone = Times(ask(server.url, [address], seconds=seconds, headers=headers).each)
    yield Row("All municipalities, known by the ETag, one client", str(alone), "p50 < 3 ms", alone.p50 < 3)
    many = ask(server.url, [address], seconds=seconds, connections=MANY, headers=headers)
    yield Row(
        f"The same, {MANY} clients",
        f"{many.per_second:.0f} a second{_failed(many, 304)}",
        "≥ 1,000 a second",
        many.per_second >= 1000,
    )
    whole = ask(server.url, [address], seconds=seconds, connections=MANY, headers="Accept-Encoding: br\r\n")
    yield Row(f"The whole list, compressed, {MANY} clients", f"{whole.per_second:.0f} a second{_failed(whole, 200)}")


def _months(service: str, today: date) -> list[str]:
    """So many that the one before is forgotten when its turn comes again."""
    days = [(today + timedelta(days=1 + first), length) for first in range(20) for length in range(28, 43)]
    return [f"{service}/times?mode=video&from={first}&to={first + timedelta(days=length)}" for first, length in days]


def _service(server: Server) -> str:
    query = (
        select(col(MunicipalityRow.slug), col(ServiceRow.slug))
        .join(DepartmentRow, col(DepartmentRow.municipality_id) == col(MunicipalityRow.id))
        .join(ServiceRow, col(ServiceRow.department_id) == col(DepartmentRow.id))
        .where(col(ServiceRow.id) == server.town.service_id)
    )
    with reading(server.town.context.db) as tx:
        municipality, service = tx.execute(query).one()
    return f"{API_V1}/municipalities/{municipality}/services/{service}"


def _failed(load: Load, status: int) -> str:
    others = {other: number for other, number in load.statuses.items() if other != status}
    return f"; others than {status}: {others}" if others else ""

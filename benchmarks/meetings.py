"""Many meetings begin at once on one process: who gets in, how fast, and how long a signal takes there and back.

The clients are headless, without cameras: what is measured is the signalling, on a machine that they share with it.
"""

import asyncio
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlencode

from benchmarks.report import Row, Times
from benchmarks.run import Run
from dimoslive.cookies import session_cookie_name, staff_cookie_name
from dimoslive.db.engine import make_engine, transaction
from dimoslive.db.tables.booking import BookingRow
from dimoslive.domain.booking.references import make_reference
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.integrations.clock import SystemClock
from tests.http.meeting.line import Line, hello, name_of
from tests.support.clock import FrozenClock
from tests.support.database import ROOT, context_for
from tests.support.meeting import enter_official, session_token, staff_token
from tests.support.world import Town, a_citizen, a_municipality, a_service, desk_ids

SIGNALS = 20

_MAX_START_SECONDS = 60.0


@dataclass(frozen=True)
class _Guests:
    """The cookies of a booking's citizen and of the official."""

    reference: str
    session: str
    staff: str


@dataclass
class _Measured:
    """Milliseconds; ``failed`` are the rooms that did not come about, with what happened."""

    joins: list[float] = field(default_factory=list)
    admissions: list[float] = field(default_factory=list)
    round_trips: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def meetings(run: Run) -> Iterator[Row]:
    """On each database."""
    rooms = 10 if run.quick else 200
    for name, databases in run.databases.items():
        run.say(f"{rooms} meetings, {name}")
        url = databases.migrated()
        guests = _invite(url, rooms)
        with _serving(url) as port:
            measured = asyncio.run(_meet(port, guests))
        for problem in sorted(set(measured.failed)):
            run.say(f"{measured.failed.count(problem)} × {problem}")
        joined = len(measured.joins)
        yield Row(
            f"{rooms} meetings at once on one process, {2 * rooms} joins, {name}",
            f"{2 * rooms - joined} failed; {Times(measured.joins)}" if joined else f"{2 * rooms} failed",
            "none failed",
            joined == 2 * rooms,
        )
        if measured.failed:
            continue
        yield Row(
            f"From the press that admits to both being in, {rooms} at once, {name}", str(Times(measured.admissions))
        )
        yield Row(
            f"A signal there and back, {rooms} rooms with {SIGNALS} each way, {name}", str(Times(measured.round_trips))
        )


def _invite(url: str, rooms: int) -> list[_Guests]:
    """Bookings that begin now, each with a citizen who is signed in; one official for all."""
    clock = FrozenClock(SystemClock().now())
    context = context_for(make_engine(url), clock)
    with transaction(context.db) as tx:
        municipality = a_municipality(tx)
        service = a_service(tx, municipality)
        citizens = [a_citizen(tx) for _ in range(rooms)]
        [desk_id] = desk_ids(tx, service)
    town = Town(context, clock, municipality, service, citizens[0])
    enter_official(town)
    staff = staff_token(town)
    starts_at = clock.now()
    with transaction(context.db) as tx:
        for number, citizen in enumerate(citizens):
            tx.add(
                BookingRow(
                    reference=make_reference(number),
                    status=BookingStatus.BOOKED.value,
                    municipality_id=municipality.id,
                    service_id=service.id or 0,
                    desk_id=desk_id,
                    citizen_id=citizen.id,
                    mode=Mode.VIDEO.value,
                    starts_at=starts_at,
                    ends_at=starts_at + timedelta(minutes=10),
                    first_tick=0,
                    end_tick=0,
                    created_at=starts_at,
                    consent_version="bench",
                    consent_at=starts_at,
                )
            )
    guests = [_Guests(make_reference(n), session_token(town, citizen), staff) for n, citizen in enumerate(citizens)]
    context.db.dispose()
    return guests


async def _meet(port: int, guests: list[_Guests]) -> _Measured:
    measured = _Measured()
    pairs = await asyncio.gather(*(_come(port, guest, measured) for guest in guests))
    # As on the hour, when all officials press at once.
    await asyncio.gather(*(_talk(citizen, official, measured) for citizen, official in filter(None, pairs)))
    return measured


async def _come(port: int, guests: _Guests, measured: _Measured) -> tuple[Line, Line] | None:
    try:
        citizen, official = await asyncio.gather(
            _join(port, {"reference": guests.reference}, session_cookie_name, guests.session, measured),
            _join(port, {"reference": guests.reference, "as": "official"}, staff_cookie_name, guests.staff, measured),
        )
        await citizen.hear("waiting")
    except Exception as problem:  # noqa: BLE001  # a join that fails is a finding, to be counted
        measured.failed.append(f"{type(problem).__name__}: {problem}")
        return None
    return citizen, official


async def _join(
    port: int, query: dict[str, str], cookie: Callable[[str], str], token: str, measured: _Measured
) -> Line:
    site = f"http://localhost:{port}"
    begun = time.perf_counter()
    line = await Line.open(
        f"ws://127.0.0.1:{port}/api/meetings/socket?{urlencode(query)}", cookies={cookie(site): token}, origin=site
    )
    await hello(line)
    await line.hear("welcome")
    measured.joins.append((time.perf_counter() - begun) * 1000)
    return line


async def _talk(citizen: Line, official: Line, measured: _Measured) -> None:
    begun = time.perf_counter()
    await official.say("admit")
    await asyncio.gather(citizen.hear("admitted"), official.hear("admitted"))
    measured.admissions.append((time.perf_counter() - begun) * 1000)
    for number in range(SIGNALS):
        begun = time.perf_counter()
        await citizen.say("signal", to=name_of(official), data={"n": number})
        await official.hear("signal")
        await official.say("signal", to=name_of(citizen), data={"n": number})
        await citizen.hear("signal")
        measured.round_trips.append((time.perf_counter() - begun) * 1000)
    for line in (citizen, official):
        await line.say("bye")
        await line.closed()


@contextmanager
def _serving(url: str) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = [sys.executable, "-m", "benchmarks.signalling", url, str(port)]
    with subprocess.Popen(command, cwd=ROOT) as server:  # noqa: S603  # our own command
        try:
            _wait(server, port)
            yield port
        finally:
            server.terminate()


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + _MAX_START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the server does not start") from None
            time.sleep(0.1)
        else:
            return

"""What a program reads with its key: 200 bookings of 200,000, through the whole of the API but for the network."""

import asyncio
import time
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import httpx2
from sqlalchemy import select, update

from benchmarks.floor import FIRST_DAY
from benchmarks.report import Row, Times
from benchmarks.run import Run
from benchmarks.town import a_town
from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingRow
from dimoslive.domain.people.principals import Scope
from dimoslive.http.public_v1.app import make_public_api
from dimoslive.integrations.clock import SystemClock
from dimoslive.settings import Settings
from dimoslive.urls import API_V1
from tests.support.database import counting
from tests.support.programs import a_key

BOOKINGS, ITEMS = 200_000, 200
MAX_MS, MAX_QUERIES = 60.0, 3
BLIND = (Scope.READ_BOOKINGS,)
WITH_PERSONS = (Scope.READ_BOOKINGS, Scope.READ_PERSONS)


def program_bookings(run: Run) -> Iterator[Row]:
    """On each database: by start, by change, and with the persons, which is written down."""
    number = 2_000 if run.quick else BOOKINGS
    for name, databases in run.databases.items():
        run.say(f"{number:,} bookings, {name}")
        clock = SystemClock()
        town = a_town(databases.migrated(), clock, bookings=number)
        with transaction(town.context.db) as tx:
            row = tx.scalars(select(BookingRow).limit(1)).one()
            municipality_id = row.municipality_id
            # What changed a moment ago is told to nobody yet.
            changed_at = clock.now() - timedelta(minutes=1)
            tx.execute(update(BookingRow).values(changed_at=changed_at))
            if tx.connection().dialect.name == "postgresql":
                tx.connection().exec_driver_sql("ANALYZE")
        here: Any = SimpleNamespace(context=town.context, clock=clock, municipality=SimpleNamespace(id=municipality_id))
        day = f"from={FIRST_DAY.replace(year=FIRST_DAY.year - 1)}"
        since = f"changed_since={changed_at:%Y-%m-%d}T00:00:00Z"
        for what, scopes, query, most in (
            ("by start", BLIND, day, MAX_QUERIES),
            ("by change", BLIND, since, MAX_QUERIES),
            ("by start, with persons", WITH_PERSONS, day, MAX_QUERIES),
        ):
            yield _measured(run, here, f"{what}, {number:,} bookings, {name}", scopes, query, most)


def _measured(run: Run, here: Any, what: str, scopes: tuple[Scope, ...], query: str, most: int) -> Row:
    times, queries = asyncio.run(_ask(run, here, a_key(here, *scopes), f"{API_V1}/bookings?limit={ITEMS}&{query}"))
    return Row(
        f"{ITEMS} bookings to a program, {what}",
        f"{times}; {queries} queries",
        f"p50 < {MAX_MS:.0f} ms, ≤ {most} queries",
        times.p50 < MAX_MS and queries <= most,
    )


async def _ask(run: Run, here: Any, key: str, address: str) -> tuple[Times, int]:
    settings = Settings(_env_file=None, mailbox_dir=run.folder / "mailbox")
    transport = httpx2.ASGITransport(make_public_api(here.context, settings), client=("203.0.113.7", 50_000))
    headers = {"Authorization": f"Bearer {key}"}
    async with httpx2.AsyncClient(transport=transport, base_url="http://bench", headers=headers) as program:
        with counting(here.context.db) as statements:
            first = await program.get(address)
        assert first.status_code == 200, first.text
        assert len(first.json()["items"]) == ITEMS
        each = []
        for _ in range(5 if run.quick else 60):
            begun = time.perf_counter()
            await program.get(address)
            each.append((time.perf_counter() - begun) * 1000)
    return Times(each), len(statements)

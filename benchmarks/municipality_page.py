"""The public page of a municipality with many services: its load over the socket, each time as if asked for first."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import select
from sqlmodel import col

from benchmarks.report import Row, Times
from benchmarks.run import Run
from benchmarks.server import Server
from benchmarks.tab import Tab
from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.services.catalogue.show_municipality import show_municipality_with_times
from dimoslive.ui.shared.call import KNOWN_FOR
from tests.support.database import counting
from tests.support.world import a_service

SERVICES, MODES = 10, "PVT"
STATE = "municipality_page_state"


def municipality_page(run: Run) -> Iterator[Row]:
    """Each of some municipalities is opened once, beside the cheapest press."""
    pages = 5 if run.quick else 40
    server = run.server
    slugs = _municipalities(server, pages)
    with counting(server.town.context.db) as statements:
        show_municipality_with_times(server.town.context, slugs[0])
    least, load, again = asyncio.run(_measured(server, slugs))
    ratio = load.p50 / least.p50
    yield Row(
        f"A municipality's page with {SERVICES} services in {len(MODES)} modes",
        f"{load}; {ratio:.1f} × the cheapest press, {least}; {len(statements)} queries",
        "≤ 4 × the cheapest press, ≤ 6 queries",
        ratio <= 4 and len(statements) <= 6,
    )
    yield Row(f"The same again within {KNOWN_FOR.total_seconds():.0f} s", str(again))


async def _measured(server: Server, slugs: list[str]) -> tuple[Times, Times, Times]:
    [visitor] = await asyncio.to_thread(server.visitors, 1)
    wizard = await Tab.open(server.url, visitor.cookie)
    page = await Tab.open(server.url, visitor.cookie, path=f"/m/{slugs[0]}", state=STATE)
    least, load, again = [], [], []
    for slug in slugs:
        await asyncio.sleep(0.3)
        least.append(await wizard.press("go_on", may_be_refused=True))
        page.go(f"/m/{slug}")
        load.append(await page.press("load"))
        again.append(await page.press("load"))
    await asyncio.gather(wizard.close(), page.close())
    # The first was opened with its tab.
    return Times(least), Times(load[1:]), Times(again)


def _municipalities(server: Server, count: int) -> list[str]:
    context = server.town.context
    with transaction(context.db) as tx:
        query = (
            select(MunicipalityRow).where(col(MunicipalityRow.joined_at).is_(None)).order_by(col(MunicipalityRow.id))
        )
        rows = list(tx.scalars(query.limit(count)))
        for row in rows:
            for _ in range(SERVICES):
                a_service(tx, row, duration_minutes=10, step_minutes=10, desks=2, modes=MODES)
            row.joined_at = context.clock.now() - timedelta(days=1)
        return [row.slug for row in rows]

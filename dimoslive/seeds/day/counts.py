"""What figures remember beside bookings: for how long desks were open, and how often people looked for a time."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlmodel import Session, col

from dimoslive.db.queries.capacity import add_capacity
from dimoslive.db.queries.set_up import set_up_of
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.db.tables.search_tally import SearchTallyRow
from dimoslive.domain.figures.searches import SearchKind
from dimoslive.domain.scheduling.holidays import is_working_day
from dimoslive.domain.scheduling.local_time import ATHENS, local_day, to_instant
from dimoslive.seeds.day.forget import CAPACITY, SEARCHES, mark_day
from dimoslive.seeds.day.names import chance
from dimoslive.seeds.day.past import WEEKS
from dimoslive.seeds.day.plan import Columns
from dimoslive.seeds.day.town import Town
from dimoslive.services.upkeep.remember_capacity import minutes_of

SEARCHES_A_DAY = {"kavala": (12, 30), "heraklion": (40, 120), "ioannina": (20, 50)}
"""So few and so many; at weekends a fifth of it."""
_NOTHING_FREE = {"transfer": 0.3, "registry": 0.2, "benefits": 0.15, "certificates": 0.06}
"""The share that finds no time; of other services `_USUALLY`. Of all in Heraklion about an eighth."""
_USUALLY, _LATE, _WEEKEND = 0.04, 0.15, 0.2


def remember_capacity_past(tx: Session, towns: Iterable[Town], now: datetime) -> None:
    """Of the past weeks, as the towns are set up now; of the days after the demo's first the job takes care."""
    days = _past(now)
    for town in towns:
        municipality = tx.get_one(MunicipalityRow, town.municipality_id)
        set_up = set_up_of(tx, municipality, to_instant(days[0], datetime.min.time(), town.zone))
        add_capacity(tx, municipality.id, {day: minutes_of(set_up, day) for day in days})
    for day in days:
        mark_day(tx, CAPACITY, day)


def count_searches_past(tx: Session, towns: Collection[Town], now: datetime) -> None:
    """Of the days of the past weeks of which nothing is counted."""
    days = _past(now)
    services = [offer.service_id for town in towns for offer in town.offers.values()]
    query = select(col(SearchTallyRow.day)).where(
        col(SearchTallyRow.service_id).in_(services), col(SearchTallyRow.day) >= days[0]
    )
    known = set(tx.scalars(query.distinct()))
    days = [day for day in days if day not in known]
    lines: Any = [line for day in days for town in towns for line in _searches(town, day)]
    if lines:
        tx.connection().execute(insert(SearchTallyRow), lines)
    for day in days:
        mark_day(tx, SEARCHES, day)


def _past(now: datetime) -> list[date]:
    today = local_day(now, ATHENS)
    return [today - timedelta(days=ago) for ago in range(WEEKS * 7, 0, -1)]


def _searches(town: Town, day: date) -> Iterator[Columns]:
    rng = chance("searches", town.slug, day)
    number = rng.randint(*SEARCHES_A_DAY[town.slug]) * (1 if is_working_day(day) else _WEEKEND)
    ways = [(offer, mode) for offer in town.offers.values() for mode in offer.modes]
    for offer, mode in ways:
        searches = round(number / len(ways) * rng.uniform(0.5, 1.5))
        nothing = round(searches * _NOTHING_FREE.get(offer.slug, _USUALLY) * rng.uniform(0.5, 1.5))
        late = round((searches - nothing) * _LATE * rng.uniform(0, 2))
        for kind, count in ((SearchKind.ALL, searches), (SearchKind.NONE, nothing), (SearchKind.LATE, late)):
            if count:
                yield {
                    "service_id": offer.service_id, "day": day, "mode": mode.value, "kind": kind.value,
                    "searches": count,
                }  # fmt: skip

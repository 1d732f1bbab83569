"""For what citizens looked for a time and found none, or only a late one: the services and modes of most of them."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from dimoslive.db.tables.catalogue import DepartmentRow, ServiceRow
from dimoslive.db.tables.search_tally import SearchTallyRow
from dimoslive.domain.figures.asked import Span
from dimoslive.domain.figures.figure import Column, Figure, Head, Unit
from dimoslive.domain.figures.percentiles import share
from dimoslive.domain.figures.searches import SearchKind
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n import LANGUAGES, texts_of
from dimoslive.services.figures.scope import Scope
from dimoslive.services.figures.steps import ByDay, summed, summed_share

WORST = 10


class Counted(NamedTuple):
    """What searches are counted by."""

    day: date
    service_id: int
    mode: str
    kind: str


Way = tuple[int, str]
"""Service and mode."""


class Searches(NamedTuple):
    """Of the days asked for and those before, and how their services are called."""

    found: Counter[Counted]
    names: Mapping[int, Mapping[str, str]]


def read_searches(tx: Session, scope: Scope) -> Searches:
    """Two queries."""
    found = searches_within(tx, scope, scope.both)
    return Searches(found, _names(tx, {counted.service_id for counted in found}))


def rank_searches(searches: Searches, scope: Scope, kind: SearchKind) -> Figure:
    """The ten services and modes with most searches of a kind, and how many there are of all."""
    found, names = searches
    of_kind, whole = ByDay(), ByDay()
    part_of, all_of = Counter[Way](), Counter[Way]()
    for counted, number in found.items():
        if counted.kind not in (kind, SearchKind.ALL):
            continue
        is_all = counted.kind == SearchKind.ALL
        (whole if is_all else of_kind)[counted.day] += number
        if counted.day in scope.asked.span:
            (all_of if is_all else part_of)[counted.service_id, counted.mode] += number
    worst = sorted(part_of, key=lambda way: (-part_of[way], all_of[way], names[way[0]]["el"], way))[:WORST]
    return Figure(
        heads=tuple(_head(names[service_id], mode) for service_id, mode in worst),
        columns=(
            Column("share", Unit.PERCENT, tuple(share(part_of[way], all_of[way]) for way in worst)),
            Column("found", Unit.COUNT, tuple(part_of[way] for way in worst), is_drawn=False),
            Column("searches", Unit.COUNT, tuple(all_of[way] for way in worst), is_drawn=False),
        ),
        sums=(
            summed_share("share", of_kind, whole, scope),
            summed("found", of_kind, scope),
            summed("searches", whole, scope),
        ),
        size=all_of.total(),
    )


rank_empty_searches = partial(rank_searches, kind=SearchKind.NONE)
rank_late_searches = partial(rank_searches, kind=SearchKind.LATE)


def searches_within(tx: Session, scope: Scope, span: Span) -> Counter[Counted]:
    """Searches of these days within rights and filters; they have no desk and no source, and these do not narrow."""
    only = scope.asked.only
    conditions = [
        col(DepartmentRow.municipality_id) == scope.place.municipality_id,
        scope.reaches(col(ServiceRow.department_id)),
        col(SearchTallyRow.day).between(span.first, span.last),
    ]
    if only.department_id is not None:
        conditions.append(col(ServiceRow.department_id) == only.department_id)
    if only.service_id is not None:
        conditions.append(col(ServiceRow.id) == only.service_id)
    if only.mode is not None:
        conditions.append(col(SearchTallyRow.mode) == only.mode.value)
    query = (
        select(*(col(getattr(SearchTallyRow, name)) for name in Counted._fields), col(SearchTallyRow.searches))
        .join(ServiceRow, col(ServiceRow.id) == col(SearchTallyRow.service_id))
        .join(DepartmentRow, col(DepartmentRow.id) == col(ServiceRow.department_id))
        .where(*conditions)
    )
    return Counter({Counted(*counted): number for *counted, number in tx.execute(query)})


def _names(tx: Session, service_ids: set[int]) -> dict[int, dict[str, str]]:
    query = select(ServiceRow).where(col(ServiceRow.id).in_(sorted(service_ids)))
    return {
        row.id or 0: {"el": row.short_name_el or row.name_el, "en": row.short_name_en or row.name_en}
        for row in tx.scalars(query)
    }


def _head(name: Mapping[str, str], mode: str) -> Head:
    return {language: f"{name[language]} · {texts_of(language)(f'mode.{Mode(mode)}')}" for language in LANGUAGES}

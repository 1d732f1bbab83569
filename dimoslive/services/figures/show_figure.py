"""Figures within the official's rights: rows are read in one transaction that only reads, and counted without it."""

from dataclasses import dataclass
from typing import Any

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.domain.errors import InvalidInput, NotFound
from dimoslive.domain.figures.asked import Asked
from dimoslive.domain.figures.figure import Figure
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official
from dimoslive.services.desk.find_workplace import Workplace
from dimoslive.services.figures.kinds import BY_NAME, Kind
from dimoslive.services.figures.scope import Scope, make_scope


@dataclass(frozen=True, slots=True)
class Rows:
    """What was read for one figure, and for all others that name the same ``read``."""

    scope: Scope
    found: Any


def read_rows(context: AppContext, official: Official, place: Workplace, kind: Kind, asked: Asked) -> Rows:
    """A fixed number of queries. Raises `NotFound`, and `InvalidInput` for a desk of others."""
    if not can(official, Permission.VIEW_FIGURES, place.municipality_id):
        raise NotFound()
    with reading(context.db) as tx:
        scope = make_scope(context, tx, official, place, asked)
        return Rows(scope, kind.read(tx, scope))


def count_figure(rows: Rows, kind: Kind) -> Figure:
    """Of rows read for this kind. Raises `InvalidInput` for days to come."""
    scope = rows.scope
    if scope.asked.span.last > scope.today and not kind.reaches_ahead:
        raise InvalidInput("until", "figures_to_come")
    return kind.count(rows.found, scope)


def show_figure(context: AppContext, official: Official, place: Workplace, name: str, asked: Asked) -> Figure:
    """One alone. Raises also `NotFound` for a figure that there is not."""
    kind = BY_NAME.get(name)
    if kind is None:
        raise NotFound()
    return count_figure(read_rows(context, official, place, kind, asked), kind)

"""One figure, within the official's rights: a fixed number of queries in one transaction that only reads."""

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.domain.errors import InvalidInput, NotFound
from dimoslive.domain.figures.asked import Asked
from dimoslive.domain.figures.figure import Figure
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official
from dimoslive.services.desk.find_workplace import Workplace
from dimoslive.services.figures.kinds import BY_NAME
from dimoslive.services.figures.scope import make_scope


def show_figure(context: AppContext, official: Official, place: Workplace, name: str, asked: Asked) -> Figure:
    """Raises `NotFound` for a figure that there is not, `InvalidInput` for a desk of others and for days to come."""
    kind = BY_NAME.get(name)
    if kind is None or not can(official, Permission.VIEW_FIGURES, place.municipality_id):
        raise NotFound()
    with reading(context.db) as tx:
        scope = make_scope(context, tx, official, place, asked)
        if asked.span.last > scope.today and not kind.reaches_ahead:
            raise InvalidInput("until", "figures_to_come")
        return kind.count(tx, scope)

"""Say which sites may show a municipality's pages in a frame: one more, or one less."""

from collections.abc import Callable

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.frame_origins import origins_of
from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.people.principals import Official
from dimoslive.domain.settings.origins import MAX_ORIGINS, parse_origin
from dimoslive.services.settings.embedding.kind import EMBEDDING
from dimoslive.services.settings.municipality.lock_municipality import lock_municipality
from dimoslive.services.settings.root_change import Act
from dimoslive.services.settings.save_root import write_root


def add_origin(context: AppContext, official: Official, municipality_id: int, text: str) -> str:
    """The origin as it is kept, at once; one that is listed already changes nothing.

    Raises `InvalidInput` on ``origin``, or `NotFound`.
    """
    origin = parse_origin(text)

    def with_it(listed: set[str]) -> set[str]:
        if origin not in listed and len(listed) >= MAX_ORIGINS:
            raise InvalidInput("origin", "too_many_origins", most=MAX_ORIGINS)
        return listed | {origin}

    _change(context, official, municipality_id, with_it)
    return origin


def remove_origin(context: AppContext, official: Official, municipality_id: int, origin: str) -> None:
    """It shows nothing any more from the next look at it; one that is not listed changes nothing. Or `NotFound`."""
    _change(context, official, municipality_id, lambda listed: listed - {origin})


def _change(
    context: AppContext, official: Official, municipality_id: int, after: Callable[[set[str]], set[str]]
) -> None:
    with transaction(context.db) as tx:
        row = lock_municipality(tx, official, municipality_id)
        before = origins_of(tx, row.id)
        changed = sorted(after(set(before)))
        if changed != before:
            act = Act(official, context.clock.now(), municipality_id)
            was, will_be = ({"origins": "\n".join(origins)} for origins in (before, changed))
            write_root(tx, EMBEDDING, row, will_be, act, action="changed", before=was)

"""At which desk an official works today: asked once a day, kept in the session."""

from dataclasses import dataclass

from dimoslive.context import AppContext
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.my_desk import desk_within, officials_at_desk, usual_desks
from dimoslive.db.tables.official import StaffSessionRow
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.services.desk.find_workplace import Workplace, names_of


@dataclass(frozen=True, slots=True)
class ChosenDesk:
    """The desk, or none, and who else said to work there today: an initial and a surname each."""

    name: dict[str, str] | None
    others: tuple[str, ...]


def choose_desk(context: AppContext, official: Official, place: Workplace, desk_id: int | None) -> ChosenDesk:
    """Work at this desk for the rest of the local day; None is none. Raises `NotFound` for a foreign one."""
    now = context.clock.now()
    today = local_day(now, place.zone)
    with transaction(context.db) as tx:
        desk = desk_within(tx, place.right, desk_id) if desk_id is not None else None
        session = tx.get(StaffSessionRow, official.session_id)
        if session is None or (desk_id is not None and desk is None):
            raise NotFound()
        session.desk_id, session.desk_on = desk_id, today
        tx.add(session)
        others = officials_at_desk(tx, desk_id, today, now, official.id) if desk_id else []
    names = tuple(f"{one.first_name[:1]}. {one.last_name}" for one in others)
    return ChosenDesk(names_of(desk) if desk else None, names)


def find_usual_desk(context: AppContext, official: Official, place: Workplace) -> int | None:
    """The one where the official usually works in this municipality, to be offered first."""
    with reading(context.db) as tx:
        found = usual_desks(tx, official.id, place.municipality_id)
    return found[0] if found else None

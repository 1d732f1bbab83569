"""Whoever helps a municipality to set itself up: its administrators, one after the other."""

from sqlmodel import Session

from dimoslive.db.queries.services import lock_names
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official


def access_set_up(tx: Session, official: Official, municipality_id: int) -> MunicipalityRow:
    """The municipality, to be changed as a whole; raises `NotFound` for whoever may not.

    From here to the end of the transaction nobody else gives anything of it a name: so a press in two windows adds
    things once.
    """
    if not can(official, Permission.MANAGE_MUNICIPALITY, municipality_id):
        raise NotFound()
    lock_names(tx, municipality_id)
    return tx.get_one(MunicipalityRow, municipality_id, populate_existing=True)


def see_set_up(tx: Session, official: Official, municipality_id: int) -> MunicipalityRow:
    """The same, to be looked at."""
    if not can(official, Permission.MANAGE_MUNICIPALITY, municipality_id):
        raise NotFound()
    return tx.get_one(MunicipalityRow, municipality_id)

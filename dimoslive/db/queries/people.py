"""Citizens and used sign-in states, by query."""

from datetime import datetime

from sqlalchemy import bindparam, delete, exists, insert, or_, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.citizen import CitizenRow, SessionRow, UsedSignInStateRow
from dimoslive.db.tables.draft import DraftRow
from dimoslive.domain.errors import NotSignedIn

# Built once: that takes longer than to run it.
_LOCK = select(col(CitizenRow.id)).where(col(CitizenRow.id) == bindparam("citizen_id")).with_for_update()


def citizen_by_afm(tx: Session, afm_hash: str) -> CitizenRow | None:
    """The citizen with this AFM, locked: whoever is just signing in is not erased meanwhile."""
    query = select(CitizenRow).where(col(CitizenRow.afm_hash) == afm_hash).with_for_update()
    return tx.scalars(query).one_or_none()


def lock_citizen(tx: Session, citizen_id: int) -> None:
    """Two windows of one person wait for each other here, before either reads what it will change.

    Raises `NotSignedIn` for one who was erased meanwhile.
    """
    if tx.connection().scalar(_LOCK, {"citizen_id": citizen_id}) is None:
        raise NotSignedIn()


def citizen_for_change(tx: Session, citizen_id: int) -> CitizenRow:
    """The citizen, locked; raises `NotSignedIn`."""
    lock_citizen(tx, citizen_id)
    return tx.get_one(CitizenRow, citizen_id, populate_existing=True)


def add_citizen(tx: Session, citizen: CitizenRow) -> CitizenRow:
    """Store a new citizen, or return the one that another sign-in of the same person stored first."""
    try:
        with tx.begin_nested():
            tx.add(citizen)
    except IntegrityError:
        return tx.scalars(select(CitizenRow).where(col(CitizenRow.afm_hash) == citizen.afm_hash)).one()
    return citizen


def use_state(tx: Session, state_hash: str, now: datetime) -> bool:
    """Note that a sign-in's state came back; false if it had before."""
    try:
        with tx.begin_nested():
            tx.execute(insert(UsedSignInStateRow).values(state_hash=state_hash, used_at=now))
    except IntegrityError:
        return False
    return True


def forget_old_states(tx: Session, before: datetime) -> None:
    """Remove states too old to be accepted anyway."""
    tx.execute(delete(UsedSignInStateRow).where(col(UsedSignInStateRow.used_at) < before))


def forget_gone_citizens(tx: Session, signed_in_before: datetime) -> None:
    """Remove citizens of whom no booking, draft or session is left and who have not signed in since."""
    kept = [
        exists().where(col(BookingRow.citizen_id) == col(CitizenRow.id)),
        exists().where(col(DraftRow.citizen_id) == col(CitizenRow.id)),
        exists().where(col(SessionRow.citizen_id) == col(CitizenRow.id)),
    ]
    tx.execute(delete(CitizenRow).where(col(CitizenRow.signed_in_at) < signed_in_before, ~or_(*kept)))

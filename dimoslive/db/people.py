"""Citizens, sessions and used sign-in states, by query."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlmodel import Session, col

from dimoslive.db.models.person import Citizen, SessionRow, UsedState


def citizen_by_afm(tx: Session, afm_hash: str) -> Citizen | None:
    """The citizen with this AFM."""
    return tx.scalars(select(Citizen).where(col(Citizen.afm_hash) == afm_hash)).one_or_none()


def live_session(tx: Session, hashed: str, now: datetime) -> tuple[SessionRow, Citizen] | None:
    """An unexpired session with its citizen."""
    query = (
        select(SessionRow, Citizen)
        .join(Citizen, col(Citizen.id) == col(SessionRow.citizen_id))
        .where(col(SessionRow.token_hash) == hashed, col(SessionRow.expires_at) > now)
    )
    found = tx.execute(query).one_or_none()
    return (found[0], found[1]) if found else None


def end_session(tx: Session, hashed: str) -> None:
    """Forget a session."""
    tx.execute(delete(SessionRow).where(col(SessionRow.token_hash) == hashed))


def was_used(tx: Session, state_hash: str) -> bool:
    """Whether a sign-in's state came back before."""
    return tx.get(UsedState, state_hash) is not None


def forget_old_sign_ins(tx: Session, now: datetime, states_before: datetime) -> None:
    """Remove sessions that are over and states too old to be accepted anyway."""
    tx.execute(delete(SessionRow).where(col(SessionRow.expires_at) <= now))
    tx.execute(delete(UsedState).where(col(UsedState.used_at) < states_before))

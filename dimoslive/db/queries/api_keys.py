"""Keys of programs, by query."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session, col

from dimoslive.db.tables.api_key import ApiKeyRow, ApiKeyUseRow, IdempotencyRow
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.db.tables.official import OfficialRightRow, OfficialRow
from dimoslive.domain.people.principals import StaffRole

_WEEK = timedelta(days=7)
# Asked with every request of a program, and so built once.
_BY_HANDLE = (
    select(ApiKeyRow, MunicipalityRow)
    .join(MunicipalityRow, col(MunicipalityRow.id) == col(ApiKeyRow.municipality_id))
    .where(col(ApiKeyRow.handle) == bindparam("handle"))
)


class ListedKey(NamedTuple):
    """A key, how often it was used in the last seven days, who made it, and as what that person acts here now."""

    row: ApiKeyRow
    requests: int
    made_by: OfficialRow
    role: str | None


def key_by_handle(tx: Session, handle: str) -> tuple[ApiKeyRow, MunicipalityRow] | None:
    """The key and its municipality, whatever became of it."""
    found = tx.execute(_BY_HANDLE, {"handle": handle}).one_or_none()
    return (found[0], found[1]) if found else None


def keys_of(tx: Session, municipality_id: int, today: date) -> list[ListedKey]:
    """All keys of a municipality, the newest first."""
    return [
        ListedKey(*found) for found in tx.execute(_listed(today, col(ApiKeyRow.municipality_id) == municipality_id))
    ]


def key_of(tx: Session, municipality_id: int, key_id: int, today: date) -> ListedKey | None:
    """One key of a municipality."""
    its = (col(ApiKeyRow.municipality_id) == municipality_id, col(ApiKeyRow.id) == key_id)
    found = tx.execute(_listed(today, *its)).one_or_none()
    return ListedKey(*found) if found else None


def count_live_keys(tx: Session, municipality_id: int, today: date) -> int:
    """How many of them have not ended."""
    query = select(func.count()).select_from(ApiKeyRow).where(
        col(ApiKeyRow.municipality_id) == municipality_id,
        col(ApiKeyRow.revoked_at).is_(None),
        col(ApiKeyRow.last_day) >= today,
    )  # fmt: skip
    return tx.scalar(query) or 0


def _listed(today: date, *which: ColumnElement[bool]) -> Any:
    requests = (
        select(func.coalesce(func.sum(col(ApiKeyUseRow.requests)), 0))
        .where(col(ApiKeyUseRow.api_key_id) == col(ApiKeyRow.id), col(ApiKeyUseRow.on_date) > today - _WEEK)
        .correlate(ApiKeyRow)
        .scalar_subquery()
    )
    role = (
        select(col(OfficialRightRow.role))
        .where(
            col(OfficialRightRow.official_id) == col(ApiKeyRow.made_by),
            col(OfficialRightRow.municipality_id) == col(ApiKeyRow.municipality_id),
        )
        .correlate(ApiKeyRow)
        .scalar_subquery()
    )
    return (
        select(ApiKeyRow, requests, OfficialRow, role)
        .join(OfficialRow, col(OfficialRow.id) == col(ApiKeyRow.made_by))
        .where(*which)
        .order_by(col(ApiKeyRow.id).desc())
    )


def write_use(tx: Session, key_id: int, on: date, requests: int, last_used_at: datetime) -> None:
    """Add to what is known of a key's use."""
    insert = postgresql_insert if tx.connection().dialect.name == "postgresql" else sqlite_insert
    counted = insert(ApiKeyUseRow).values(api_key_id=key_id, on_date=on, requests=requests)
    tx.execute(
        counted.on_conflict_do_update(
            index_elements=["api_key_id", "on_date"],
            set_={"requests": col(ApiKeyUseRow.requests) + requests},
        )
    )
    newer = update(ApiKeyRow).where(
        col(ApiKeyRow.id) == key_id,
        func.coalesce(col(ApiKeyRow.last_used_at), col(ApiKeyRow.made_at)) <= last_used_at,
    )
    tx.execute(newer.values(last_used_at=last_used_at, unused_warned_at=None))


def forget_old_uses(tx: Session, before: date) -> None:
    """Remove counts of days before this one."""
    tx.execute(delete(ApiKeyUseRow).where(col(ApiKeyUseRow.on_date) < before))


def live_keys(tx: Session, today: date) -> list[tuple[ApiKeyRow, MunicipalityRow]]:
    """All keys that have not ended, of all municipalities, locked; those that somebody changes now are left out."""
    query = (
        select(ApiKeyRow, MunicipalityRow)
        .join(MunicipalityRow, col(MunicipalityRow.id) == col(ApiKeyRow.municipality_id))
        .where(col(ApiKeyRow.revoked_at).is_(None), col(ApiKeyRow.last_day) >= today)
        .order_by(col(ApiKeyRow.id))
        .with_for_update(skip_locked=True, of=ApiKeyRow)
    )
    return [(found[0], found[1]) for found in tx.execute(query)]


def administrators_to_mail(tx: Session, municipality_ids: Sequence[int]) -> Mapping[int, list[OfficialRow]]:
    """The administrators of each municipality who can be mailed."""
    query = (
        select(col(OfficialRightRow.municipality_id), OfficialRow)
        .join(OfficialRow, col(OfficialRow.id) == col(OfficialRightRow.official_id))
        .where(
            col(OfficialRightRow.municipality_id).in_(municipality_ids),
            col(OfficialRightRow.role) == StaffRole.ADMINISTRATOR.value,
            col(OfficialRow.is_active),
            col(OfficialRow.email).is_not(None),
        )
        .order_by(col(OfficialRow.id))
    )
    found: dict[int, list[OfficialRow]] = {}
    for municipality_id, official in tx.execute(query):
        found.setdefault(municipality_id, []).append(official)
    return found


def begin_record(tx: Session, key_id: int, value: str, fingerprint: str, now: datetime) -> bool:
    """Write that a request is being answered; False if it was asked before. Whoever asks at once waits here for us."""
    insert = postgresql_insert if tx.connection().dialect.name == "postgresql" else sqlite_insert
    record = {"api_key_id": key_id, "value": value, "fingerprint": fingerprint, "answer_sealed": "", "created_at": now}
    begun = tx.scalar(
        insert(IdempotencyRow).values(record).on_conflict_do_nothing().returning(col(IdempotencyRow.value))
    )
    return begun is not None


def record_of(tx: Session, key_id: int, value: str) -> IdempotencyRow | None:
    """What was answered."""
    return tx.get(IdempotencyRow, (key_id, value), populate_existing=True)


def forget_old_records(tx: Session, before: datetime, key_id: int | None = None, value: str = "") -> int:
    """Remove answers that need not be given again: all, or the one of this request; returns how many."""
    query = delete(IdempotencyRow).where(col(IdempotencyRow.created_at) < before)
    if key_id is not None:
        query = query.where(col(IdempotencyRow.api_key_id) == key_id, col(IdempotencyRow.value) == value)
    return tx.execute(query).rowcount  # type: ignore[attr-defined,no-any-return]  # a CursorResult has it

"""Days to the next free time, by query."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, delete, func, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session, col

from dimoslive.db.queries.scopes import in_departments
from dimoslive.db.tables.catalogue import DepartmentRow, MunicipalityRow, ServiceRow
from dimoslive.db.tables.days_to_next import DaysToNextHistoryRow, DaysToNextRoundRow, DaysToNextRow
from dimoslive.domain.figures.days_to_next import DaysToNext
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.mode import Mode

_INSERTS: dict[str, Any] = {"postgresql": postgresql_insert, "sqlite": sqlite_insert}


class FoundDays(NamedTuple):
    """One service in one mode: columns alone, for there are thousands."""

    municipality_id: int
    service_id: int
    mode: str
    days: int | None
    none_until: date | None
    slug: str
    name_el: str
    name_en: str
    department_el: str
    department_en: str


def municipalities_due(tx: Session, now: datetime, before: datetime) -> list[int]:
    """Published ones whose numbers are older than ``before``, and on which nobody is at work."""
    query = (
        select(col(MunicipalityRow.id))
        .outerjoin(DaysToNextRoundRow, col(DaysToNextRoundRow.municipality_id) == col(MunicipalityRow.id))
        .where(
            col(MunicipalityRow.joined_at) <= now,
            or_(col(DaysToNextRoundRow.municipality_id).is_(None), _is_due(now, before)),
        )
        .order_by(col(MunicipalityRow.id))
    )
    return list(tx.scalars(query))


def lease_round(tx: Session, municipality_id: int, now: datetime, before: datetime, until: datetime) -> bool:
    """Keep others off a municipality; false if somebody was quicker."""
    connection = tx.connection()
    statement = (
        _INSERTS[connection.dialect.name](DaysToNextRoundRow)
        .values(municipality_id=municipality_id, leased_until=until)
        .on_conflict_do_update(
            index_elements=["municipality_id"], set_={"leased_until": until}, where=_is_due(now, before)
        )
        .execution_options(preserve_rowcount=True)
    )
    return bool(connection.execute(statement).rowcount == 1)


def write_days(tx: Session, municipality_id: int, rows: Sequence[DaysToNextRow], computed_at: datetime) -> bool:
    """Put these in the place of the former ones; false, and nothing is written, if there are newer ones."""
    own = col(DaysToNextRoundRow.municipality_id) == municipality_id
    older = or_(col(DaysToNextRoundRow.computed_at).is_(None), col(DaysToNextRoundRow.computed_at) < computed_at)
    connection = tx.connection()
    ended = update(DaysToNextRoundRow).where(own, older).values(computed_at=computed_at, leased_until=None)
    if connection.execute(ended).rowcount != 1:
        return False
    connection.execute(delete(DaysToNextRow).where(col(DaysToNextRow.municipality_id) == municipality_id))
    if rows:
        connection.execute(insert(DaysToNextRow), [row.model_dump() for row in rows])
    return True


def remember_day(tx: Session, rows: Sequence[DaysToNextRow], day: date) -> None:
    """Keep them as those of a day, unless it has its own."""
    if rows:
        connection = tx.connection()
        statement = _INSERTS[connection.dialect.name](DaysToNextHistoryRow).on_conflict_do_nothing()
        connection.execute(statement, [row.model_dump() | {"day": day} for row in rows])


def computed_municipalities(tx: Session, now: datetime) -> list[tuple[MunicipalityRow, datetime]]:
    """Those on the public page that have numbers, and when these were computed."""
    query = (
        select(MunicipalityRow, col(DaysToNextRoundRow.computed_at))
        .join(DaysToNextRoundRow, col(DaysToNextRoundRow.municipality_id) == col(MunicipalityRow.id))
        .where(
            col(MunicipalityRow.joined_at) <= now,
            col(MunicipalityRow.has_public_figures),
            col(DaysToNextRoundRow.computed_at).is_not(None),
        )
    )
    return [(row[0], row[1]) for row in tx.execute(query)]


def newest_days(tx: Session) -> list[FoundDays]:
    """Of all services in use, each municipality's in its own order."""
    query: Any = (
        select(
            col(DaysToNextRow.municipality_id),
            *(col(DaysToNextRow.service_id), col(DaysToNextRow.mode), col(DaysToNextRow.days)),
            *(col(DaysToNextRow.none_until), col(ServiceRow.slug), col(ServiceRow.name_el), col(ServiceRow.name_en)),
            *(col(DepartmentRow.name_el).label("department_el"), col(DepartmentRow.name_en).label("department_en")),
        )
        .join(ServiceRow, col(ServiceRow.id) == col(DaysToNextRow.service_id))
        .join(DepartmentRow, col(DepartmentRow.id) == col(ServiceRow.department_id))
        .where(col(ServiceRow.is_active), col(DepartmentRow.is_active))
        .order_by(
            col(DaysToNextRow.municipality_id),
            *(col(DepartmentRow.position), col(DepartmentRow.id), col(ServiceRow.position), col(ServiceRow.id)),
        )
    )
    return [FoundDays(*found) for found in tx.execute(query)]


def nearest_days(tx: Session, municipality_ids: Collection[int]) -> dict[int, DaysToNext]:
    """Of each of these municipalities that has numbers, the nearest of all its services."""
    own = col(DaysToNextRow.municipality_id)
    query = (
        select(own, func.min(col(DaysToNextRow.days)), func.min(col(DaysToNextRow.none_until)))
        .where(own.in_(sorted(municipality_ids)))
        .group_by(own)
    )
    return {id_: DaysToNext(days, none_until if days is None else None) for id_, days, none_until in tx.execute(query)}


def history_within(  # whose, of which days, and what narrows them
    tx: Session,
    official: Official,
    municipality_id: int,
    first: date,
    last: date,
    *,
    department_id: int | None = None,
    service_id: int | None = None,
    mode: Mode | None = None,
) -> list[DaysToNextHistoryRow]:
    """The mornings of some days, of the services that the official's figures are about, in order."""
    query = (
        select(DaysToNextHistoryRow)
        .join(ServiceRow, col(ServiceRow.id) == col(DaysToNextHistoryRow.service_id))
        .where(
            col(DaysToNextHistoryRow.municipality_id) == municipality_id,
            col(DaysToNextHistoryRow.day).between(first, last),
            in_departments(official, Permission.VIEW_FIGURES, municipality_id, col(ServiceRow.department_id)),
        )
    )
    if department_id is not None:
        query = query.where(col(ServiceRow.department_id) == department_id)
    if service_id is not None:
        query = query.where(col(ServiceRow.id) == service_id)
    if mode is not None:
        query = query.where(col(DaysToNextHistoryRow.mode) == mode.value)
    return list(tx.scalars(query.order_by(col(DaysToNextHistoryRow.day), col(DaysToNextHistoryRow.service_id))))


def _is_due(now: datetime, before: datetime) -> Any:
    return and_(
        or_(col(DaysToNextRoundRow.computed_at).is_(None), col(DaysToNextRoundRow.computed_at) < before),
        or_(col(DaysToNextRoundRow.leased_until).is_(None), col(DaysToNextRoundRow.leased_until) <= now),
    )

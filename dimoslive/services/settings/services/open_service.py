"""One service, to be changed."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlmodel import Session, col

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.catalogue import is_id
from dimoslive.db.queries.hours import weekly_hours
from dimoslive.db.queries.services import bookings_ahead, has_bookings, next_position
from dimoslive.db.rows.catalogue import pauses_of
from dimoslive.db.rows.roots import plain, values_of
from dimoslive.db.tables.catalogue import DepartmentRow, MunicipalityRow, ServiceRow
from dimoslive.domain.desk.booking_line import Words
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official
from dimoslive.domain.settings.history import HistoryLine
from dimoslive.services.settings.list_root_history import list_root_history
from dimoslive.services.settings.root_change import Opened
from dimoslive.services.settings.services.access_service import services_within
from dimoslive.services.settings.services.choices import ChosenDesk, departments_to_choose, desks_to_choose
from dimoslive.services.settings.services.kind import PAUSE, SERVICE


@dataclass(frozen=True, slots=True)
class OpenService:
    """A service with its version and fields, what it can be given, its history, and what may be done with it."""

    opened: Opened
    departments: dict[int, Words]
    desks: tuple[ChosenDesk, ...]
    department: Words = field(default_factory=lambda: {"el": "", "en": ""})
    is_active: bool = True
    is_paused: bool = False
    reopens_on: date | None = None
    has_hours: bool = True
    bookings_ahead: int = 0
    can_manage: bool = True
    """Say which desks serve it, archive, delete."""
    can_delete: bool = False
    history: tuple[HistoryLine, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenPause:
    """What citizens read while a service takes no new bookings."""

    opened: Opened
    name: Words
    is_paused: bool
    is_active: bool
    bookings_ahead: int


def open_service(context: AppContext, official: Official, municipality_id: int, service_id: int | None) -> OpenService:
    """The service, or for no id the empty form of a new one; raises `NotFound`."""
    now = context.clock.now()
    with reading(context.db) as tx:
        if service_id is None:
            return _new(tx, official, municipality_id)
        row = _row(tx, official, municipality_id, service_id)
        municipality, department = (
            tx.get_one(MunicipalityRow, municipality_id),
            tx.get_one(DepartmentRow, row.department_id),
        )
        pause = pauses_of(municipality, row)[1]
        can_manage = can(official, Permission.MANAGE_SERVICES, municipality_id, row.department_id)
        return OpenService(
            opened=Opened(row.version, values_of(tx, SERVICE, row)),
            departments=departments_to_choose(
                tx, official, Permission.EDIT_SERVICES, municipality_id, row.department_id
            ),
            desks=desks_to_choose(tx, municipality_id),
            department={"el": department.name_el, "en": department.name_en},
            is_active=row.is_active,
            is_paused=pause.holds_at(now),
            reopens_on=row.reopens_on,
            has_hours=bool(weekly_hours(tx, [service_id]).get(service_id)),
            bookings_ahead=bookings_ahead(tx, service_id, now),
            can_manage=can_manage,
            can_delete=can_manage and not has_bookings(tx, service_id),
            history=list_root_history(tx, SERVICE, municipality_id, service_id),
        )


def open_pause(context: AppContext, official: Official, municipality_id: int, service_id: int) -> OpenPause:
    """The pause of a service, whether it holds or not; raises `NotFound`."""
    now = context.clock.now()
    with reading(context.db) as tx:
        row = _row(tx, official, municipality_id, service_id)
        pause = pauses_of(tx.get_one(MunicipalityRow, municipality_id), row)[1]
        return OpenPause(
            opened=Opened(row.version, values_of(tx, PAUSE, row)),
            name={"el": row.name_el, "en": row.name_en},
            is_paused=pause.holds_at(now),
            is_active=row.is_active,
            bookings_ahead=bookings_ahead(tx, service_id, now),
        )


def _row(tx: Session, official: Official, municipality_id: int, service_id: int) -> ServiceRow:
    within = services_within(official, municipality_id, Permission.EDIT_SERVICES)
    query = select(ServiceRow).where(col(ServiceRow.id) == service_id, within)
    row = tx.scalars(query).one_or_none() if is_id(service_id) else None
    if row is None:
        raise NotFound()
    return row


def _new(tx: Session, official: Official, municipality_id: int) -> OpenService:
    if not can(official, Permission.MANAGE_SERVICES, municipality_id):
        raise NotFound()
    departments = departments_to_choose(tx, official, Permission.MANAGE_SERVICES, municipality_id)
    first = next(iter(departments), 0)
    usual = ServiceRow(department_id=first, slug="", name_el="", name_en="", is_name_en_suggested=True)
    usual.position = next_position(tx, first)
    values = {name: plain(getattr(usual, name)) for name in SERVICE.columns} | {"desk_ids": []}
    return OpenService(Opened(0, values), departments, desks_to_choose(tx, municipality_id))

"""Receivers of webhooks, what waits for them, and what came back, by query."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, String, bindparam, cast, delete, func, or_, select, update
from sqlmodel import Session, col

from dimoslive.db.tables.catalogue import DepartmentRow, MunicipalityRow, ServiceRow
from dimoslive.db.tables.outbox import DeliveryRow, OutboxRow
from dimoslive.db.tables.webhook import WebhookDeliveryRow, WebhookEndpointRow

WEBHOOKS = "webhook"
"""The deliverer by which programs are told; it is stored."""
DROPPED = "dropped"
"""In the place of an error: too many waited for the endpoint."""
_OF_WEBHOOKS = col(DeliveryRow.deliverer) == WEBHOOKS
_WAITS = col(DeliveryRow.done_at).is_(None)
# Built once: each change of a booking asks it, and that takes longer than to run it.
_IN_USE = (
    select(col(WebhookEndpointRow.id), col(WebhookEndpointRow.events))
    .where(col(WebhookEndpointRow.municipality_id) == bindparam("municipality_id"), col(WebhookEndpointRow.is_active))
    .order_by(col(WebhookEndpointRow.id))
)


class NamesOfService(NamedTuple):
    """Of a service what programs know it by."""

    municipality: str
    department: str
    service: str


class EndpointState(NamedTuple):
    """An endpoint, how many messages wait for it, and when one arrived last."""

    row: WebhookEndpointRow
    waiting: int
    arrived_at: datetime | None


def endpoints_wanting(tx: Session, municipality_id: int, event: str) -> list[int]:
    """The ids of a municipality's endpoints that are told of such events."""
    found = tx.connection().execute(_IN_USE, {"municipality_id": municipality_id})
    return [id_ or 0 for id_, events in found if event in events.split()]


def names_of_service(tx: Session, service_id: int) -> NamesOfService:
    """Slugs, and the department's name."""
    query = (
        select(col(MunicipalityRow.slug), col(DepartmentRow.name_el), col(ServiceRow.slug))
        .join(DepartmentRow, col(DepartmentRow.id) == col(ServiceRow.department_id))
        .join(MunicipalityRow, col(MunicipalityRow.id) == col(DepartmentRow.municipality_id))
        .where(col(ServiceRow.id) == service_id)
    )
    return NamesOfService(*tx.execute(query).one())


def endpoint(tx: Session, endpoint_id: int, *, for_change: bool = False) -> WebhookEndpointRow | None:
    """An endpoint, for the job that sends to it; locked if it is to be changed."""
    query = select(WebhookEndpointRow).where(col(WebhookEndpointRow.id) == endpoint_id)
    return tx.scalars(query.with_for_update() if for_change else query).one_or_none()


def due_endpoints(tx: Session, now: datetime, limit: int) -> list[str]:
    """For whom something is due that nobody works on, whoever has waited longest first."""
    query = (
        select(col(DeliveryRow.destination))
        .where(_OF_WEBHOOKS, _WAITS, col(DeliveryRow.due_at) <= now, _is_free(now))
        .group_by(col(DeliveryRow.destination))
        .order_by(func.min(col(DeliveryRow.due_at)))
        .limit(limit)
    )
    return list(tx.scalars(query))


def count_under_way(tx: Session, destination: str, now: datetime) -> int:
    """How many attempts are made at an endpoint now, by all processes. Who asks first locks the endpoint."""
    tx.execute(
        select(col(WebhookEndpointRow.id)).where(col(WebhookEndpointRow.id) == int(destination)).with_for_update()
    )
    query = (
        select(func.count())
        .select_from(DeliveryRow)
        .where(_OF_WEBHOOKS, _WAITS, col(DeliveryRow.destination) == destination, col(DeliveryRow.leased_until) > now)
    )
    return tx.scalar(query) or 0


def endpoints_of(tx: Session, municipality_id: int) -> list[EndpointState]:
    """All of a municipality, by name."""
    waiting = (
        select(func.count())
        .select_from(DeliveryRow)
        .where(_OF_WEBHOOKS, _WAITS, col(DeliveryRow.destination) == cast(col(WebhookEndpointRow.id), String))
        .correlate(WebhookEndpointRow)
        .scalar_subquery()
    )
    arrived = (
        select(func.max(col(WebhookDeliveryRow.at)))
        .where(col(WebhookDeliveryRow.endpoint_id) == col(WebhookEndpointRow.id), col(WebhookDeliveryRow.error) == "")
        .correlate(WebhookEndpointRow)
        .scalar_subquery()
    )
    query = select(WebhookEndpointRow, waiting, arrived).where(
        col(WebhookEndpointRow.municipality_id) == municipality_id
    )
    rows = tx.execute(query.order_by(col(WebhookEndpointRow.name), col(WebhookEndpointRow.id)))
    return [EndpointState(*row) for row in rows]


def count_endpoints(tx: Session, municipality_id: int) -> int:
    """How many a municipality has."""
    query = select(func.count()).select_from(WebhookEndpointRow)
    return tx.scalar(query.where(col(WebhookEndpointRow.municipality_id) == municipality_id)) or 0


def count_switched_off(tx: Session, municipality_id: int) -> int:
    """How many of a municipality's were switched off by themselves."""
    query = select(func.count()).select_from(WebhookEndpointRow)
    off = (~col(WebhookEndpointRow.is_active), col(WebhookEndpointRow.switched_off_at).is_not(None))
    return tx.scalar(query.where(col(WebhookEndpointRow.municipality_id) == municipality_id, *off)) or 0


def forget_endpoint(tx: Session, endpoint_id: int) -> None:
    """What belongs to an endpoint that is deleted: its log, and what waits for it."""
    tx.execute(delete(WebhookDeliveryRow).where(col(WebhookDeliveryRow.endpoint_id) == endpoint_id))
    tx.execute(delete(DeliveryRow).where(_OF_WEBHOOKS, col(DeliveryRow.destination) == str(endpoint_id)))


def log_of(
    tx: Session, endpoint_id: int, *, event: str = "", failed: bool | None = None, before_id: int = 0, limit: int = 50
) -> list[WebhookDeliveryRow]:
    """Attempts at an endpoint, newest first: of one type, failed or not, older than one of them."""
    query = select(WebhookDeliveryRow).where(col(WebhookDeliveryRow.endpoint_id) == endpoint_id)
    if event:
        query = query.where(col(WebhookDeliveryRow.event_type) == event)
    if failed is not None:
        query = query.where(col(WebhookDeliveryRow.error) != "" if failed else col(WebhookDeliveryRow.error) == "")
    if before_id:
        query = query.where(col(WebhookDeliveryRow.id) < before_id)
    return list(tx.scalars(query.order_by(col(WebhookDeliveryRow.id).desc()).limit(limit)))


def deliveries_given_up(tx: Session, endpoint_id: int, since: datetime, limit: int) -> list[DeliveryRow]:
    """What an endpoint was not told of since an instant, oldest first, as far as it can still be told."""
    query = (
        select(DeliveryRow)
        .join(OutboxRow, col(OutboxRow.id) == col(DeliveryRow.event_id))
        .where(*_given_up(endpoint_id, since))
    )
    return list(tx.scalars(query.order_by(col(DeliveryRow.id)).limit(limit).with_for_update(of=DeliveryRow)))


def count_given_up(tx: Session, endpoint_id: int, since: datetime, limit: int) -> int:
    """How many those are, at most ``limit``."""
    some = (
        select(col(DeliveryRow.id))
        .join(OutboxRow, col(OutboxRow.id) == col(DeliveryRow.event_id))
        .where(*_given_up(endpoint_id, since))
        .limit(limit)
    )
    return tx.scalar(select(func.count()).select_from(some.subquery())) or 0


def delivery_of(tx: Session, endpoint_id: int, event_id: int) -> DeliveryRow | None:
    """The delivery of one event to an endpoint, as far as it can still be made; locked."""
    query = (
        select(DeliveryRow)
        .join(OutboxRow, col(OutboxRow.id) == col(DeliveryRow.event_id))
        .where(*_tellable(endpoint_id), col(DeliveryRow.event_id) == event_id)
    )
    return tx.scalars(query.with_for_update(of=DeliveryRow)).one_or_none()


def drop_waiting(tx: Session, keep: int, now: datetime) -> int:
    """Give up the oldest of what waits for an endpoint beyond a number; returns how many."""
    crowded = (
        select(col(DeliveryRow.destination))
        .where(_OF_WEBHOOKS, _WAITS)
        .group_by(col(DeliveryRow.destination))
        .having(func.count() > keep)
    )
    dropped = 0
    for destination in tx.scalars(crowded).all():
        of_endpoint = (_OF_WEBHOOKS, _WAITS, col(DeliveryRow.destination) == destination)
        ids = select(col(DeliveryRow.id)).where(*of_endpoint).order_by(col(DeliveryRow.id).desc())
        oldest_kept = tx.scalar(ids.offset(keep - 1).limit(1))
        old = update(DeliveryRow).where(*of_endpoint, col(DeliveryRow.id) < oldest_kept, _is_free(now))
        given_up = tx.execute(old.values(done_at=now, failed_at=now, error=DROPPED))
        dropped += given_up.rowcount  # type: ignore[attr-defined]  # a CursorResult has it
    return dropped


def forget_log(tx: Session, before: datetime) -> None:
    """Remove attempts made before an instant."""
    tx.execute(delete(WebhookDeliveryRow).where(col(WebhookDeliveryRow.at) < before))


def _is_free(now: datetime) -> ColumnElement[bool]:
    return or_(col(DeliveryRow.leased_until).is_(None), col(DeliveryRow.leased_until) <= now)


def _given_up(endpoint_id: int, since: datetime) -> tuple[ColumnElement[bool], ...]:
    """A test is made once, and says nothing that anybody would miss."""
    is_of_a_booking = col(OutboxRow.subject_kind) == "booking"
    return *_tellable(endpoint_id), col(DeliveryRow.failed_at) >= since, is_of_a_booking


def _tellable(endpoint_id: int) -> tuple[ColumnElement[bool], ...]:
    """Of an endpoint, and of an event whose facts are still kept."""
    return _OF_WEBHOOKS, col(DeliveryRow.destination) == str(endpoint_id), col(OutboxRow.payload) != ""

"""How a municipality is set up, with something in each state that its settings know."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update
from sqlmodel import Session, col

from dimoslive.db.engine import transaction
from dimoslive.db.tables.api_key import ApiKeyRow
from dimoslive.db.tables.calendar_feed import CalendarFeedRow
from dimoslive.db.tables.catalogue import ClosureRow, DepartmentRow, DeskRow, ServiceRow
from dimoslive.db.tables.official import OfficialDepartmentRow, OfficialRightRow, OfficialRow
from dimoslive.db.tables.outbox import DeliveryRow
from dimoslive.db.tables.plan import PlanItemRow
from dimoslive.db.tables.webhook import WebhookDeliveryRow, WebhookEndpointRow
from dimoslive.domain.events import ProgramsTold
from dimoslive.domain.imports.kinds import ImportKind
from dimoslive.domain.people.principals import Official, Scope, StaffRole
from dimoslive.domain.plans.changes import ClosureChange
from dimoslive.domain.webhooks.events import WebhookEvent
from dimoslive.integrations.webhooks.signature import new_secret
from dimoslive.services.outbox.publish_event import publish_event
from dimoslive.services.plans.apply_plan import apply_plan
from dimoslive.services.plans.preview_change import preview_change
from tests.support.builders import a_period, at
from tests.support.imports import Importing
from tests.support.world import Town, a_service, an_absence, desk_ids

PLANNED, APPLIED = "2026-12-01 13:00", "2026-12-02 13:00"
"""When people have booked who are hit by the plan that is ready, and by the one that was applied."""


@dataclass(frozen=True)
class SetUp:
    """The ids. What is ``spare`` nobody has ever booked; what is ``archived`` is out of use."""

    spare_service: int
    archived_service: int
    spare_desk: int
    archived_desk: int
    spare_department: int
    archived_department: int
    closure: int
    suggestion: int
    absence: int
    official: int
    """Of the department alone."""
    plan: int
    """Ready to be decided about."""
    item: int
    applied: int
    """A plan that can still be undone."""
    feed: int
    """A calendar of the department's first desk."""
    webhook: int
    told: int
    """What it was told of in vain."""
    key: int
    """Of a program, good for a year."""
    drafts: Mapping[str, int]
    """A file of each official who may import."""


def set_up(town: Town, officials: Mapping[str, Official]) -> SetUp:
    """Each thing of the town's department has a name in which its service is named; the last official decides."""
    name, by = town.service.name_el, list(officials.values())[-1]
    with transaction(town.context.db) as tx:
        tx.get_one(DepartmentRow, town.service.department_id).name_el = f"Τμήμα {name}"
        things: dict[str, Any] = {**_services(tx, town), **_desks(town), **_away(tx, town)}
        tx.add_all(things.values())
        tx.flush()
        ids: dict[str, int] = {word: thing.id for word, thing in things.items()}
        official, key = _official(tx, town), _key(tx, town, by)
        ids |= _programs(tx, town, by)
    plan, applied = (_plan(town, by, wall) for wall in (PLANNED, APPLIED))
    apply_plan(town.context, by, town.municipality.id, applied)
    with transaction(town.context.db) as tx:
        item = tx.scalars(select(col(PlanItemRow.id)).where(col(PlanItemRow.plan_id) == plan)).one() or 0
    line = f"Τμήμα {name};Νέα {name};;Φ;15;30;Δε-Πα;8:30;14:00;1;"
    drafts = {role: Importing(town, one, ImportKind.SERVICES).send(line) for role, one in officials.items()}
    return SetUp(**ids, official=official, plan=plan, item=item, applied=applied, key=key, drafts=drafts)


def _programs(tx: Session, town: Town, by: Official) -> dict[str, int]:
    """A calendar, and a program that is told; it did not answer the last time."""
    now, here = town.clock.now(), town.municipality
    feed = CalendarFeedRow(
        token_hash=f"feed of {here.slug}",
        official_id=by.id,
        municipality_id=here.id,
        desk_id=desk_ids(tx, town.service)[0],
        created_at=now,
    )
    webhook = WebhookEndpointRow(
        municipality_id=here.id,
        name=f"Webhook {here.slug}",
        url="https://hooks.example.gr/",
        events=WebhookEvent.BOOKING_MADE.value,
        secret_sealed=town.context.seal.encrypt(new_secret()),
    )
    tx.add_all([feed, webhook])
    tx.flush()
    told = ProgramsTold(
        WebhookEvent.TEST.value, now, here.id, {"municipality": here.slug}, only_endpoint=webhook.id or 0
    )
    event_id = publish_event(tx, told, now)
    tx.execute(update(DeliveryRow).where(col(DeliveryRow.event_id) == event_id).values(done_at=now, failed_at=now))
    tx.add(
        WebhookDeliveryRow(
            endpoint_id=webhook.id or 0, event_id=event_id, event_type=told.type, attempt=1, at=now, error="dns"
        )
    )
    return {"feed": feed.id or 0, "webhook": webhook.id or 0, "told": event_id}


def _services(tx: Session, town: Town) -> dict[str, Any]:
    name = town.service.name_el
    spare, spare_department = _beside(tx, town, f"Παύση {name}")
    spare.paused_at, spare.pause_message_el = town.clock.now(), "Επιστρέφουμε σύντομα."
    archived, archived_department = _beside(tx, town, f"Παλιά {name}")
    archived.is_active = archived_department.is_active = False
    return {
        "spare_service": spare,
        "archived_service": archived,
        "spare_department": spare_department,
        "archived_department": archived_department,
    }


def _desks(town: Town) -> dict[str, Any]:
    here: dict[str, Any] = {"municipality_id": town.municipality.id, "department_id": town.service.department_id}
    archived = DeskRow(**here, name_el="Παλιά", is_active=False)
    return {"spare_desk": DeskRow(**here, name_el="Εφεδρική"), "archived_desk": archived}


def _away(tx: Session, town: Town) -> dict[str, Any]:
    name = town.service.name_el
    closure, suggestion = (
        ClosureRow(
            municipality_id=town.municipality.id,
            department_id=town.service.department_id,
            starts_at=at(f"{day} 10:00"),
            ends_at=at(f"{day} 11:00"),
            reason_el=f"Έργα: {name}",
            reason_en="Works",
            is_active=is_active,
        )
        for day, is_active in (("2026-12-03", True), ("2026-12-07", False))
    )
    first = at("2026-12-04 10:00")
    absence = an_absence(tx, desk_ids(tx, town.service)[0], starts_at=first, ends_at=first + timedelta(hours=1))
    absence.note = f"Σεμινάριο: {name}"
    return {"closure": closure, "suggestion": suggestion, "absence": absence}


def _key(tx: Session, town: Town, by: Official) -> int:
    row = ApiKeyRow(
        municipality_id=town.municipality.id,
        handle=f"{town.municipality.id:08}",
        name=f"Πρόγραμμα {town.service.name_el}",
        scopes=Scope.READ_BOOKINGS.value,
        last_day=town.clock.now().date() + timedelta(days=365),
        made_at=town.clock.now(),
        made_by=by.id,
        secret_hash="0" * 64,
        last_four="0000",
    )
    tx.add(row)
    tx.flush()
    return row.id or 0


def _official(tx: Session, town: Town) -> int:
    names: dict[str, Any] = {"first_name": "ΝΕΟΣ", "last_name": f"ΒΟΗΘΟΣ {town.service.name_el}"}
    row = OfficialRow(**names, email=f"helper-{town.municipality.slug}@example.com")
    tx.add(row)
    tx.flush()
    official_id = row.id or 0
    tx.add(
        OfficialRightRow(
            official_id=official_id,
            municipality_id=town.municipality.id,
            role=StaffRole.OFFICIAL.value,
            **names,
        )
    )
    tx.add(OfficialDepartmentRow(official_id=official_id, department_id=town.service.department_id))
    return official_id


def _beside(tx: Session, town: Town, name: str) -> tuple[ServiceRow, DepartmentRow]:
    """A service more in the town's department, and the department that it would have had, with nothing in it."""
    service = a_service(tx, town.municipality, desks_of=town.service, name_el=name)
    department = tx.get_one(DepartmentRow, service.department_id)
    department.name_el = f"Τμήμα χωρίς: {name}"
    service.department_id = town.service.department_id
    return service, department


def _plan(town: Town, by: Official, wall: str) -> int:
    """The plan of closing an hour around a wall time."""
    period = a_period(wall, "14:00")
    period = replace(period, starts_at=period.starts_at - timedelta(minutes=30))
    reason = {"el": f"Διακοπή ρεύματος: {town.service.name_el}", "en": "Power cut"}
    change = ClosureChange(period, reason, town.service.department_id)
    return preview_change(town.context, by, town.municipality.id, change)

"""Add a service, or change one; what may hit bookings or free times becomes a plan."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.announcements import announce_day_of
from dimoslive.db.engine import transaction
from dimoslive.db.queries.services import keep_slug, lock_names, next_position, slugs_of
from dimoslive.db.rows.roots import values_of
from dimoslive.db.tables.catalogue import ServiceRow
from dimoslive.domain.errors import InvalidDetails, InvalidInput, NotFound
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official
from dimoslive.domain.plans.changes import ServiceChange
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.domain.settings.service import WEIGHED, parse_service
from dimoslive.services.imports.new_slug import new_slug
from dimoslive.services.plans.preview_change import preview_change
from dimoslive.services.plans.weigh_change import weigh_change
from dimoslive.services.settings.add_root import add_root
from dimoslive.services.settings.root_change import Act, Opened, Saved
from dimoslive.services.settings.save_root import merge_with_now, save_root
from dimoslive.services.settings.services.access_service import access_service
from dimoslive.services.settings.services.choices import departments_to_choose, desks_to_choose
from dimoslive.services.settings.services.kind import SERVICE
from dimoslive.services.settings.services.service_change import weighed_change
from dimoslive.services.settings.suggest_english import with_suggestions


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What was saved, and what is still to be planned."""

    saved: Saved
    change: ServiceChange | None


def add_service(context: AppContext, official: Official, municipality_id: int, raw: Mapping[str, object]) -> int:
    """A new one; its id. Without a desk it is served by all of its department.

    Raises `InvalidDetails`, or `NotFound` for whoever may not.
    """
    if not can(official, Permission.MANAGE_SERVICES, municipality_id):
        raise NotFound()
    now = context.clock.now()
    with transaction(context.db) as tx:
        lock_names(tx, municipality_id)
        values = _parse(tx, official, municipality_id, raw, Permission.MANAGE_SERVICES)
        department_id = int(str(values["department_id"]))
        if not values["desk_ids"]:
            desks = desks_to_choose(tx, municipality_id)
            values["desk_ids"] = sorted(desk.id for desk in desks if desk.department_id == department_id)
        taken = slugs_of(tx, municipality_id)
        values["slug"] = values["slug"] or new_slug(str(values["name_el"]), taken)
        _check_slug(str(values["slug"]), taken, 0)
        row = ServiceRow(department_id=department_id, slug="", name_el="", name_en="")
        return add_root(tx, SERVICE, row, values, Act(official, now, municipality_id)).id or 0


def save_service(  # which one, and how it was and is to be
    context: AppContext,
    official: Official,
    municipality_id: int,
    service_id: int,
    opened: Opened,
    raw: Mapping[str, object],
) -> Saved | int:
    """Change one. What hits bookings, or takes or gives free times, becomes a plan, whose id comes back.

    The rest is saved, whatever is decided about that. Raises `InvalidDetails`, `ChangedMeanwhile`, `RemovedMeanwhile`,
    or `NotFound`.
    """
    outcome = _save(context, official, municipality_id, service_id, opened, raw)
    if outcome.change is None:
        return outcome.saved
    return preview_change(context, official, municipality_id, outcome.change)


def _save(  # as `save_service`
    context: AppContext,
    official: Official,
    municipality_id: int,
    service_id: int,
    opened: Opened,
    raw: Mapping[str, object],
) -> _Outcome:
    now = context.clock.now()
    with transaction(context.db) as tx:
        lock_names(tx, municipality_id)
        row = access_service(tx, official, municipality_id, service_id, Permission.EDIT_SERVICES)
        mine = _parse(tx, official, municipality_id, raw, Permission.EDIT_SERVICES, row)
        before = values_of(tx, SERVICE, row)
        if not can(official, Permission.MANAGE_SERVICES, municipality_id, row.department_id):
            mine["desk_ids"] = before["desk_ids"]
        change = None
        if row.is_active:
            values = merge_with_now(tx, SERVICE, row, opened, mine).values
            change = weighed_change(tx, service_id, before, values)
        if change is not None and not weigh_change(tx, municipality_id, change, now).impact.does_anything:
            change = None
        if change is not None:
            # The plan has these; what merges is all else.
            kept = {name: before[name] for name in WEIGHED}
            mine, opened = mine | kept, Opened(opened.version, {**opened.values, **kept})
        act = Act(official, now, municipality_id)
        saved = save_root(
            tx, SERVICE, row, opened, mine, act, check=lambda merged: _rename(tx, municipality_id, row, merged)
        )
        announce_day_of(tx, municipality_id, local_day(now, ATHENS), "set_up")
        return _Outcome(saved, change)


def _parse(
    tx: Session,
    official: Official,
    municipality_id: int,
    raw: Mapping[str, object],
    permission: Permission,
    row: ServiceRow | None = None,
) -> dict[str, object]:
    departments = departments_to_choose(tx, official, permission, municipality_id, row.department_id if row else None)
    desks = [desk.id for desk in desks_to_choose(tx, municipality_id)]
    if not str(raw.get("position") or "").strip():
        raw = {**raw, "position": _position(tx, raw, row)}
    names = {name: value for name, value in raw.items() if "name_" in name}
    values = parse_service({**raw, **with_suggestions(names)}, departments, desks)
    if row is not None:
        values["slug"] = values["slug"] or row.slug
    return values


def _position(tx: Session, raw: Mapping[str, object], row: ServiceRow | None) -> int:
    if row is not None:
        return row.position
    department = str(raw.get("department_id") or "")
    return (
        next_position(tx, int(department))
        if department.isascii() and department.isdecimal() and len(department) < 10
        else 1
    )


def _rename(tx: Session, municipality_id: int, row: ServiceRow, merged: Mapping[str, object]) -> None:
    slug = str(merged["slug"])
    if slug == row.slug:
        return
    _check_slug(slug, slugs_of(tx, municipality_id), row.id or 0)
    keep_slug(tx, municipality_id, row, slug)


def _check_slug(slug: str, taken: Mapping[str, int], own_id: int) -> None:
    """An address leads to one service for good, also one that the service has no more."""
    if taken.get(slug, own_id) != own_id:
        raise InvalidDetails((InvalidInput("slug", "slug_in_use"),))

"""What was changed in the way a municipality is set up, by whom and when; as a page, and as a file."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import Session, col

from dimoslive.context import AppContext
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.set_up_history import (
    Logged,
    actors_and_kinds,
    count_history,
    history_lines,
    history_within,
    names_of_things,
)
from dimoslive.db.rows.plan import text_to_change
from dimoslive.db.tables.desk import AuditEventRow
from dimoslive.domain.errors import InvalidInput, NotFound, TooManyRows
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import days_period
from dimoslive.domain.settings.history import HistoryEntry, HistoryLine, ThingNames
from dimoslive.domain.settings.three_way import Change
from dimoslive.services.audit.record_audit import record_audit
from dimoslive.services.desk.find_workplace import Workplace
from dimoslive.services.desk.open_booking import short_name
from dimoslive.services.plans.told_change import told_change
from dimoslive.services.plans.write_change import roots_of

PAGE = 50
MAX_PAGE = 10_000
MAX_ROWS = 10_000
_NAMELESS = {"el": "", "en": ""}


@dataclass(frozen=True, slots=True)
class HistoryWish:
    """Which lines; what is empty does not narrow them. Days are local, both of them with it."""

    official_id: int | None = None
    kind: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Lines of one page, the names of what they speak of, and what there is to choose from."""

    entries: tuple[HistoryEntry, ...]
    names: ThingNames
    total: int
    people: dict[int, str]
    kinds: tuple[str, ...]


def list_history(
    context: AppContext, official: Official, place: Workplace, wish: HistoryWish, page: int
) -> HistoryPage:
    """The newest first, as far as the official may read; raises `InvalidInput` for days that end before they begin."""
    within = history_within(official, place.municipality_id)
    with reading(context.db) as tx:
        conditions = [within, *_conditions(place, wish)]
        found = history_lines(tx, conditions, limit=PAGE, offset=(min(max(page, 1), MAX_PAGE) - 1) * PAGE)
        actors, kinds = actors_and_kinds(tx, within)
        names = names_of_things(tx, place.municipality_id)
        total = count_history(tx, conditions)
    people = {one.id or 0: f"{one.last_name} {one.first_name}".strip() for one in actors}
    return HistoryPage(tuple(_entry(one, names) for one in found), names, total, people, tuple(kinds))


def export_history(
    context: AppContext, official: Official, place: Workplace, wish: HistoryWish
) -> tuple[list[HistoryEntry], ThingNames]:
    """All lines for a file, and the names; it is logged. Raises `NotFound`, `InvalidInput` or `TooManyRows`."""
    if not can(official, Permission.VIEW_SETTINGS_HISTORY, place.municipality_id):
        raise NotFound()
    with transaction(context.db) as tx:
        conditions = [history_within(official, place.municipality_id), *_conditions(place, wish)]
        found = _all(tx, conditions)
        names = names_of_things(tx, place.municipality_id)
        facts = {name: str(value) for name, value in asdict(wish).items() if value}
        record_audit(
            tx,
            context.clock.now(),
            "history.exported",
            by=official,
            subject=("history", None),
            municipality_id=place.municipality_id,
            after=facts | {"lines": len(found)},
        )
    return [_entry(one, names) for one in found], names


def _all(tx: Session, conditions: list[ColumnElement[bool]]) -> list[Logged]:
    found = count_history(tx, conditions)
    if found > MAX_ROWS:
        raise TooManyRows(found=found, limit=MAX_ROWS)
    return history_lines(tx, conditions, limit=MAX_ROWS)


def _conditions(place: Workplace, wish: HistoryWish) -> list[ColumnElement[bool]]:
    conditions = []
    if wish.first and wish.last and wish.last < wish.first:
        raise InvalidInput("until", "ends_before_start")
    if wish.official_id is not None:
        conditions.append(col(AuditEventRow.official_id) == wish.official_id)
    if wish.kind:
        conditions.append(col(AuditEventRow.subject_kind) == wish.kind)
    if wish.first:
        conditions.append(col(AuditEventRow.at) >= days_period(wish.first, wish.first, place.zone).starts_at)
    if wish.last:
        conditions.append(col(AuditEventRow.at) < days_period(wish.last, wish.last, place.zone).ends_at)
    return conditions


def _entry(found: Logged, names: ThingNames) -> HistoryEntry:
    event = found.event
    was, is_now = json.loads(event.before), json.loads(event.after)
    about, subject_id = event.subject_kind, event.subject_id
    if "change" in was and "change" in is_now:
        way_back, change = (text_to_change(json.dumps(facts["change"])) for facts in (was, is_now))
        was, is_now = told_change(way_back, change)
        [(about, subject_id), *_] = roots_of(change)
    changes = tuple(Change(name, was.get(name), is_now.get(name)) for name in was | is_now)
    line = HistoryLine(event.at, short_name(found.official), event.action, changes, event.reason)
    known = names.get(about, {}).get(subject_id or 0)
    subject = known or _said(was) or _said(is_now) or _NAMELESS
    return HistoryEntry(
        event.id or 0, line, event.subject_kind, event.subject_id, subject, about, event.actor, found.role or ""
    )


def _said(facts: Mapping[str, object]) -> dict[str, str] | None:
    """The name of what is no more, as its own line has it."""
    greek = facts.get("name_el") or facts.get("reason_el")
    return {"el": str(greek), "en": str(facts.get("name_en") or facts.get("reason_en") or greek)} if greek else None

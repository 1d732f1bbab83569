"""Services of a file, with hours and desks. What would leave somebody's booking without a place is not imported."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import time
from functools import cached_property
from itertools import count

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.queries.imports import (
    bookings_ahead,
    dated_hours_rows,
    departments_to_name,
    desk_ids_of_services,
    desks_to_name,
    former_slugs,
    services_to_match,
    weekly_hours_rows,
)
from dimoslive.db.queries.services import keep_slug
from dimoslive.db.rows.catalogue import modes_of
from dimoslive.db.rows.roots import values_of
from dimoslive.db.tables.catalogue import DeskRow, OpeningHoursRow, ServiceRow
from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.folding import folded
from dimoslive.domain.imports.places import KnownPlaces
from dimoslive.domain.imports.rows import Row
from dimoslive.domain.imports.services import ServiceLine, check_hours, parse_service
from dimoslive.domain.imports.unseated import Week, count_unseated
from dimoslive.domain.imports.verdicts import Judged, Stands
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.opening_hours import DatedHours, WeeklyHours
from dimoslive.domain.scheduling.periods import Period
from dimoslive.i18n.elot743 import to_latin
from dimoslive.services.desk.find_workplace import Workplace
from dimoslive.services.imports.imported_service import IMPORTED_DESK, IMPORTED_SERVICE, plain_hours, write_children
from dimoslive.services.imports.new_slug import new_slug
from dimoslive.services.imports.write_roots import RootChange, add_roots, change_roots
from dimoslive.services.settings.add_root import add_root
from dimoslive.services.settings.root_change import Act

_MODES = {Mode.VIDEO: "offers_video", Mode.IN_PERSON: "offers_in_person", Mode.PHONE: "offers_phone"}
_USUAL_DURATION = ServiceRow.model_fields["duration_minutes"].default


class ServicesImporter:
    """A head's reaches the own departments; services of others are neither named nor changed."""

    fields: tuple[str, ...] = (
        "department_id", "name_el", "name_en", "slug", "modes", "duration_minutes", "step_minutes", "hours", "desks",
        "documents_el", "documents_en", "online_url",
    )  # fmt: skip

    def __init__(self, context: AppContext, tx: Session, by: Official, place: Workplace) -> None:
        self._tx, self._place = tx, place
        self._act = Act(by, context.clock.now(), place.municipality_id)
        self._services = {row.id or 0: row for row in services_to_match(tx, place.municipality_id)}
        self._by_slug = former_slugs(tx, place.municipality_id) | {row.slug: id_ for id_, row in self._services.items()}
        # Of two with one name, the one that is offered.
        self._by_name = {_name_key(row): row for row in sorted(self._services.values(), key=lambda row: row.is_active)}
        self._last_position: dict[int, int] = {}
        for row in self._services.values():
            self._last_position[row.department_id] = max(row.position, self._last_position.get(row.department_id, 0))
        self._desks = desks_to_name(tx, place.municipality_id)
        self._desks_of = desk_ids_of_services(tx, place.municipality_id)
        self._hours_of: dict[int, list[OpeningHoursRow]] = {}
        for hours in weekly_hours_rows(tx, place.municipality_id):
            self._hours_of.setdefault(hours.service_id, []).append(hours)

    @cached_property
    def places(self) -> KnownPlaces:
        """The departments within the right."""
        within = self._place.right.department_ids
        departments = departments_to_name(self._tx, self._place.municipality_id, within)
        return KnownPlaces({one.id or 0: (one.name_el, one.name_en) for one in departments})

    def parse(self, row: Row) -> ServiceLine:
        """One service."""
        return parse_service(row, self.places)

    def look_up(self, lines: Sequence[ServiceLine]) -> None:
        """All services of the municipality were read before the first line."""

    def find(self, line: ServiceLine) -> Stands[ServiceLine] | None:
        """By the slug, one that it had before too; else by department and name."""
        row = self._found(line)
        if row is None:
            self._refuse_impossible_hours(line, None)
            return None
        if row.department_id not in self.places.departments:
            raise InvalidInput("slug", "slug_taken")
        if not row.is_active:
            raise InvalidInput("name_el", "service_archived")
        stands = self._as_line(row)
        if line.slug and self._by_slug.get(line.slug) == row.id:
            # A former address means the service, and does not become its address again.
            stands = replace(stands, slug=line.slug)
        self._refuse_impossible_hours(line, stands)
        if line.desks is not None and line.desks < (stands.desks or 0):
            raise InvalidInput("desks", "fewer_desks", number=stands.desks or 0)
        self._refuse_unseating(row, line, stands)
        return Stands(row.id or 0, stands)

    def write(self, judged: Sequence[Judged[ServiceLine]]) -> None:
        """Add services, or change what their lines say of them."""
        lines = [(one, one.line) for one in judged if one.line is not None]
        added = [self._added(line) for one, line in lines if one.stands is None]
        changed = [self._changed(self._services[one.stands.id], line, one.changes) for one, line in lines if one.stands]
        add_roots(self._tx, IMPORTED_SERVICE, added, self._act)
        change_roots(self._tx, IMPORTED_SERVICE, changed, self._act)
        write_children(self._tx, [*added, *((row, values) for row, values, _ in changed)])

    def _found(self, line: ServiceLine) -> ServiceRow | None:
        if line.slug in self._by_slug:
            return self._services.get(self._by_slug[line.slug])
        return self._by_name.get((line.department_id, folded(line.name_el)))

    def _as_line(self, row: ServiceRow) -> ServiceLine:
        return ServiceLine(
            department_id=row.department_id,
            name_el=row.name_el,
            name_en=row.name_en,
            slug=row.slug,
            modes=frozenset(modes_of(row)),
            duration_minutes=row.duration_minutes,
            step_minutes=row.step_minutes,
            hours=frozenset(_weekly(one) for one in self._current_hours(row)),
            desks=len(self._desks_of.get(row.id or 0, ())),
            documents_el=row.documents_el,
            documents_en=row.documents_en,
            online_url=row.online_url,
        )

    def _current_hours(self, row: ServiceRow) -> list[OpeningHoursRow]:
        today = local_day(self._act.at, self._place.zone)
        hours = self._hours_of.get(row.id or 0, ())
        return [one for one in hours if one.valid_until is None or one.valid_until >= today]

    def _refuse_impossible_hours(self, line: ServiceLine, stands: ServiceLine | None) -> None:
        duration = line.duration_minutes or (stands.duration_minutes if stands else _USUAL_DURATION)
        if line.hours is None and line.duration_minutes is None:
            return
        for one in line.hours if line.hours is not None else (stands.hours if stands else None) or ():
            check_hours(one.opens, one.closes, duration)

    def _refuse_unseating(self, row: ServiceRow, line: ServiceLine, stands: ServiceLine) -> None:
        """Who would have no place any more is asked about one by one, on the page of the service."""
        hours, modes = stands.hours or frozenset(), stands.modes or frozenset()
        new_hours = hours if line.hours is None else line.hours
        new_modes = modes if line.modes is None else line.modes
        if new_hours != hours and any(one.valid_from or one.valid_until for one in hours):
            raise InvalidInput("weekdays", "hours_with_dates")
        if new_hours == hours and modes <= new_modes:
            return
        ahead = [
            (Period(one.starts_at, one.ends_at), Mode(one.mode))
            for one in bookings_ahead(self._tx, row.id or 0, self._act.at)
        ]
        dated = [
            DatedHours(one.on_date, one.opens, one.closes)
            for one in dated_hours_rows(self._tx, row.id or 0)
            if one.on_date is not None
        ]
        number = count_unseated(
            ahead, Week(modes, tuple(hours)), Week(new_modes, tuple(new_hours)), dated, self._place.zone
        )
        if number:
            raise InvalidInput("modes" if new_hours == hours else "weekdays", "unseats_bookings", number=number)

    def _added(self, line: ServiceLine) -> tuple[ServiceRow, dict[str, object]]:
        slug = line.slug or new_slug(line.name_el, self._by_slug)
        position = self._last_position[line.department_id] = 1 + self._last_position.get(line.department_id, 0)
        values = {
            "department_id": line.department_id,
            "slug": slug,
            "position": position,
            "desk_ids": self._desks_for(line.department_id, (), line.desks or 0),
        } | _columns(line, self.fields)
        if line.name_en is None:
            values |= {"name_en": to_latin(line.name_el), "is_name_en_suggested": True}
        row = ServiceRow(department_id=line.department_id, slug=slug, name_el=line.name_el, name_en="")
        # Its id is not known yet; that the address is taken is.
        self._by_slug[slug] = 0
        return row, values

    def _changed(self, row: ServiceRow, line: ServiceLine, changes: Sequence[str]) -> RootChange[ServiceRow]:
        values = _columns(line, changes)
        if "name_el" in changes and line.name_en is None and row.is_name_en_suggested:
            values["name_en"] = to_latin(line.name_el)
        if "department_id" in changes:
            values["department_id"] = line.department_id
        if "slug" in changes and line.slug:
            keep_slug(self._tx, self._place.municipality_id, row, line.slug)
            values["slug"] = line.slug
        if "desks" in changes and line.desks is not None:
            has = self._desks_of.get(row.id or 0, [])
            values["desk_ids"] = self._desks_for(line.department_id, has, line.desks)
        before = values_of(self._tx, IMPORTED_SERVICE, row) | {
            "hours": plain_hours(_weekly(one) for one in self._current_hours(row)),
            "desk_ids": self._desks_of.get(row.id or 0, []),
        }
        return row, values, before

    def _desks_for(self, department_id: int, has: Sequence[int], number: int) -> list[int]:
        """The desks that serve a service already, then others of its department, then new ones."""
        of_department = [one for one in self._desks if one.department_id == department_id]
        chosen = [*has, *(one.id or 0 for one in of_department if one.id not in has)][: max(number, len(has))]
        while len(chosen) < number:
            chosen.append(self._new_desk(department_id))
        return chosen

    def _new_desk(self, department_id: int) -> int:
        """The next number that no desk of the department has in its name."""
        of_department = [one for one in self._desks if one.department_id == department_id]
        taken = {folded(name) for one in of_department for name in (one.name_el, one.name_en)}
        number = next(n for n in count(len(of_department) + 1) if folded(f"Θέση {n}") not in taken)
        values = {
            "department_id": department_id,
            "name_el": f"Θέση {number}",
            "name_en": f"Desk {number}",
            "position": 1 + max((one.position for one in of_department), default=0),
        }
        empty = DeskRow(municipality_id=self._place.municipality_id, name_el="")
        desk = add_root(self._tx, IMPORTED_DESK, empty, values, self._act)
        self._desks.append(desk)
        return desk.id or 0


def _name_key(row: ServiceRow) -> tuple[int, str]:
    return row.department_id, folded(row.name_el)


def _columns(line: ServiceLine, fields: Iterable[str]) -> dict[str, object]:
    """What the line says in these fields, in the columns of a service."""
    said = {name: getattr(line, name) for name in fields if getattr(line, name) is not None}
    names = ("name_el", "name_en", "duration_minutes", "step_minutes", "documents_el", "documents_en", "online_url")
    values: dict[str, object] = {name: said[name] for name in names if name in said}
    if "name_en" in said:
        values["is_name_en_suggested"] = False
    if "modes" in said:
        values |= {column: mode in said["modes"] for mode, column in _MODES.items()}
    if "hours" in said:
        values["hours"] = plain_hours(said["hours"])
    return values


def _weekly(row: OpeningHoursRow) -> WeeklyHours:
    return WeeklyHours(row.weekday or 0, row.opens or time(), row.closes or time(), row.valid_from, row.valid_until)

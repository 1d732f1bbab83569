"""Who looked for whom: searches, what was opened from them, and the pauses of those who searched too much."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter

from sqlalchemy import ColumnElement, true

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.catalogue import departments_within
from dimoslive.db.queries.scopes import bookings_within
from dimoslive.db.queries.search_log import (
    Noted,
    ReadByKey,
    Searched,
    openings_before,
    pauses_before,
    readings_before,
    searches_before,
    works_in,
)
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official
from dimoslive.services.desk.find_workplace import Workplace
from dimoslive.services.desk.open_booking import short_name
from dimoslive.services.upkeep.erase_old_data import SEARCH_WORDS_KEPT

MAX_LISTED = 100
OPENING, PAUSE, READING = "opening", "pause", "reading"
"""Lines that are no search: what was opened from another department's search, a pause, what a program read."""
MAX_NAMED = 5
"""Of the bookings that a program read at once: of more only the number is told."""


@dataclass(frozen=True, slots=True)
class LogLine:
    """What somebody did. ``kind`` is by what was searched, or one of those above; ``opened`` are references."""

    at: datetime
    official_id: int
    by: str
    kind: str
    found: int = 0
    words: str = field(default="", repr=False)
    """What was searched for; empty when it is kept no longer."""
    opened: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchLog:
    """The newest lines before an instant; ``older`` is where those begin that did not fit."""

    lines: tuple[LogLine, ...]
    departments: tuple[dict[str, str], ...]
    """Of which alone it speaks, where the right is limited."""
    older: datetime | None


def may_read_search_log(official: Official, place: Workplace) -> bool:
    """Whether pages lead there."""
    return can(official, Permission.VIEW_SEARCH_LOG, place.municipality_id)


def read_search_log(context: AppContext, official: Official, place: Workplace, before: datetime) -> SearchLog:
    """Within the scope: what its officials searched, and what anybody opened of it. Raises `NotFound`."""
    if not may_read_search_log(official, place):
        raise NotFound()
    municipality_id, departments = place.municipality_id, place.right.department_ids
    whose: ColumnElement[bool] = works_in(municipality_id, departments) if departments else true()
    scope = bookings_within(official, Permission.VIEW_SEARCH_LOG)
    with reading(context.db) as tx:
        searches = searches_before(tx, municipality_id, before, whose, MAX_LISTED + 1)
        openings = openings_before(tx, municipality_id, before, [scope], MAX_LISTED + 1)
        pauses = pauses_before(tx, municipality_id, before, whose, MAX_LISTED + 1)
        # A program is of no department.
        readings = [] if departments else readings_before(tx, municipality_id, before, MAX_LISTED + 1)
        named = departments_within(tx, municipality_id, departments) if departments else []
        names = tuple({"el": row.name_el, "en": row.name_en} for row in named)
    lines = [*_searches(context, searches, openings), *map(_pause, pauses), *map(_reading, readings)]
    lines.sort(key=attrgetter("at"), reverse=True)
    shown = lines[:MAX_LISTED]
    return SearchLog(tuple(shown), names, shown[-1].at if len(lines) > MAX_LISTED else None)


def _searches(context: AppContext, searches: list[Searched], openings: list[Noted]) -> list[LogLine]:
    """Each with what its official opened after it and before the next; what belongs to none is a line of its own."""
    opened: dict[int, list[str]] = {}
    alone: list[Noted] = []
    for opening in openings:
        of_it = next((one.search.id for one in searches if _is_of(opening, one)), None)
        if of_it is None:
            alone.append(opening)
        else:
            opened.setdefault(of_it, []).insert(0, opening.reference)
    return [
        *[_search(context, one, tuple(dict.fromkeys(opened.get(one.search.id or 0, ())))) for one in searches],
        *[_opening(one) for one in alone],
    ]


def _is_of(opening: Noted, one: Searched) -> bool:
    return one.search.official_id == opening.event.official_id and one.search.at <= opening.event.at


def _search(context: AppContext, one: Searched, opened: tuple[str, ...]) -> LogLine:
    search = one.search
    is_kept = search.query_sealed != "" and context.clock.now() - search.at <= SEARCH_WORDS_KEPT
    words = context.seal.decrypt(search.query_sealed) if is_kept else None
    return LogLine(
        search.at, search.official_id, short_name(one.official), search.kind, search.found, words or "", opened
    )


def _opening(one: Noted) -> LogLine:
    by = short_name(one.official)
    return LogLine(one.event.at, one.official.id or 0, by, OPENING, found=1, opened=(one.reference,))


def _pause(one: Noted) -> LogLine:
    return LogLine(one.event.at, one.official.id or 0, short_name(one.official), PAUSE)


def _reading(one: ReadByKey) -> LogLine:
    read = json.loads(one.event.after)
    named = tuple(read["references"]) if read["count"] <= MAX_NAMED else ()
    return LogLine(one.event.at, 0, one.api_key.name, READING, found=read["count"], opened=named)

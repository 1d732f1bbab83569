"""Searches are counted by what they found, once a citizen and day, and nobody is written down."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import ServiceRow
from dimoslive.db.tables.search_tally import SearchTallyRow
from dimoslive.domain.figures.searches import SearchKind
from dimoslive.domain.people.principals import Citizen
from dimoslive.domain.scheduling.local_time import ATHENS
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.draft.open_calendar import open_calendar
from dimoslive.services.figures.note_search import _searches, note_search, write_searches
from tests.support.world import Town, on_the_day, rows

TODAY = date(2026, 11, 20)
ALL, NONE, LATE = (kind.value for kind in SearchKind)


def search(town: Town, *, by: Citizen | None = None, mode: str = "video", service: ServiceRow | None = None) -> None:
    town.choose(by=by, mode=mode, service=service)
    open_calendar(town.context, by or town.eleni)


def tally(town: Town) -> dict[tuple[date, str, str], int]:
    """What is written of the town's service."""
    found = [row for row in rows(town.context.db, SearchTallyRow) if row.service_id == town.service.id]
    return {(row.day, row.mode, row.kind): row.searches for row in found}


def test_a_citizen_counts_once_for_each_service_mode_and_day(town: Town) -> None:
    another = town.another_service()
    for mode in ("video", "video", "phone"):
        search(town, mode=mode)
    search(town, service=another)
    search(town, by=town.citizen())
    assert write_searches(town.context) == 4
    assert tally(town) == {(TODAY, "video", ALL): 2, (TODAY, "phone", ALL): 1}
    search(town)
    assert write_searches(town.context) == 0
    town.clock.advance(days=1)
    search(town)
    write_searches(town.context)
    assert tally(town)[TODAY + timedelta(days=1), "video", ALL] == 1


def test_what_was_found_is_counted_too(town: Town) -> None:
    with transaction(town.context.db) as tx:
        tx.get_one(ServiceRow, town.service.id).notice_minutes = 61 * 24 * 60
    search(town)
    with transaction(town.context.db) as tx:
        tx.get_one(ServiceRow, town.service.id).notice_minutes = 15 * 24 * 60
    search(town, by=town.citizen())
    write_searches(town.context)
    assert tally(town) == {(TODAY, "video", ALL): 2, (TODAY, "video", NONE): 1, (TODAY, "video", LATE): 1}


def test_counts_are_added_to_what_other_processes_wrote(town: Town) -> None:
    search(town)
    write_searches(town.context)
    search(town, by=town.citizen())
    write_searches(town.context)
    assert tally(town) == {(TODAY, "video", ALL): 2}


def test_no_citizen_is_written_down_and_none_is_remembered_after_midnight(town: Town) -> None:
    search(town)
    write_searches(town.context)
    assert set(SearchTallyRow.model_fields) == {"service_id", "day", "mode", "kind", "searches"}
    remembered = _searches[town.context.db]
    key, [mark] = remembered._key, remembered._marks
    assert (len(key), len(mark)) == (32, 16)

    town.clock.set(on_the_day("2026-11-21 00:00"))
    write_searches(town.context)
    assert remembered._marks == set()
    assert remembered._key != key


def test_what_cannot_be_written_is_counted_the_next_time(town: Town) -> None:
    search(town)

    def lose_the_line(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if "search_tally" in statement:
            raise ConnectionError

    event.listen(town.context.db, "before_cursor_execute", lose_the_line)
    with pytest.raises(ConnectionError):
        write_searches(town.context)
    event.remove(town.context.db, "before_cursor_execute", lose_the_line)
    write_searches(town.context)
    assert tally(town) == {(TODAY, "video", ALL): 1}


def test_a_service_that_was_deleted_meanwhile_holds_nothing_up(town: Town) -> None:
    gone = town.another_service()
    search(town)
    note_search(town.context, town.eleni.id, (gone.id or 0) + 1, Mode.VIDEO, None, ATHENS)
    write_searches(town.context)
    assert tally(town) == {(TODAY, "video", ALL): 1}

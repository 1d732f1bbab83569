"""What citizens' searches found: counted in the process, and added by a job, so that looking for a time writes nothing.

No citizen is written down, and none can be told from what is remembered: it is hashes, by a key that is thrown away at
midnight.
"""

import secrets
import threading
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime
from hashlib import blake2b
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.search_tally import add_searches, services_there
from dimoslive.domain.figures.searches import SearchKind, kinds_of
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.domain.scheduling.mode import Mode


class _Counted(NamedTuple):
    service_id: int
    day: date
    mode: Mode
    kind: SearchKind


class _Searches:
    """Searches since they were added, and a mark for each citizen, service and mode of the day."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[_Counted] = Counter()
        self._day = date.min
        self._key = b""
        self._marks: set[bytes] = set()

    def begin(self, day: date) -> None:
        """Whoever searched on another day is forgotten."""
        with self._lock:
            self._begin(day)

    def note(self, citizen_id: int, searched: Iterable[_Counted]) -> None:
        """One search, as all that it counts as, unless the citizen had it that day."""
        first, *_ = searched = list(searched)
        with self._lock:
            self._begin(first.day)
            words = f"{citizen_id} {first.service_id} {first.mode}".encode()
            mark = blake2b(words, key=self._key, digest_size=16).digest()
            if mark not in self._marks:
                self._marks.add(mark)
                self._counts.update(searched)

    def add(self, counts: Counter[_Counted]) -> None:
        with self._lock:
            self._counts.update(counts)

    def take(self) -> Counter[_Counted]:
        """All of it, which is then forgotten here."""
        with self._lock:
            taken, self._counts = self._counts, Counter()
        return taken

    def _begin(self, day: date) -> None:
        if day != self._day:
            self._day, self._key, self._marks = day, secrets.token_bytes(32), set()


_searches: WeakKeyDictionary[Engine, _Searches] = WeakKeyDictionary()


def note_search(  # whose, for what, and what it found
    context: AppContext, citizen_id: int, service_id: int, mode: Mode, first_free: int | None, zone: str
) -> None:
    """A citizen looked for a time; ``first_free`` is the first one, in seconds since the epoch."""
    today = local_day(context.clock.now(), zone)
    first = None if first_free is None else local_day(datetime.fromtimestamp(first_free, UTC), zone)
    searched = [_Counted(service_id, today, mode, kind) for kind in kinds_of(first, today)]
    _searches.setdefault(context.db, _Searches()).note(citizen_id, searched)


def write_searches(context: AppContext) -> int:
    """Add what was counted in this process; returns how many searches. What cannot be written is kept."""
    searches = _searches.get(context.db)
    if searches is None:
        return 0
    searches.begin(local_day(context.clock.now(), ATHENS))
    taken = searches.take()
    if not taken:
        return 0
    try:
        with transaction(context.db) as tx:
            there = services_there(tx, {counted.service_id for counted in taken})
            # In one order, because other processes add theirs.
            for counted, number in sorted(taken.items()):
                if counted.service_id in there:
                    add_searches(tx, *counted, number)
    except Exception:
        searches.add(taken)
        raise
    return sum(number for counted, number in taken.items() if counted.kind is SearchKind.ALL)

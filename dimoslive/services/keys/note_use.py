"""How often keys are used: counted in the process, and written down by a job, so that no read of a program writes."""

import threading
from collections import Counter
from datetime import date, datetime
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.api_keys import write_use
from dimoslive.domain.scheduling.local_time import ATHENS, local_day


class _Uses:
    """Requests by key and day, and when each key was used last, since they were written down."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[tuple[int, date]] = Counter()
        self._last: dict[int, datetime] = {}

    def add(self, key_id: int, at: datetime, requests: int = 1, on: date | None = None) -> None:
        with self._lock:
            self._requests[key_id, on or local_day(at, ATHENS)] += requests
            self._last[key_id] = max(at, self._last.get(key_id, at))

    def take(self) -> dict[tuple[int, date], tuple[int, datetime]]:
        """All of it, which is then forgotten here."""
        with self._lock:
            taken = {use: (requests, self._last[use[0]]) for use, requests in self._requests.items()}
            self._requests.clear()
            self._last.clear()
        return taken


_uses: WeakKeyDictionary[Engine, _Uses] = WeakKeyDictionary()


def note_use(context: AppContext, key_id: int, at: datetime) -> None:
    """One request more."""
    _uses.setdefault(context.db, _Uses()).add(key_id, at)


def write_key_uses(context: AppContext) -> int:
    """Write down what was counted in this process; returns of how many keys. What cannot be written is kept."""
    uses = _uses.get(context.db)
    taken = uses.take() if uses else {}
    if not uses or not taken:
        return 0
    try:
        with transaction(context.db) as tx:
            # In one order, because other processes write theirs.
            for (key_id, on), (requests, last) in sorted(taken.items()):
                write_use(tx, key_id, on, requests, last)
    except Exception:
        for (key_id, on), (requests, last) in taken.items():
            uses.add(key_id, last, requests, on)
        raise
    return len({key_id for key_id, _ in taken})

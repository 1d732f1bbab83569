"""Knocks at a door are counted one by one, by stretches of time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from sqlalchemy import Engine

from dimoslive.db.engine import transaction
from dimoslive.db.queries.limits import count_attempt, forget_attempts, window_of
from dimoslive.db.tables.limit import AttemptsRow
from tests.support.world import NOW, rows

TEN_MINUTES = timedelta(minutes=10)


def test_each_door_and_each_person_is_counted_apart(db: Engine) -> None:
    counts = [_count(db, door, who) for door, who in (("a", "x"), ("a", "x"), ("a", "y"), ("b", "x"), ("a", "x"))]
    assert counts == [1, 2, 1, 1, 3]


def test_a_new_stretch_of_time_counts_from_one(db: Engine) -> None:
    later = [timedelta(), timedelta(minutes=9, seconds=59), TEN_MINUTES]
    assert [_count(db, "a", "x", NOW + by) for by in later] == [1, 2, 1]


def test_none_of_many_attempts_at_once_is_lost(db: Engine) -> None:
    with ThreadPoolExecutor(20) as pool:
        counts = list(pool.map(lambda _: _count(db, "a", "x"), range(40)))
    assert sorted(counts) == list(range(1, 41))


def test_old_counts_are_forgotten(db: Engine) -> None:
    for moment in (NOW - timedelta(days=1), NOW):
        _count(db, "a", "x", moment)
        _count(db, "b", "x", moment)
    with transaction(db) as tx:
        forget_attempts(tx, "a", window_of(NOW, TEN_MINUTES))
    assert sorted(row.rate_limit for row in rows(db, AttemptsRow)) == ["a", "b", "b"]


def _count(db: Engine, door: str, who: str, now: datetime = NOW) -> int:
    with transaction(db) as tx:
        return count_attempt(tx, door, who, now, TEN_MINUTES)

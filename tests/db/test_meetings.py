"""What is asked of all meetings every minute is answered from an index."""

from sqlalchemy import Engine

from dimoslive.db.engine import reading
from dimoslive.db.meetings import left_open
from tests.database import counting
from tests.world import NOW


def test_meetings_left_open_are_found_by_index(sqlite_db: Engine) -> None:
    with counting(sqlite_db) as statements, reading(sqlite_db) as tx:
        left_open(tx, NOW, 10)
    [(query, parameters)] = statements
    with sqlite_db.connect() as connection:
        plan = [line[-1] for line in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", parameters)]
    assert plan == ["SEARCH booking USING INDEX in_meeting_by_end (ends_at<?)"]

"""A transaction happens whole or not at all; a reading sees one moment; instants are UTC."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import IntegrityError, InternalError, StatementError
from sqlmodel import Session, col

from dimoslive.db.engine import make_engine, reading, transaction
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.db.tables.citizen import CitizenRow, SessionRow
from dimoslive.domain.errors import SlotTaken
from tests.support.world import NOW, a_citizen, a_municipality, rows

ATHENS_IN_SUMMER = timezone(timedelta(hours=3))


def test_what_a_transaction_wrote_stays(db: Engine) -> None:
    with transaction(db) as tx:
        a_municipality(tx)
    assert [row.slug for row in rows(db, MunicipalityRow)] == ["kavala"]


def test_an_error_undoes_the_whole_transaction(db: Engine) -> None:
    def begin_and_fail() -> None:
        with transaction(db) as tx:
            a_municipality(tx)
            raise SlotTaken()

    with pytest.raises(SlotTaken):
        begin_and_fail()
    assert rows(db, MunicipalityRow) == []


def test_what_is_written_while_reading_is_not_kept(sqlite_db: Engine) -> None:
    with reading(sqlite_db) as tx:
        a_municipality(tx)
    assert rows(sqlite_db, MunicipalityRow) == []


@pytest.mark.slow
def test_postgresql_refuses_to_write_while_reading(postgresql_db: Engine) -> None:
    with pytest.raises(InternalError, match="read-only"), reading(postgresql_db) as tx:
        a_municipality(tx)
    with transaction(postgresql_db) as tx:
        a_municipality(tx)
    assert len(rows(postgresql_db, MunicipalityRow)) == 1


def test_a_reading_sees_one_moment(db: Engine) -> None:
    with reading(db) as tx:
        assert _slugs(tx) == []
        with transaction(db) as other:
            a_municipality(other)
        assert _slugs(tx) == []
    with reading(db) as tx:
        assert _slugs(tx) == ["kavala"]


def test_references_to_nothing_are_refused(db: Engine) -> None:
    with pytest.raises(IntegrityError), transaction(db) as tx:
        tx.add(SessionRow(token_hash="x", citizen_id=12345, created_at=NOW, seen_at=NOW, expires_at=NOW))


def test_many_threads_write_one_after_the_other(db: Engine) -> None:
    with transaction(db) as tx:
        principal = a_citizen(tx)

    def add_a_letter(_: int) -> None:
        with transaction(db) as tx:
            citizen = tx.get_one(CitizenRow, principal.id, with_for_update=True)
            citizen.email += "x"

    with ThreadPoolExecutor(60) as pool:
        list(pool.map(add_a_letter, range(120)))
    assert [len(row.email) for row in rows(db, CitizenRow)] == [120]


@pytest.mark.parametrize(
    "written",
    [
        datetime(2026, 11, 24, 7, 10, tzinfo=UTC),
        datetime(2026, 7, 1, 12, 0, 0, 123456, tzinfo=ATHENS_IN_SUMMER),
        # The hour that Athens shows twice.
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    ],
)
def test_instants_come_back_as_the_same_instants_in_utc(db: Engine, written: datetime) -> None:
    with transaction(db) as tx:
        a_municipality(tx).joined_at = written
    [read] = [row.joined_at for row in rows(db, MunicipalityRow)]
    assert read == written
    assert read is not None
    assert read.tzinfo is UTC


def test_instants_are_compared_as_instants(db: Engine) -> None:
    with transaction(db) as tx:
        a_municipality(tx).joined_at = datetime(2026, 7, 1, 12, 0, tzinfo=ATHENS_IN_SUMMER)
    for bound, is_after in ((datetime(2026, 7, 1, 9, 0, tzinfo=UTC), 0), (datetime(2026, 7, 1, 8, 59, tzinfo=UTC), 1)):
        with reading(db) as tx:
            assert (
                len(tx.scalars(select(MunicipalityRow).where(col(MunicipalityRow.joined_at) > bound)).all()) == is_after
            )


def test_an_instant_without_a_zone_is_refused(db: Engine) -> None:
    with pytest.raises(StatementError, match="timezone"), transaction(db) as tx:
        a_municipality(tx).joined_at = datetime(2026, 7, 1, 12, 0)


def test_sqlite_writes_ahead_checks_references_and_waits_for_the_disk_on_every_connection(sqlite_db: Engine) -> None:
    with ExitStack() as held:
        # More than the pool keeps: each is a connection of its own.
        connections = [held.enter_context(sqlite_db.connect().execution_options(writes=False)) for _ in range(25)]
        for connection in connections:
            answers = {
                name: connection.execute(text(f"pragma {name}")).scalar()
                for name in ("journal_mode", "foreign_keys", "synchronous")
            }
            assert answers == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2}


@pytest.mark.slow
@pytest.mark.parametrize(("of_the_server", "here"), [("off", "on"), ("on", "on"), ("remote_apply", "remote_apply")])
def test_postgresql_never_confirms_what_is_not_yet_on_its_disk(
    postgresql_db: Engine, of_the_server: str, here: str
) -> None:
    with postgresql_db.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        name = postgresql_db.url.database
        connection.execute(text(f'ALTER DATABASE "{name}" SET synchronous_commit = {of_the_server}'))
    engine = make_engine(postgresql_db.url.render_as_string(hide_password=False))
    for opened in (transaction, reading, transaction):
        with opened(engine) as tx:
            assert tx.scalar(text("SHOW synchronous_commit")) == here
    engine.dispose()


def test_only_what_need_not_last_does_not_wait_for_the_disk(db: Engine) -> None:
    ask, waits, waits_not = {
        "sqlite": (text("pragma synchronous"), 2, 1),
        "postgresql": (text("SHOW synchronous_commit"), "on", "off"),
    }[db.dialect.name]
    answers = []
    for is_durable in (True, False, False, True):
        with transaction(db, is_durable=is_durable) as tx:
            answers.append(tx.scalar(ask))
    assert answers == [waits, waits_not, waits_not, waits]


def _slugs(tx: Session) -> list[str]:
    return list(tx.scalars(select(col(MunicipalityRow.slug))))


@pytest.mark.slow
def test_a_connection_that_was_cut_off_while_it_rested_is_replaced(
    postgresql_db: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dimoslive.db.engine._LOOKS_AFTER", 0.0)
    pid = text("SELECT pg_backend_pid()")
    with reading(postgresql_db) as tx, reading(postgresql_db) as other:
        cut_off = {tx.scalar(pid), other.scalar(pid)}
    admin = make_engine(postgresql_db.url.render_as_string(hide_password=False))
    with reading(admin) as tx:
        for one in cut_off:
            tx.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": one})
    admin.dispose()
    with reading(postgresql_db) as tx, reading(postgresql_db) as other:
        assert not cut_off & {tx.scalar(pid), other.scalar(pid)}


@pytest.mark.slow
def test_a_connection_that_did_not_rest_is_not_looked_after(
    postgresql_db: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dimoslive.db.engine._LOOKS_AFTER", 1000.0)
    monkeypatch.setattr(postgresql_db.dialect, "do_ping", None)
    for _ in range(2):
        with reading(postgresql_db) as tx:
            assert tx.scalar(text("SELECT 1")) == 1


@pytest.mark.slow
def test_what_postgresql_has_prepared_outlasts_a_reading(postgresql_db: Engine) -> None:
    for _ in range(8):
        with reading(postgresql_db) as tx:
            _slugs(tx)
    with reading(postgresql_db) as tx:
        used = tx.scalar(text("SELECT sum(generic_plans + custom_plans) FROM pg_prepared_statements"))
    assert used is not None
    assert used >= 2

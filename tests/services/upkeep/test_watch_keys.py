"""Of keys that end, and of keys that nobody uses, the administrators are told in time, and once."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from dimoslive.db.engine import transaction
from dimoslive.db.tables.api_key import ApiKeyRow, ApiKeyUseRow, IdempotencyRow
from dimoslive.db.tables.desk import AuditEventRow
from dimoslive.db.tables.official import OfficialRow
from dimoslive.services.outbox.deliver_events import deliver_events
from dimoslive.services.outbox.deliver_staff_mail import STAFF_MAIL
from dimoslive.services.upkeep.watch_keys import forget_key_traces, watch_keys
from tests.support.meeting import ANNA
from tests.support.ports import RecordingMailer
from tests.support.programs import a_key, a_program, book_as_program
from tests.support.settings import enter_administrator, enter_head
from tests.support.world import Town, a_town, rows


@pytest.fixture
def town(sqlite_db: Engine) -> Town:
    town = a_town(sqlite_db)
    nikos, anna = enter_administrator(town), enter_head(town, identity=ANNA)
    with transaction(town.context.db) as tx:
        tx.get_one(OfficialRow, nikos.id).email = "nikos@dimos.example"
        tx.get_one(OfficialRow, anna.id).email = "anna@dimos.example"
    return town


def told_on(town: Town, day: date) -> int:
    town.clock.set(town.clock.now() + timedelta(days=(day - town.clock.now().date()).days))
    return watch_keys(town.context)


def test_administrators_are_told_thirty_seven_and_one_day_before_the_end_each_once(town: Town) -> None:
    a_key(town, last_day=date(2027, 2, 28))
    days = [day for day in range(60) if told_on(town, date(2027, 1, 10) + timedelta(days=day))]
    assert [date(2027, 1, 10) + timedelta(days=day) for day in days] == [
        date(2027, 1, 30),
        date(2027, 2, 22),
        date(2027, 2, 28),
    ]


def test_the_mail_names_the_key_and_its_page(town: Town) -> None:
    a_key(town, last_day=date(2026, 11, 26), name="Τηλεφωνικό κέντρο")
    assert watch_keys(town.context) == 1
    asyncio.run(deliver_events(town.context, STAFF_MAIL))
    mailer = town.context.mailer
    assert isinstance(mailer, RecordingMailer)
    [mail] = mailer.sent
    assert (mail["To"], mail["Subject"]) == ("nikos@dimos.example", "Το κλειδί «Τηλεφωνικό κέντρο» λήγει σύντομα")
    assert "26/11/2026" in mail.get_content()
    assert "/admin/keys/1?m=kavala" in mail.get_content()


def test_what_nobody_uses_is_warned_of_and_a_month_later_ends(town: Town) -> None:
    a_key(town, last_day=date(2028, 11, 1))
    used = a_key(town, last_day=date(2028, 11, 1))
    assert used
    with transaction(town.context.db) as tx:
        tx.get_one(ApiKeyRow, 2).last_used_at = town.clock.now() + timedelta(days=200)
    days = [day for day in range(170, 215) if told_on(town, date(2026, 11, 20) + timedelta(days=day))]
    assert days == [180, 210]
    unused, other = rows(town.context.db, ApiKeyRow)
    assert (unused.revoked_at is not None, other.revoked_at) == (True, None)
    [line] = rows(town.context.db, AuditEventRow)
    assert (line.action, line.actor, line.reason) == ("key.revoked", "job", "unused")


def test_answers_are_kept_for_a_day_and_counts_for_a_month(town: Town) -> None:
    key = a_program(town)
    book_as_program(town, key, "10:00")
    with transaction(town.context.db) as tx:
        tx.add(ApiKeyUseRow(api_key_id=key.id, on_date=date(2026, 10, 21), requests=1))
        tx.add(ApiKeyUseRow(api_key_id=key.id, on_date=date(2026, 10, 22), requests=1))
    assert forget_key_traces(town.context) == 0
    town.clock.advance(days=1, seconds=1)
    assert forget_key_traces(town.context) == 1
    assert rows(town.context.db, IdempotencyRow) == []
    assert [use.on_date for use in rows(town.context.db, ApiKeyUseRow)] == [date(2026, 10, 22)]

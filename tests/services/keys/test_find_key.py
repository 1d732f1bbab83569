"""Whose program asks: wrong, expired and revoked keys are one answer, and what was revoked ends at once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from dimoslive.db.engine import transaction
from dimoslive.db.tables.api_key import ApiKeyRow, ApiKeyUseRow
from dimoslive.domain.keys.errors import KeyMissing, KeyUnknown, NetworkNotAllowed, ScopeMissing
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import ApiKey, Scope
from dimoslive.services.keys.find_key import find_key
from dimoslive.services.keys.note_use import _uses, write_key_uses
from tests.support.programs import a_key
from tests.support.world import NOW, Town, a_town, rows


@pytest.fixture
def town(sqlite_db: Engine) -> Town:
    # The engine is that of the tests before, whose keys are no more.
    _uses.pop(sqlite_db, None)
    return a_town(sqlite_db)


def found(town: Town, text: str, permission: Permission = Permission.USE_KEY, address: str = "192.0.2.7") -> ApiKey:
    return find_key(town.context, f"Bearer {text}", address, permission)


def test_a_key_names_its_municipality_and_its_scopes(town: Town) -> None:
    key = found(town, a_key(town, Scope.READ_BOOKINGS), Permission.VIEW_BOOKING)
    assert (key.municipality_id, key.scopes) == (town.municipality.id, frozenset({Scope.READ_BOOKINGS}))


def test_nothing_sent_is_another_answer_than_something_wrong(town: Town) -> None:
    with pytest.raises(KeyMissing):
        find_key(town.context, "", "192.0.2.7", Permission.USE_KEY)
    text = a_key(town)
    for header in ("Bearer", "Bearer ", f"Basic {text}", text, f"Bearer {text[:-1]}x", f"Bearer {text} {text}"):
        with pytest.raises(KeyUnknown):
            find_key(town.context, header, "192.0.2.7", Permission.USE_KEY)


def test_the_secret_of_another_key_is_none_of_this(town: Town) -> None:
    mine = a_key(town)
    with transaction(town.context.db) as tx:
        tx.get_one(ApiKeyRow, 1).secret_hash = "0" * 64
    with pytest.raises(KeyUnknown):
        found(town, mine)


def test_what_is_revoked_or_over_is_no_key_from_the_next_request_on(town: Town) -> None:
    revoked, over = a_key(town), a_key(town, last_day=date(2026, 11, 20))
    assert found(town, revoked)
    assert found(town, over)
    with transaction(town.context.db) as tx:
        tx.get_one(ApiKeyRow, 1).revoked_at = NOW
    town.clock.advance(hours=14)
    for text in (revoked, over):
        with pytest.raises(KeyUnknown):
            found(town, text)


def test_the_former_secret_works_until_its_overlap_is_over(town: Town) -> None:
    former = a_key(town)
    with transaction(town.context.db) as tx:
        row = tx.get_one(ApiKeyRow, 1)
        row.former_hash, row.former_until = row.secret_hash, NOW + timedelta(days=7)
        row.secret_hash = "0" * 64
    assert found(town, former)
    town.clock.advance(days=7)
    with pytest.raises(KeyUnknown):
        found(town, former)


def test_from_another_network_a_good_key_is_refused(town: Town) -> None:
    text = a_key(town, networks="192.0.2.0/24\n2001:db8::/32")
    assert found(town, text, address="2001:db8::1")
    for address in ("198.51.100.1", "", "unix"):
        with pytest.raises(NetworkNotAllowed):
            found(town, text, address=address)


def test_a_scope_that_is_missing_is_named(town: Town) -> None:
    with pytest.raises(ScopeMissing) as refused:
        found(town, a_key(town, Scope.READ_BOOKINGS), Permission.ARRANGE)
    assert refused.value.params == {"scope": "bookings:write"}


def test_use_is_counted_by_day_and_written_down_by_the_job_alone(town: Town) -> None:
    text = a_key(town)
    for _ in range(3):
        found(town, text)
    town.clock.advance(hours=15)
    found(town, text)
    assert rows(town.context.db, ApiKeyUseRow) == []
    assert (write_key_uses(town.context), write_key_uses(town.context)) == (1, 0)
    uses = rows(town.context.db, ApiKeyUseRow)
    assert [(use.on_date, use.requests) for use in uses] == [(date(2026, 11, 20), 3), (date(2026, 11, 21), 1)]
    [row] = rows(town.context.db, ApiKeyRow)
    assert row.last_used_at == town.clock.now()
    found(town, text)
    write_key_uses(town.context)
    assert rows(town.context.db, ApiKeyUseRow)[1].requests == 2

"""Keys are made, changed, rotated and revoked by administrators, and each of it stands in the history."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from dimoslive.db.tables.api_key import ApiKeyRow
from dimoslive.db.tables.desk import AuditEventRow
from dimoslive.domain.errors import InvalidInput, NotFound
from dimoslive.domain.keys.errors import KeyEnded, KeyUnknown, TooManyKeys
from dimoslive.domain.keys.lifetime import MAX_KEYS
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.services.keys.find_key import find_key
from dimoslive.services.settings.keys.list_keys import list_keys, open_key
from dimoslive.services.settings.keys.make_key import NewSecret, add_key, revoke_key, rotate_key, save_key
from tests.support.meeting import ANNA
from tests.support.programs import a_key
from tests.support.settings import enter_administrator, enter_head
from tests.support.world import NOW, Town, a_town, rows

FORM = {"name": "Τηλεφωνικό κέντρο", "scope_read_bookings": "on", "last_day": "2027-11-20", "networks": ""}


@pytest.fixture
def town(sqlite_db: Engine) -> Town:
    return a_town(sqlite_db)


@pytest.fixture
def nikos(town: Town) -> Official:
    return enter_administrator(town)


def made(town: Town, official: Official) -> NewSecret:
    return add_key(town.context, official, town.municipality.id, FORM)


def works(town: Town, text: str) -> bool:
    try:
        find_key(town.context, f"Bearer {text}", "192.0.2.7", Permission.USE_KEY)
    except KeyUnknown:
        return False
    return True


def test_the_secret_is_given_once_and_no_table_has_it(town: Town, nikos: Official) -> None:
    key = made(town, nikos)
    assert works(town, key.text)
    [row] = rows(town.context.db, ApiKeyRow)
    kept = str(row.model_dump()) + str([one.model_dump() for one in rows(town.context.db, AuditEventRow)]) + repr(key)
    assert key.text.rpartition("_")[2][:43] not in kept
    assert row.last_four == key.text[-4:]


def test_a_new_secret_takes_over_while_the_former_still_works_or_at_once(town: Town, nikos: Official) -> None:
    first = made(town, nikos)
    second = rotate_key(town.context, nikos, town.municipality.id, first.key_id, 7)
    assert second.text[:13] == first.text[:13]
    assert (works(town, first.text), works(town, second.text)) == (True, True)
    third = rotate_key(town.context, nikos, town.municipality.id, first.key_id, 0)
    assert [works(town, one.text) for one in (first, second, third)] == [False, False, True]


@pytest.mark.parametrize("days", [-1, 31])
def test_an_overlap_is_no_longer_than_thirty_days(town: Town, nikos: Official, days: int) -> None:
    key = made(town, nikos)
    with pytest.raises(InvalidInput, match="out_of_range"):
        rotate_key(town.context, nikos, town.municipality.id, key.key_id, days)
    assert works(town, key.text)


def test_what_is_revoked_is_changed_no_more(town: Town, nikos: Official) -> None:
    key, place = made(town, nikos), town.municipality.id
    revoke_key(town.context, nikos, place, key.key_id)
    assert not works(town, key.text)
    opened = open_key(town.context, nikos, place, key.key_id).opened
    for change in (
        lambda: revoke_key(town.context, nikos, place, key.key_id),
        lambda: rotate_key(town.context, nikos, place, key.key_id, 7),
        lambda: save_key(town.context, nikos, place, key.key_id, opened, FORM),
    ):
        with pytest.raises(KeyEnded):
            change()


def test_a_municipality_has_twenty_that_work_and_those_that_ended_do_not_count(town: Town, nikos: Official) -> None:
    for _ in range(MAX_KEYS - 1):
        a_key(town)
    a_key(town, revoked_at=NOW)
    a_key(town, last_day=(NOW - timedelta(days=1)).date())
    last = made(town, nikos)
    assert not list_keys(town.context, nikos, town.municipality.id).can_add
    with pytest.raises(TooManyKeys):
        made(town, nikos)
    revoke_key(town.context, nikos, town.municipality.id, last.key_id)
    made(town, nikos)


def test_the_history_of_a_key_says_what_was_done_and_nothing_of_its_secret(town: Town, nikos: Official) -> None:
    key, place = made(town, nikos), town.municipality.id
    opened = open_key(town.context, nikos, place, key.key_id).opened
    save_key(town.context, nikos, place, key.key_id, opened, FORM | {"scope_write_bookings": "on"})
    rotate_key(town.context, nikos, place, key.key_id, 7)
    revoke_key(town.context, nikos, place, key.key_id)
    found = open_key(town.context, nikos, place, key.key_id)
    assert [line.action for line in found.history] == ["key.revoked", "key.rotated", "key.changed", "key.added"]
    [change] = found.history[2].changes
    assert (change.field, change.after) == ("scopes", "bookings:read bookings:write")


def test_a_key_stays_when_whoever_made_it_goes_and_the_page_says_so(town: Town, nikos: Official) -> None:
    made(town, nikos)
    [line] = list_keys(town.context, nikos, town.municipality.id).lines
    assert (line.made_by, line.is_made_by_former) == ("Ν. ΔΗΜΟΥ", False)
    a_key(town)
    newest, _ = list_keys(town.context, nikos, town.municipality.id).lines
    assert newest.is_made_by_former


def test_keys_are_for_administrators_of_their_own_municipality(town: Town, nikos: Official) -> None:
    key, place = made(town, nikos), town.municipality.id
    head = enter_head(town, identity=ANNA)
    for official, municipality_id in ((head, place), (nikos, place + 1)):
        for act in (
            lambda who=official, at=municipality_id: list_keys(town.context, who, at),
            lambda who=official, at=municipality_id: open_key(town.context, who, at, key.key_id),
            lambda who=official, at=municipality_id: add_key(town.context, who, at, FORM),
            lambda who=official, at=municipality_id: rotate_key(town.context, who, at, key.key_id, 7),
            lambda who=official, at=municipality_id: revoke_key(town.context, who, at, key.key_id),
        ):
            with pytest.raises(NotFound):
                act()
    assert works(town, key.text)

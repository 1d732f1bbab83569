"""An official is whom a municipality has entered, for as long as it has, and for one working day at a time."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import Engine

from dimoslive.crypto import token_hash
from dimoslive.db.engine import transaction
from dimoslive.db.tables.citizen import CitizenRow, SessionRow
from dimoslive.db.tables.official import OfficialRightRow, OfficialRow, StaffSessionRow
from dimoslive.domain.errors import NotAnOfficial, NotFound, SignInForged
from dimoslive.domain.people.principals import Official, StaffRight
from dimoslive.services.identity.auth_realm import CITIZENS, STAFF, STAFF_SESSION_LENGTH, AuthRealm
from dimoslive.services.identity.begin_sign_in import begin_sign_in
from dimoslive.services.identity.finish_sign_in import SignedIn, finish_sign_in
from dimoslive.services.identity.sessions import end_session, find_principal, open_session
from dimoslive.services.identity.staff_session import SessionEnd, extend_session, see_session
from dimoslive.services.upkeep.erase_old_data import erase_old_data
from tests.support.meeting import ANNA, NIKOS, ZOE, enter_official, session_token, staff_token
from tests.support.ports import KnownPersons
from tests.support.world import Town, a_municipality, a_town, rows


@pytest.fixture
def town(db: Engine) -> Town:
    town = a_town(db)
    people = KnownPersons(nikos=NIKOS, anna=ANNA)
    town.context = replace(town.context, staff_identity=people, identity=KnownPersons(nikos=NIKOS))
    return town


def test_who_is_entered_signs_in_with_the_names_of_the_provider(town: Town) -> None:
    official = enter_official(town)
    assert find_principal(town.context, STAFF, staff_token(town)) == official
    [row] = rows(town.context.db, OfficialRow)
    assert (row.first_name, row.last_name) == ("ΝΙΚΟΣ", "ΔΗΜΟΥ")


def test_an_afm_on_no_list_gets_nothing(town: Town) -> None:
    enter_official(town)
    with pytest.raises(NotAnOfficial):
        open_session(town.context, STAFF, ANNA, "")
    assert rows(town.context.db, StaffSessionRow) == []


def test_a_failed_sign_in_leaves_a_session_of_another_alone(town: Town) -> None:
    enter_official(town)
    mine = staff_token(town)
    with pytest.raises(NotAnOfficial):
        open_session(town.context, STAFF, ANNA, mine)
    assert find_principal(town.context, STAFF, mine)


def test_an_official_without_a_municipality_is_none(town: Town) -> None:
    official = enter_official(town)
    token = staff_token(town)
    with transaction(town.context.db) as tx:
        tx.delete(tx.get_one(OfficialRightRow, (official.id, town.municipality.id)))
    assert find_principal(town.context, STAFF, token) is None
    with pytest.raises(NotAnOfficial):
        staff_token(town)


def test_a_right_taken_away_or_given_counts_at_once(town: Town) -> None:
    official = enter_official(town)
    token = staff_token(town)
    with transaction(town.context.db) as tx:
        other = a_municipality(tx, "Δράμας", slug="drama")
        tx.add(OfficialRightRow(official_id=official.id, municipality_id=other.id))
    found = find_principal(town.context, STAFF, token)
    assert found is not None
    assert found.rights == {StaffRight(town.municipality.id), StaffRight(other.id)}
    with transaction(town.context.db) as tx:
        tx.delete(tx.get_one(OfficialRightRow, (official.id, town.municipality.id)))
    found = find_principal(town.context, STAFF, token)
    assert found is not None
    assert found.rights == {StaffRight(other.id)}


def test_who_left_the_service_is_out_at_once(town: Town) -> None:
    official = enter_official(town)
    token = staff_token(town)
    with transaction(town.context.db) as tx:
        tx.get_one(OfficialRow, official.id).is_active = False
    assert find_principal(town.context, STAFF, token) is None
    with pytest.raises(NotAnOfficial):
        staff_token(town)


def test_a_staff_session_lasts_a_working_day(town: Town) -> None:
    enter_official(town)
    token = staff_token(town)
    assert timedelta(hours=12) == STAFF_SESSION_LENGTH
    town.clock.advance(hours=12, seconds=-1)
    assert find_principal(town.context, STAFF, token)
    erase_old_data(town.context)
    assert len(rows(town.context.db, StaffSessionRow)) == 1
    town.clock.advance(seconds=1)
    assert find_principal(town.context, STAFF, token) is None
    erase_old_data(town.context)
    assert rows(town.context.db, StaffSessionRow) == []


def test_a_working_day_is_not_interrupted_however_long_nothing_was_heard(town: Town) -> None:
    enter_official(town)
    token = staff_token(town)
    extend_session(town.context, a_signed_in(town, token))
    town.clock.advance(hours=11, minutes=59)
    assert find_principal(town.context, STAFF, token)


def test_the_end_of_a_session_is_told_ten_minutes_before_and_can_be_put_off_once(town: Town) -> None:
    enter_official(town)
    token, began = staff_token(town), town.clock.now()
    assert see_session(town.context, a_signed_in(town, token)) == SessionEnd(
        began + timedelta(hours=12), can_extend=True
    )
    town.clock.advance(hours=11, minutes=50)
    assert extend_session(town.context, a_signed_in(town, token)) == SessionEnd(
        began + timedelta(hours=16), can_extend=False
    )
    assert extend_session(town.context, a_signed_in(town, token)).ends_at == began + timedelta(hours=16)
    town.clock.advance(hours=4, minutes=9)
    assert find_principal(town.context, STAFF, token)
    town.clock.advance(minutes=1)
    assert find_principal(town.context, STAFF, token) is None


def test_a_session_is_not_put_off_before_its_end_is_near(town: Town) -> None:
    enter_official(town)
    token, began = staff_token(town), town.clock.now()
    town.clock.advance(hours=11, minutes=49)
    assert extend_session(town.context, a_signed_in(town, token)) == SessionEnd(
        began + timedelta(hours=12), can_extend=True
    )


def test_nobody_puts_off_the_end_of_anothers_session(town: Town) -> None:
    enter_official(town)
    enter_official(town, ANNA)
    mine, others = staff_token(town), staff_token(town, ANNA)
    town.clock.advance(hours=11, minutes=55)
    forged = replace(a_signed_in(town, mine), session_id=a_signed_in(town, others).session_id)
    with pytest.raises(NotFound):
        extend_session(town.context, forged)
    assert [row.is_extended for row in rows(town.context.db, StaffSessionRow)] == [False, False]


def test_a_sign_of_life_is_written_once_a_minute_at_most(town: Town) -> None:
    enter_official(town)
    token, written = staff_token(town), list[datetime]()
    for _ in range(5):
        town.clock.advance(seconds=30)
        find_principal(town.context, STAFF, token)
        [row] = rows(town.context.db, StaffSessionRow)
        written.append(row.seen_at)
    signed_in_at = rows(town.context.db, StaffSessionRow)[0].created_at
    assert [int((at - signed_in_at).total_seconds()) for at in written] == [0, 0, 90, 90, 90]


def test_a_staff_session_planted_before_the_sign_in_is_worth_nothing(town: Town) -> None:
    enter_official(town)
    enter_official(town, ANNA)
    planted = staff_token(town, ANNA)
    token = open_session(town.context, STAFF, NIKOS, planted)
    assert find_principal(town.context, STAFF, planted) is None
    assert find_principal(town.context, STAFF, token)
    assert token not in str([row.model_dump() for row in rows(town.context.db, StaffSessionRow)])


def test_signing_out_ends_the_session_here_and_at_the_provider(town: Town) -> None:
    enter_official(town)
    token, elsewhere = staff_token(town), staff_token(town)
    url = end_session(town.context, STAFF, token)
    assert parse_qs(urlsplit(url).query) == {"url": ["https://rendezvous.example/"]}
    assert find_principal(town.context, STAFF, token) is None
    assert find_principal(town.context, STAFF, elsewhere)


def test_a_citizens_session_is_no_officials_and_the_other_way_round(town: Town) -> None:
    enter_official(town)
    assert find_principal(town.context, STAFF, session_token(town)) is None
    assert find_principal(town.context, CITIZENS, staff_token(town)) is None
    assert find_principal(town.context, STAFF, "") is None
    assert find_principal(town.context, STAFF, "\ud800\0") is None


def test_one_person_may_be_both_with_a_session_for_each(town: Town) -> None:
    enter_official(town)
    as_citizen, as_official = sign_in(town, CITIZENS), sign_in(town, STAFF)
    assert find_principal(town.context, STAFF, as_citizen.session_token) is None
    assert find_principal(town.context, CITIZENS, as_official.session_token) is None
    end_session(town.context, STAFF, as_official.session_token)
    assert find_principal(town.context, CITIZENS, as_citizen.session_token)


def test_the_staff_sign_in_stores_no_citizen_and_the_citizens_no_official(town: Town) -> None:
    before = len(rows(town.context.db, CitizenRow))
    enter_official(town)
    sign_in(town, STAFF)
    assert (len(rows(town.context.db, CitizenRow)), rows(town.context.db, SessionRow)) == (before, [])
    sign_in(town, CITIZENS)
    assert len(rows(town.context.db, StaffSessionRow)) == 1


def test_a_sign_in_begun_by_a_citizen_does_not_end_as_an_officials(town: Town) -> None:
    enter_official(town)
    for begun_as, ended_as in ((CITIZENS, STAFF), (STAFF, CITIZENS)):
        with pytest.raises(SignInForged):
            sign_in(town, begun_as, ended_as)
    assert rows(town.context.db, StaffSessionRow) == []


def test_a_citizen_on_no_list_does_not_sign_in_as_an_official(town: Town) -> None:
    with pytest.raises(NotAnOfficial):
        sign_in(town, STAFF)
    assert rows(town.context.db, StaffSessionRow) == []


def test_the_officials_way_back_is_their_own(town: Town) -> None:
    url = begin_sign_in(town.context, "/desk", STAFF).url
    assert parse_qs(urlsplit(url).query)["redirect_uri"] == ["https://rendezvous.example/auth/staff/callback"]


def test_an_afm_stands_nowhere_in_the_clear(town: Town) -> None:
    enter_official(town, ZOE)
    staff_token(town, ZOE)
    stored = str([row.model_dump() for table in (OfficialRow, StaffSessionRow) for row in rows(town.context.db, table)])
    assert ZOE.afm.digits not in stored
    [session] = rows(town.context.db, StaffSessionRow)
    assert len(session.token_hash) == len(token_hash(""))


def a_signed_in(town: Town, token: str) -> Official:
    """Whoever has this cookie."""
    official = find_principal(town.context, STAFF, token)
    assert official is not None
    return official


def sign_in(town: Town, begun_as: AuthRealm[Any, Any], ended_as: AuthRealm[Any, Any] | None = None) -> SignedIn:
    """Nikos goes to the provider and comes back."""
    begun = begin_sign_in(town.context, "/desk", begun_as)
    [state] = parse_qs(urlsplit(begun.url).query)["state"]
    return asyncio.run(
        finish_sign_in(
            town.context,
            sign_in_state=begun.sign_in_state,
            state=state,
            code="nikos",
            error="",
            realm=ended_as or begun_as,
        )
    )

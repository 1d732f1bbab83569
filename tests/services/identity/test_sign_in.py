"""A browser that began a sign-in, and only that one, comes back as the person whom the provider names."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import Engine

from dimoslive.context import AppContext
from dimoslive.crypto import Seal, token_hash
from dimoslive.db.tables.citizen import CitizenRow, SessionRow, UsedSignInStateRow
from dimoslive.domain.errors import SignInForged, SignInRefused
from dimoslive.domain.people.personal_data import Afm
from dimoslive.domain.people.principals import Citizen
from dimoslive.ports import Identity
from dimoslive.services.identity.auth_realm import CITIZENS, SESSION_IDLE, SESSION_LENGTH
from dimoslive.services.identity.begin_sign_in import SignInBegun, begin_sign_in, safe_path
from dimoslive.services.identity.finish_sign_in import SignedIn, finish_sign_in, return_path_of
from dimoslive.services.identity.sessions import end_session, find_principal
from dimoslive.services.identity.sign_in_state import MAX_SIGN_IN_STATES, SIGN_IN_LENGTH, states_to_drop
from tests.support.clock import FrozenClock
from tests.support.database import context_for
from tests.support.ports import KnownPersons
from tests.support.world import NOW, rows

NIKOS = Identity(Afm("123456783"), "ΝΙΚΟΣ", "ΓΕΩΡΓΙΟΥ")


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(NOW)


@pytest.fixture
def context(db: Engine, clock: FrozenClock) -> AppContext:
    return context_for(db, clock, identity=KnownPersons(nikos=NIKOS))


def test_who_signs_in_is_known_by_the_session_alone(context: AppContext) -> None:
    signed_in = sign_in(context)
    eleni = find_principal(context, CITIZENS, signed_in.session_token)
    assert eleni is not None
    assert eleni.full_name == "ΕΛΕΝΗ ΠΑΠΑΔΟΠΟΥΛΟΥ"
    assert find_principal(context, CITIZENS, "") is None
    assert find_principal(context, CITIZENS, signed_in.session_token + "x") is None
    assert find_principal(context, CITIZENS, "\ud800\0") is None


def test_the_browser_returns_to_where_it_came_from(context: AppContext) -> None:
    assert sign_in(context, to="/en/booking/mode?service=3").return_to == "/en/booking/mode?service=3"
    assert return_path_of(context, begin_sign_in(context, "/my-bookings").sign_in_state) == "/my-bookings"
    assert return_path_of(context, "forged") == "/"
    assert return_path_of(context, "forged", otherwise="/desk") == "/desk"


def test_without_its_state_a_sign_in_returns_to_where_the_newest_was_to_lead(
    context: AppContext, clock: FrozenClock
) -> None:
    first = begin_sign_in(context, "/faq")
    clock.advance(seconds=1)
    second = begin_sign_in(context, "/terms")
    assert return_path_of(context, "", [first.sign_in_state, "forged", second.sign_in_state]) == "/terms"


def test_of_many_sign_ins_begun_the_oldest_make_room(context: AppContext, clock: FrozenClock) -> None:
    states = {"foreign": "x.y"}
    for number in range(MAX_SIGN_IN_STATES + 2):
        clock.advance(seconds=1)
        states[f"state {number}"] = begin_sign_in(context, "/").sign_in_state
    assert states_to_drop(context, states) == ["foreign", "state 0", "state 1", "state 2"]
    assert len(states) - len(states_to_drop(context, states)) == MAX_SIGN_IN_STATES - 1


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "", "evil", "/a\r\nX: y",
        "/\t/evil.example", "/@evil", "/ένα", "/" + "x" * 500, "/a#b", "\\\\evil.example",
    ],
)  # fmt: skip
def test_a_sign_in_sends_nobody_elsewhere(path: str) -> None:
    assert safe_path(path) == "/"


@pytest.mark.parametrize("path", ["/", "/en/", "/booking/mode?service=3&m=kavala", "/b/x_y-Z.1~%20+"])
def test_a_path_of_ours_is_kept(path: str) -> None:
    assert safe_path(path) == path


def test_nothing_is_stored_until_the_browser_comes_back(context: AppContext) -> None:
    begun = begin_sign_in(context, "/")
    assert (rows(context.db, UsedSignInStateRow), rows(context.db, SessionRow), rows(context.db, CitizenRow)) == (
        [],
        [],
        [],
    )
    assert parse_qs(urlsplit(begun.url).query)["redirect_uri"] == ["https://rendezvous.example/auth/callback"]


def test_a_state_counts_once(context: AppContext) -> None:
    begun = begin_sign_in(context, "/")
    come_back(context, begun)
    with pytest.raises(SignInForged):
        come_back(context, begun)
    assert len(rows(context.db, SessionRow)) == 1


def test_a_state_counts_once_even_when_it_comes_back_twice_at_once(context: AppContext) -> None:
    begun, together = begin_sign_in(context, "/"), Barrier(8)

    def race(_: int) -> str:
        together.wait(timeout=30)
        try:
            come_back(context, begun)
        except SignInForged:
            return "forged"
        return "signed in"

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(race, range(8)))
    assert sorted(outcomes) == ["forged"] * 7 + ["signed in"]
    assert len(rows(context.db, SessionRow)) == 1


def test_two_first_sign_ins_at_once_are_one_person(context: AppContext) -> None:
    together = Barrier(8)

    def race(_: int) -> SignedIn:
        together.wait(timeout=30)
        return sign_in(context)

    with ThreadPoolExecutor(8) as pool:
        tokens = {signed_in.session_token for signed_in in pool.map(race, range(8))}
    assert len(tokens) == 8
    assert len(rows(context.db, CitizenRow)) == 1
    assert all(find_principal(context, CITIZENS, token) for token in tokens)


def test_a_state_that_another_browser_began_is_forged(context: AppContext) -> None:
    begun, other = begin_sign_in(context, "/"), begin_sign_in(context, "/")
    for forged in (replace(begun, sign_in_state=state) for state in (other.sign_in_state, "", "x.y")):
        with pytest.raises(SignInForged):
            come_back(context, forged)
    elsewhere = begin_sign_in(replace(context, seal=Seal("the secret of another installation")), "/")
    with pytest.raises(SignInForged):
        come_back(context, elsewhere)
    assert rows(context.db, SessionRow) == []
    assert come_back(context, begun)


def test_a_browser_may_stay_at_the_provider_for_fifteen_minutes(context: AppContext, clock: FrozenClock) -> None:
    in_time, too_late = begin_sign_in(context, "/"), begin_sign_in(context, "/")
    clock.advance(seconds=SIGN_IN_LENGTH.total_seconds())
    come_back(context, in_time)
    clock.advance(seconds=1)
    with pytest.raises(SignInForged):
        come_back(context, too_late)


@pytest.mark.parametrize(("code", "error"), [("", "access_denied"), ("eleni", "access_denied"), ("", ""), ("x", "")])
def test_a_refusal_of_the_provider_signs_nobody_in(context: AppContext, code: str, error: str) -> None:
    begun = begin_sign_in(context, "/")
    with pytest.raises(SignInRefused):
        come_back(context, begun, code=code, error=error)
    assert rows(context.db, SessionRow) == []
    with pytest.raises(SignInForged):
        come_back(context, begun)


def test_the_same_afm_is_the_same_person_with_the_names_of_today(context: AppContext, clock: FrozenClock) -> None:
    first = who(context, sign_in(context))
    clock.advance(days=30)
    married = Identity(Afm("090000045"), "ΕΛΕΝΗ", "ΓΕΩΡΓΙΟΥ")
    again = who(context, sign_in(replace(context, identity=KnownPersons(eleni=married))))
    assert (again.id, again.full_name) == (first.id, "ΕΛΕΝΗ ΓΕΩΡΓΙΟΥ")
    [citizen] = rows(context.db, CitizenRow)
    assert (citizen.created_at, citizen.signed_in_at) == (NOW, clock.now())


def test_another_afm_is_another_person(context: AppContext) -> None:
    assert who(context, sign_in(context)).id != who(context, sign_in(context, code="nikos")).id


def test_the_afm_and_the_session_stand_nowhere_in_the_clear(context: AppContext) -> None:
    signed_in = sign_in(context)
    [citizen], [session] = rows(context.db, CitizenRow), rows(context.db, SessionRow)
    assert "090000045" not in str(citizen.model_dump())
    assert signed_in.session_token not in str(session.model_dump())
    assert session.token_hash == token_hash(signed_in.session_token)
    assert context.seal.decrypt(citizen.afm_sealed) == "090000045"


def test_a_session_planted_before_the_sign_in_is_worth_nothing(context: AppContext) -> None:
    planted = sign_in(context, code="nikos").session_token
    signed_in = sign_in(context, old_session=planted)
    assert signed_in.session_token != planted
    assert find_principal(context, CITIZENS, planted) is None
    assert who(context, signed_in).last_name == "ΠΑΠΑΔΟΠΟΥΛΟΥ"


def test_a_session_that_nobody_uses_ends_after_two_hours(context: AppContext, clock: FrozenClock) -> None:
    signed_in = sign_in(context)
    clock.advance(seconds=SESSION_IDLE.total_seconds())
    assert who(context, signed_in)
    clock.advance(seconds=SESSION_IDLE.total_seconds() + 1)
    assert find_principal(context, CITIZENS, signed_in.session_token) is None


def test_a_session_in_use_lasts_twelve_hours_and_no_longer(context: AppContext, clock: FrozenClock) -> None:
    signed_in = sign_in(context)
    hours = int(SESSION_LENGTH.total_seconds() // 3600)
    for _ in range(hours - 1):
        clock.advance(hours=1)
        assert who(context, signed_in)
    clock.advance(hours=1)
    assert find_principal(context, CITIZENS, signed_in.session_token) is None


def test_signing_out_ends_the_session_here_and_at_the_provider(context: AppContext) -> None:
    signed_in, elsewhere = sign_in(context), sign_in(context)
    url = end_session(context, CITIZENS, signed_in.session_token)
    assert parse_qs(urlsplit(url).query) == {"url": ["https://rendezvous.example/"]}
    assert find_principal(context, CITIZENS, signed_in.session_token) is None
    assert who(context, elsewhere)


def sign_in(context: AppContext, *, code: str = "eleni", to: str = "/", old_session: str = "") -> SignedIn:
    """There and back again."""
    return come_back(context, begin_sign_in(context, to), code=code, old_session=old_session)


def come_back(
    context: AppContext, begun: SignInBegun, *, code: str = "eleni", error: str = "", old_session: str = ""
) -> SignedIn:
    """The browser returns with what the provider's address named."""
    [state] = parse_qs(urlsplit(begun.url).query)["state"]
    return asyncio.run(
        finish_sign_in(
            context, sign_in_state=begun.sign_in_state, state=state, code=code, error=error, old_session=old_session
        )
    )


def who(context: AppContext, signed_in: SignedIn) -> Citizen:
    """The person of a session."""
    citizen = find_principal(context, CITIZENS, signed_in.session_token)
    assert citizen is not None
    return citizen

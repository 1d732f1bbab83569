"""Officials by OpenID Connect, against a provider in a process of its own: what is believed, and what is not."""

import logging
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from dimoslive.crypto import Seal
from dimoslive.domain.errors import SignInRefused, SignInUnavailable, SignInUnreadable
from dimoslive.integrations.identity.openid import OpenIdProvider
from dimoslive.ports import OpenIdentity
from tests.support.builders import at
from tests.support.clock import FrozenClock
from tests.support.openid import NIKOS, RunningProvider, openid, openid_process

__all__ = ["openid", "openid_process"]
CALLBACK = "https://rendezvous.example/auth/staff/openid/callback"
NOW = at("2026-11-20 10:00")
STATE = "a state of the tests"


@pytest.fixture
def clock(openid: RunningProvider) -> FrozenClock:
    openid.set_now(NOW)
    return FrozenClock(NOW)


def came_back(openid: RunningProvider, adapter: OpenIdProvider, account: str = "nikos", state: str = STATE) -> str:
    """The code with which somebody comes back."""
    return openid.sign_in(adapter.authorization_url(state, CALLBACK), account)["code"]


async def signed_in(
    openid: RunningProvider, clock: FrozenClock, account: str = "nikos", **changes: Any
) -> OpenIdentity:
    """All the way."""
    adapter = openid.adapter(clock, **changes)
    return await adapter.fetch_identity(came_back(openid, adapter, account), CALLBACK, STATE)


async def test_a_person_is_issuer_and_subject_with_the_verified_address_in_lower_case(
    openid: RunningProvider, clock: FrozenClock
) -> None:
    person = await signed_in(openid, clock)
    assert person == OpenIdentity(openid.issuer, "f3c1-nikos", "nikos.dimou@kavala.example", "Νίκος", "Δήμου")
    other = await signed_in(openid, clock, "anna")
    assert (other.first_name, other.last_name) == ("Άννα", "Λογοθέτη")


def test_the_way_there_carries_state_nonce_and_challenge_and_no_secret(
    openid: RunningProvider, clock: FrozenClock
) -> None:
    adapter = openid.adapter(clock)
    asked = {
        name: values[0]
        for name, values in parse_qs(urlsplit(adapter.authorization_url("s", CALLBACK, "en")).query).items()
    }
    assert asked.pop("nonce") not in ("", "s")
    assert len(asked.pop("code_challenge")) == 43
    assert asked == {
        "response_type": "code",
        "client_id": "dimoslive-tests",
        "redirect_uri": CALLBACK,
        "scope": "openid email profile",
        "state": "s",
        "code_challenge_method": "S256",
        "ui_locales": "en",
    }


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"claims": {"nonce": "of another sign-in"}}, "invalid_claim"),
        ({"claims": {"nonce": None}}, "missing_claim"),
        ({"claims": {"aud": "another-client"}}, "invalid_claim"),
        ({"claims": {"aud": ["dimoslive-tests", "another-client"]}}, "missing_claim"),
        ({"claims": {"aud": ["dimoslive-tests", "another-client"], "azp": "another-client"}}, "invalid_claim"),
        ({"claims": {"iss": "https://elsewhere.example"}}, "invalid_claim"),
        ({"claims": {"exp": None}}, "missing_claim"),
        ({"claims": {"sub": ""}}, "subject"),
        ({"claims": {"sub": 7}}, "invalid_claim"),
        ({"claims": {"sub": "s" * 256}}, "subject"),
        ({"claims": {"at_hash": "AAAA"}}, "invalid_claim"),
        ({"age": 400}, "expired_token"),
        ({"age": -400}, "invalid_claim"),
        ({"sign": "none"}, "unsupported_algorithm"),
        ({"sign": "secret"}, "unsupported_algorithm"),
        ({"sign": "foreign"}, "bad_signature"),
        ({"token": {"id_token": None}}, "no id_token"),
        ({"token": {"id_token": "not.a.token"}}, "does not hold"),
    ],
)
async def test_an_id_token_that_does_not_hold_signs_nobody_in(
    openid: RunningProvider,
    clock: FrozenClock,
    caplog: pytest.LogCaptureFixture,
    wrong: dict[str, Any],
    reason: str,
) -> None:
    openid.control(wrong=wrong)
    with caplog.at_level(logging.WARNING), pytest.raises(SignInUnreadable):
        await signed_in(openid, clock)
    assert reason in caplog.text
    assert "nikos" not in caplog.text.lower()


@pytest.mark.parametrize("age", [300, 355, -55])
async def test_clocks_may_differ_by_a_minute(openid: RunningProvider, clock: FrozenClock, age: int) -> None:
    openid.control(wrong={"age": age})
    assert (await signed_in(openid, clock)).subject == NIKOS["sub"]


async def test_a_rotated_key_is_read_anew_and_the_old_one_is_worth_nothing(
    openid: RunningProvider, clock: FrozenClock
) -> None:
    adapter = openid.adapter(clock)
    await adapter.fetch_identity(came_back(openid, adapter), CALLBACK, STATE)
    before = openid.control(rotate=True)["/jwks"]
    assert (await adapter.fetch_identity(came_back(openid, adapter), CALLBACK, STATE)).subject == NIKOS["sub"]
    await adapter.fetch_identity(came_back(openid, adapter), CALLBACK, STATE)
    assert openid.control()["/jwks"] == before + 1


async def test_documents_are_kept_for_an_hour(openid: RunningProvider, clock: FrozenClock) -> None:
    adapter, path = openid.adapter(clock), "/.well-known/openid-configuration"
    before = openid.control()[path]
    adapter.authorization_url("s", CALLBACK)
    clock.advance(minutes=59)
    adapter.authorization_url("s", CALLBACK)
    assert openid.control()[path] == before + 1
    clock.advance(minutes=1)
    adapter.authorization_url("s", CALLBACK)
    assert openid.control()[path] == before + 2


async def test_an_address_counts_only_if_the_provider_answers_for_it(
    openid: RunningProvider, clock: FrozenClock
) -> None:
    openid.control(wrong={"claims": {"email_verified": False}})
    assert (await signed_in(openid, clock)).email == ""
    assert (await signed_in(openid, clock, vouches_for_email=True)).email == "nikos.dimou@kavala.example"
    openid.control(wrong={"claims": {"email_verified": None}})
    assert (await signed_in(openid, clock)).email == ""
    openid.control(wrong={"claims": {"email_verified": "true"}})
    assert (await signed_in(openid, clock)).email == "nikos.dimou@kavala.example"
    openid.control(wrong={"claims": {"email": "no address"}})
    assert (await signed_in(openid, clock)).email == ""


async def test_what_the_id_token_leaves_out_is_asked_for_and_must_be_the_same_persons(
    openid: RunningProvider, clock: FrozenClock
) -> None:
    openid.control(wrong={"in_userinfo": True})
    assert (await signed_in(openid, clock)).last_name == "Δήμου"
    openid.control(wrong={"in_userinfo": True, "userinfo": {"sub": "somebody else"}})
    with pytest.raises(SignInUnreadable):
        await signed_in(openid, clock)


async def test_a_code_is_good_once_for_this_client_this_address_and_this_sign_in(
    openid: RunningProvider, clock: FrozenClock
) -> None:
    adapter = openid.adapter(clock)
    code = came_back(openid, adapter)
    await adapter.fetch_identity(code, CALLBACK, STATE)
    with pytest.raises(SignInRefused):
        await adapter.fetch_identity(code, CALLBACK, STATE)
    with pytest.raises(SignInRefused):
        await adapter.fetch_identity(came_back(openid, adapter), f"{CALLBACK}/", STATE)
    # The verifier is another sign-in's: who stole a code cannot use it in a sign-in of their own.
    with pytest.raises(SignInRefused):
        await adapter.fetch_identity(came_back(openid, adapter), CALLBACK, "another state")
    elsewhere = openid.adapter(clock, secret_of=Seal("the secret of another installation, long enough").link_token)
    with pytest.raises(SignInRefused):
        await elsewhere.fetch_identity(came_back(openid, adapter), CALLBACK, STATE)
    with pytest.raises(SignInRefused):
        await openid.adapter(clock, client_secret="wrong").fetch_identity(came_back(openid, adapter), CALLBACK, STATE)
    with pytest.raises(SignInRefused):
        await adapter.fetch_identity("c0de\r\nforged", CALLBACK, STATE)


@pytest.mark.parametrize(
    "document",
    [
        {"issuer": "https://elsewhere.example"},
        {"token_endpoint": ""},
        {"token_endpoint": "ftp://127.0.0.1/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"authorization_endpoint": "http://localhost:1/authorize"},
        {"end_session_endpoint": "javascript:alert(1)"},
    ],
)
def test_a_provider_that_describes_itself_wrongly_is_not_used(
    openid: RunningProvider, clock: FrozenClock, document: dict[str, str]
) -> None:
    openid.control(wrong={"document": document})
    with pytest.raises(SignInUnavailable):
        openid.adapter(clock).authorization_url("s", CALLBACK)


async def test_a_provider_that_is_down_is_told_apart(openid: RunningProvider, clock: FrozenClock) -> None:
    adapter = openid.adapter(clock)
    code = came_back(openid, adapter)
    openid.control(wrong={"is_down": True})
    with pytest.raises(SignInUnavailable):
        await adapter.fetch_identity(code, CALLBACK, STATE)
    unreached = openid.adapter(clock, issuer="http://127.0.0.1:9")
    with pytest.raises(SignInUnavailable):
        unreached.authorization_url("s", CALLBACK)
    assert unreached.logout_url("https://rendezvous.example/") == "https://rendezvous.example/"


def test_the_provider_s_own_session_is_ended_where_it_says(openid: RunningProvider, clock: FrozenClock) -> None:
    url = urlsplit(openid.adapter(clock).logout_url("https://rendezvous.example/"))
    assert (url.path, parse_qs(url.query)["post_logout_redirect_uri"]) == (
        "/end_session",
        ["https://rendezvous.example/"],
    )
    for none in ("", "http://localhost:1/elsewhere"):
        openid.control(wrong={"document": {"end_session_endpoint": none}})
        assert openid.adapter(clock).logout_url("https://rendezvous.example/") == "https://rendezvous.example/"

"""Every handler is open to the street: each has a guard, and the guards do what they say."""

import inspect
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import reflex as rx
from sqlalchemy import Engine

from dimoslive.crypto import token_hash
from dimoslive.db.engine import transaction
from dimoslive.db.tables.citizen import SessionRow
from dimoslive.domain.errors import HeldTooLong, SlotTaken, TooManyOpenBookings
from dimoslive.domain.people.permissions import ALLOWED, Permission
from dimoslive.domain.people.principals import Citizen
from dimoslive.i18n import texts_of
from dimoslive.ui.citizen.booking.calendar.state import CalendarState
from dimoslive.ui.shared import call
from dimoslive.ui.shared.event_shape import permission_of
from dimoslive.ui.shared.guard import PageState, for_anyone, for_citizen, for_holder, for_official
from dimoslive.ui.shared.session import SessionState
from tests.support.builders import at
from tests.support.database import sqlite_db, sqlite_files
from tests.support.world import NOW, Town, a_town
from tests.ui.handlers import our_states, own_handlers
from tests.ui.opened import a_page, press

__all__ = ["sqlite_db", "sqlite_files"]
TOKEN = "token-of-Eleni"


def sent(handler: Any) -> dict[str, object]:
    """What a browser may send to a handler, and of what kind."""
    parameters = list(inspect.signature(handler).parameters.values())[1:]
    return {parameter.name: parameter.annotation for parameter in parameters}


def unguarded(states: Iterable[type[rx.State]]) -> list[str]:
    return [
        f"{state.__name__}.{name}"
        for state in states
        for name, handler in own_handlers(state).items()
        if permission_of(handler) is None
    ]


class Careless(rx.State):
    """What must not pass: a handler without a guard, and one by accident."""

    @rx.event
    async def say_anything(self) -> None:
        """Marked as a handler, but not guarded."""

    def helper(self) -> None:
        """Public, so the framework makes a handler of it."""

    def _private(self) -> None:
        """No handler."""


class Example(PageState, rx.State):
    """Handlers that say who they were given."""

    seen: str = ""

    @for_citizen(Permission.BOOK)
    async def say_who(self, principal: Citizen, word: str) -> None:
        """For those who are signed in."""
        self.seen = f"{principal.full_name} {word}"

    @for_anyone(Permission.VIEW_PUBLIC)
    async def say_word(self, word: str) -> None:
        """For all."""
        self.seen = word

    @for_anyone(Permission.VIEW_PUBLIC)
    async def refuse(self, code: str) -> None:
        """An expected refusal."""
        raise TooManyOpenBookings(limit=1, reference="K7PM3XQ9") if code else SlotTaken()

    @for_anyone(Permission.VIEW_PUBLIC)
    async def hold(self) -> None:
        """A refusal until an instant, in the middle of a minute."""
        raise HeldTooLong(at("2026-11-20 12:30") + timedelta(seconds=1), minutes=60)

    @for_anyone(Permission.VIEW_PUBLIC)
    async def fail(self) -> None:
        """A mistake of ours."""
        raise RuntimeError("secret")


def test_every_handler_of_the_pages_names_a_permission() -> None:
    states = our_states()

    assert {state.__name__ for state in states} >= {"CalendarState", "ConsentState", "BookingPageState", "SessionState"}
    assert sum(len(own_handlers(state)) for state in states) > 25
    assert unguarded(states) == []


def test_a_handler_without_a_guard_is_found() -> None:
    assert sorted(unguarded([Careless])) == ["Careless.helper", "Careless.say_anything"]
    assert unguarded([Example]) == []


def test_a_guard_takes_no_permission_that_nobody_behind_it_has() -> None:
    for guard, permission in (
        (for_anyone, Permission.BOOK),
        (for_citizen, Permission.ADMIT),
        (for_citizen, Permission.VIEW_PUBLIC),
        (for_holder, Permission.VIEW_DESK),
        (for_official, Permission.CANCEL_BOOKING),
    ):
        with pytest.raises(ValueError, match=permission):
            guard(permission)


def test_a_guard_without_a_permission_makes_no_handler() -> None:
    careless: Any = Careless._private
    with pytest.raises(KeyError):
        for_citizen(careless)


async def test_who_has_a_session_but_no_right_finds_nothing(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    page = a_page(Example, town, token=TOKEN)
    monkeypatch.setitem(ALLOWED, Permission.BOOK, frozenset())

    await press(page, "say_who", "here")

    assert (page.seen, page.problem) == ("", texts_of("el")("error.not_found"))


def test_the_framework_s_setter_reaches_no_variable() -> None:
    setters = {
        f"{state.__name__}.{name}" for state in our_states() for name in state.vars if hasattr(state, f"set_{name}")
    }

    assert {setter for setter in setters if not setter.endswith(".is_hydrated")} == set()


def test_no_handler_takes_its_actor_from_the_browser() -> None:
    taken = {f"{state.__name__}.{name}": sent(fn) for state in our_states() for name, fn in own_handlers(state).items()}

    assert sent(own_handlers(Example)["say_who"]) == {"word": str}
    assert {kind for kinds in taken.values() for kind in kinds.values()} == {bool, dict, int, str}
    assert [name for name, kinds in taken.items() if {"principal", "citizen", "official"} & kinds.keys()] == []


async def test_an_actor_that_a_browser_sends_is_nobody(town: Town) -> None:
    page = a_page(Example, town, token=TOKEN)

    await press(page, "say_who", Citizen(1, "ΝΙΚΟΣ", "ΓΕΩΡΓΙΟΥ", session_id=0), "here")

    assert page.seen == ""


@pytest.fixture
def town(sqlite_db: Engine) -> Iterator[Town]:
    town = a_town(sqlite_db)
    call.configure(town.context)
    with transaction(town.context.db) as tx:
        tx.add(
            SessionRow(
                token_hash=token_hash(TOKEN),
                citizen_id=town.eleni.id,
                created_at=NOW,
                seen_at=NOW,
                expires_at=NOW.replace(hour=23),
            )
        )
    yield town
    call._configured.clear()


async def test_without_a_session_a_citizens_handler_leads_to_the_sign_in_and_back(town: Town) -> None:
    for token in ("", "token-of-nobody"):
        page = a_page(CalendarState, town, "/en/booking/calendar?a=1", token=token)

        outcome = await press(page, "pick_day", "2026-11-24")

        assert "/en/sign-in?next=%2Fen%2Fbooking%2Fcalendar%3Fa%3D1" in str(outcome)
        assert page.day.on == ""


async def test_with_a_session_it_is_told_who_is_asking(town: Town) -> None:
    page = a_page(Example, town, token=TOKEN)

    await press(page, "say_who", "here")

    assert page.seen == "ΕΛΕΝΗ ΠΑΠΑΔΟΠΟΥΛΟΥ here"


async def test_a_handler_for_anyone_needs_no_session(town: Town) -> None:
    page = a_page(SessionState, town)

    await press(page, "load")

    assert page.is_known
    assert page.citizen_name == ""
    assert (page.here, page.there) == ("/booking/calendar?a=1", "/en/booking/calendar?a=1")


@pytest.mark.parametrize(
    ("path", "sentence"),
    [("/booking/calendar", "Η ώρα αυτή μόλις κλείστηκε"), ("/en/booking/calendar", "Somebody")],
)
async def test_a_refusal_becomes_a_sentence_in_the_pages_language(town: Town, path: str, sentence: str) -> None:
    page = a_page(Example, town, path)

    await press(page, "refuse", "")

    assert sentence in page.problem
    assert page.problem_link == ""


async def test_a_refusal_that_names_a_booking_links_to_it_and_the_next_press_clears_it(town: Town) -> None:
    page = a_page(Example, town, "/en/booking/calendar")

    await press(page, "refuse", "cap")
    assert page.problem_link == "/en/my-bookings/K7PM3XQ9"

    await press(page, "say_word", "x")
    assert (page.problem, page.problem_link, page.seen) == ("", "", "x")


@pytest.mark.parametrize(
    ("path", "when"), [("/booking/calendar", "από τις 12:31 μμ"), ("/en/booking/calendar", "from 12:31 pm")]
)
async def test_who_held_too_long_is_told_when_to_hold_again(town: Town, path: str, when: str) -> None:
    page = a_page(Example, town, path)

    await press(page, "hold")

    assert when in page.problem


async def test_abroad_it_is_told_on_the_visitors_own_clock_with_its_zone(town: Town) -> None:
    page = a_page(Example, town, "/en/booking/calendar", zone="Pacific/Auckland")

    await press(page, "hold")

    assert "from 11:31 pm (your time, UTC+13:00)" in page.problem
    assert "Greece" not in page.problem


async def test_a_mistake_of_ours_shows_a_code_and_no_cause(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    page = a_page(Example, town)

    await press(page, "fail")

    assert "secret" not in page.problem
    code = caplog.messages[-1].rpartition(" ")[2]
    assert len(code) == 8
    assert code in page.problem


async def test_every_press_is_answered_whatever_comes_of_it(town: Town) -> None:
    page = a_page(Example, town)

    for number, (handler, *args) in enumerate([("say_word", "x"), ("refuse", ""), ("fail",), ("say_who", "x")], 1):
        await press(page, handler, *args)
        assert page.ack_count == number

"""Every handler of the officials' pages, pressed by everybody, at everything: whom the table refuses changes nothing.

What each is pressed with is in `presses`. That the presses are true is shown by those who may: theirs do what they say.
"""

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Anonymous, Official
from dimoslive.i18n import texts_of
from dimoslive.ui.shared import call
from dimoslive.ui.shared.event_shape import permission_of
from tests.support.database import SqliteFiles, sqlite_files
from tests.support.two_towns import Change, Somebody, Target, TwoTowns, changes, two_towns
from tests.ui.handlers import our_states, own_handlers
from tests.ui.opened import a_page, known, press
from tests.ui.staff.presses import CASES, Case, Effect

__all__ = ["sqlite_files"]
pytestmark = pytest.mark.slow

HANDLERS = {
    f"{state.__name__}.{name}": (state, name)
    for state in sorted(our_states(), key=lambda one: one.get_full_name())
    if state.__module__.startswith("dimoslive.ui.staff.")
    for name in sorted(own_handlers(state))
}
RIGHTFUL = ("official", "head", "administrator")
FOR_HEADS = {"SearchLogState.load"}
EVERYBODY = (*RIGHTFUL, "platform", "other_department", "foreign", "citizen", "anonymous")


@pytest.fixture(scope="module")
def shared(sqlite_files: SqliteFiles) -> Iterator[TwoTowns]:
    with two_towns(sqlite_files) as made:
        call.configure(made.town.context)
        yield made
        call._configured.clear()


@pytest.fixture
def towns(shared: TwoTowns) -> Iterator[TwoTowns]:
    """As they are at first."""
    yield shared
    shared.restore()


def permission(handler: str) -> Permission:
    state, name = HANDLERS[handler]
    named = permission_of(state.event_handlers[name].fn)
    assert named is not None
    return named


def may(somebody: Somebody, handler: str, at: Target) -> bool:
    """What the table says of them there."""
    return can(somebody.principal or Anonymous(), permission(handler), at.municipality_id, at.department_id)


async def pressed(towns: TwoTowns, handler: str, somebody: Somebody, at: Target, slug: str) -> tuple[list[Change], str]:
    """What changed by the press itself, and all that the browser knows after it."""
    (state, name), case = HANDLERS[handler], CASES[handler]
    words = {field: getattr(at, field) for field in Target.__dataclass_fields__}
    path = case.path.format(m=slug, **words)
    page = a_page(state, towns.town, path, token=somebody.citizen, staff=somebody.staff)
    start = towns.tables()
    for step, args in case.after:
        await press_on(page, step, *args(at))
    before = towns.tables() if start != towns.tables() and may(somebody, handler, at) else start
    answer = await press(page, name, *case.args(at))
    return changes(before, towns.tables()), known(page) + str(answer)


async def press_on(page: Any, name: str, *args: object) -> None:
    """A press on the page's state, or on one of those around it."""
    while name not in type(page).event_handlers:
        page = page.parent_state
        if page is None:
            return
    await press(page, name, *args)


def names(at: Target, text: str, case: Case) -> list[str]:
    """What a text says of a department's people and services, but for what was typed."""
    for value in case.args(at):
        text = text.replace(str(value), "")
    return [word for word in (*at.persons, *at.places) if word in text]


def test_each_handler_is_pressed() -> None:
    assert HANDLERS.keys() == CASES.keys()
    assert len(HANDLERS) > 80
    assert [name for name, case in CASES.items() if (case.effect is Effect.NOTHING) != bool(case.why)] == []


@pytest.mark.parametrize("role", RIGHTFUL)
async def test_who_may_does_it_and_sees_it(towns: TwoTowns, caplog: pytest.LogCaptureFixture, role: str) -> None:
    somebody, at = towns.people[role], towns.ours
    done = [handler for handler in CASES if may(somebody, handler, at)]
    assert len(done) >= len(CASES) - len(FOR_HEADS if role == "official" else ())
    for handler in done:
        case = CASES[handler]
        changed, seen = await pressed(towns, handler, somebody, at, at.slug)
        if case.effect in {Effect.WRITES, Effect.OWN}:
            assert changed, handler
        if case.effect is Effect.OWN:
            assert {towns.owner_of(change) for change in changed} == {somebody.principal.id}, handler
        if case.effect is Effect.SHOWS:
            assert names(at, seen, case), handler
        if case.effect is Effect.NOTHING:
            assert changed == [], handler
        assert caplog.messages == [], handler
        towns.restore()


@pytest.mark.parametrize("role", EVERYBODY)
async def test_who_may_not_changes_nothing_and_sees_nobody(
    towns: TwoTowns, caplog: pytest.LogCaptureFixture, role: str
) -> None:
    somebody = towns.people[role]
    for handler, case in CASES.items():
        for at, slug in aims(towns, somebody, handler):
            changed, seen = await pressed(towns, handler, somebody, at, slug)
            assert [one for one in changed if not is_own(towns, case, somebody, one)] == [], (handler, slug)
            assert names(at, seen, case) == [], (handler, slug)
            assert refusal_of_the_guard(somebody, handler) in seen, (handler, slug)
            if changed:
                towns.restore()
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


def refusal_of_the_guard(somebody: Somebody, handler: str) -> str:
    """What it answers whoever may do this nowhere, before the handler is asked at all."""
    if can(somebody.principal or Anonymous(), permission(handler)):
        return ""
    return texts_of("el")("error.not_found") if somebody.staff else "/desk/sign-in"


def aims(towns: TwoTowns, somebody: Somebody, handler: str) -> list[tuple[Target, str]]:
    """What is out of reach, by its own address and, with its ids, by that of where one belongs."""
    if may(somebody, handler, towns.ours):
        astray = [(towns.theirs, towns.ours.slug), (towns.theirs, towns.theirs.slug)]
        # What the address alone forbids is the same for every role, and looked at for one of them.
        return astray if somebody.role == "official" else astray[:1]
    if somebody.role == "foreign":
        return [(towns.ours, towns.ours.slug), (towns.ours, towns.theirs.slug)]
    return [(towns.ours, towns.ours.slug)]


def is_own(towns: TwoTowns, case: Case, somebody: Somebody, change: Change) -> bool:
    """The own session and the own log may change: that one looked for somebody is written down, found or not."""
    is_theirs = isinstance(somebody.principal, Official) and towns.owner_of(change) == somebody.principal.id
    return is_theirs and (change[0] in {"search_event", "staff_session"} or case.effect is Effect.OWN)

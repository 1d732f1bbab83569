"""Handlers of the officials' pages, pressed by everybody, at everything: a table says with what, this says how.

That the presses are true is shown by those who may: theirs do what the table says.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from enum import Enum
from typing import Any

import pytest
from sqlmodel import Session

from dimoslive.db.engine import transaction
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Anonymous, Official
from dimoslive.i18n import texts_of
from dimoslive.ui.shared import call
from dimoslive.ui.shared.event_shape import permission_of
from dimoslive.ui.staff.state import StaffPageState
from tests.support.database import SqliteFiles
from tests.support.two_towns import Change, Somebody, Target, TwoTowns, changes, two_towns
from tests.ui.handlers import our_states, own_handlers
from tests.ui.opened import a_page, known, press

Args = Callable[[Target], tuple[Any, ...]]
Step = tuple[str, Args]
Words = Mapping[str, object]
EVERYBODY = (
    "official", "head", "administrator", "platform", "other_department", "other_head", "foreign", "citizen",
    "anonymous",
)  # fmt: skip


class Effect(Enum):
    """What comes of a press by somebody who may."""

    WRITES = "rows change"
    SHOWS = "the page names the people, or what the municipality offers"
    OWN = "rows of the official's own change"
    NOTHING = "neither"


@dataclass(frozen=True)
class Case:
    """A press; ``why`` says why one has no effect that could be seen."""

    path: str
    effect: Effect
    args: Args = lambda _: ()
    after: tuple[Step, ...] = (("load", lambda _: ()),)
    why: str = ""
    form: Callable[[Target], Words] | None = None
    """What is typed into the form as it stands; the press sends all of it."""
    shows: Callable[[Target], tuple[str, ...]] = lambda at: (*at.persons, *at.places)
    needs: Permission | None = None
    """What this press needs beyond the handler's permission."""
    everywhere: Permission | None = None
    """Whoever has this one anywhere in the municipality may do it in all of it."""
    is_aimed: bool = True
    """Whether what is sent says where it is to go; if not, the address alone does."""
    given: Callable[[Session, Target], object] | None = None
    """How it must stand before."""


def says(*values: object) -> Args:
    """The same values wherever they are aimed."""
    return lambda _: values


def after(*steps: Step, load: bool = True) -> tuple[Step, ...]:
    """What is pressed before, on the same page."""
    return (*((("load", says()),) if load else ()), *steps)


FIRST = after(load=False)


def handlers_of(package: str) -> dict[str, tuple[Any, str]]:
    """All handlers of the pages of a package, by name."""
    return {
        f"{state.__name__}.{name}": (state, name)
        for state in sorted(our_states(), key=lambda one: one.get_full_name())
        if state.__module__.startswith(f"{package}.")
        for name in sorted(own_handlers(state))
    }


@pytest.fixture(scope="module")
def shared(sqlite_files: SqliteFiles) -> Iterator[TwoTowns]:
    """They are made once for a module."""
    with two_towns(sqlite_files) as made:
        call.configure(made.town.context)
        yield made
        call._configured.clear()


@pytest.fixture
def towns(shared: TwoTowns) -> Iterator[TwoTowns]:
    """As they are at first."""
    yield shared
    shared.restore()


@dataclass
class Table:
    """The handlers of some pages, and how each is pressed; a name may say after a blank what else it is pressed at."""

    handlers: Mapping[str, tuple[Any, str]]
    cases: Mapping[str, Case]
    least: str = "official"
    """Who of those that may has the fewest rights."""
    holder: str = ""
    """Who may all of it in both municipalities, if somebody may."""
    _forms: dict[tuple[str, str], dict[str, object]] = field(default_factory=dict)

    def check_complete(self) -> None:
        """A handler that is not in the table makes a test fail."""
        assert self.handlers.keys() == {name.partition(" ")[0] for name in self.cases}
        odd = [name for name, case in self.cases.items() if (case.effect is Effect.NOTHING) != bool(case.why)]
        assert odd == []

    def may(self, somebody: Somebody, name: str, at: Target) -> bool:
        """What the table of permissions says of them there."""
        case, who = self.cases[name], somebody.principal or Anonymous()
        if case.everywhere and can(who, case.everywhere, at.municipality_id):
            return True
        needed = {self._permission(name), case.needs or self._permission(name)}
        return all(can(who, one, at.municipality_id, at.department_id) for one in needed)

    def within(self, somebody: Somebody, at: Target) -> list[str]:
        """All that they may do there."""
        return [name for name in self.cases if self.may(somebody, name, at)]

    async def check_who_may(self, towns: TwoTowns, log: pytest.LogCaptureFixture, role: str) -> None:
        """It does what the table says."""
        somebody, at = towns.people[role], towns.ours
        for name in self.within(somebody, at):
            case = self.cases[name]
            changed, seen = await self._pressed(towns, name, somebody, at, at.slug)
            if case.effect in {Effect.WRITES, Effect.OWN}:
                assert changed, name
            if case.effect is Effect.OWN:
                assert {towns.owner_of(change) for change in changed} == {_id_of(somebody)}, name
            if case.effect is Effect.SHOWS:
                assert _names(at, seen, case), name
            if case.effect is Effect.NOTHING:
                assert changed == [], name
            assert log.messages == [], name
            if changed or case.given:
                towns.restore()

    async def check_who_may_not(self, towns: TwoTowns, log: pytest.LogCaptureFixture, role: str) -> None:
        """It changes nothing and shows nobody."""
        somebody = towns.people[role]
        for name, case in self.cases.items():
            for at, slug in self._aims(towns, somebody, name):
                changed, seen = await self._pressed(towns, name, somebody, at, slug)
                assert [one for one in changed if not _is_own(towns, case, somebody, one)] == [], (name, slug)
                assert _names(at, seen, case) == [], (name, slug)
                assert self._refusal_of_the_guard(somebody, name) in seen, (name, slug)
                if changed or case.given:
                    towns.restore()
        assert [record.getMessage() for record in log.records if record.levelno >= logging.ERROR] == []

    def _permission(self, name: str) -> Permission:
        state, handler = self.handlers[name.partition(" ")[0]]
        named = permission_of(state.event_handlers[handler].fn)
        assert named is not None
        return named

    async def _pressed(
        self, towns: TwoTowns, name: str, somebody: Somebody, at: Target, slug: str
    ) -> tuple[list[Change], str]:
        """What changed by the press itself, and all that the browser knows after it."""
        state, handler = self.handlers[name.partition(" ")[0]]
        case, args = self.cases[name], await self._args(towns, name, at)
        page = a_page(state, towns.town, _path(case, at, slug, somebody), token=somebody.citizen, staff=somebody.staff)
        if case.given:
            with transaction(towns.town.context.db) as tx:
                case.given(tx, at)
        start = towns.tables()
        await _press_all(page, case.after, at)
        before = towns.tables() if start != towns.tables() and self.may(somebody, name, at) else start
        answer = await press(page, handler, *args)
        return changes(before, towns.tables()), known(page) + str(answer)

    async def _args(self, towns: TwoTowns, name: str, at: Target) -> tuple[Any, ...]:
        """With a form: as the browser sends it of somebody who may, for anybody can send that."""
        state, _ = self.handlers[name.partition(" ")[0]]
        case = self.cases[name]
        if case.form is None:
            return case.args(at)
        if (name, at.slug) not in self._forms:
            rightful = towns.people[self.holder or ("administrator" if at is towns.ours else "foreign")]
            page = a_page(state, towns.town, _path(case, at, at.slug, rightful), staff=rightful.staff)
            await _press_all(page, case.after, at)
            self._forms[name, at.slug] = {**page.values, "opened": page.opened_json}
            towns.restore()
        return ({**self._forms[name, at.slug], **case.form(at)},)

    def _refusal_of_the_guard(self, somebody: Somebody, name: str) -> str:
        """What it answers whoever may do this nowhere, before the handler is asked at all."""
        if can(somebody.principal or Anonymous(), self._permission(name)):
            return ""
        state, _handler = self.handlers[name.partition(" ")[0]]
        said = "staff.not_found" if issubclass(state, StaffPageState) else "error.not_found"
        return texts_of("el")(said) if somebody.staff else "/desk/sign-in"

    def _aims(self, towns: TwoTowns, somebody: Somebody, name: str) -> list[tuple[Target, str]]:
        """What is out of reach, by its own address and, with its ids, by that of where one belongs."""
        if self.may(somebody, name, towns.ours):
            if self.may(somebody, name, towns.theirs):
                return []
            astray = [(towns.theirs, towns.ours.slug), (towns.theirs, towns.theirs.slug)]
            if not self.cases[name].is_aimed:
                return astray[1:]
            # What the address alone forbids is the same for every role, and looked at for one of them.
            return astray if somebody.role == self.least else astray[:1]
        if somebody.role == "foreign" and self.cases[name].is_aimed:
            return [(towns.ours, towns.ours.slug), (towns.ours, towns.theirs.slug)]
        return [(towns.ours, towns.ours.slug)]


def _path(case: Case, at: Target, slug: str, somebody: Somebody) -> str:
    words = {one.name: getattr(at, one.name) for one in fields(Target)}
    drafts = at.set_up.drafts if at.set_up else {}
    draft = drafts.get(somebody.role) or next(iter(drafts.values()), 0)
    return case.path.format(m=slug, draft=draft, **words)


async def _press_all(page: Any, steps: tuple[Step, ...], at: Target) -> None:
    """Presses on the page's state, or on those around it."""
    for name, args in steps:
        state = page
        while state is not None and name not in type(state).event_handlers:
            state = state.parent_state
        if state is not None:
            await press(state, name, *args(at))


def _names(at: Target, text: str, case: Case) -> list[str]:
    """What a text says of a department's people and services, but for what was typed."""
    for value in case.args(at):
        text = text.replace(str(value), "") if value != "" else text
    return [word for word in case.shows(at) if word in text]


def _id_of(somebody: Somebody) -> int | None:
    return somebody.principal.id if isinstance(somebody.principal, Official) else None


def _is_own(towns: TwoTowns, case: Case, somebody: Somebody, change: Change) -> bool:
    """The own session and the own log may change: that one looked for somebody is written down, found or not."""
    is_theirs = _id_of(somebody) is not None and towns.owner_of(change) == _id_of(somebody)
    return is_theirs and (change[0] in {"search_event", "staff_session"} or case.effect is Effect.OWN)

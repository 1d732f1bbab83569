"""Every handler of the citizens' pages, pressed by others at somebody's booking: nothing of it changes, nobody is seen.

That the presses are true is shown by whose booking it is.
"""

import inspect
from collections.abc import Iterator
from typing import Any

import pytest

from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Citizen
from dimoslive.ui.shared import call
from dimoslive.ui.shared.event_shape import permission_of
from tests.support.database import SqliteFiles, sqlite_files
from tests.support.two_towns import Change, Somebody, TwoTowns, changes, two_towns
from tests.ui.handlers import our_states, own_handlers
from tests.ui.opened import a_page, known, press

__all__ = ["sqlite_files"]
pytestmark = pytest.mark.slow

HANDLERS = {
    f"{state.__name__}.{name}": (state, name)
    for state in sorted(our_states(), key=lambda one: one.get_full_name())
    if not state.__module__.startswith(("dimoslive.ui.staff.", "dimoslive.ui.settings.", "dimoslive.ui.platform."))
    for name in sorted(own_handlers(state))
}
OTHERS = ("citizen", "official", "administrator", "platform", "foreign", "anonymous")
NOT_THE_LINK = "/b/{link}x"
IN_A_FRAME = tuple(
    f"/embed/{step}?m={{m}}&reference={{booked}}" for step in ("mode", "calendar", "details", "consent", "confirmation")
)
OF_THE_WIZARD = {"booking_draft", "session"}
WHERE = ("/my-bookings/{booked}", "/booking/confirmation?reference={booked}", NOT_THE_LINK)
FORM = {"reason": "", "declaration": True, "email": "eve@example.com", "phone": "2100000031", "subject": "Άλλο"}
SEEN = {"BookingPageState.load", "BookingPageState.look_again", "MyBookingsState.load", "MyBookingsState.look_again"}
CHANGED = {"BookingPageState.cancel", "BookingPageState.move"}
"""What the owner sees and changes by a press after the page has loaded; the wizard is everybody's own."""


@pytest.fixture(scope="module")
def shared(sqlite_files: SqliteFiles) -> Iterator[TwoTowns]:
    with two_towns(sqlite_files) as made:
        call.configure(made.town.context)
        yield made
        call._configured.clear()


@pytest.fixture
def towns(shared: TwoTowns) -> Iterator[TwoTowns]:
    yield shared
    shared.restore()


async def pressed(towns: TwoTowns, handler: str, somebody: Somebody, path: str) -> tuple[list[Change], str]:
    """What changed since the page was opened, and all that its browser knows."""
    (state, name), at = HANDLERS[handler], towns.ours
    address = path.format(booked=at.booked, link=at.link, m=at.slug)
    page = a_page(state, towns.town, address, token=somebody.citizen, staff=somebody.staff, frame=somebody.frame)
    before = towns.tables()
    if name != "load" and "load" in state.event_handlers:
        await press(page, "load")
    answer = await press(page, name, *_plausible(towns, handler))
    return changes(before, towns.tables()), known(page) + str(answer)


def _plausible(towns: TwoTowns, handler: str) -> list[Any]:
    state, name = HANDLERS[handler]
    fn, at = state.event_handlers[name].fn, towns.ours
    kinds = [fn.__annotations__[parameter] for parameter in list(inspect.signature(fn).parameters)[1:]]
    values: dict[object, Any] = {str: str(at.service_id), int: int(at.slot.partition("@")[0]), bool: True, dict: FORM}
    return [values[kind] for kind in kinds]


def is_own(towns: TwoTowns, somebody: Somebody, change: Change) -> bool:
    """A citizen's own draft and session."""
    return isinstance(somebody.principal, Citizen) and towns.citizen_of(change) == somebody.principal.id


@pytest.mark.parametrize("role", OTHERS)
async def test_nobody_else_changes_or_sees_it(towns: TwoTowns, role: str) -> None:
    somebody, at = towns.people[role], towns.ours
    for handler in HANDLERS:
        for path in WHERE:
            changed, seen = await pressed(towns, handler, somebody, path)
            assert [one for one in changed if not is_own(towns, somebody, one)] == [], (handler, path)
            assert [word for word in at.persons if word in seen] == [], (handler, path)
            if changed:
                towns.restore()


@pytest.mark.parametrize("path", [*IN_A_FRAME, *WHERE[:2]])
async def test_in_a_frame_its_own_citizen_books_and_does_nothing_else(towns: TwoTowns, path: str) -> None:
    somebody, at = towns.people["framed"], towns.ours
    for handler in HANDLERS:
        changed, seen = await pressed(towns, handler, somebody, path)
        assert {table for table, _ in changed} <= OF_THE_WIZARD, (handler, changed)
        # The name is the citizen's own; of the booking nothing is said.
        assert [word for word in at.persons[2:] if word in seen] == [], handler
        if changed:
            towns.restore()


@pytest.mark.parametrize("role", ["framed", "owner"])
async def test_a_frame_of_another_municipality_lets_nobody_choose_or_see_ours(towns: TwoTowns, role: str) -> None:
    somebody = towns.people[role]
    for handler, (state, name) in HANDLERS.items():
        if handler.startswith(("BookingPageState", "MyBookingsState")):
            continue
        page = a_page(
            state, towns.town, f"/embed/mode?m={towns.theirs.slug}", token=somebody.citizen, frame=somebody.frame
        )
        before = towns.tables()
        if name != "load" and "load" in state.event_handlers:
            await press(page, "load")
        await press(page, name, *_plausible(towns, handler))
        changed, seen = changes(before, towns.tables()), known(page)
        assert {table for table, _ in changed} <= OF_THE_WIZARD, (handler, changed)
        assert [word for word in towns.ours.places if word in seen] == [], handler
        if changed:
            towns.restore()


async def test_whose_it_is_does_both(towns: TwoTowns) -> None:
    somebody, at = towns.people["owner"], towns.ours
    assert HANDLERS.keys() > SEEN | CHANGED
    for handler in SEEN | CHANGED:
        changed, seen = await pressed(towns, handler, somebody, WHERE[0])
        assert (handler in CHANGED) == bool(changed), handler
        assert handler in CHANGED or [word for word in at.persons if word in seen], handler
        towns.restore()


async def test_the_link_itself_opens_it(towns: TwoTowns) -> None:
    changed, seen = await pressed(towns, "BookingPageState.load_linked", towns.people["anonymous"], "/b/{link}")
    assert (changed, towns.ours.places[0] in seen) == ([], True)


def test_what_anybody_may_press_shows_a_booking_only_by_its_link() -> None:
    open_to_all = {
        handler
        for handler, (state, name) in HANDLERS.items()
        if permission_of(state.event_handlers[name].fn) is Permission.OPEN_LINK
    }
    assert open_to_all == {"BookingPageState.load_linked", "BookingPageState.look_again"}

"""Whatever a browser sends to whichever handler, there is no mistake of ours in the answer."""

import inspect
import logging
from itertools import cycle, product
from typing import Any

import pytest
import reflex as rx

from dimoslive.ui.shared.event_shape import MAX_NUMBER, MAX_TEXT_LENGTH, fits
from tests.support.meeting import enter_official, link_token, session_token, staff_token
from tests.support.world import Town
from tests.ui.handlers import our_states, own_handlers
from tests.ui.opened import a_page, press

TEXTS = (
    "", " ", "x" * MAX_TEXT_LENGTH, "9" * 5_000, "-1", "١٢", "²", "1e9", "9999-12-01", "9999-12-31", "0001-01-01",
    "2026-02-30", "2026-W48", "\0", "\x1b[31m\n", "\ud800", "\u202e", "../../etc/passwd", "'; DROP TABLE booking; --",
    "{0.__class__}", "%s%n", "video", "served_person", "subject",
)  # fmt: skip
FIELDS = (
    *("email", "subject", "served_person", "reason", "person_name", "phone", "declaration", ""),
    *("note", "document", "outcome", "outcome_note", "cancel_reason", "who", "tells", "and_new"),
)
FITTING: dict[object, tuple[Any, ...]] = {
    str: TEXTS,
    int: (0, 1, -1, 2**31, 253_402_300_799, MAX_NUMBER, -MAX_NUMBER),
    bool: (True, False),
    dict: ({}, {"declaration": True}, {"subject": None}, *(dict.fromkeys(FIELDS, text) for text in TEXTS)),
}
ODD: tuple[Any, ...] = (
    None, 1.5, float("nan"), [], [1], (), {"at": [1]}, {1: "x"}, b"x", "x" * (MAX_TEXT_LENGTH + 1), 10**30, object(),
)  # fmt: skip
pytestmark = pytest.mark.slow

WHERE = ("/booking/details", "/en/b/nobody")

HANDLERS = [
    (state, name)
    for state in sorted(our_states(), key=lambda state: state.get_full_name())
    for name in sorted(own_handlers(state))
]


def kinds_of(state: type[rx.State], name: str) -> list[object]:
    """What a handler takes."""
    fn = state.event_handlers[name].fn
    return [fn.__annotations__[parameter] for parameter in list(inspect.signature(fn).parameters)[1:]]


@pytest.mark.parametrize(("state", "name"), HANDLERS, ids=lambda value: getattr(value, "__name__", value))
async def test_no_value_makes_a_handler_fail(
    open_town: Town, caplog: pytest.LogCaptureFixture, state: type[rx.State], name: str
) -> None:
    link = link_token(open_town, open_town.a_booking("09:10"))
    open_town.hold("10:10", by=(nikos := open_town.citizen()))
    enter_official(open_town)
    session, staff = session_token(open_town, nikos), staff_token(open_town)
    kinds = kinds_of(state, name)
    # Where a field is named, its name is one of the last few values and its text any.
    values = [*product(*(FITTING[kind][-6:] for kind in kinds[:-1]), *(FITTING[kind] for kind in kinds[-1:]))]
    for is_loaded in (False, True):
        pages = [a_page(state, open_town, where, token=session, staff=staff) for where in (*WHERE, f"/b/{link}")]
        for page in pages if is_loaded and "load" in state.event_handlers else ():
            await press(page, "load")
        # The addresses take turns.
        for page, given in zip(cycle(pages), values if kinds else [()] * len(pages), strict=False):
            await press(page, name, *given)
    # Who reached too far is named in the security log, and nothing else went wrong.
    wrong = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert [record.getMessage() for record in wrong if record.name != "dimoslive.security"] == []


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: type(odd).__name__)
async def test_what_no_page_sends_reaches_no_handler(open_town: Town, odd: object) -> None:
    for state, name in HANDLERS:
        kinds = kinds_of(state, name)
        handler = state.event_handlers[name].fn
        names = list(inspect.signature(handler).parameters)[1:]
        page = a_page(state, open_town, "/booking/details", token=session_token(open_town))
        for at in range(len(kinds)):
            given = {one: FITTING[kind][0] for one, kind in zip(names, kinds, strict=True)} | {names[at]: odd}
            assert not fits(handler, given)
            assert await press(page, name, *given.values()) is None
        assert not fits(handler, {"actor": odd})
        assert not fits(handler, {**dict.fromkeys(names, odd), "parts": odd})

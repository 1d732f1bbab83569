"""Every handler of every page's state, for the tests that walk them all."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import reflex as rx

import dimoslive.ui


def all_subclasses(state: type[rx.State]) -> Iterator[type[rx.State]]:
    for child in state.__subclasses__():
        yield child
        yield from all_subclasses(child)


def our_states() -> set[type[rx.State]]:
    for module in pkgutil.walk_packages(dimoslive.ui.__path__, "dimoslive.ui."):
        importlib.import_module(module.name)
    return {state for state in all_subclasses(rx.State) if state.__module__.startswith("dimoslive.ui.")}


def own_handlers(state: type[rx.State]) -> dict[str, Any]:
    """The handlers that are not the framework's."""
    return {
        name: handler.fn
        for name, handler in state.event_handlers.items()
        if not handler.fn.__module__.startswith("reflex")
    }

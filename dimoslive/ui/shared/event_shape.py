"""What a page may send: which events, with which values, of which sizes. Everything else is dropped without a word."""

import functools
import inspect
from collections.abc import Callable, Mapping
from typing import Any

import reflex as rx
from reflex.state import FrontendEventExceptionState, OnLoadInternalState
from reflex_base.registry import RegistrationContext
from reflex_base.utils.form import FORM_DATA_ENTRIES_KEY

from dimoslive.domain.people.permissions import Permission

MAX_MESSAGE_SIZE = 200_000
"""Characters of a page's message: all fields of the longest form, as full as they can be typed."""
MAX_TEXT_LENGTH = MAX_MESSAGE_SIZE
"""What is pasted comes whole, and the services say that it is too long."""
MAX_NUMBER = 2**53
"""Up to here browsers know integers exactly."""
MAX_ADDRESS_LENGTH = 4096
MAX_REPORT_LENGTH = 500
MAX_FIELDS = 30
MAX_FORM_FIELDS = 300
"""A service with a tick for each desk of its municipality is the longest form."""
MAX_DIGESTS = 200

HYDRATES = frozenset(f"{rx.State.get_full_name()}.{name}" for name in ("hydrate", "hydrate_and_load"))
_NAVIGATION = f"{OnLoadInternalState.get_full_name()}.on_load_internal"
_EXCEPTION = f"{FrontendEventExceptionState.get_full_name()}.handle_frontend_exception"
_OF_THE_FRAMEWORK = HYDRATES | {_NAVIGATION, _EXCEPTION}

Message = dict[str, Any]


def read_event(message: object) -> Message | None:
    """A page's event with what it may hold and no more; ``None`` if no page of ours sends it."""
    if not isinstance(message, dict):
        return None
    name, payload = message.get("name"), message.get("payload", {})
    where = _read_place(message.get("router_data"))
    if not isinstance(name, str) or not isinstance(payload, dict) or where is None:
        return None
    known = RegistrationContext.get().event_handlers.get(name)
    if known is None:
        return None
    if name in _OF_THE_FRAMEWORK:
        payload = _of_the_framework(name, payload)
    else:
        payload = {word: _read_form(value) for word, value in payload.items()}
        if permission_of(known.handler.fn) is None or not fits(known.handler.fn, payload):
            return None
    return {"name": name, "payload": payload, "router_data": where}


def permission_of(handler: Callable[..., Any]) -> Permission | None:
    """What a guard named for a handler; without it, a handler is for nobody."""
    return getattr(handler, "_permission", None)


def is_last_word(message: Message) -> bool:
    """Whether it is for a handler that keeps what somebody typed, also when the page is gone."""
    known = RegistrationContext.get().event_handlers.get(message["name"])
    return known is not None and getattr(known.handler.fn, "_keeps_last_words", False)


def fits(handler: Callable[..., Any], given: Mapping[str, Any]) -> bool:
    """Whether these are the values that a handler takes, each of its kind and of a size that a page can send."""
    kinds = _kinds_of(handler)
    return given.keys() == kinds.keys() and all(_is_fit(value, kinds[name]) for name, value in given.items())


def _read_form(value: object) -> object:
    """A form comes as pairs of names and values: the last of a name counts.

    For a field that the page has at other times, the framework sends the name with nothing: it is not in the form.
    """
    entries = value.get(FORM_DATA_ENTRIES_KEY) if isinstance(value, dict) else None
    if not isinstance(entries, list) or len(entries) > MAX_FORM_FIELDS:
        return value
    if not all(isinstance(entry, list) and len(entry) == 2 and isinstance(entry[0], str) for entry in entries):
        return value
    return {name: text for name, text in entries if text is not None}


@functools.cache
def _kinds_of(handler: Callable[..., Any]) -> dict[str, object]:
    names = list(inspect.signature(handler).parameters)[1:]
    return {name: handler.__annotations__[name] for name in names}


def _is_fit(value: object, kind: object) -> bool:
    if kind is int:
        return type(value) is int and abs(value) <= MAX_NUMBER
    if kind is str:
        return isinstance(value, str) and len(value) <= MAX_TEXT_LENGTH
    if kind is dict:
        return isinstance(value, dict) and len(value) <= MAX_FORM_FIELDS and all(map(_is_field, value.items()))
    return kind is bool and isinstance(value, bool)


def _is_field(field: tuple[object, object]) -> bool:
    name, value = field
    return (
        _is_fit(name, str)
        and name != FORM_DATA_ENTRIES_KEY
        and (value is None or isinstance(value, bool) or _is_fit(value, str))
    )


def _read_place(place: object) -> Message | None:
    """Where the page is."""
    if not isinstance(place, dict):
        return None
    words = {name: place.get(name, "") for name in ("pathname", "asPath", "origin")}
    query = place.get("query", {})
    if not isinstance(query, dict) or len(query) > MAX_FIELDS:
        return None
    if not all(isinstance(word, str) and len(word) <= MAX_ADDRESS_LENGTH for word in [*words.values(), *query]):
        return None
    return {name: word for name, word in words.items() if word} | {
        "query": {name: value for name, value in query.items() if isinstance(value, str)}
    }


def _of_the_framework(name: str, payload: Message) -> Message:
    """Of a page's start the digests of what it was built with, of a mistake in a browser some words for the log."""
    if name == _EXCEPTION:
        return {word: str(payload.get(word, ""))[:MAX_REPORT_LENGTH] for word in ("info", "component_stack")}
    digests = payload.get("hashes")
    if name == _NAVIGATION or not isinstance(digests, list) or len(digests) > MAX_DIGESTS:
        return {}
    return {"hashes": digests} if all(isinstance(digest, str) and len(digest) <= 64 for digest in digests) else {}

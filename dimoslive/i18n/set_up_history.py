"""Lines of a municipality's history in words: the same on the page and in the file."""

import re
from collections.abc import Mapping
from datetime import date, datetime

from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.domain.settings.history import HistoryEntry, ThingNames
from dimoslive.domain.settings.three_way import Change, leader_of
from dimoslive.i18n.dates import day_of_month, desk_clock, weekday_name
from dimoslive.i18n.desk_dates import desk_date
from dimoslive.i18n.texts import Texts

_TOPICS = {
    "department": "departments",
    "service": "services",
    "desk": "desks",
    "official": "officials",
    "closure": "closures",
    "absence": "absences",
    "declaration": "declarations",
    "webhook": "webhooks",
    "key": "keys",
}
"""Where the names of a thing's fields are; of any other kind, under its own word."""
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DATE = re.compile(r"on_([0-9]{4}-[01][0-9]-[0-3][0-9])")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]+[+][0-9]{2}:[0-9]{2}")
_DAY = re.compile(r"[0-9]{4}-[01][0-9]-[0-3][0-9]")
_UNTOLD = frozenset({"text_hash", "crest"})
"""Numbers that say something to programs alone."""
_CLOCK = re.compile(r"[0-9]{2}:[0-9]{2}")
MAX_VALUE = 300
"""A text is told so far; the whole stands on the thing's own page."""


def did(entry: HistoryEntry, t: Texts) -> str:
    """What was done: «Αλλαγή υπηρεσίας»."""
    key = f"settings.did.{entry.line.action}"
    return t(key) if t.has(key) else t("settings.did.something")


def kind_word(kind: str, t: Texts) -> str:
    """What a line is about: «Υπηρεσία»."""
    return t(f"history.kind.{kind}") if t.has(f"history.kind.{kind}") else t("history.kind.other")


def actor_word(entry: HistoryEntry, t: Texts) -> str:
    """Who: «Α. Κωνσταντίνου», or what acts by itself."""
    return entry.line.by or t(f"history.actor.{entry.actor}")


def role_word(entry: HistoryEntry, t: Texts) -> str:
    """As what the actor acts here, as far as that is known."""
    key = f"officials.role.{entry.role}"
    return t(key) if t.has(key) else t(f"history.actor.{entry.actor}")


def changes_of(entry: HistoryEntry) -> list[Change]:
    """Those that are told: not that a text is only suggested, nor what was and is empty."""
    return [
        change
        for change in entry.line.changes
        if not leader_of(change.field)
        and change.field not in _UNTOLD
        and (_is_said(change.before) or _is_said(change.after))
    ]


def field_word(entry: HistoryEntry, field: str, t: Texts) -> str:
    """The name of a field, as its form has it."""
    if field in _WEEKDAYS:
        return weekday_name(_WEEKDAYS.index(field), t.language)
    if on := _DATE.fullmatch(field):
        return day_of_month(date.fromisoformat(on[1]), t.language)
    topics = (_TOPICS.get(entry.about, entry.about), "history")
    return next((t(key) for topic in topics if t.has(key := f"{topic}.field.{field}")), field.replace("_", " "))


def change_word(entry: HistoryEntry, change: Change, names: ThingNames, t: Texts) -> str:
    """«Ρόλος: Υπάλληλος → Προϊστάμενος»; of what came or went as a whole, the value alone."""
    field = field_word(entry, change.field, t)
    before, after = (value_word(change.field, value, names, t) for value in (change.before, change.after))
    if entry.line.action.endswith(".changed") or (_is_said(change.before) and _is_said(change.after)):
        return t("settings.change", field=field, before=before, after=after)
    return t("history.value", field=field, value=after if _is_said(change.after) else before)


def value_word(field: str, value: object, names: ThingNames, t: Texts) -> str:
    """A value, with names in the place of ids."""
    kind = next((kind for kind in names if field in {f"{kind}_id", f"{kind}_ids", f"usual_{kind}_id", f"{kind}s"}), "")
    if kind:
        ids = value if isinstance(value, list) else [value]
        found = [names[kind].get(id_) for id_ in ids if isinstance(id_, int)]
        shown = ", ".join(name[t.language] if name else t("history.gone") for name in found)
    elif field == "events":
        shown = ", ".join(t(f"webhooks.event.{event}") for event in str(value or "").split())
    elif field == "role" and t.has(f"officials.role.{value}"):
        shown = t(f"officials.role.{value}")
    else:
        shown = _plain(value, t)
    return (shown if len(shown) <= MAX_VALUE else f"{shown[:MAX_VALUE]}…") or t("settings.nothing")


def _when(text: str) -> str:
    """A date, or an instant in Greek time, as people write it; any other text as it is."""
    try:
        if _DAY.fullmatch(text):
            return desk_date(date.fromisoformat(text))
        if _INSTANT.fullmatch(text):
            at = datetime.fromisoformat(text)
            return f"{desk_date(local_day(at, ATHENS))} {desk_clock(at, ATHENS)}"
    except ValueError:
        # It only looks like one.
        return text
    return text


def _plain(value: object, t: Texts) -> str:
    if isinstance(value, str):
        return _when(value)
    if isinstance(value, bool):
        return t("settings.yes") if value else t("settings.no")
    if isinstance(value, Mapping):
        return ", ".join(_plain(one, t) for one in value.values() if _is_said(one))
    if isinstance(value, list) and len(value) > 1 and all(_CLOCK.fullmatch(str(wall)) for wall in value[:2]):
        span = "–".join(str(wall).removeprefix("0") for wall in value[:2])
        valid = " – ".join(str(one) for one in value[2:] if one)
        return f"{span} ({valid})" if valid else span
    if isinstance(value, list):
        return ", ".join(_plain(one, t) for one in value)
    return "" if value is None else str(value)


def _is_said(value: object) -> bool:
    return value not in (None, "", [], {})

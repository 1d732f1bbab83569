"""A booking's columns that its history tells, as JSON and back."""

import json
from datetime import datetime
from typing import Any

from dimoslive.db.tables.booking import BookingRow

_TIMES = ("starts_at", "ends_at", "arrived_at", "started_at", "ended_at")
_PLAIN = ("status", "mode", "desk_id", "first_tick", "end_tick", "served_by", "outcome", "call_attempts")

Facts = dict[str, Any]
"""Columns by name; instants as ISO text. Nothing of it is about a person."""


def facts_of(row: BookingRow) -> Facts:
    """As they are now."""
    times = {name: value.isoformat() if (value := getattr(row, name)) else None for name in _TIMES}
    return times | {name: getattr(row, name) for name in _PLAIN}


def changed_facts(before: Facts, after: Facts) -> tuple[str, str]:
    """What differs, before and after, as JSON."""
    names = [name for name in before if before[name] != after[name]]
    return tuple(json.dumps({name: facts[name] for name in names}) for facts in (before, after))  # type: ignore[return-value]  # two


def read_facts(text: str) -> Facts:
    """The columns of one side, instants again."""
    facts: Facts = json.loads(text)
    return {name: datetime.fromisoformat(value) if name in _TIMES and value else value for name, value in facts.items()}

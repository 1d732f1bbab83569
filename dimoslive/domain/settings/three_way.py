"""Two people change one thing: what was opened, theirs and mine, compared field by field."""

from collections.abc import Mapping
from dataclasses import dataclass

Values = Mapping[str, object]
"""Fields by name, as plain values that JSON knows; texts are compared whole."""

_NEVER_OPENED = object()


@dataclass(frozen=True, slots=True)
class Change:
    """A field that only one of two changed."""

    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that both changed, each to something else."""

    field: str
    opened: object
    theirs: object
    mine: object


@dataclass(frozen=True, slots=True)
class Merge:
    """What comes of both; where there are conflicts, ``values`` has theirs until somebody chooses."""

    values: dict[str, object]
    taken_over: tuple[Change, ...]
    only_mine: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]


def merge(opened: Values, theirs: Values, mine: Values) -> Merge:
    """Compare the fields that ``mine`` has, in its order.

    A field that was not opened counts as changed by both. One that says of another that it is only suggested goes the
    way of that other one.
    """
    values: dict[str, object] = {}
    taken_over, only_mine, conflicts = list[Change](), list[Change](), list[Conflict]()
    for field in mine:
        if leader_of(field):
            continue
        was, is_now, wanted = opened.get(field, _NEVER_OPENED), theirs.get(field), mine[field]
        values[field] = wanted
        if is_now == wanted:
            continue
        if is_now == was:
            only_mine.append(Change(field, was, wanted))
        elif wanted == was:
            taken_over.append(Change(field, was, is_now))
            values[field] = is_now
        else:
            conflicts.append(Conflict(field, None if was is _NEVER_OPENED else was, is_now, wanted))
            values[field] = is_now
    for field in mine:
        if leader := leader_of(field):
            is_theirs = leader in values and values[leader] != mine[leader]
            values[field] = theirs.get(field) if is_theirs else mine[field]
    return Merge(values, tuple(taken_over), tuple(only_mine), tuple(conflicts))


def choose(merged: Values, mine: Values, kept: set[str]) -> dict[str, object]:
    """The merged values with mine in the fields that are ``kept``, and with what follows these."""
    return {
        field: mine[field] if field in mine and (field in kept or leader_of(field) in kept) else value
        for field, value in merged.items()
    }


def leader_of(field: str) -> str:
    """Of ``is_name_en_suggested`` it is ``name_en``; empty for a field that follows no other."""
    is_follower = field.startswith("is_") and field.endswith("_suggested")
    return field.removeprefix("is_").removesuffix("_suggested") if is_follower else ""

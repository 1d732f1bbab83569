"""What becomes of a plan and of its items: two tables, and nothing else leads from one state to another."""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum

DROPPED_AFTER = timedelta(hours=24)
"""A plan that nobody applies."""
MAILS_WAIT = timedelta(minutes=10)
"""So long all can be undone, and nobody is told."""
URGENT_BEFORE = timedelta(hours=4)
"""What begins sooner is told at once, and cannot be undone."""
LOOKED_AGAIN_AFTER = timedelta(minutes=1)
"""By then every press that was under way when the plan was applied has ended."""


class PlanState(StrEnum):
    """Where a plan stands."""

    DRAFT = "draft"
    READY = "ready"
    """Decisions are made; nothing has changed."""
    STALE = "stale"
    """What it starts from was changed by somebody else."""
    DROPPED = "dropped"
    APPLIED = "applied"
    """The change stands; the bookings follow."""
    WORKING = "working"
    OPEN = "open"
    """Something is still to be decided, or somebody to be phoned."""
    FINISHED = "finished"
    UNDONE = "undone"
    """The change is taken back; the bookings follow."""


class PlanEvent(StrEnum):
    """What happens to a plan."""

    PREVIEW = "preview"
    DISCARD = "discard"
    OVERTAKE = "overtake"
    """A base version moved."""
    APPLY = "apply"
    WORK = "work"
    SETTLE = "settle"
    """All items are settled and nobody is left to be told."""
    LEAVE_OPEN = "leave_open"
    UNDO = "undo"


_S, _E = PlanState, PlanEvent
PLANS: dict[tuple[PlanState, PlanEvent], PlanState] = {
    (_S.DRAFT, _E.PREVIEW): _S.READY,
    (_S.DRAFT, _E.DISCARD): _S.DROPPED,
    (_S.READY, _E.PREVIEW): _S.READY,
    (_S.READY, _E.DISCARD): _S.DROPPED,
    (_S.READY, _E.OVERTAKE): _S.STALE,
    (_S.READY, _E.APPLY): _S.APPLIED,
    (_S.STALE, _E.PREVIEW): _S.READY,
    (_S.STALE, _E.DISCARD): _S.DROPPED,
    (_S.APPLIED, _E.WORK): _S.WORKING,
    (_S.APPLIED, _E.UNDO): _S.UNDONE,
    (_S.WORKING, _E.SETTLE): _S.FINISHED,
    (_S.WORKING, _E.LEAVE_OPEN): _S.OPEN,
    (_S.WORKING, _E.UNDO): _S.UNDONE,
    (_S.OPEN, _E.WORK): _S.WORKING,
    (_S.OPEN, _E.SETTLE): _S.FINISHED,
    (_S.OPEN, _E.UNDO): _S.UNDONE,
}


class ItemState(StrEnum):
    """Where one booking of a plan stands."""

    PENDING = "pending"
    UNDECIDED = "undecided"
    ASKED = "asked"
    """The citizen is to choose another time."""
    DONE = "done"
    SKIPPED = "skipped"
    """It was changed or cancelled meanwhile: nothing is needed any more."""
    UNDONE = "undone"


class ItemEvent(StrEnum):
    """What happens to an item."""

    DECIDE = "decide"
    DO = "do"
    ASK = "ask"
    SKIP = "skip"
    REFUSE = "refuse"
    """The target is taken: there is a new proposal, and somebody decides again."""
    APPEAR = "appear"
    """It is hit otherwise than the plan knew."""
    UNDO = "undo"


_I, _H = ItemState, ItemEvent
ITEMS: dict[tuple[ItemState, ItemEvent], ItemState] = {
    (_I.PENDING, _H.DECIDE): _I.PENDING,
    (_I.PENDING, _H.DO): _I.DONE,
    (_I.PENDING, _H.ASK): _I.ASKED,
    (_I.PENDING, _H.SKIP): _I.SKIPPED,
    (_I.PENDING, _H.REFUSE): _I.UNDECIDED,
    (_I.PENDING, _H.APPEAR): _I.UNDECIDED,
    (_I.PENDING, _H.UNDO): _I.UNDONE,
    (_I.UNDECIDED, _H.DECIDE): _I.PENDING,
    (_I.UNDECIDED, _H.SKIP): _I.SKIPPED,
    (_I.UNDECIDED, _H.APPEAR): _I.UNDECIDED,
    (_I.UNDECIDED, _H.UNDO): _I.UNDONE,
    (_I.ASKED, _H.SKIP): _I.SKIPPED,
    # Nobody answered: it is cancelled.
    (_I.ASKED, _H.DO): _I.DONE,
    (_I.ASKED, _H.UNDO): _I.UNDONE,
    (_I.SKIPPED, _H.APPEAR): _I.UNDECIDED,
    (_I.SKIPPED, _H.UNDO): _I.SKIPPED,
    (_I.DONE, _H.UNDO): _I.UNDONE,
    # Somebody has changed the booking since: it is theirs.
    (_I.DONE, _H.SKIP): _I.SKIPPED,
    (_I.UNDONE, _H.UNDO): _I.UNDONE,
}

BEFORE_APPLY = frozenset({_S.DRAFT, _S.READY, _S.STALE})
AT_WORK = frozenset({_S.APPLIED, _S.WORKING, _S.OPEN})
"""The change stands, and the bookings are being brought after it."""
AFTER_APPLY = AT_WORK | {_S.FINISHED}
UNSETTLED = frozenset({_I.PENDING, _I.UNDECIDED})


def next_plan_state(state: PlanState, event: PlanEvent) -> PlanState:
    """Where it leads; raises `KeyError` where the table has no such line."""
    return PLANS[state, event]


def next_item_state(state: ItemState, event: ItemEvent) -> ItemState:
    """Where it leads; raises `KeyError` where the table has no such line."""
    return ITEMS[state, event]


def mails_at(applied_at: datetime, begins_at: datetime) -> datetime:
    """When people are told of what is applied now."""
    return applied_at if begins_at - applied_at < URGENT_BEFORE else applied_at + MAILS_WAIT


def can_undo(state: PlanState, applied_at: datetime | None, told_at: datetime | None, now: datetime) -> bool:
    """Whether nobody was told yet; of what was urgent, never."""
    if state not in AT_WORK or applied_at is None or told_at is None:
        return False
    return applied_at < told_at and now < told_at


def after_round(
    items: Collection[ItemState], *, is_told: bool, has_open_calls: bool, is_looked_again: bool
) -> PlanEvent | None:
    """What a round of the job makes of a plan at work; nothing while there is more to do by itself.

    Whatever can still be undone is not finished: it is as long as people are not told. Nor is what waits for citizens,
    and nobody here has anything to do about that.
    """
    if ItemState.PENDING in items:
        return PlanEvent.WORK
    if ItemState.UNDECIDED in items or has_open_calls:
        return PlanEvent.LEAVE_OPEN
    if ItemState.ASKED in items:
        return PlanEvent.WORK
    return PlanEvent.SETTLE if is_told and is_looked_again else None

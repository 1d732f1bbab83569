"""A plan as those see it who decide about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from dimoslive.domain.desk.booking_line import BookingLine, Words
from dimoslive.domain.plans.changes import Change
from dimoslive.domain.plans.impact import Contact, FreeTime
from dimoslive.domain.plans.proposals import Decision, ProposalKind, Target
from dimoslive.domain.plans.statuses import ItemState, PlanState

MIN_MESSAGE_LENGTH, MAX_MESSAGE_LENGTH = 10, 500
PAGE_SIZE = 100


@dataclass(frozen=True, slots=True)
class PlanCounts:
    """What is hit and what is decided, over all pages."""

    hits: int = 0
    by_contact: Mapping[Contact, int] = field(default_factory=dict)
    by_decision: Mapping[Decision, int] = field(default_factory=dict)
    by_state: Mapping[ItemState, int] = field(default_factory=dict)
    healed: int = 0
    already_out: int = 0
    lost: int = 0
    gained: int = 0
    modes_lost: int = 0
    calls: int = 0
    """So many will be, or are, to be phoned."""
    calls_open: int = 0


@dataclass(frozen=True, slots=True, repr=False)
class PlanItem:
    """One booking of a plan; ``booking`` is how it stands now, ``was_…`` how it stood before."""

    id: int
    booking: BookingLine
    was_starts_at: datetime
    was_desk_id: int
    contact: Contact
    proposal: ProposalKind
    proposed: Target | None
    decision: Decision | None
    target: Target | None
    state: ItemState
    can_choose: bool = False
    """Whether the citizen could be asked for another time."""
    problem: str = ""
    """Why somebody has to decide, in a word: ``appeared`` or ``taken``."""


@dataclass(frozen=True, slots=True, repr=False)
class Plan:
    """A change with what it does, and one page of its items."""

    id: int
    municipality_id: int
    state: PlanState
    change: Change
    made_by: str
    made_at: datetime
    applied_at: datetime | None
    mails_at: datetime | None
    """When people are told: before apply, when they would be if it were applied now."""
    can_undo: bool
    is_urgent: bool
    message: Words
    counts: PlanCounts
    lost: tuple[FreeTime, ...]
    """The first of them."""
    items: tuple[PlanItem, ...]
    page: int
    desk_names: Mapping[int, Words]
    service_names: Mapping[int, Words]
    department_names: Mapping[int, Words]
    zone: str

    @property
    def pages(self) -> int:
        """How many there are."""
        return max(1, -(-self.counts.hits // PAGE_SIZE))


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan in a list."""

    id: int
    state: PlanState
    change: Change
    made_by: str
    made_at: datetime
    hits: int
    undecided: int
    calls_open: int

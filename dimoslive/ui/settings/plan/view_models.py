"""A plan and its bookings as the page shows them."""

from dataclasses import dataclass
from datetime import datetime

from dimoslive.domain.booking.booking import BY_MUNICIPALITY
from dimoslive.domain.people.personal_data import PhoneNumber
from dimoslive.domain.plans.impact import Contact
from dimoslive.domain.plans.plan import Plan, PlanItem
from dimoslive.domain.plans.proposals import Decision, ProposalKind, Target
from dimoslive.domain.plans.statuses import BEFORE_APPLY, ItemState, PlanState
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.i18n import Texts
from dimoslive.i18n.dates import desk_clock, short_day
from dimoslive.services.plans.offer_targets import OfferedTargets
from dimoslive.ui.staff.parts import Choice


@dataclass(frozen=True)
class PlanItemView:
    """One booking of a plan."""

    id: str
    day: str
    """Where not all are of one day."""
    time: str
    name: str
    mode: str
    where: str
    remark: str
    service: str
    contact: str
    """``email``, ``phone`` or ``none``."""
    address: str
    href: str
    proposal: str
    proposal_sub: str
    decision: str
    target: str
    follows: str
    state: str
    """What came of it, in words; empty while it is to be decided."""
    is_warning: bool
    can_decide: bool
    can_move: bool
    can_choose: bool


@dataclass(frozen=True)
class TargetChoice:
    """A place that a booking could be given."""

    value: str
    text: str


def show_item(item: PlanItem, plan: Plan, t: Texts, *, has_days: bool) -> PlanItemView:
    """The booking as it stood, what is proposed, and what follows from the decision."""
    line, zone = item.booking, plan.zone
    can_decide = item.state in (ItemState.PENDING, ItemState.UNDECIDED) and plan.state not in (
        PlanState.STALE,
        PlanState.DROPPED,
        PlanState.UNDONE,
    )
    return PlanItemView(
        id=str(item.id),
        day=short_day(local_day(item.was_starts_at, zone), t.language) if has_days else "",
        time=desk_clock(item.was_starts_at, zone),
        name=line.person.listed or t("plan.no_name"),
        mode=line.mode.value,
        where=f"{t(f'plan.mode.{line.mode.value}')} · {_desk(item.was_desk_id, plan, line.desk_name, t)}",
        remark=t("plan.by_staff") if line.source in BY_MUNICIPALITY else "",
        service=line.service_name[t.language],
        contact=item.contact.value,
        address=_address(item, t),
        href=_href(item),
        proposal=_place(item.proposed, plan, t, day_of=item.was_starts_at) if item.proposed else t("plan.no_place"),
        proposal_sub=t(f"plan.proposal.{item.proposal.value}") if item.proposal is not ProposalKind.NONE else "",
        decision=item.decision.value if item.decision else "",
        target=_place(item.target, plan, t, day_of=item.was_starts_at)
        if item.target and item.decision is Decision.MOVE
        else "",
        follows=_follows(item, plan, t),
        state=_state(item, plan, t),
        is_warning=item.state is ItemState.UNDECIDED or item.decision is Decision.KEEP,
        can_decide=can_decide,
        can_move=item.target is not None or item.proposed is not None,
        can_choose=item.can_choose,
    )


def show_targets(offered: OfferedTargets, plan: Plan, t: Texts) -> list[TargetChoice]:
    """The places of a day."""
    modes = {target.mode for target in offered.targets}
    return [
        TargetChoice(
            target_word(target),
            " · ".join(
                [
                    desk_clock(target.starts_at, plan.zone),
                    plan.desk_names[target.desk_id][t.language],
                    *([t(f"plan.mode.{target.mode.value}")] if len(modes) > 1 else []),
                ]
            ),
        )
        for target in offered.targets
    ]


def target_word(target: Target) -> str:
    """A place as a value of a choice."""
    return f"{int(target.starts_at.timestamp())}|{target.desk_id}|{target.mode.value}"


def decisions(t: Texts) -> list[Choice]:
    """What can be decided about one."""
    return [Choice(decision.value, t(f"plan.decision.{decision.value}")) for decision in Decision]


def _place(target: Target, plan: Plan, t: Texts, *, day_of: datetime) -> str:
    day, own = local_day(target.starts_at, plan.zone), local_day(day_of, plan.zone)
    parts = [] if day == own else [short_day(day, t.language)]
    parts.append(desk_clock(target.starts_at, plan.zone))
    return f"{' '.join(parts)} · {plan.desk_names[target.desk_id][t.language]}"


def _desk(desk_id: int, plan: Plan, lane_of: dict[str, str], t: Texts) -> str:
    names = plan.desk_names.get(desk_id, lane_of)
    return names[t.language]


def _address(item: PlanItem, t: Texts) -> str:
    if item.contact is Contact.EMAIL:
        return item.booking.email
    if item.contact is Contact.PHONE and item.booking.phone:
        return PhoneNumber(item.booking.phone).shown
    return t("plan.no_contact")


def _href(item: PlanItem) -> str:
    if item.contact is Contact.EMAIL and item.booking.email:
        return f"mailto:{item.booking.email}"
    return f"tel:{item.booking.phone}" if item.contact is Contact.PHONE and item.booking.phone else ""


def _follows(item: PlanItem, plan: Plan, t: Texts) -> str:
    if item.decision is None or item.state is ItemState.SKIPPED:
        return ""
    if item.decision is Decision.KEEP:
        return t("plan.follows.keep")
    is_told = item.state in (ItemState.DONE, ItemState.ASKED) and plan.mails_at is not None and not plan.can_undo
    way = "choose" if item.decision is Decision.CHOOSE else item.contact.value
    return t(f"plan.follows.{way}{'_done' if is_told else ''}")


def _state(item: PlanItem, plan: Plan, t: Texts) -> str:
    if item.state is ItemState.UNDECIDED:
        return t(f"plan.problem.{item.problem or 'appeared'}")
    if item.state is ItemState.DONE and item.decision is Decision.KEEP:
        return t("plan.unfit")
    if item.state is ItemState.PENDING and plan.state in BEFORE_APPLY:
        return t("plan.unfit") if item.decision is Decision.KEEP else ""
    if item.state is ItemState.SKIPPED and item.decision is Decision.CHOOSE:
        return t("plan.answered")
    if item.state is ItemState.DONE:
        return t(f"plan.done.{item.decision.value}") if item.decision else ""
    return t(f"plan.item.{item.state.value}")

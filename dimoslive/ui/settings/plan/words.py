"""Changes, times and counts of a plan in words."""

from datetime import timedelta

from dimoslive.domain.plans.changes import AbsenceChange, ClosureChange, DeskChange, ServiceChange
from dimoslive.domain.plans.impact import Contact
from dimoslive.domain.plans.plan import Plan, PlanCounts
from dimoslive.domain.plans.proposals import Decision
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.scheduling.periods import Period
from dimoslive.i18n import Texts
from dimoslive.i18n.dates import desk_clock, full_day, short_day, weekday_name
from dimoslive.i18n.desk_dates import desk_hours


def span_words(period: Period, zone: str, t: Texts, *, has_year: bool = False) -> str:
    """«Τρίτη 1 Δεκεμβρίου, 12:00–15:00»; whole days without their hours, and ``has_year`` with it."""
    first = local_day(period.starts_at, zone)
    last = local_day(period.ends_at - timedelta.resolution, zone)
    first_words, last_words = (
        full_day(day, t.language)
        if has_year
        else f"{weekday_name(day.weekday(), t.language)} {short_day(day, t.language)}"
        for day in (first, last)
    )
    is_whole = desk_clock(period.starts_at, zone) == desk_clock(period.ends_at, zone) == "0:00"
    if first == last:
        return first_words if is_whole else t("plan.span.day", day=first_words, hours=desk_hours(period, zone))
    if is_whole:
        return t("plan.span.days", first=first_words, last=last_words)
    starts, ends = desk_clock(period.starts_at, zone), desk_clock(period.ends_at, zone)
    return t("plan.span.both", first=first_words, starts=starts, last=last_words, ends=ends)


def title_of(plan: Plan, t: Texts) -> str:
    """What changes, in one line."""
    change = plan.change
    if isinstance(change, ClosureChange | AbsenceChange):
        has_year = local_day(change.period.starts_at, plan.zone).year != local_day(plan.made_at, plan.zone).year
        when = span_words(change.period, plan.zone, t, has_year=has_year)
    if isinstance(change, ClosureChange):
        key = "plan.title.closure" if change.is_active else "plan.title.reopening"
        return t(key, when=when)
    if isinstance(change, AbsenceChange):
        key = "plan.title.absence" if change.is_active else "plan.title.return"
        desks = ", ".join(plan.desk_names[id_][t.language] for id_ in sorted(change.desk_ids))
        return t(key, desks=desks, when=when)
    if isinstance(change, ServiceChange):
        return t("plan.title.service", name=plan.service_names[change.service_id][t.language])
    if isinstance(change, DeskChange):
        key = "plan.title.desk" if not change.is_active else "plan.title.desk_back"
        return t(key, name=plan.desk_names[change.desk_id][t.language])
    key = "plan.title.department" if not change.is_active else "plan.title.department_back"
    return t(key, name=plan.department_names[change.department_id][t.language])


def about(plan: Plan, t: Texts) -> str:
    """Of whom and why, and that nothing changed as yet."""
    change, parts = plan.change, list[str]()
    if isinstance(change, ClosureChange):
        where = plan.department_names.get(change.department_id or 0)
        parts = [where[t.language] if where else t("closures.everywhere"), f"«{change.reason[t.language]}»"]
    parts.append(t("plan.made_by", by=plan.made_by))
    return " · ".join(parts)


def hit_words(counts: PlanCounts, t: Texts) -> str:
    """«13 επηρεάζονται: 9 με email, 3 μόνο με τηλέφωνο, 1 χωρίς στοιχεία»."""
    if not counts.hits:
        return t("plan.harmless")
    ways = [t.count(f"plan.by.{way}", counts.by_contact[way]) for way in Contact if counts.by_contact.get(way)]
    return t("plan.hits", hits=t.count("plan.hit", counts.hits), ways=", ".join(ways))


def free_words(plan: Plan, t: Texts) -> str:
    """«Χάνονται 5 ελεύθερες ώρες, προστίθενται 0. Οι 12:30, 13:00 …, σε δύο τρόπους.»."""
    counts = plan.counts
    said = t("plan.free", lost=t.count("plan.lost", counts.lost), gained=t.count("plan.gained", counts.gained))
    days = {local_day(time.starts_at, plan.zone) for time in plan.lost}
    if counts.lost and len(days) == 1 and counts.lost == len(plan.lost):
        times = ", ".join(dict.fromkeys(desk_clock(time.starts_at, plan.zone) for time in plan.lost))
        ways = {2: "plan.lost_times_two", 3: "plan.lost_times_three"}.get(counts.modes_lost, "plan.lost_times")
        said = f"{said} {t(ways, times=times)}"
    more = [
        t.count(key, number)
        for key, number in (("plan.healed", counts.healed), ("plan.already_out", counts.already_out))
        if number
    ]
    return " ".join([said, *more])


def decided_words(counts: PlanCounts, t: Texts) -> str:
    """«3 μετακινούνται, 1 κρατείται, καμία ακύρωση»."""
    number = {decision: counts.by_decision.get(decision, 0) for decision in Decision}
    parts = [t.count("plan.sum.move", number[Decision.MOVE])]
    if number[Decision.KEEP]:
        parts.append(t.count("plan.sum.keep", number[Decision.KEEP]))
    cancelled = number[Decision.CANCEL]
    parts.append(t.count("plan.sum.cancel", cancelled) if cancelled else t("plan.sum.no_cancel"))
    if number[Decision.CHOOSE]:
        parts.append(t.count("plan.sum.choose", number[Decision.CHOOSE]))
    undecided = counts.hits - sum(number.values())
    if undecided:
        parts.append(t.count("plan.sum.undecided", undecided))
    return ", ".join(parts)

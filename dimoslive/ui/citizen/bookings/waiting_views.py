"""The waiting list in words, and the wishes as they are typed."""

from dataclasses import dataclass, field
from typing import Any

from dimoslive.domain.booking.waiting_list import Wishes
from dimoslive.domain.desk.typed_times import parse_clock, parse_day
from dimoslive.domain.errors import InvalidInput
from dimoslive.i18n import Texts
from dimoslive.i18n.dates import day_of_month, wall_clock, weekday_name
from dimoslive.i18n.when import greek_time, own_time, until_clock
from dimoslive.services.waiting.show_waiting import Waiting

MAX_TYPED = 40
CLOCKS = ("from_clock", "until_clock")
FIELDS = (*CLOCKS, "not_before")


@dataclass(frozen=True)
class WaitingView:
    """Finished words; ``offered`` is empty where nothing is offered now."""

    can_wait: bool = False
    is_waiting: bool = False
    wishes: str = ""
    weekdays: list[int] = field(default_factory=list)
    """The wishes as they are typed, for the form that changes them."""
    from_clock: str = ""
    until_clock: str = ""
    not_before: str = ""
    offer_id: int = 0
    offered: str = ""
    offered_own: str = ""
    """The same time by the visitor's clock."""
    until: str = ""
    is_answered: bool = False


def show_waiting_view(waiting: Waiting, zone: str, place_zone: str, t: Texts) -> WaitingView:
    """``zone`` is the visitor's."""
    wishes, offer = waiting.wishes or Wishes(), waiting.offer
    starts_at = offer.period.starts_at if offer else None
    return WaitingView(
        can_wait=waiting.can_wait,
        is_waiting=waiting.wishes is not None,
        wishes=_wishes(wishes, t),
        weekdays=sorted(wishes.weekdays),
        from_clock=f"{wishes.from_clock:%-H:%M}" if wishes.from_clock else "",
        until_clock=f"{wishes.until_clock:%-H:%M}" if wishes.until_clock else "",
        not_before=f"{wishes.not_before:%d/%m/%Y}" if wishes.not_before else "",
        offer_id=offer.id if offer else 0,
        offered=greek_time(starts_at, place_zone, t) if starts_at else "",
        offered_own=own_time(starts_at, zone, place_zone, t) if starts_at else "",
        until=t("waiting.until", time=until_clock(offer.until, zone, place_zone, t)) if offer else "",
        is_answered=waiting.is_answered,
    )


def read_wishes(form: dict[str, Any]) -> tuple[Wishes, dict[str, InvalidInput]]:
    """The wishes of a form, and what is wrong with each field."""
    problems: dict[str, InvalidInput] = {}
    found: dict[str, Any] = {}
    for name in FIELDS:
        typed = str(form.get(name) or "")[:MAX_TYPED].strip()
        try:
            found[name] = (parse_clock if name in CLOCKS else parse_day)(typed) if typed else None
        except InvalidInput as problem:
            problems[name] = problem
    days = frozenset(day for day in range(7) if form.get(f"weekday_{day}"))
    return Wishes(weekdays=days, **found) if not problems else Wishes(), problems


def _wishes(wishes: Wishes, t: Texts) -> str:
    words = [weekday_name(day, t.language) for day in sorted(wishes.weekdays)]
    if wishes.from_clock:
        words.append(t("waiting.wish.from", time=wall_clock(wishes.from_clock, t.language)))
    if wishes.until_clock:
        words.append(t("waiting.wish.until", time=wall_clock(wishes.until_clock, t.language)))
    if wishes.not_before:
        words.append(t("waiting.wish.not_before", day=day_of_month(wishes.not_before, t.language)))
    return t("waiting.as_wished", wishes=", ".join(words)) if words else ""

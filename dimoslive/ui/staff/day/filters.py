"""What an address says of a day: which date, and what of it is shown."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from dimoslive.domain.booking.statuses import CANCELLED, BookingStatus
from dimoslive.domain.desk.day import DayBooking, is_done
from dimoslive.domain.scheduling.mode import Mode

MAX_DAYS_AWAY = 400
ALL, MINE = "all", "mine"
DONE, CANCELLED_ONES = "done", "cancelled"
VIEWS = ("list", "board")
NAMES = ("desk", "service", "mode", "status", "view", "page")
_WRITTEN = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})")


@dataclass(frozen=True, slots=True)
class DayFilters:
    """Parsed and bounded; ``desk_id`` is None for all desks. ``is_mine`` where the address names no desk at all."""

    desk: str = ""
    service_id: int | None = None
    mode: Mode | None = None
    status: str = ""
    view: str = "list"
    page: int = 1

    def shows(self, booking: DayBooking, desk_ids: frozenset[int] | None) -> bool:
        """Whether the list has the booking; ``desk_ids`` are the chosen desk and its lanes."""
        return (
            (desk_ids is None or booking.desk_id in desk_ids)
            and self.service_id in {None, booking.service_id}
            and self.mode in {None, booking.mode}
            and _has_status(booking.status, self.status)
        )

    @property
    def number(self) -> int:
        """How many are set."""
        return sum([self.desk not in {"", ALL}, bool(self.service_id), bool(self.mode), bool(self.status)])


def read_filters(asked: Callable[[str], str]) -> DayFilters:
    """From an address, of which anything may be written; what no filter means is left out."""
    mode, status, view = asked("mode"), asked("status"), asked("view")
    desk, page = asked("desk"), asked("page")
    return DayFilters(
        desk=desk if desk in {ALL, MINE} or _number(desk) else "",
        service_id=_number(asked("service")),
        mode=Mode(mode) if mode in set(Mode) else None,
        status=status if status in STATUSES else "",
        view=view if view in VIEWS else "list",
        page=min(_number(page) or 1, 99),
    )


STATUSES = (
    BookingStatus.BOOKED.value,
    BookingStatus.WAITING.value,
    BookingStatus.IN_SERVICE.value,
    DONE,
    CANCELLED_ONES,
)


def named_day(text: str, today: date) -> date | None:
    """The day that an address names, or somebody typed; None if it is none, or too far away. Empty is today."""
    if not text:
        return today
    try:
        if found := _WRITTEN.fullmatch(text.strip()):
            day, month, year = (int(part) for part in found.groups())
            named = date(year + 2000 if year < 100 else year, month, day)
        else:
            named = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return named if abs(named - today) <= timedelta(days=MAX_DAYS_AWAY) else None


def day_query(asked: Callable[[str], str], **changes: str) -> str:
    """The query of the same page with other words in it; empty ones go. The municipality leads."""
    words = {name: asked(name) for name in ("m", "date", *NAMES)} | changes
    return urlencode({name: value for name, value in words.items() if value})


def _has_status(status: BookingStatus, wanted: str) -> bool:
    match wanted:
        case "":
            return True
        case "done":
            return is_done(status)
        case "cancelled":
            return status in CANCELLED
        case _:
            return status.value == wanted


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 and int(text) > 0 else None

"""What the page of a day shows, and how it is read."""

import asyncio
from datetime import date, timedelta

from dimoslive.domain.booking.statuses import CANCELLED, BookingStatus
from dimoslive.domain.desk.day import DayBooking, count_waiting
from dimoslive.domain.errors import ChangedByOther, DomainError, NotFound
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.dates import day_of_month, desk_clock
from dimoslive.services.desk.choose_desk import find_usual_desk
from dimoslive.services.desk.find_outlook import NextDays, find_first_free_day, find_next_days
from dimoslive.services.desk.find_workplace import Workplace
from dimoslive.services.desk.show_day import Day, read_day, see_day, show_day
from dimoslive.ui.shared.call import call, call_together, context
from dimoslive.ui.staff.day.board import Board, show_board
from dimoslive.ui.staff.day.filters import ALL, MINE, DayFilters, day_query, named_day, read_filters
from dimoslive.ui.staff.day.row_fields import DayRow, Strip
from dimoslive.ui.staff.day.rows import show_row, show_strip
from dimoslive.ui.staff.day.view_models import (
    MAX_ROWS,
    Notice,
    Option,
    Tile,
    day_href,
    desk_ids_of,
    desk_options,
    mode_options,
    own_desk_options,
    service_options,
    show_closed,
    show_notices,
    show_scope,
    show_tiles,
    status_options,
)
from dimoslive.ui.staff.state import StaffFrameState, StaffPageState
from dimoslive.urls import localized

MOST_BY_THEMSELVES = 25
"""So many rows that changed go over the wire without the others."""


class ShownDay(StaffPageState, mixin=True):
    """A day in words. It is read as a whole; what is the same as before does not go over the wire again."""

    title: str = ""
    on: str = ""
    """The day as its date field has it."""
    day: str = ""
    query: str = ""
    """What the page listens to: municipality and date."""
    is_today: bool = False
    previous_href: str = ""
    next_href: str = ""
    today_href: str = ""
    date_problem: str = ""
    scope: str = ""
    closed: str = ""
    notices: list[Notice] = []
    tiles: list[Tile] = []
    strips: list[Strip] = []
    first_rows: list[DayRow] = []
    """The rows as they were sent as a whole; those of them that changed since are in ``changed_rows``."""
    changed_rows: list[DayRow] = []
    one_service: str = ""
    """The service that all rows share: said once above them."""
    empty: str = ""
    empty_link: str = ""
    empty_href: str = ""
    now: str = ""
    board: Board = Board([], [], -1, "", 1, 1)
    board_pages: list[Option] = []
    view: str = "list"
    filters_set: int = 0
    desk: str = ""
    service: str = ""
    mode: str = ""
    status: str = ""
    desks: list[Option] = []
    services: list[Option] = []
    modes: list[Option] = []
    statuses: list[Option] = []
    own_desks: list[Option] = []
    tab: str = ""
    """The title of the browser's tab, with the number of those who wait."""
    said: str = ""
    said_version: int = 0
    """What happened since the day was read last, to be said aloud."""
    asks_desk: bool = False
    my_desk: str = ""
    my_desk_name: str = ""
    late_tells: str = ""
    is_missing: bool = False
    """The address names a desk that is not of the municipality."""
    arrivals: int = 0
    """How often somebody came to my desk while the page was open, for officials who want to hear it."""
    _first_rows: tuple[DayRow, ...] = ()
    """The same as ``first_rows``, for reading: a list of a state wraps each of its items when it is looked at."""
    _seen: dict[str, str] = {}
    _at_my_desk: frozenset[str] = frozenset()

    @property
    def rows(self) -> list[DayRow]:
        """The rows as they are now."""
        changed = {row.reference: row for row in self.changed_rows}
        return [changed.get(row.reference, row) for row in self._first_rows]

    def _show_rows(self, rows: list[DayRow]) -> None:
        """What few presses changed goes over the wire by itself: a full day is a hundred times as much."""
        first = self._first_rows
        # A row that is the same object needs no comparing.
        changed = [row for row, before in zip(rows, first, strict=False) if row is not before and row != before]
        is_other = [row.reference for row in rows] != [row.reference for row in first]
        if is_other or len(changed) > MOST_BY_THEMSELVES:
            self._first_rows, self.first_rows, self.changed_rows = tuple(rows), rows, []
        else:
            self._show(changed_rows=changed)

    def _here(self, **changes: str) -> str:
        """The same page with other words in its address."""
        return localized("/desk", self._language()) + "?" + day_query(self._asker(), **changes)

    async def _read(self, official: Official, *, together: bool = False) -> Day:
        """Read the day that the address names, and show it; ``together`` with others who heard of the same news."""
        t, place = texts_of(self._language()), await self._workplace(official)
        today = local_day(context().clock.now(), place.zone)
        asked = self._asker()
        named = named_day(asked("date"), today)
        on = named or today
        if together:
            day, first_free = await _read_together(official, place, on)
        else:
            day, first_free = await asyncio.gather(
                call(show_day, official, place, on), call(find_first_free_day, place)
            )
        next_days = None
        if day.closed or not day.bookings:
            next_days = await call(find_next_days, official, place, day.day)
        if not day.my_desk.is_asked and day.day == today and not self.is_loaded:
            usual = await call(find_usual_desk, official, place)
            self._show(my_desk=str(usual or ""), asks_desk=len(day.desks) > 0)
        filters = read_filters(asked)
        self._show(is_missing=filters.desk not in {"", ALL, MINE} and int(filters.desk) not in day.all_desk_ids)
        if self.is_missing:
            raise NotFound()
        frame = await self.get_state(StaffFrameState)
        self._show_head(day, filters, t)
        self._show(
            date_problem="" if named else t("day.date_unreadable"),
            notices=show_notices(day, frame.calls, t),
            tiles=show_tiles(day, filters, asked, first_free, t),
            strips=_strips(day, t),
            closed=show_closed(day, next_days, t),
        )
        self._show_bookings(day, filters, next_days, t)
        self._say(day, t)
        self._show(is_loaded=True, _at_my_desk=day.at_my_desk)
        return day

    def _show(self, **values: object) -> None:
        """Only what has changed: an open page that nothing happens to gets nothing."""
        for name, value in values.items():
            if getattr(self, name) != value:
                setattr(self, name, value)

    def _show_head(self, day: Day, filters: DayFilters, t: Texts) -> None:
        chosen = next((one for one in day.desks if one.id == day.my_desk.desk_id), None)
        waiting = count_waiting(day.waiting)
        self._show(
            title=day_of_month(day.day, t.language),
            on=f"{day.day:%d/%m/%Y}",
            day=day.day.isoformat(),
            query=f"m={day.place.slug}&date={day.day.isoformat()}",
            is_today=day.day == day.today,
            previous_href=day_href(day, day.day - timedelta(days=1), t),
            next_href=day_href(day, day.day + timedelta(days=1), t),
            today_href=day_href(day, day.today, t),
            scope=show_scope(day, t),
            view=filters.view,
            filters_set=filters.number,
            desk=filters.desk or (MINE if day.my_desk.desk_id else ALL),
            service=str(filters.service_id or ""),
            mode=filters.mode.value if filters.mode else "",
            status=filters.status,
            desks=desk_options(day, t),
            services=service_options(day, t),
            modes=mode_options(t),
            statuses=status_options(t),
            own_desks=own_desk_options(day, t),
            tab=t("day.tab", n=waiting) if waiting and day.day == day.today else "",
            my_desk_name=chosen.name[t.language] if chosen else "",
            late_tells=t.count("desk.late.tells", waiting),
        )

    def _show_bookings(self, day: Day, filters: DayFilters, next_days: NextDays | None, t: Texts) -> None:
        ids = desk_ids_of(day, filters)
        shown = [one for one in day.bookings if filters.shows(one, ids)]
        is_one_service = len({one.service_id for one in shown}) == 1 and len(shown) > 1
        rows = [show_row(one, day, t) for one in shown] if len(shown) <= MAX_ROWS and filters.view == "list" else []
        board = Board([], [], -1, "", 1, 1)
        if filters.view == "board":
            board = show_board(day, shown, [one for one in day.desks if ids is None or one.id in ids], filters.page, t)
        pages = [Option(self._here(page=str(page)), str(page)) for page in range(1, board.pages + 1)]
        empty, link, href = _empty(day, shown, next_days, t)
        self._show_rows(rows)
        self._show(
            now=t("day.now", time=desk_clock(day.now, day.place.zone)) if day.day == day.today else "",
            one_service=t("day.one_service", name=rows[0].service) if is_one_service and rows else "",
            board=board,
            board_pages=pages if len(pages) > 1 else [],
            empty=empty,
            empty_link=link,
            empty_href=href or self._here(desk=ALL, service="", mode="", status=""),
        )

    def _say(self, day: Day, t: Texts) -> None:
        """What changed under the eyes of somebody who looks elsewhere: who came, what was booked or cancelled."""
        before = dict(self._seen)
        seen = {one.reference: _seen_as(one, day) for one in day.bookings if not one.is_held}
        if seen == before:
            return
        sentences = [
            sentence
            for one in day.bookings
            if before and not one.is_held
            if (sentence := _sentence(one, before.get(one.reference, ""), seen[one.reference], day, t))
        ]
        if sentences:
            self.said, self.said_version = ". ".join(sentences), self.said_version + 1
        self._seen = seen

    def _refuse(self, refusal: DomainError) -> None:
        """Who was faster, and when; all else as on other pages."""
        super()._refuse(refusal)
        if isinstance(refusal, ChangedByOther):
            t, words = texts_of(self._language()), dict(refusal.params)
            status = str(words.get("status", ""))
            words["status"] = t(f"desk.status.{status}")
            known = status if t.has(f"desk.changed.{status}") else "any"
            self.problem = t(f"desk.changed.{known}" if words.get("by") else "desk.changed.nobody", **words)


async def _read_together(official: Official, place: Workplace, on: date) -> tuple[Day, date | None]:
    alike = read_day, place.slug, on, official.rights, official.is_platform_admin
    day, first_free = await asyncio.gather(
        call_together(alike, read_day, official, place, on),
        call_together((find_first_free_day, place.slug, place.right), find_first_free_day, place),
    )
    return await call(see_day, official, day), first_free


def _strips(day: Day, t: Texts) -> list[Strip]:
    """The first of my desk who is there is the next; without a desk of mine nobody is."""
    mine = day.my_desk.desk_id
    own = [one for one in day.waiting if not one.is_away and one.booking.desk_id == mine]
    return [show_strip(one, day, t, is_next=bool(own) and one is own[0]) for one in day.waiting]


def _empty(day: Day, shown: list[DayBooking], next_days: NextDays | None, t: Texts) -> tuple[str, str, str]:
    """What stands in the place of rows: a sentence, and a link with its address."""
    if len(shown) > MAX_ROWS:
        return t("day.too_many", n=len(shown)), "", ""
    if shown:
        return "", "", ""
    if day.bookings:
        return t("day.none_with_filters"), t("day.filter.clear"), ""
    sentence = t("day.none_today" if day.day == day.today else "day.none")
    if next_days is None or next_days.booked_on is None:
        return sentence, "", "#"
    on = next_days.booked_on
    link = t("day.next_booked", day=day_of_month(on, t.language), n=next_days.booked)
    return sentence, link, day_href(day, on, t)


def _seen_as(booking: DayBooking, day: Day) -> str:
    return "present" if booking.reference in day.present else booking.status.value


def _sentence(booking: DayBooking, before: str, after: str, day: Day, t: Texts) -> str:
    if before == after:
        return ""
    time = desk_clock(booking.period.starts_at, day.place.zone)
    if after == "present":
        return t("day.said.waits", name=show_row(booking, day, t).spoken)
    if not before and after == BookingStatus.BOOKED.value:
        return t("day.said.booked", time=time)
    return t("day.said.cancelled", time=time) if booking.status in CANCELLED else ""

"""The day in one line, for an official who is in a call: how many wait meanwhile, and who is next."""

import reflex as rx

from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.day import DayBooking
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.i18n import Texts, texts_of
from dimoslive.services.desk.find_workplace import open_frame
from dimoslive.services.desk.show_day import Day, show_day
from dimoslive.ui.shared.call import call, context
from dimoslive.ui.shared.guard import background, for_official
from dimoslive.ui.staff.day.filters import DayFilters
from dimoslive.ui.staff.day.rows import show_row
from dimoslive.ui.staff.day.view_models import day_href, desk_ids_of
from dimoslive.ui.staff.live import day_listener
from dimoslive.ui.staff.state import MAX_SLUG_LENGTH, StaffPageState


class DayLineState(StaffPageState, rx.State):
    """Today, as far as it waits for the official: at the own desk, or at all where none is chosen."""

    query: str = ""
    """What the page listens to; empty where nobody knows for which municipality."""
    waiting: str = ""
    next_time: str = ""
    next_name: str = ""
    """Of whoever comes next; empty where nobody does."""
    href: str = ""

    @for_official(Permission.VIEW_DESK)
    async def load(self, official: Official) -> None:
        """Of the municipality that the address names, or the one used last."""
        await self._read(official)

    @for_official(Permission.VIEW_DESK)
    @background
    async def refresh(self, official: Official) -> None:
        """Something changed."""
        await self._read(official)

    async def _read(self, official: Official) -> None:
        place = (await call(open_frame, official, self._asked("m", MAX_SLUG_LENGTH))).chosen
        if place is None:
            return
        t = texts_of(self._language())
        day = await call(show_day, official, place, local_day(context().clock.now(), place.zone))
        others, following = _others(day, self._asked("reference"))
        row = show_row(following, day, t) if following else None
        self.query = f"m={place.slug}&date={day.day.isoformat()}"
        self.waiting = t.count("day_line.waiting", others) if others else t("day_line.nobody")
        self.next_time, self.next_name = (row.time, row.spoken) if row else ("", "")
        self.href = day_href(day, day.day, t)


def _others(day: Day, here: str) -> tuple[int, DayBooking | None]:
    """How many wait beside the one who is in the call, and who is next: the first of them, else who has the next time.

    Of the own desk and its lanes, as on the page of a day; of all desks where none was chosen.
    """
    ids = desk_ids_of(day, DayFilters())
    own = [one for one in day.bookings if one.reference != here and (ids is None or one.desk_id in ids)]
    known = {one.reference: one for one in own}
    waiting = [
        known[one.booking.reference] for one in day.waiting if not one.is_away and one.booking.reference in known
    ]
    ahead = [one for one in own if one.status is BookingStatus.BOOKED and one.period.starts_at >= day.now]
    return len(waiting), next(iter([*waiting, *sorted(ahead, key=lambda one: one.period.starts_at)]), None)


def day_line(t: Texts) -> rx.Component:
    """Beside the mark. The day opens in a tab of its own, since the call goes on in this one."""
    s = DayLineState
    return rx.cond(
        s.query != "",
        rx.el.p(
            day_listener(s.query, s.refresh),
            rx.el.span(s.waiting, class_name="dayline__n"),
            rx.cond(
                s.next_name != "",
                rx.el.span(
                    t("day_line.next"), " ", rx.el.time(s.next_time), " ", rx.el.span(s.next_name, lang="el"),
                    class_name="dayline__next",
                ),
                rx.fragment(),
            ),
            rx.el.a(
                t("day_line.open"),
                rx.el.span(" ", t("frame.new_tab"), class_name="govgr-visually-hidden"),
                href=s.href,
                target="_blank",
            ),
            class_name="dayline",
        ),
        rx.fragment(),
    )  # fmt: skip

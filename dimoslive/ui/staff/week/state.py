"""The week: which one the address names, of what, and the ways to others."""

from datetime import date, timedelta
from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventSpec

from dimoslive.domain.desk.typed_days import read_typed_day
from dimoslive.domain.desk.week import MAX_DAYS_AWAY, monday_of
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.desk_dates import week_title
from dimoslive.services.desk.find_workplace import Workplace
from dimoslive.services.desk.show_week import Week, WeekFilter, show_week
from dimoslive.ui.shared.call import call, context
from dimoslive.ui.shared.guard import background, for_official
from dimoslive.ui.staff.parts import Choice, id_word, read_id
from dimoslive.ui.staff.state import StaffPageState
from dimoslive.ui.staff.week.view_models import WeekCard, WeekCell, WeekRow, show_cards, show_rows

FILTERS = ("department", "service")


class WeekState(StaffPageState, rx.State):
    """A week of one municipality, in counts."""

    title: str = ""
    previous: str = ""
    this: str = ""
    next: str = ""
    is_this: bool = False
    scope: str = ""
    cards: list[WeekCard] = []
    rows: list[WeekRow] = []
    sums: list[WeekCell] = []
    departments: list[Choice] = []
    services: list[Choice] = []
    department: str = ""
    service: str = ""
    has_services: bool = False

    @for_official(Permission.VIEW_DESK)
    async def load(self, official: Official) -> None:
        """The week that the address names; one that is none, or too far away, is this week."""
        await self._read(official)

    @for_official(Permission.VIEW_DESK)
    @background
    async def refresh(self, official: Official) -> None:
        """Something changed, or a minute has passed."""
        await self._read(official)

    @for_official(Permission.VIEW_DESK)
    async def choose_department(self, _official: Official, department: str) -> EventSpec:
        """Another address of the same page; a service of another department is no choice any more."""
        return rx.redirect(self._here(department=id_word(department), service=""))

    @for_official(Permission.VIEW_DESK)
    async def choose_service(self, _official: Official, service: str) -> EventSpec:
        """Another address of the same page."""
        return rx.redirect(self._here(service=id_word(service)))

    async def _read(self, official: Official) -> None:
        t, place = texts_of(self._language()), await self._workplace(official)
        today = local_day(context().clock.now(), place.zone)
        self.department, self.service = (id_word(self._asked(name, 20)) for name in FILTERS)
        only = WeekFilter(read_id(self.department), read_id(self.service))
        week = await call(show_week, official, place, self._day(today), only)
        self._show(week, place, t)

    def _show(self, week: Week, place: Workplace, t: Texts) -> None:
        last = week.days[-1].use.day
        self.title = t("week.title", days=week_title(week.monday, last, t.language))
        self.is_this = monday_of(week.today) == week.monday
        self.this = self._here(week="")
        self.previous, self.next = (self._week(week.monday + timedelta(days=by), week.today) for by in (-7, 7))
        self.cards, self.rows = show_cards(week, place.slug, place.zone, t), show_rows(week, t)
        self.sums = [
            WeekCell(day.use.day.isoformat(), str(day.use.booked), "", day.use.day == week.today) for day in week.days
        ]
        names = {one.department_id: one.department_name[t.language] for one in week.choices}
        self.scope = t("lists.scope", names=", ".join(names.values())) if place.right.department_ids else ""
        self.departments = [Choice(str(id_), name) for id_, name in names.items()]
        only = read_id(self.department)
        self.services = [
            Choice(str(one.id), one.name[t.language]) for one in week.choices if only in {None, one.department_id}
        ]
        self.has_services = bool(week.choices)
        self.is_loaded = True

    def _day(self, today: date) -> date:
        day = read_typed_day(self._asked("week"))
        return day if day is not None and abs(day - today) <= timedelta(days=MAX_DAYS_AWAY) else today

    def _week(self, monday: date, today: date) -> str:
        """Its address; empty where no weeks are shown any more."""
        return self._here(week=monday.isoformat()) if abs(monday - today) <= timedelta(days=MAX_DAYS_AWAY) else ""

    def _here(self, **changes: str) -> str:
        words = {name: self._asked(name, 80) for name in ("m", "week", *FILTERS)} | changes
        return f"{self.router.url.path}?{urlencode({name: value for name, value in words.items() if value})}"

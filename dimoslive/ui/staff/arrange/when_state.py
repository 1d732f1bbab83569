"""The right side of «Νέα κράτηση» and «Μετακίνηση»: the free times, the calendar, any other time, and now."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from dimoslive.domain.desk.placing import PlaceWarning
from dimoslive.domain.desk.typed_times import parse_minutes, typed_start
from dimoslive.domain.errors import DomainError, InvalidInput, LanesFull, NotOffered, SlotTaken, UnansweredWarnings
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.dates import short_day
from dimoslive.services.desk.look_at_place import look_at_place
from dimoslive.services.desk.offer_times import OfferedTimes, offer_times
from dimoslive.services.desk.open_new_booking import ServiceChoice
from dimoslive.services.desk.take_place import WantedPlace
from dimoslive.ui.shared.call import call, context
from dimoslive.ui.shared.guard import background, for_official
from dimoslive.ui.staff.arrange.view_models import (
    Choice,
    DayView,
    FieldError,
    MonthView,
    WarningView,
    read_slot,
    show_day,
    show_days,
    show_desks,
    show_month,
    show_period,
    show_warnings,
)
from dimoslive.ui.staff.state import StaffPageState

WAYS = ("first", "calendar", "other", "now")
OWN = "own"
"""Of a move alone: the time that the booking has."""
MAX_TYPED = 5000
"""What is kept of a field: more than any of them allows, so that nobody loses text."""
PLACE_FIELDS = ("typed_date", "typed_clock", "typed_minutes", "hours_reason", "capacity_reason")
_AT = {"date": "typed_date", "clock": "typed_clock", "duration": "typed_minutes", "starts_at": "typed_clock"}
_OF_THE_PLACE = frozenset({*PLACE_FIELDS, "time"})


class WhenState(StaffPageState, mixin=True):
    """What may be chosen, what is chosen, and what stands against it."""

    way: str = "first"
    """One of `WAYS`, or `OWN`."""
    mode: str = ""
    desks: list[Choice] = []
    desk: str = ""
    typed_date: str = ""
    typed_clock: str = ""
    typed_minutes: str = ""
    hours_reason: str = ""
    capacity_reason: str = ""
    first_days: list[DayView] = []
    month: MonthView = MonthView()
    day: DayView = DayView()
    nothing_free: str = ""
    chosen: str = ""
    """The picked free time."""
    summary: str = ""
    """The place in words, or nothing while none is chosen."""
    gone: str = ""
    """That the picked time is no longer free."""
    warnings: list[WarningView] = []
    wants_hours_reason: bool = False
    wants_capacity_reason: bool = False
    errors: list[FieldError] = []
    error_of: dict[str, str] = {}
    day_query: str = ""
    """Of which day the page hears: that of the chosen time, else the first that has free ones."""
    form_version: int = 0
    """Another form for other words: a browser would keep the old one's fields as they were."""
    _service: ServiceChoice | None = None
    _zone: str = ATHENS

    @for_official(Permission.ARRANGE)
    @background
    async def choose_way(self, official: Official, way: str) -> None:
        """First free, calendar, another time or now."""
        self.way = way if way in (OWN, *WAYS) else "first"
        self.chosen = self.gone = ""
        await self._read(official)

    @for_official(Permission.ARRANGE)
    @background
    async def pick(self, official: Official, slot: str) -> None:
        """A free time."""
        self.chosen, self.gone = slot[:40], ""
        await self._look(official)
        self._listen(self._today())

    @for_official(Permission.ARRANGE)
    @background
    async def choose_desk(self, official: Official, desk: str) -> None:
        """For another time, or now."""
        self.desk = desk[:20]
        await self._look(official)

    @for_official(Permission.ARRANGE)
    async def leaf(self, official: Official, first: str) -> None:
        """Another month."""
        if first:
            await self._read(official, month=_day_of(first))

    @for_official(Permission.ARRANGE)
    async def show_day(self, official: Official, on: str) -> None:
        """A day of the month."""
        self.chosen = self.gone = ""
        await self._read(official, day=_day_of(on))

    @for_official(Permission.ARRANGE)
    @background
    async def refresh(self, official: Official) -> None:
        """Somebody changed a day: the times are read again, and a picked one that went is said."""
        if self.is_loaded and self._service is not None:
            await self._read(official)

    async def _read(self, official: Official, *, month: date | None = None, day: date | None = None) -> None:
        """The free times as they are now, where the page shows them, and what stands against the place."""
        if self._service is None:
            return
        t = texts_of(self._language())
        day = day or _day_of(self.day.on)
        try:
            offered = await call(
                offer_times, official, self._service.id, Mode(self.mode), day=day, moving=self._moving()
            )
        except NotOffered:
            # Meanwhile it is offered no more: the last press says so.
            offered = OfferedTimes(self._zone, self._today(), self._today())
        self._show_offered(offered, month or _day_of(self.month.first) or offered.today, day, t)
        await self._look(official)
        self._listen(offered.today)

    def _listen(self, today: date) -> None:
        slot = read_slot(self.chosen)
        first = self.first_days[0].on if self.first_days else today.isoformat()
        if self.way == "calendar" and self.day.on:
            first = self.day.on
        on = local_day(slot[0], self._zone).isoformat() if slot else first
        self.day_query = urlencode({"m": self._asked("m", 80), "date": on})

    def _show_offered(self, offered: OfferedTimes, month: date, day: date | None, t: Texts) -> None:
        names = {desk.id: desk.name[t.language] for desk in self._service.desks} if self._service else {}
        self._zone, today = offered.zone, offered.today
        self.first_days = show_days(offered.first, names, offered.zone, today, t)
        self.month = show_month(month.replace(day=1), offered.days, day, today, offered.last_day, t)
        shown = show_days(offered.of_day, names, offered.zone, today, t)
        empty = DayView(day.isoformat(), show_day(day, today, t)) if day else DayView()
        self.day = shown[0] if shown else empty
        self.nothing_free = ""
        if not offered.first:
            self.nothing_free = t("arrange.nothing_free", day=short_day(offered.last_day, t.language))
            self.way = "other" if self.way == "first" else self.way
        elif self.way == "first" and not self.chosen and not self.gone and not self._moving():
            # The caller usually takes the first: then nobody has to pick it.
            self.chosen = self.first_days[0].times[0].value

    async def _look(self, official: Official) -> None:
        """What stands against the place as it is chosen now. A field that is not filled in yet is no mistake."""
        t = texts_of(self._language())
        self._forget_place()
        if self._service is None or not self._is_placed():
            return
        try:
            place = await call(
                look_at_place,
                official,
                self._service.id,
                Mode(self.mode),
                self._wanted(),
                moving=self._moving(),
            )
        except SlotTaken:
            self.gone, self.chosen = t("arrange.gone"), ""
        except InvalidInput as refusal:
            self.error_of = {**self.error_of, self._at(refusal): say(refusal, t)}
        except DomainError as refusal:
            self._refuse(refusal)
        else:
            self._show_place(place.period, place.desk.id or 0, place.warnings, t)

    def _show_place(self, period: Period, desk_id: int, warnings: Sequence[PlaceWarning], t: Texts) -> None:
        assert self._service is not None
        names = {desk.id: desk.name[t.language] for desk in self._service.desks}
        self.summary = show_period(period, names.get(desk_id, ""), self._zone, self._today(), t)
        self.warnings = show_warnings(warnings, self._service.duration_minutes, t)
        kinds = {warning.kind for warning in self.warnings}
        self.wants_hours_reason, self.wants_capacity_reason = "hours" in kinds, "capacity" in kinds

    def _forget_place(self) -> None:
        self.summary, self.warnings = "", []
        self.wants_hours_reason = self.wants_capacity_reason = False
        self._forget_errors(_OF_THE_PLACE)

    def _is_placed(self) -> bool:
        """Whether enough is chosen to look at the place."""
        if self.way in ("now", OWN):
            return True
        return bool(self.typed_date.strip() and self.typed_clock.strip()) if self.way == "other" else bool(self.chosen)

    def _wanted(self) -> WantedPlace:
        """The place as the fields say it; raises `InvalidInput`."""
        reasons = {
            "hours_reason": self.hours_reason if self.wants_hours_reason else "",
            "capacity_reason": self.capacity_reason if self.wants_capacity_reason else "",
        }
        if self.way in ("first", "calendar"):
            slot = read_slot(self.chosen)
            if slot is None:
                raise InvalidInput("time", "time_required")
            return WantedPlace(slot[1], slot[0], is_offered=True)
        if self.way == OWN:
            return self._own_place(reasons)
        minutes = parse_minutes(self.typed_minutes) if self.typed_minutes.strip() else 0
        starts_at = None if self.way == "now" else typed_start(self.typed_date, self.typed_clock, self._zone)
        return WantedPlace(number_of(self.desk), starts_at, minutes, **reasons)

    def _own_place(self, reasons: dict[str, str]) -> WantedPlace:  # noqa: ARG002  # a move has a place to answer for
        """Where the booking stands; a new one stands nowhere."""
        raise InvalidInput("time", "time_required")

    def _keep_place(self, form: dict[str, Any]) -> None:
        """Typed fields count as they stand in the browser; what is picked was told when it was picked."""
        for name in PLACE_FIELDS:
            if name in form:
                setattr(self, name, str(form[name])[:MAX_TYPED])

    async def _refused_place(self, official: Official, refusal: DomainError) -> None:
        """Say it where it belongs, read the times anew, and lose nothing that was typed."""
        t = texts_of(self._language())
        if isinstance(refusal, (SlotTaken, LanesFull)):
            self.chosen = ""
            await self._read(official)
            self.gone = "" if isinstance(refusal, LanesFull) else t("arrange.gone")
            self._say(FieldError("time", t(f"error.{refusal.code}")))
        elif isinstance(refusal, UnansweredWarnings):
            await self._read(official)
            self._say(*self._open_warnings(refusal.warnings, t))
        else:
            raise refusal

    def _open_warnings(self, warnings: Sequence[str], t: Texts) -> list[FieldError]:
        """Where each open one is answered."""
        kinds = show_warnings([PlaceWarning(word) for word in warnings if word in set(PlaceWarning)], 0, t)
        fields = dict.fromkeys(f"{warning.kind}_reason" for warning in kinds)
        return [FieldError(name, t(f"arrange.{name}")) for name in fields]

    def _say(self, *errors: FieldError) -> None:
        self.errors = [*errors]
        self.error_of = {error.name: error.text for error in errors}
        self._focus("error-summary")

    def _forget_errors(self, fields: Collection[str]) -> None:
        """What may be right by now is told no longer."""
        self.errors = [error for error in self.errors if error.name not in fields]
        self.error_of = {name: text for name, text in self.error_of.items() if name not in fields}

    def _open_service(self, service: ServiceChoice | None, t: Texts) -> None:
        """Show what this service offers; the desk chosen before stays if it serves this one too."""
        self._service = service
        self.desks = show_desks(service.desks, t) if service else []
        if self.desks and self.desk not in {desk.value for desk in self.desks}:
            self.desk = self.desks[0].value
        self.typed_minutes = str(service.duration_minutes) if service else ""
        self.typed_date = self.typed_date or f"{self._today():%d/%m/%Y}"
        self.chosen = self.gone = ""

    def _forget_when(self) -> None:
        """As when the page was opened."""
        self.way, self.chosen, self.gone, self.typed_date, self.typed_clock = "first", "", "", "", ""
        self.hours_reason = self.capacity_reason = ""
        self.month, self.day = MonthView(), DayView()
        self._forget_place()

    def _at(self, problem: InvalidInput) -> str:
        """The field that a problem stands at; a time that nobody typed has none of its own."""
        name = at_field(problem)
        return "time" if self.way == OWN and name in _AT.values() else name

    def _moving(self) -> str:
        """The reference of the booking that is moved."""
        return ""

    def _today(self) -> date:
        return local_day(context().clock.now(), self._zone)


def at_field(problem: InvalidInput) -> str:
    """The field of these pages that a problem stands at."""
    return _AT.get(problem.field, problem.field)


def say(problem: InvalidInput, t: Texts) -> str:
    """A problem in the words of its field, if there are such, else in general ones."""
    own = f"error.{problem.field}.{problem.code}"
    return t(own if t.has(own) else f"error.{problem.code}", **problem.params)


def _day_of(text: str) -> date | None:
    """A day that the page itself wrote into a button; None for anything else, or for one too far away."""
    try:
        day = datetime.strptime(text[:10], "%Y-%m-%d").date()  # noqa: DTZ007  # a date has no zone
    except ValueError:
        return None
    today = local_day(context().clock.now(), ATHENS)
    return day if abs(day - today) <= timedelta(days=800) else None


def number_of(text: str) -> int:
    """An id as a form sends it; 0, which nothing has, for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else 0

"""The figures of a municipality: what is asked for, and the place of each figure, which comes by itself."""

import asyncio
from datetime import date, timedelta
from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventSpec

from dimoslive.domain.booking.booking import BookingSource
from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.figures.asked import MAX_DAYS, WORDS, Per, Span, read_asked
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.desk_dates import desk_date
from dimoslive.services.desk.find_workplace import Workplace
from dimoslive.services.desk.list_choices import Named, list_choices
from dimoslive.services.figures.kinds import BY_NAME, KINDS
from dimoslive.services.figures.show_figure import Rows, count_figure, read_rows
from dimoslive.ui.shared.call import call, context
from dimoslive.ui.shared.guard import background, for_official, say_unexpected
from dimoslive.ui.staff.figures.view_models import EMPTY, FigureView, show_figure_in
from dimoslive.ui.staff.parts import Choice
from dimoslive.ui.staff.state import StaffPageState
from dimoslive.urls import FIGURES_FILE

_MAX_WORD = 40
_DAY = timedelta(days=1)
_BUTTONS = ("week", "month", "year")


class FiguresPageState(StaffPageState, mixin=True):
    """What all parts of the page know: which figures its address asks for."""

    def _words(self) -> dict[str, str]:
        return {name: self._asked(name, _MAX_WORD) for name in WORDS}

    def _file(self, name: str = "") -> str:
        """Where the file of a figure is; without a name, the one of all bookings."""
        words = {"m": self._asked("m", 80), "language": self._language(), "figure": name} | self._words()
        return f"{FIGURES_FILE}?{urlencode({key: value for key, value in words.items() if value})}"


class FiguresState(FiguresPageState, rx.State):
    """The form, filled in as the address says, and what is wrong with it."""

    since: str = ""
    until: str = ""
    per: str = ""
    department: str = ""
    service: str = ""
    mode: str = ""
    desk: str = ""
    source: str = ""
    departments: list[Choice] = []
    services: list[Choice] = []
    desks: list[Choice] = []
    modes: list[Choice] = []
    sources: list[Choice] = []
    pers: list[Choice] = []
    periods: list[Choice] = []
    """The buttons: address and words; ``period`` is the address that is open."""
    period: str = ""
    scope: str = ""
    period_words: str = ""
    """Of which days the page speaks, on paper."""
    refusal: str = ""
    """``wrong`` is the field at which it stands."""
    wrong: str = ""
    file: str = ""
    """Of all numbers that the address asks for; figures of another address have not come yet."""
    version: int = 0
    """Another form where the address says something else than it: a browser would keep its fields as they were."""
    _typed: dict[str, str] = {}
    """What the form said last."""

    @for_official(Permission.VIEW_FIGURES)
    async def load(self, official: Official) -> None:
        """The form as the address says; the figures come by themselves."""
        t, place = texts_of(self._language()), await self._workplace(official, Permission.VIEW_FIGURES)
        choices = await call(list_choices, official, place)
        self.departments, self.services, self.desks = (
            _named(of_kind, t) for of_kind in (choices.departments, choices.services, choices.desks)
        )
        self.modes = [Choice(mode.value, t(f"mode.{mode}")) for mode in Mode]
        self.sources = [Choice(one.value, t(f"lists.source.{one}")) for one in BookingSource]
        self.pers = [Choice(per.value, t(f"figures.per.{per}")) for per in Per]
        names = [one.name[t.language] for one in choices.departments]
        self.scope = t("lists.scope", names=", ".join(names)) if place.right.department_ids else ""
        self.file = self._file()
        self._fill_in(place, t)
        # The form that was just sent stays, and with it the focus; what was left empty is filled in.
        words = self._words()
        self.version += 0 if self._typed == words and words["from"] and words["until"] else 1
        self._typed = words
        self.is_loaded = True

    @for_official(Permission.VIEW_FIGURES)
    async def show(self, _official: Official, form: dict) -> EventSpec:
        """Another address of the same page, which says what is wrong with it."""
        self._typed = {name: str(form.get(name, ""))[:_MAX_WORD] for name in WORDS}
        return rx.redirect(self._here(self._typed))

    def _fill_in(self, place: Workplace, t: Texts) -> None:
        words, today = self._words(), local_day(context().clock.now(), place.zone)
        for name in ("department", "service", "mode", "desk", "source"):
            setattr(self, name, words[name])
        self.since, self.until, self.per = words["from"], words["until"], words["per"]
        self.refusal, self.wrong, self.period_words = "", "", ""
        try:
            asked = read_asked(words, today)
        except InvalidInput as refusal:
            self._say_wrong(refusal, t)
        else:
            self.since, self.until, self.per = desk_date(asked.span.first), desk_date(asked.span.last), asked.per.value
            self.period_words = t("figures.period", first=self.since, last=self.until)
            if asked.span.last > today:
                self._say_wrong(InvalidInput("until", "figures_to_come"), t)
            elif asked.only.desk_id is not None and words["desk"] not in {one.value for one in self.desks}:
                self._say_wrong(InvalidInput("desk", "figures_own_desk_only"), t)
        self._offer_periods(words, today, t)

    def _say_wrong(self, refusal: InvalidInput, t: Texts) -> None:
        self.refusal, self.wrong = t(f"error.{refusal.code}", limit=MAX_DAYS), refusal.field
        self._focus(f"figures-{refusal.field}")

    def _offer_periods(self, words: dict[str, str], today: date, t: Texts) -> None:
        spans = {"week": Span(today - 6 * _DAY, today), "month": Span(today - 29 * _DAY, today)}
        spans["year"] = Span(today.replace(month=1, day=1), today)
        addresses = {
            name: self._here(words | {"from": desk_date(span.first), "until": desk_date(span.last), "per": ""})
            for name, span in spans.items()
        }
        self.periods = [Choice(addresses[name], t(f"figures.button.{name}")) for name in _BUTTONS]
        open_now = (self.since, self.until)
        self.period = next(
            (
                addresses[name]
                for name, span in spans.items()
                if open_now == (desk_date(span.first), desk_date(span.last))
            ),
            "",
        )

    def _here(self, words: dict[str, str]) -> str:
        said = {"m": self._asked("m", 80)} | words
        return f"{self.router.url.path}?{urlencode({name: value for name, value in said.items() if value})}"


class FigureState(FiguresPageState, mixin=True):
    """The place of one figure. Those of the same rows load together; what goes wrong in one leaves the others."""

    view: FigureView = EMPTY
    is_empty: bool = False
    is_hidden: bool = False
    """There is nothing to show: the form says why."""
    is_incomplete: bool = False
    compared: str = ""
    """With which days the numbers are compared."""
    file: str = ""
    asked: str = ""
    """Of which address the figure is: the `FiguresState.file` of it."""

    def _name(self) -> str:
        """The figure's, as `KINDS` has it."""
        raise NotImplementedError

    @for_official(Permission.VIEW_FIGURES)
    @background
    async def load(self, official: Official) -> None:
        """The figures of these rows, of the days and filters that the address names."""
        read = BY_NAME[self._name()].read
        places = [await self.get_state(PLACES[kind.name]) for kind in KINDS if kind.read is read]
        for figure in places:
            figure._begin()
        place = await self._workplace(official, Permission.VIEW_FIGURES)
        rows: Rows | None = None
        for figure in places:
            try:
                asked = read_asked(self._words(), local_day(context().clock.now(), place.zone))
                rows = rows or await call(read_rows, official, place, BY_NAME[self._name()], asked)
                await figure._count(rows)
            except InvalidInput:
                pass
            except Exception:  # noqa: BLE001  # it is said at this one, and the others go on
                say_unexpected(figure, f"{type(figure).__name__}.load")
                continue
            figure.is_loaded = True

    def _begin(self) -> None:
        self.asked, self.file = self._file(), self._file(self._name())
        self.is_loaded, self.is_hidden, self.problem = False, True, ""

    async def _count(self, rows: Rows) -> None:
        kind, t = BY_NAME[self._name()], texts_of(self._language())
        figure = await asyncio.to_thread(count_figure, rows, kind)
        self.is_empty, self.is_incomplete = figure.size == 0, figure.is_incomplete
        self.view = show_figure_in(kind.name, kind.chart, figure, t)
        self.compared = (
            t.count("figures.compared", rows.scope.asked.span.days) if any(one.change for one in self.view.sums) else ""
        )
        self.is_hidden = False


class BookingsFigure(FigureState, rx.State):
    """«Κρατήσεις»."""

    def _name(self) -> str:
        return "bookings"


class OutcomesFigure(FigureState, rx.State):
    """«Εξυπηρετήθηκαν και δεν προσήλθαν»."""

    def _name(self) -> str:
        return "outcomes"


class ReasonsFigure(FigureState, rx.State):
    """«Γιατί δεν εξυπηρετήθηκαν»."""

    def _name(self) -> str:
        return "reasons"


class NoShowsFigure(FigureState, rx.State):
    """«Δεν προσήλθαν»."""

    def _name(self) -> str:
        return "no_shows"


class CancellationsFigure(FigureState, rx.State):
    """«Ακυρώσεις»."""

    def _name(self) -> str:
        return "cancellations"


class MovesFigure(FigureState, rx.State):
    """«Αλλαγές ώρας»."""

    def _name(self) -> str:
        return "moves"


class LeadTimeFigure(FigureState, rx.State):
    """«Αναμονή ως το ραντεβού»."""

    def _name(self) -> str:
        return "lead_time"


class DaysToNextFigure(FigureState, rx.State):
    """«Ημέρες ως την επόμενη ελεύθερη ώρα»."""

    def _name(self) -> str:
        return "days_to_next"


class WaitingFigure(FigureState, rx.State):
    """«Αναμονή στον δήμο»."""

    def _name(self) -> str:
        return "waiting"


class StartDelayFigure(FigureState, rx.State):
    """«Καθυστέρηση έναρξης»."""

    def _name(self) -> str:
        return "start_delay"


class ServiceTimeFigure(FigureState, rx.State):
    """«Διάρκεια εξυπηρέτησης»."""

    def _name(self) -> str:
        return "service_time"


class PunctualityFigure(FigureState, rx.State):
    """«Συνέπεια πολιτών»."""

    def _name(self) -> str:
        return "punctuality"


class UseFigure(FigureState, rx.State):
    """«Αξιοποίηση»."""

    def _name(self) -> str:
        return "use"


class StaffShareFigure(FigureState, rx.State):
    """«Κρατήσεις από τον δήμο»."""

    def _name(self) -> str:
        return "staff_share"


class EmptySearchesFigure(FigureState, rx.State):
    """«Αναζητήσεις χωρίς ώρα»."""

    def _name(self) -> str:
        return "empty_searches"


class LateSearchesFigure(FigureState, rx.State):
    """«Αναζητήσεις με μακρινή ώρα»."""

    def _name(self) -> str:
        return "late_searches"


class WaitingListFigure(FigureState, rx.State):
    """«Λίστα αναμονής»."""

    def _name(self) -> str:
        return "waiting_list"


class OverrunsFigure(FigureState, rx.State):
    """«Πάνω από τη χωρητικότητα»."""

    def _name(self) -> str:
        return "overruns"


class IdentityFigure(FigureState, rx.State):
    """«Ταυτοποίηση σε τηλεδιάσκεψη»."""

    def _name(self) -> str:
        return "identity"


class MessagesFigure(FigureState, rx.State):
    """«Μηνύματα»."""

    def _name(self) -> str:
        return "messages"


class RemindersFigure(FigureState, rx.State):
    """«Υπενθυμίσεις»."""

    def _name(self) -> str:
        return "reminders"


PLACES: dict[str, type[FigureState]] = {
    "bookings": BookingsFigure,
    "outcomes": OutcomesFigure,
    "reasons": ReasonsFigure,
    "no_shows": NoShowsFigure,
    "cancellations": CancellationsFigure,
    "moves": MovesFigure,
    "lead_time": LeadTimeFigure,
    "days_to_next": DaysToNextFigure,
    "waiting": WaitingFigure,
    "start_delay": StartDelayFigure,
    "service_time": ServiceTimeFigure,
    "punctuality": PunctualityFigure,
    "use": UseFigure,
    "staff_share": StaffShareFigure,
    "empty_searches": EmptySearchesFigure,
    "late_searches": LateSearchesFigure,
    "waiting_list": WaitingListFigure,
    "overruns": OverrunsFigure,
    "identity": IdentityFigure,
    "messages": MessagesFigure,
    "reminders": RemindersFigure,
}
"""By the name of the figure."""
FIGURE_LOADS = tuple({kind.read: PLACES[kind.name].load for kind in reversed(KINDS)}.values())[::-1]
"""One for all figures of the same rows: the first of them on the page loads the others."""


def _named(found: tuple[Named, ...], t: Texts) -> list[Choice]:
    return [Choice(str(one.id), one.name[t.language]) for one in found]

"""All pages of the site: route, title, what to build, what to load."""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from types import ModuleType

import reflex as rx

from dimoslive.domain.booking.draft import Step
from dimoslive.i18n import Texts, texts_of
from dimoslive.settings import Settings
from dimoslive.ui.citizen.booking.calendar.page import calendar_step
from dimoslive.ui.citizen.booking.calendar.state import CalendarState
from dimoslive.ui.citizen.booking.steps.confirmation import confirmation_step
from dimoslive.ui.citizen.booking.steps.consent import ConsentState, consent_step
from dimoslive.ui.citizen.booking.steps.details import DetailsState, details_step
from dimoslive.ui.citizen.booking.steps.mode import ModeState, mode_step
from dimoslive.ui.citizen.booking.steps.municipality import MunicipalityState, municipality_step
from dimoslive.ui.citizen.bookings.own_data import OwnDataState
from dimoslive.ui.citizen.bookings.page import booking_page, my_bookings
from dimoslive.ui.citizen.bookings.state import BookingPageState, MyBookingsState
from dimoslive.ui.citizen.embedded.pages import EMBEDDED_PAGES
from dimoslive.ui.citizen.embedded.state import EmbeddedState
from dimoslive.ui.citizen.meeting.page import device_test_page, meeting_page, official_meeting_page
from dimoslive.ui.citizen.public.pages import (
    PRIVACY,
    PUBLIC_TEXTS,
    front,
    municipalities,
    municipality,
    not_found,
    sign_in,
    text_page,
)
from dimoslive.ui.citizen.public.state import (
    DataProtectionState,
    MunicipalitiesState,
    MunicipalityPageState,
    SignInState,
)
from dimoslive.ui.platform.list_page import platform
from dimoslive.ui.platform.list_state import PlatformState
from dimoslive.ui.platform.page import platform_municipality
from dimoslive.ui.platform.state import EnrolmentPageState, PlatformPauseState, PublicFiguresState
from dimoslive.ui.settings.absences.own_page import own_absence
from dimoslive.ui.settings.absences.own_state import OwnAbsenceState
from dimoslive.ui.settings.imports.page import import_page
from dimoslive.ui.settings.imports.state import ImportState
from dimoslive.ui.settings.pages import SETTINGS_PAGES
from dimoslive.ui.settings.state import SettingsFrameState
from dimoslive.ui.shared.session import SessionState
from dimoslive.ui.staff.account.feeds_state import OwnFeedsState
from dimoslive.ui.staff.account.page import account
from dimoslive.ui.staff.account.sign_in import StaffSignInState, staff_sign_in
from dimoslive.ui.staff.account.state import AccountState
from dimoslive.ui.staff.arrange.move_page import hand_over_page, move_page
from dimoslive.ui.staff.arrange.move_state import HandOverState, MoveState
from dimoslive.ui.staff.arrange.page import new_booking_page
from dimoslive.ui.staff.arrange.state import NewBookingState
from dimoslive.ui.staff.booking.page import desk_booking
from dimoslive.ui.staff.booking.state import DeskBookingState
from dimoslive.ui.staff.calls.page import calls
from dimoslive.ui.staff.calls.state import CallsState
from dimoslive.ui.staff.day.line import DayLineState, day_line
from dimoslive.ui.staff.day.page import day
from dimoslive.ui.staff.day.state import DayState
from dimoslive.ui.staff.duties.page import duties
from dimoslive.ui.staff.duties.state import DutiesState
from dimoslive.ui.staff.export.page import export
from dimoslive.ui.staff.export.state import ExportState
from dimoslive.ui.staff.figures.page import figures
from dimoslive.ui.staff.figures.state import FIGURE_LOADS, FiguresState
from dimoslive.ui.staff.search.page import search
from dimoslive.ui.staff.search.state import SearchState
from dimoslive.ui.staff.search_log.page import search_log
from dimoslive.ui.staff.search_log.state import SearchLogState
from dimoslive.ui.staff.session_bar import SessionBarState
from dimoslive.ui.staff.state import StaffFrameState
from dimoslive.ui.staff.unrecorded.page import unrecorded
from dimoslive.ui.staff.unrecorded.state import UnrecordedState
from dimoslive.ui.staff.week.page import week
from dimoslive.ui.staff.week.state import WeekState
from dimoslive.urls import (
    desk_list_path,
    desk_path,
    duties_path,
    import_path,
    linked_booking_path,
    localized,
    meeting_path,
    municipality_path,
    my_bookings_path,
    platform_path,
    sign_in_path,
    step_path,
)


@dataclass(frozen=True)
class Page:
    """A page; ``route`` is the Greek one, ``title_key`` a text."""

    route: str
    title_key: str
    view: Callable[[Texts, Settings], rx.Component]
    loads: tuple[object, ...] = ()
    name: rx.Var | None = None
    """What the page is about, where each address has something else."""
    frame: object = SessionState.load
    """What the header loads; `StaffFrameState.load` on officials' pages."""

    def route_in(self, language: str) -> str:
        """The route in a language."""
        return localized(self.route, language)

    def title(self, t: Texts) -> str:
        """As the browser's tab and a screen reader say it."""
        own = t(self.title_key)
        return own if self.route == "/" else f"{own} – myDIMOSLive"

    def title_on(self, t: Texts) -> str | rx.Var:
        """The same, with the name of what is shown as soon as it is known."""
        if self.name is None:
            return self.title(t)
        return rx.cond(self.name != "", f"{self.name} – myDIMOSLive", self.title(t))

    def build(self, t: Texts, settings: Settings) -> Callable[[], rx.Component]:
        """The page in one language."""

        def build() -> rx.Component:
            return self.view(t, settings)

        # Reflex writes one script a module, with all that the module's pages show of their states. Each page has its
        # own: in one for all, citizens would load what officials see.
        build.__module__ = name = f"pages.{t.language}.{re.sub(r'[^a-z]+', '_', self.route)}"
        # With each piece of a page Reflex asks for its module's file, and of one that is not loaded searches every
        # folder: a tenth of the compilation.
        sys.modules[name] = ModuleType(name)
        return build

    @property
    def on_load(self) -> tuple[object, ...]:
        """The header's own events, then the page's."""
        bar = (SessionBarState.load,) if self.frame == StaffFrameState.load else ()
        return (self.frame, *bar, *self.loads)


def _plain(view: Callable[[Texts], rx.Component]) -> Callable[[Texts, Settings], rx.Component]:
    return lambda t, _settings: view(t)


def _text(name: str) -> Callable[[Texts, Settings], rx.Component]:
    return lambda t, settings: text_page(t, name, settings)


def _list_beside_the_day(name: str, title_key: str, view: Callable[[Texts], rx.Component], load: object) -> Page:
    return Page(desk_list_path(name, "el"), title_key, _plain(view), (load,), frame=StaffFrameState.load)


PAGES = (
    Page("/", "front.title", _plain(front)),
    *[
        Page(f"/{name}", f"layout.{name}", _text(name), (DataProtectionState.load,) if name == PRIVACY else ())
        for name in PUBLIC_TEXTS
    ],
    Page("/municipalities", "layout.municipalities", _plain(municipalities), (MunicipalitiesState.load,)),
    Page(
        municipality_path("[slug]", "el"),
        "municipality.title",
        _plain(municipality),
        (MunicipalityPageState.load,),
        name=MunicipalityPageState.name,
    ),
    Page(sign_in_path("el"), "sign_in.title", _plain(sign_in), (SignInState.load,)),
    Page(
        step_path(Step.MUNICIPALITY, "el"), "steps.municipality", _plain(municipality_step), (MunicipalityState.load,)
    ),
    Page(step_path(Step.MODE, "el"), "steps.mode", _plain(mode_step), (ModeState.load,)),
    Page(step_path(Step.CALENDAR, "el"), "steps.calendar", _plain(calendar_step), (CalendarState.load,)),
    Page(step_path(Step.DETAILS, "el"), "steps.details", _plain(details_step), (DetailsState.load,)),
    Page(step_path(Step.CONSENT, "el"), "steps.consent", _plain(consent_step), (ConsentState.load,)),
    Page(step_path(Step.CONFIRMATION, "el"), "steps.confirmation", _plain(confirmation_step), (BookingPageState.load,)),
    *[
        Page(page.route, page.title_key, _plain(page.view), page.loads, frame=EmbeddedState.load)
        for page in EMBEDDED_PAGES
    ],
    Page(my_bookings_path("el"), "my_bookings.title", _plain(my_bookings), (MyBookingsState.load, OwnDataState.load)),
    Page(
        my_bookings_path("el", "[reference]"),
        "booking.title",
        _plain(partial(booking_page, path=my_bookings_path("el"))),
        (BookingPageState.load,),
    ),
    Page(desk_path("el"), "day.title", _plain(day), (DayState.load,), name=DayState.tab, frame=StaffFrameState.load),
    Page("/desk/new", "arrange.title", _plain(new_booking_page), (NewBookingState.load,), frame=StaffFrameState.load),
    Page(
        "/desk/booking/[reference]/move",
        "arrange.move.title",
        _plain(move_page),
        (MoveState.load,),
        frame=StaffFrameState.load,
    ),
    Page(
        "/desk/booking/[reference]/desk",
        "arrange.desk.title",
        _plain(hand_over_page),
        (HandOverState.load,),
        frame=StaffFrameState.load,
    ),
    _list_beside_the_day("week", "week.tab", week, WeekState.load),
    _list_beside_the_day("calls", "calls.title", calls, CallsState.load),
    _list_beside_the_day("unrecorded", "unrecorded.title", unrecorded, UnrecordedState.load),
    _list_beside_the_day("export", "export.title", export, ExportState.load),
    Page(
        desk_list_path("figures", "el"),
        "figures.title",
        _plain(figures),
        (FiguresState.load, *FIGURE_LOADS),
        frame=StaffFrameState.load,
    ),
    _list_beside_the_day("absence", "own_absence.title", own_absence, OwnAbsenceState.load),
    Page(
        "/desk/booking/[reference]",
        "desk_booking.title",
        _plain(desk_booking),
        (DeskBookingState.load,),
        name=DeskBookingState.booking.tab_title,
        frame=StaffFrameState.load,
    ),
    _list_beside_the_day("search-log", "search_log.title", search_log, SearchLogState.load),
    Page(duties_path("el"), "duties.title", _plain(duties), (DutiesState.load,), frame=StaffFrameState.load),
    *[
        Page(
            page.route,
            page.title_key,
            _plain(page.view),
            (SettingsFrameState.load, page.load, *page.also),
            name=page.name,
            frame=StaffFrameState.load,
        )
        for page in SETTINGS_PAGES
    ],
    # In development it offers files to try it with.
    Page(
        import_path("el"),
        "settings.nav.import",
        import_page,
        (SettingsFrameState.load, ImportState.load),
        frame=StaffFrameState.load,
    ),
    Page(platform_path("el"), "platform.title", _plain(platform), (PlatformState.load,), frame=StaffFrameState.load),
    Page(
        platform_path("el", "[slug]"),
        "platform.title",
        _plain(platform_municipality),
        (EnrolmentPageState.load, PlatformPauseState.load, PublicFiguresState.load),
        name=EnrolmentPageState.name,
        frame=StaffFrameState.load,
    ),
    Page("/desk/search", "search.title", _plain(search), (SearchState.load,), frame=StaffFrameState.load),
    Page(
        "/desk/me",
        "account.title",
        _plain(account),
        (AccountState.load, OwnFeedsState.load),
        frame=StaffFrameState.load,
    ),
    Page(meeting_path("el"), "meeting.title", _plain(meeting_page)),
    Page(
        meeting_path("el", for_staff=True),
        "meeting.desk_title",
        lambda t, _settings: official_meeting_page(t, day_line(t)),
        (DayLineState.load,),
    ),
    Page("/device-test", "meeting.test.title", _plain(device_test_page)),
    Page(sign_in_path("el", for_staff=True), "desk.sign_in_title", staff_sign_in, (StaffSignInState.load,)),
    Page(
        linked_booking_path("[token]", "el"),
        "booking.title",
        _plain(partial(booking_page, path="/b")),
        (BookingPageState.load_linked,),
    ),
)


def not_found_page() -> Callable[[], rx.Component]:
    """One for all languages: nobody knows which was meant."""
    return lambda: not_found(texts_of("el"), texts_of("en"))

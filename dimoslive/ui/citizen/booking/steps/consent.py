"""Step 5: the declaration, all that was chosen, and «Κράτηση»."""

from collections.abc import Callable
from dataclasses import dataclass

import reflex as rx
from reflex.event import EventSpec

from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.consents import Declaration
from dimoslive.domain.booking.details import Details
from dimoslive.domain.booking.draft import Step, first_open_step
from dimoslive.domain.booking.references import show_reference
from dimoslive.domain.errors import ChangedElsewhere, DeclarationChanged, HoldExpired, InvalidInput
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.personal_data import PhoneNumber
from dimoslive.domain.people.principals import Citizen
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.when import both_times, greek_time
from dimoslive.services.access.limit_attempts import RateLimit, limit_attempts
from dimoslive.services.booking.confirm_booking import Confirmation, confirm_booking
from dimoslive.services.booking.current_declaration import show_declaration
from dimoslive.services.draft.open_draft import OpenDraft, open_draft
from dimoslive.ui.citizen.booking.frame import step_page
from dimoslive.ui.citizen.booking.state import WizardState, enter
from dimoslive.ui.citizen.booking.ways import ON_THE_SITE, Surface, way_to
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.components.feedback import notice
from dimoslive.ui.shared.components.scripts import marked, press_button
from dimoslive.ui.shared.declaration import declaration_html
from dimoslive.ui.shared.embedding import is_embedded
from dimoslive.ui.shared.guard import PageState, background, for_citizen, visitor_zone
from dimoslive.urls import my_bookings_path


@dataclass(frozen=True)
class Line:
    """A line of the summary, with the step that changes it; empty where none does."""

    label: str
    value: str
    href: str


@dataclass(frozen=True)
class Clash:
    """Another booking at the same time, in words, and its page."""

    text: str
    href: str


class ConsentState(PageState, rx.State):
    """The declaration for the chosen mode, and the summary."""

    declaration: str = ""
    lines: list[Line] = []
    error: str = ""
    is_move: bool = False
    is_same_time: bool = False
    """A booking is to be moved to the time that it has."""
    clashes: list[Clash] = []
    hold_reference: str = ""
    version: int = 0
    """Another form with each arrival: a browser would keep the box as it was."""
    _declaration: Declaration | None = None
    """As it is shown: what is pressed is that this one was read."""
    _details: Details | None = None
    _sequence: int = 0

    @for_citizen(Permission.BOOK)
    async def load(self, principal: Citizen) -> EventSpec | None:
        """The box is never ticked on arrival."""
        return await self._open(principal)

    async def _open(self, principal: Citizen) -> EventSpec | None:
        opened = await enter(self, principal, Step.CONSENT)
        if isinstance(opened, EventSpec):
            return opened
        # After the held time ran out the page stays as it was, with the way to another one.
        if opened.draft.hold is not None:
            await self._show(opened)
        return None

    @for_citizen(Permission.BOOK)
    @background
    async def tick(self, _principal: Citizen, is_ticked: bool) -> None:
        """The box was pressed: once it is ticked, nothing is wrong with it."""
        if is_ticked:
            self.error = ""

    @for_citizen(Permission.BOOK)
    async def book(self, principal: Citizen, form_data: dict) -> EventSpec | None:
        """«Κράτηση». The hold that this page shows is the one that is booked, or nothing is."""
        if self._declaration is None:
            # Nothing was shown yet that could be declared.
            return await self._open(principal)
        language = self._language()
        self.error = ""
        await call(limit_attempts, RateLimit.BOOK, f"citizen-{principal.id}")
        confirmation = Confirmation(
            hold_reference=self.hold_reference,
            declaration=self._declaration,
            is_declared=bool(form_data.get("declaration")),
            language=language,
            visitor_zone=visitor_zone(self),
            details=self._details,
        )
        try:
            booking = await call(confirm_booking, principal, confirmation)
        except InvalidInput:
            self.error = texts_of(language)("error.declaration_required")
            self._focus("declaration")
            return None
        except DeclarationChanged:
            return await self._ask_again(principal)
        except HoldExpired:
            await (await self.get_state(WizardState))._tell_over(principal)
            return rx.redirect(way_to(self, Step.CALENDAR, language))
        except ChangedElsewhere:
            return await self._show_what_holds(principal)
        # A way back from the confirmation is not told of another window.
        (await self.get_state(WizardState))._hold_shown = ""
        kept = "" if not self.is_same_time else "&kept=all" if booking.sequence == self._sequence else "&kept=details"
        page = way_to(self, Step.CONFIRMATION, language)
        mark = "&" if "?" in page else "?"
        return rx.redirect(f"{page}{mark}reference={booking.reference}{kept}", replace=True)

    async def _ask_again(self, principal: Citizen) -> EventSpec | None:
        """The municipality published another wording meanwhile: it is shown, with an empty box."""
        led_away = await self._open(principal)
        if led_away is None:
            self.error = texts_of(self._language())("error.declaration_changed")
            self._focus("declaration-title")
        return led_away

    async def _show_what_holds(self, principal: Citizen) -> EventSpec | None:
        """Another window changed the booking: say so where it now stands."""
        opened, wizard = await call(open_draft, principal), await self.get_state(WizardState)
        changed = texts_of(self._language())("error.changed_elsewhere")
        step = first_open_step(opened.draft, opened.at)
        if step is not Step.CONSENT:
            wizard._tell(changed, step)
            return rx.redirect(way_to(self, step, self._language()))
        wizard._show(opened, visitor_zone(self))
        await self._show(opened)
        self.problem = changed
        return None

    def _way_to_change(self, step: Step) -> str:
        """In a frame the municipality is the host's own."""
        is_fixed = step is Step.MUNICIPALITY and is_embedded(self)
        return "" if is_fixed else way_to(self, step, self._language())

    async def _show(self, opened: OpenDraft) -> None:
        draft, t, zone = opened.draft, texts_of(self._language()), visitor_zone(self)
        assert draft.mode is not None
        assert draft.hold is not None
        assert draft.municipality_id is not None
        self._declaration = await call(show_declaration, draft.municipality_id, draft.mode, t.language)
        self.declaration = declaration_html(self._declaration, t)
        self.lines = show_lines(opened, zone, t, self._way_to_change)
        self.clashes = [show_clash(booking, t) for booking in opened.clashes]
        self.error, self.is_move = "", draft.moving is not None
        moved = opened.moved
        self.is_same_time = moved is not None and (moved.period, moved.mode) == (draft.hold.period, draft.mode)
        self.hold_reference = draft.hold.reference
        self._details, self._sequence = draft.details, moved.sequence if moved else 0
        self.version += 1
        self.is_loaded = True


async def to_consent(state: PageState) -> EventSpec:
    """The way to the declaration; an earlier one is not shown meanwhile: the box would be ticked there in vain."""
    (await state.get_state(ConsentState)).is_loaded = False
    return rx.redirect(way_to(state, Step.CONSENT, state._language()))


def show_lines(opened: OpenDraft, zone: str, t: Texts, way: Callable[[Step], str]) -> list[Line]:
    """All that was chosen and typed, each with the ``way`` to where it is changed."""
    draft, language = opened.draft, t.language
    assert draft.hold is not None
    assert draft.details is not None
    assert opened.service is not None
    details, service, at = draft.details, opened.service, draft.hold.period.starts_at

    def line(key: str, value: str, step: Step) -> Line:
        return Line(t(f"summary.{key}"), value, way(step))

    lines = [
        line("municipality", service.municipality_name[language], Step.MUNICIPALITY),
        line("service", service.service_name[language], Step.MODE),
        line("mode", f"{t(f'mode.{draft.mode}')} · {t.count('duration', opened.duration_minutes)}", Step.MODE),
        line("time", both_times(at, zone, service.zone, t), Step.CALENDAR),
        line("person", details.name, Step.DETAILS),
        line("email", details.email, Step.DETAILS),
        line("phone", PhoneNumber(details.phone).shown, Step.DETAILS),
        line("address", details.address, Step.DETAILS),
        line("subject", details.subject, Step.DETAILS),
        line("help_needed", details.help_needed, Step.DETAILS),
    ]
    return [one for one in lines if one.value]


def show_clash(booking: Booking, t: Texts) -> Clash:
    """A booking that shares time with the one to be made."""
    service, at, language = booking.service, booking.period.starts_at, t.language
    when, number = greek_time(at, service.zone, t), show_reference(booking.reference)
    text = t("consent.clash", service=service.service_name[language], time=when, reference=number)
    return Clash(text, my_bookings_path(language, booking.reference))


def consent_step(t: Texts, surface: Surface = ON_THE_SITE) -> rx.Component:
    """The page."""
    s = ConsentState
    return step_page(
        t,
        Step.CONSENT,
        ConsentState,
        rx.el.h2(t("consent.chosen"), class_name="govgr-heading-m"),
        rx.el.dl(rx.foreach(s.lines, lambda line: _line(t, line)), class_name="review"),
        rx.cond(s.is_same_time, notice(rx.el.p(t("consent.same_time"))), rx.fragment()),
        rx.cond(s.clashes.length() > 0, _clashes(t, surface), rx.fragment()),
        rx.el.form(
            rx.el.h2(t("consent.declaration"), id="declaration-title", tab_index=-1, class_name="govgr-heading-m"),
            rx.el.div(rx.html(s.declaration), class_name="declaration", id="declaration-text"),
            rx.cond(
                s.error != "",
                rx.el.p(s.error, id="declaration-error", class_name="govgr-error-message", role="alert"),
                rx.fragment(),
            ),
            rx.el.label(
                rx.el.input(
                    type="checkbox",
                    id="declaration",
                    name="declaration",
                    on_change=s.tick,
                    aria_describedby=rx.cond(s.error != "", "declaration-text declaration-error", "declaration-text"),
                    aria_invalid=s.error != "",
                ),
                rx.el.span(t("consent.tick")),
                class_name="tick",
            ),
            rx.el.div(
                rx.el.a("‹ ", t("back"), href=surface.href(t, Step.DETAILS), class_name="govgr-link back"),
                press_button(
                    t,
                    rx.cond(s.is_move, t("consent.move"), t("consent.book")),
                    ack_count=s.ack_count,
                    type="submit",
                    class_name="govgr-btn govgr-btn-primary",
                ),
                class_name="acts",
            ),
            on_submit=s.book,
            key=s.version,
            no_validate=True,
            class_name="form",
        ),
        surface=surface,
        heights=("16rem", "14rem"),
    )


def _clashes(t: Texts, surface: Surface) -> rx.Component:
    """A warning, no refusal: it may be meant."""
    return notice(
        rx.el.h2(t("consent.clash_title"), class_name="notice__title"),
        rx.foreach(
            ConsentState.clashes,
            lambda clash: rx.el.p(
                clash.text, " ", rx.el.a(t("consent.clash_link"), href=clash.href, class_name="govgr-link")
            ),
        ),
        rx.el.p(
            t("consent.clash_choice"),
            " ",
            rx.el.a(t("consent.clash_change"), href=surface.href(t, Step.CALENDAR), class_name="govgr-link"),
        ),
    )


def _line(t: Texts, line: Line) -> rx.Component:
    label = rx.el.span(line.label, class_name="govgr-visually-hidden")
    change = rx.el.a(t("summary.change"), " ", label, href=line.href, class_name="govgr-link")
    return rx.el.div(
        rx.el.dt(line.label),
        rx.el.dd(marked(t, line.value)),
        rx.cond(line.href != "", rx.el.dd(change), rx.fragment()),
    )

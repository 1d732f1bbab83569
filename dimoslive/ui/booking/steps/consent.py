"""Step 5: the declaration, all that was chosen, and «Κράτηση»."""

from dataclasses import dataclass

import reflex as rx
from reflex.event import EventSpec

from dimoslive.domain.actors import CitizenActor
from dimoslive.domain.booking_draft import Step
from dimoslive.domain.errors import HoldExpired, InvalidInput, SlotTaken
from dimoslive.domain.personal_data import PhoneNumber
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.dates import full_time, zone_offset
from dimoslive.i18n.declarations import declaration_of
from dimoslive.services.change_draft import OpenDraft
from dimoslive.services.confirm_booking import Confirmation, confirm_booking
from dimoslive.services.limit_attempts import Door, limit_attempts
from dimoslive.ui.booking.frame import step_page
from dimoslive.ui.booking.state import enter, visitor_zone
from dimoslive.ui.call import call
from dimoslive.ui.components.scripts import press_button
from dimoslive.ui.guard import PageState, for_citizen
from dimoslive.ui.public.markdown import to_html
from dimoslive.ui.routes import step_path


@dataclass(frozen=True)
class Line:
    """A line of the summary, with the step that changes it."""

    label: str
    value: str
    href: str


class ConsentState(PageState, rx.State):
    """The declaration for the chosen mode, and the summary."""

    declaration: str = ""
    lines: list[Line] = []
    error: str = ""
    is_move: bool = False
    hold_reference: str = ""
    _mode: str = ""

    @for_citizen
    async def load(self, actor: CitizenActor) -> EventSpec | None:
        """The box is never ticked on arrival."""
        return await self._open(actor)

    async def _open(self, actor: CitizenActor) -> EventSpec | None:
        opened = await enter(self, actor, Step.CONSENT)
        if isinstance(opened, EventSpec):
            return opened
        draft, language = opened.draft, self._language()
        assert draft.mode is not None
        assert draft.hold is not None
        self.declaration = to_html(declaration_of(draft.mode, language).text)
        self.lines = show_lines(opened, visitor_zone(self), texts_of(language))
        self.error, self.is_move = "", draft.moving is not None
        self.hold_reference, self._mode = draft.hold.reference, draft.mode.value
        self.is_loaded = True
        return None

    @for_citizen
    async def book(self, actor: CitizenActor, form_data: dict) -> EventSpec | None:
        """«Κράτηση». The hold that this page shows is the one that is booked, or nothing is."""
        if not self._mode:
            # Nothing was shown yet that could be declared.
            return await self._open(actor)
        language = self._language()
        self.error = ""
        await call(limit_attempts, Door.BOOK, f"citizen-{actor.id}")
        confirmation = Confirmation(
            hold_reference=self.hold_reference,
            declaration=declaration_of(self._mode, language),
            is_declared=bool(form_data.get("declaration")),
            language=language,
            visitor_zone=visitor_zone(self),
        )
        try:
            booking = await call(confirm_booking, actor, confirmation)
        except InvalidInput:
            self.error = texts_of(language)("error.declaration_required")
            self._focus("declaration")
            return None
        except (HoldExpired, SlotTaken):
            return rx.redirect(step_path(Step.CALENDAR, language) + "?expired=1")
        return rx.redirect(f"{step_path(Step.CONFIRMATION, language)}?reference={booking.reference}", replace=True)


def show_lines(opened: OpenDraft, zone: str, t: Texts) -> list[Line]:
    """All that was chosen and typed."""
    draft, language = opened.draft, t.language
    assert draft.hold is not None
    assert draft.details is not None
    assert opened.service is not None
    details, service, at = draft.details, opened.service, draft.hold.period.starts_at
    greek = t("when.greek", time=full_time(at, language, service.zone), offset=zone_offset(at, service.zone))
    own = t("when.own", time=full_time(at, language, zone), offset=zone_offset(at, zone))
    when = greek if zone_offset(at, zone) == zone_offset(at, service.zone) else f"{greek} · {own}"

    def line(key: str, value: str, step: Step) -> Line:
        return Line(t(f"summary.{key}"), value, step_path(step, language))

    lines = [
        line("municipality", service.municipality_name[language], Step.MUNICIPALITY),
        line("service", service.service_name[language], Step.MODE),
        line("mode", f"{t(f'mode.{draft.mode}')} · {t.count('duration', opened.duration)}", Step.MODE),
        line("time", when, Step.CALENDAR),
        line("person", details.name, Step.DETAILS),
        line("email", details.email, Step.DETAILS),
        line("phone", PhoneNumber(details.phone).shown, Step.DETAILS),
        line("address", details.address, Step.DETAILS),
        line("subject", details.subject, Step.DETAILS),
        line("help_needed", details.help_needed, Step.DETAILS),
    ]
    return [one for one in lines if one.value]


def consent_step(t: Texts) -> rx.Component:
    """The page."""
    s = ConsentState
    return step_page(
        t,
        Step.CONSENT,
        ConsentState,
        rx.el.h2(t("consent.chosen"), class_name="govgr-heading-m"),
        rx.el.dl(rx.foreach(s.lines, lambda line: _line(t, line)), class_name="review"),
        rx.el.form(
            rx.el.h2(t("consent.declaration"), class_name="govgr-heading-m"),
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
                    aria_describedby=rx.cond(s.error != "", "declaration-text declaration-error", "declaration-text"),
                    aria_invalid=s.error != "",
                ),
                rx.el.span(t("consent.tick")),
                class_name="tick",
            ),
            rx.el.div(
                rx.el.a("‹ ", t("back"), href=step_path(Step.DETAILS, t.language), class_name="govgr-link back"),
                press_button(
                    t,
                    rx.cond(s.is_move, t("consent.move"), t("consent.book")),
                    answered=s.answered,
                    type="submit",
                    class_name="govgr-btn govgr-btn-primary",
                ),
                class_name="acts",
            ),
            on_submit=s.book,
            no_validate=True,
            class_name="form",
        ),
        heights=("16rem", "14rem"),
    )


def _line(t: Texts, line: Line) -> rx.Component:
    return rx.el.div(
        rx.el.dt(line.label),
        rx.el.dd(line.value),
        rx.el.dd(
            rx.el.a(
                t("summary.change"), rx.el.span(line.label, class_name="govgr-visually-hidden"), href=line.href,
                class_name="govgr-link",
            )
        ),
    )  # fmt: skip

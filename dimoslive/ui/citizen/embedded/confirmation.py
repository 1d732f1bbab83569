"""The last step in a frame: what was booked. What can be done with it is done on the site, in a tab of its own."""

import reflex as rx

from dimoslive.domain.booking.draft import Step
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Citizen
from dimoslive.i18n import Texts, texts_of
from dimoslive.services.embed.show_confirmation import show_confirmation
from dimoslive.ui.citizen.booking.ways import services_link
from dimoslive.ui.citizen.bookings.view_models import BookingView, show_booking_view
from dimoslive.ui.citizen.embedded.layout import embedded_page
from dimoslive.ui.shared.call import call, context
from dimoslive.ui.shared.components.feedback import page_feedback, skeleton
from dimoslive.ui.shared.components.scripts import marked
from dimoslive.ui.shared.components.stepper import stepper
from dimoslive.ui.shared.embedding import embedded_slug
from dimoslive.ui.shared.guard import PageState, for_citizen, visitor_zone
from dimoslive.urls import EMBED, meeting_path, my_bookings_path

MAX_REFERENCE_LENGTH = 20


class ConfirmedState(PageState, rx.State):
    """The booking that was just made in this frame."""

    booking: BookingView = BookingView()
    calendar_file: str = ""
    manage_href: str = ""
    join_href: str = ""
    can_wait: bool = False
    """For an earlier time."""
    told_mode: str = ""
    """Said to the page around the frame, once: how the person is served, and the service unless that is private."""
    told_service: str = ""

    @for_citizen(Permission.VIEW_CONFIRMATION)
    async def load(self, principal: Citizen) -> None:
        """By the reference in the address."""
        self.booking, self.is_loaded, self.told_mode, self.told_service = BookingView(), False, "", ""
        t, reference = texts_of(self._language()), self.router.url.query_parameters.get("reference", "")
        confirmed = await call(show_confirmation, principal, reference[:MAX_REFERENCE_LENGTH])
        booking = confirmed.booking
        self.booking = show_booking_view(booking, context().clock.now(), visitor_zone(self), t)
        self.calendar_file = f"{EMBED}/calendar.ics?m={embedded_slug(self)}&reference={booking.reference}"
        self.manage_href = my_bookings_path(t.language, booking.reference)
        self.join_href = meeting_path(t.language, f"reference={booking.reference}")
        self.can_wait = confirmed.can_wait
        if confirmed.is_news:
            self.told_mode, self.told_service = booking.mode.value, confirmed.service_slug
        self.is_loaded = True
        self._focus("step-title")


def embedded_confirmation(t: Texts) -> rx.Component:
    """The page."""
    s = ConfirmedState
    return embedded_page(
        t,
        Step.CONFIRMATION,
        stepper(t, Step.CONFIRMATION, is_embedded=True),
        rx.el.h1(t("frame.confirmation.title"), id="step-title", tab_index=-1),
        page_feedback(t, s),
        rx.cond(s.is_loaded, _booked(t), rx.cond(s.problem == "", skeleton(t, "10rem", "6rem"), rx.fragment())),
    )


def _booked(t: Texts) -> rx.Component:
    s, b = ConfirmedState, ConfirmedState.booking
    told = {"data-booked": s.told_mode, "data-service": s.told_service}
    return rx.el.div(
        rx.el.p(t("frame.confirmation.mail"), role="status"),
        rx.el.dl(
            _fact(t("booking.reference"), b.number),
            _fact(t("summary.service"), b.service),
            _fact(t("summary.municipality"), b.municipality),
            _fact(t("summary.time"), b.when),
            _fact(t("summary.own_time"), b.when_own),
            _fact(t("summary.mode"), b.mode),
            rx.cond(b.place != "", rx.el.div(rx.el.dt(b.place_label), rx.el.dd(b.place)), rx.fragment()),
            _fact(t("summary.person"), b.person, marked(t, b.person)),
            _fact(t("mode.documents"), b.documents),
            _fact(t("mode.instructions"), b.instructions),
            class_name="review",
        ),
        rx.el.ul(
            # A file of this frame's own session, which no other tab has.
            rx.el.li(rx.el.A.create(t("frame.confirmation.calendar"), href=s.calendar_file, class_name="govgr-link")),
            rx.cond(b.is_video, rx.el.li(_in_a_tab(t, "frame.confirmation.join", s.join_href)), rx.fragment()),
            rx.el.li(_in_a_tab(t, "frame.confirmation.manage", s.manage_href)),
            rx.cond(s.can_wait, rx.el.li(_in_a_tab(t, "frame.confirmation.earlier", s.manage_href)), rx.fragment()),
            rx.el.li(_in_a_tab(t, "frame.confirmation.all", my_bookings_path(t.language))),
            rx.el.li(rx.el.A.create(t("frame.confirmation.again"), href=services_link(t), class_name="govgr-link")),
        ),
        custom_attrs=told,
    )


def _in_a_tab(t: Texts, key: str, href: str | rx.Var) -> rx.Component:
    said = rx.el.span(" ", t("frame.new_tab"), class_name="govgr-visually-hidden")
    return rx.el.A.create(t(key), said, href=href, target="_blank", rel="noopener", class_name="govgr-link")


def _fact(label: str, value: rx.Var, shown: object = None) -> rx.Component:
    shown = value if shown is None else shown
    return rx.cond(value != "", rx.el.div(rx.el.dt(label), rx.el.dd(shown)), rx.fragment())

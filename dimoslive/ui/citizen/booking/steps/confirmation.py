"""Step 6: it is booked. The booking stands here as on its own page."""

import reflex as rx

from dimoslive.domain.booking.draft import Step
from dimoslive.i18n import Texts
from dimoslive.ui.citizen.bookings.one_booking import news_panel, one_booking
from dimoslive.ui.citizen.bookings.state import BookingPageState
from dimoslive.ui.shared.components.stepper import stepper
from dimoslive.ui.shared.layout import page, wrap
from dimoslive.urls import step_path


def confirmation_step(t: Texts) -> rx.Component:
    """The page."""
    booked = rx.cond(BookingPageState.is_new, rx.fragment(_booked(t), _way_back()), rx.fragment())
    return page(
        t,
        step_path(Step.CONFIRMATION, "el"),
        wrap(stepper(t, Step.CONFIRMATION), rx.el.div(one_booking(t, booked), class_name="plain")),
    )


def _booked(t: Texts) -> rx.Component:
    return rx.match(
        BookingPageState.kept,
        ("all", news_panel(t, "booking.kept", "booking.kept_all")),
        ("details", news_panel(t, "booking.kept", "booking.kept_details")),
        news_panel(t, "booking.booked", "booking.mail_sent"),
    )


def _way_back() -> rx.Component:
    """For whoever came from a municipality's own site, whose frame could open no window."""
    s = BookingPageState
    link = rx.el.A.create(s.back_words, href=s.back, class_name="govgr-link")
    return rx.cond(s.back != "", rx.el.p(link, class_name="govgr-body"), rx.fragment())

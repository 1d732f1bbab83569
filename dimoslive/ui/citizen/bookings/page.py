"""«Τα ραντεβού μου», the page of one booking, and the page behind a mail's link."""

import reflex as rx

from dimoslive.domain.booking.draft import Step
from dimoslive.i18n import Texts
from dimoslive.ui.citizen.bookings.one_booking import one_booking
from dimoslive.ui.citizen.bookings.own_data import OwnDataState, erased, own_data
from dimoslive.ui.citizen.bookings.state import MyBookingsState
from dimoslive.ui.citizen.bookings.view_models import BookingView
from dimoslive.ui.shared.components.feedback import page_feedback, skeleton
from dimoslive.ui.shared.components.scripts import alarm, marked
from dimoslive.ui.shared.layout import page, wrap
from dimoslive.urls import my_bookings_path, step_path


def my_bookings(t: Texts) -> rx.Component:
    """The list."""
    return page(
        t,
        my_bookings_path("el"),
        wrap(rx.cond(OwnDataState.was_erased, erased(t), _lists(t)), class_name="plain"),
    )


def _lists(t: Texts) -> rx.Component:
    s = MyBookingsState
    return rx.fragment(
        rx.el.h1(t("my_bookings.title")),
        page_feedback(t, s),
        alarm(s.opens_in, s.looks, s.look_again),
        rx.cond(
            s.is_loaded,
            rx.fragment(
                rx.el.h2(t("my_bookings.upcoming"), class_name="govgr-heading-m"),
                _rows(t, s.upcoming, t("my_bookings.none_upcoming")),
                rx.el.p(
                    rx.el.a(
                        t("booking.new"),
                        href=step_path(Step.MUNICIPALITY, t.language),
                        class_name=rx.cond(s.can_join, "govgr-btn govgr-btn-secondary", "govgr-btn govgr-btn-primary"),
                    )
                ),
                rx.el.h2(t("my_bookings.past"), class_name="govgr-heading-m"),
                _rows(t, s.past, t("my_bookings.none_past")),
                own_data(t),
            ),
            skeleton(t, "2rem", "7rem", "7rem"),
        ),
    )


def _rows(t: Texts, bookings: rx.Var, nothing: str) -> rx.Component:
    def row(booking: BookingView) -> rx.Component:
        return rx.el.li(
            rx.el.div(
                rx.el.a(
                    booking.service,
                    href=my_bookings_path(t.language) + "/" + booking.reference,
                    class_name="govgr-link bookings__service",
                ),
                rx.el.p(marked(t, booking.person)),
                rx.el.p(booking.municipality, " · ", booking.mode),
            ),
            rx.el.div(
                rx.el.b(booking.when),
                rx.cond(booking.when_own != "", rx.el.p(booking.when_own), rx.fragment()),
                rx.cond(booking.opens != "", rx.el.p(t("booking.opens"), " ", booking.opens), rx.fragment()),
                rx.el.p(t("booking.reference"), " ", booking.number),
            ),
            rx.el.div(
                rx.el.span(booking.status, class_name=rx.cond(booking.is_upcoming, "tag is-upcoming", "tag")),
                rx.cond(booking.is_waiting, rx.el.p(t("waiting.in_list")), rx.fragment()),
                rx.cond(
                    booking.can_join,
                    rx.el.p(
                        rx.el.a(t("booking.join"), href=booking.join_href, class_name="govgr-btn govgr-btn-primary")
                    ),
                    rx.fragment(),
                ),
            ),
        )

    return rx.cond(
        bookings.length() > 0,
        rx.el.ul(rx.foreach(bookings, row), class_name="bookings"),
        rx.el.p(nothing, class_name="govgr-body"),
    )


def booking_page(t: Texts, path: str) -> rx.Component:
    """One booking, after login or behind a mail's link."""
    return page(t, path, wrap(one_booking(t), class_name="plain"))

"""One booking with what may be done with it: on its page, behind a mail's link, and at the end of the wizard."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.citizen.bookings.state import BookingPageState
from dimoslive.ui.citizen.bookings.waiting import offer, waiting
from dimoslive.ui.shared.components.feedback import notice, page_feedback, skeleton
from dimoslive.ui.shared.components.field import field
from dimoslive.ui.shared.components.scripts import alarm, left_fields, marked, press_button
from dimoslive.urls import localized, my_bookings_path


def one_booking(t: Texts, *news: rx.Component) -> rx.Component:
    """All of a booking and what may be done with it; above it what has just happened."""
    s = BookingPageState
    return rx.fragment(
        rx.cond(
            s.is_loaded,
            rx.fragment(
                *news,
                rx.cond(s.was_cancelled, news_panel(t, "booking.cancelled_now", "booking.cancel_mail"), rx.fragment()),
                rx.el.h1(marked(t, s.booking.title), id="booking-title", tab_index=-1),
            ),
            rx.el.h1(t("booking.title"), id="booking-title", tab_index=-1),
        ),
        page_feedback(t, s),
        alarm(s.booking.opens_in, s.looks, s.look_again),
        rx.cond(
            s.is_loaded,
            _booking(t),
            rx.cond(
                s.problem != "",
                rx.el.p(
                    rx.el.a(t("layout.my_bookings"), href=my_bookings_path(t.language), class_name="govgr-link"),
                    class_name="govgr-body",
                ),
                skeleton(t, "8rem", "14rem"),
            ),
        ),
    )


def news_panel(t: Texts, title: str, text: str) -> rx.Component:
    """What has just happened to the booking."""
    return rx.el.div(
        rx.el.p(t(title), class_name="done__title"),
        rx.el.p(t("booking.reference"), " ", rx.el.b(BookingPageState.booking.number)),
        rx.el.p(t(text)),
        class_name="done",
        role="status",
    )


def _booking(t: Texts) -> rx.Component:
    s, b = BookingPageState, BookingPageState.booking
    return rx.fragment(
        rx.cond(b.changed != "", notice(rx.el.p(b.changed)), rx.fragment()),
        offer(t),
        rx.el.dl(
            _fact(t("summary.status"), b.status),
            _fact(t("booking.reason"), b.reason, marked(t, b.reason)),
            _fact(t("summary.service"), b.service),
            _fact(t("summary.municipality"), b.municipality),
            _fact(t("summary.time"), b.when),
            _fact(t("summary.own_time"), b.when_own),
            _fact(t("summary.mode"), b.mode),
            rx.cond(b.place != "", rx.el.div(rx.el.dt(b.place_label), rx.el.dd(b.place)), rx.fragment()),
            _fact(t("summary.person"), b.person, marked(t, b.person)),
            _fact(t("summary.subject"), b.subject, marked(t, b.subject)),
            _fact(t("booking.reference"), b.number),
            rx.cond(b.is_upcoming, _fact(t("mode.documents"), b.documents), rx.fragment()),
            rx.cond(b.is_upcoming, _fact(t("mode.instructions"), b.instructions), rx.fragment()),
            class_name="review",
        ),
        rx.cond(
            b.is_upcoming & b.is_video,
            rx.el.p(
                # A new document: the test opens the devices, and leaving it must close them.
                rx.el.A.create(
                    t("booking.device_test"), href=localized("/device-test", t.language), class_name="govgr-link"
                ),
                rx.el.a(t("layout.advice"), href=localized("/advice", t.language), class_name="govgr-link"),
                class_name="links-row",
            ),
            rx.fragment(),
        ),
        rx.cond(b.must_declare, _declaration(t), rx.fragment()),
        rx.cond(s.is_asking, _question(t), rx.fragment(_changes(t), waiting(t))),
    )


def _declaration(t: Texts) -> rx.Component:
    """Whoever an official booked for accepts it here, before the waiting room."""
    s = BookingPageState
    return rx.el.form(
        rx.el.h2(t("consent.declaration"), id="declaration-title", tab_index=-1, class_name="govgr-heading-m"),
        rx.el.p(t("booking.declaration_first"), class_name="govgr-body"),
        rx.el.div(rx.html(s.declaration), class_name="declaration", id="declaration-text"),
        rx.cond(
            s.declaration_error != "",
            rx.el.p(s.declaration_error, id="declaration-error", class_name="govgr-error-message", role="alert"),
            rx.fragment(),
        ),
        rx.el.label(
            rx.el.input(
                type="checkbox",
                id="declaration",
                name="declaration",
                aria_describedby=rx.cond(
                    s.declaration_error != "", "declaration-text declaration-error", "declaration-text"
                ),
                aria_invalid=s.declaration_error != "",
            ),
            rx.el.span(t("consent.tick")),
            class_name="tick",
        ),
        press_button(
            t,
            t("booking.accept_declaration"),
            ack_count=s.ack_count,
            type="submit",
            class_name="govgr-btn govgr-btn-primary",
        ),
        on_submit=s.declare,
        no_validate=True,
        class_name="question",
    )


def _changes(t: Texts) -> rx.Component:
    """What one may need now, the main press first: the meeting while it is open, the calendar until then."""
    s, b = BookingPageState, BookingPageState.booking
    return rx.el.div(
        rx.cond(b.no_move_reason != "", rx.el.p(b.no_move_reason, class_name="govgr-hint"), rx.fragment()),
        rx.cond(b.cancel_note != "", rx.el.p(b.cancel_note, class_name="govgr-hint"), rx.fragment()),
        rx.el.div(
            rx.cond(
                b.can_join,
                rx.el.a(t("booking.join"), href=b.join_href, class_name="govgr-btn govgr-btn-primary"),
                rx.fragment(),
            ),
            rx.cond(
                b.is_upcoming,
                # Not a page of ours: the browser itself must fetch it.
                rx.el.A.create(
                    t("booking.calendar_file"),
                    href=s.calendar_file,
                    class_name=rx.cond(b.can_join, "govgr-btn govgr-btn-secondary", "govgr-btn govgr-btn-primary"),
                    download=True,
                ),
                rx.fragment(),
            ),
            rx.cond(b.can_move, _change(t, "booking.move", s.move), rx.fragment()),
            rx.cond(b.can_cancel, _change(t, "booking.cancel", s.ask), rx.fragment()),
            _change(t, "booking.new", s.book_again),
            class_name="acts is-left",
        ),
        rx.cond(
            b.opens != "",
            rx.el.p(
                rx.el.a(t("booking.join"), href=b.join_href, class_name="govgr-link"),
                " · ",
                t("booking.opens"),
                " ",
                b.opens,
                class_name="quiet",
            ),
            rx.fragment(),
        ),
    )


def _change(t: Texts, key: str, handler: object) -> rx.Component:
    return press_button(
        t, t(key), ack_count=BookingPageState.ack_count, on_click=handler, class_name="govgr-btn govgr-btn-secondary"
    )


def _question(t: Texts) -> rx.Component:
    s = BookingPageState
    return rx.el.form(
        rx.el.h2(t("booking.cancel_question"), id="cancel-question", tab_index=-1, class_name="govgr-heading-m"),
        left_fields(field(t, "reason", t("booking.cancel_reason"), error=s.reason_error, lines=2), on_left=s.leave),
        rx.el.div(
            press_button(
                t,
                t("booking.cancel_yes"),
                ack_count=s.ack_count,
                type="submit",
                class_name="govgr-btn govgr-btn-warning",
            ),
            press_button(
                t,
                t("booking.cancel_no"),
                ack_count=s.ack_count,
                on_click=s.keep,
                class_name="govgr-btn govgr-btn-secondary",
            ),
            class_name="acts is-left",
        ),
        on_submit=s.cancel,
        no_validate=True,
        class_name="question",
    )


def _fact(label: str, value: rx.Var, shown: rx.Var | rx.Component | None = None) -> rx.Component:
    return rx.cond(value != "", rx.el.div(rx.el.dt(label), rx.el.dd(value if shown is None else shown)), rx.fragment())

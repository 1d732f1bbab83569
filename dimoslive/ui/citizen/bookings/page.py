"""«Τα ραντεβού μου», the page of one booking, the page behind a mail's link, and the wizard's confirmation."""

import reflex as rx

from dimoslive.domain.booking.draft import Step
from dimoslive.i18n import Texts
from dimoslive.ui.citizen.bookings.own_data import OwnDataState, erased, own_data
from dimoslive.ui.citizen.bookings.state import BookingPageState, MyBookingsState
from dimoslive.ui.citizen.bookings.view_models import BookingView
from dimoslive.ui.shared.components.feedback import page_feedback, skeleton
from dimoslive.ui.shared.components.field import field
from dimoslive.ui.shared.components.scripts import alarm, left_fields, marked, press_button
from dimoslive.ui.shared.components.stepper import stepper
from dimoslive.ui.shared.layout import page, wrap
from dimoslive.ui.shared.routes import localized, my_bookings_path, step_path


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
    return page(t, path, wrap(_outcome(t), class_name="plain"))


def confirmation_step(t: Texts) -> rx.Component:
    """The sixth step: it is booked."""
    return page(
        t,
        step_path(Step.CONFIRMATION, "el"),
        wrap(stepper(t, Step.CONFIRMATION), rx.el.div(_outcome(t), class_name="plain")),
    )


def _outcome(t: Texts) -> rx.Component:
    s = BookingPageState
    return rx.fragment(
        rx.cond(
            s.is_loaded,
            rx.fragment(
                rx.cond(s.is_new, _done(t), rx.fragment()),
                rx.cond(s.was_cancelled, _panel(t, "booking.cancelled_now", "booking.cancel_mail"), rx.fragment()),
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


def _done(t: Texts) -> rx.Component:
    return rx.match(
        BookingPageState.kept,
        ("all", _panel(t, "booking.kept", "booking.kept_all")),
        ("details", _panel(t, "booking.kept", "booking.kept_details")),
        _panel(t, "booking.booked", "booking.mail_sent"),
    )


def _panel(t: Texts, title: str, text: str) -> rx.Component:
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
        rx.el.dl(
            _fact(t("summary.status"), b.status),
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
        rx.cond(b.declaration != "", _declaration(t), rx.fragment()),
        rx.cond(s.is_asking, _question(t), _changes(t)),
    )


def _declaration(t: Texts) -> rx.Component:
    """Whoever an official booked for accepts it here, before the waiting room."""
    s = BookingPageState
    return rx.el.form(
        rx.el.h2(t("consent.declaration"), class_name="govgr-heading-m"),
        rx.el.p(t("booking.declaration_first"), class_name="govgr-body"),
        rx.el.div(rx.html(s.booking.declaration), class_name="declaration", id="declaration-text"),
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
            answered=s.answered,
            type="submit",
            class_name="govgr-btn govgr-btn-primary",
        ),
        on_submit=s.declare,
        no_validate=True,
        class_name="question",
    )


def _changes(t: Texts) -> rx.Component:
    """What one may need now, the main press first: the meeting while its door is open, the calendar until then."""
    s, b = BookingPageState, BookingPageState.booking
    return rx.el.div(
        rx.cond(b.no_move_reason != "", rx.el.p(b.no_move_reason, class_name="govgr-hint"), rx.fragment()),
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
        t, t(key), answered=BookingPageState.answered, on_click=handler, class_name="govgr-btn govgr-btn-secondary"
    )


def _question(t: Texts) -> rx.Component:
    s = BookingPageState
    return rx.el.form(
        rx.el.h2(t("booking.cancel_question"), id="cancel-question", tab_index=-1, class_name="govgr-heading-m"),
        left_fields(field(t, "reason", t("booking.cancel_reason"), error=s.reason_error, lines=2), on_left=s.leave),
        rx.el.div(
            press_button(
                t, t("booking.cancel_yes"), answered=s.answered, type="submit", class_name="govgr-btn govgr-btn-warning"
            ),
            press_button(
                t,
                t("booking.cancel_no"),
                answered=s.answered,
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

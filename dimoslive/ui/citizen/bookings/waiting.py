"""The waiting list on the page of a booking: entering, leaving, and the earlier time that is kept for it."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.i18n.dates import weekday_name
from dimoslive.ui.citizen.bookings.state import BookingPageState
from dimoslive.ui.citizen.bookings.waiting_state import WaitingState
from dimoslive.ui.citizen.bookings.waiting_views import FIELDS
from dimoslive.ui.shared.components.field import field
from dimoslive.ui.shared.components.scripts import press_button

_HINTS = {"from_clock": "from", "until_clock": "until", "not_before": "date"}


def offer(t: Texts) -> rx.Component:
    """The earlier time that is kept at this moment: above all else, for it does not wait."""
    s = BookingPageState
    return rx.cond(
        s.booking.is_upcoming & (s.waiting.offered != ""),
        _section(t("waiting.offer"), _offer(t), class_name="waiting is-offer"),
        rx.fragment(),
    )


def waiting(t: Texts) -> rx.Component:
    """Entering and leaving; nothing where the service has no list, or the booking is too near."""
    w, s = BookingPageState.waiting, BookingPageState
    said = rx.cond(s.waiting_said != "", rx.el.p(s.waiting_said, class_name="govgr-body"), rx.fragment())
    return rx.cond(
        s.booking.is_upcoming & (w.offered == "") & (w.can_wait | w.is_waiting | (s.waiting_said != "")),
        _section(
            t("waiting.title"),
            rx.el.div(said, role="status"),
            rx.cond(w.is_waiting, _on_list(t), _entrance(t)),
            class_name="waiting",
        ),
        rx.fragment(),
    )


def _section(title: str, *content: rx.Component, class_name: str) -> rx.Component:
    return rx.el.section(
        rx.el.h2(title, id="waiting-title", tab_index=-1, class_name="govgr-heading-m"),
        *content,
        aria_labelledby="waiting-title",
        class_name=class_name,
    )


def _offer(t: Texts) -> rx.Component:
    w = BookingPageState.waiting
    return rx.fragment(
        rx.el.p(w.until, class_name="govgr-body"),
        rx.el.dl(
            rx.el.div(
                rx.el.dt(t("waiting.offered")),
                rx.el.dd(rx.el.b(w.offered), rx.cond(w.offered_own != "", rx.el.p(w.offered_own), rx.fragment())),
            ),
            rx.el.div(rx.el.dt(t("waiting.own")), rx.el.dd(BookingPageState.booking.when)),
            class_name="review",
        ),
        rx.el.div(
            _press(t, "waiting.take", WaitingState.take_earlier, "govgr-btn govgr-btn-primary"),
            _press(t, "waiting.keep", WaitingState.keep_own),
            _press(t, "waiting.leave", WaitingState.leave_waiting),
            class_name="acts is-left",
        ),
    )


def _on_list(t: Texts) -> rx.Component:
    w = BookingPageState.waiting
    return rx.fragment(
        rx.el.p(t("waiting.on_list"), " ", w.wishes, class_name="govgr-body"),
        rx.cond(w.can_wait, _folded(t, "waiting.change", "waiting.save"), rx.fragment()),
        rx.el.div(_press(t, "waiting.leave", WaitingState.leave_waiting), class_name="acts is-left"),
    )


def _entrance(t: Texts) -> rx.Component:
    return rx.cond(
        BookingPageState.waiting.can_wait,
        rx.fragment(rx.el.p(t("waiting.explain"), class_name="govgr-body"), _folded(t, "waiting.ask", "waiting.enter")),
        rx.fragment(),
    )


def _folded(t: Texts, title: str, submit: str) -> rx.Component:
    """The wishes, folded away: most want nothing but their booking."""
    w, s = BookingPageState.waiting, WaitingState
    return rx.el.details(
        rx.el.summary(t(title), class_name="govgr-link"),
        rx.el.form(
            rx.el.h3(t("waiting.wishes"), class_name="govgr-heading-s"),
            rx.el.fieldset(
                rx.el.legend(t("waiting.weekdays"), class_name="govgr-label"),
                rx.el.div(*[_weekday(t, day) for day in range(5)], class_name="waiting__days"),
            ),
            *[
                field(
                    t,
                    name,
                    t(f"waiting.{name}"),
                    error=s.errors[name],
                    hint=t(f"waiting.{_HINTS[name]}_hint"),
                    default_value=getattr(w, name),
                    auto_complete="off",
                )
                for name in FIELDS
            ],
            press_button(
                t,
                t(submit),
                ack_count=BookingPageState.ack_count,
                type="submit",
                class_name="govgr-btn govgr-btn-secondary",
            ),
            on_submit=s.wait,
            no_validate=True,
        ),
        # Another form where one enters and where one changes: what was typed into one is not what stands in the other.
        key=title,
    )


def _weekday(t: Texts, day: int) -> rx.Component:
    name = f"weekday_{day}"
    return rx.el.label(
        rx.el.input(
            type="checkbox", id=name, name=name, default_checked=BookingPageState.waiting.weekdays.contains(day)
        ),
        rx.el.span(weekday_name(day, t.language)),
        class_name="tick",
    )


def _press(t: Texts, key: str, handler: object, class_name: str = "govgr-btn govgr-btn-secondary") -> rx.Component:
    return press_button(t, t(key), ack_count=BookingPageState.ack_count, on_click=handler, class_name=class_name)

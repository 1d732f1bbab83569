"""One booking: where it stands, what can be done, and all that is known of it. On a page, or beside the day."""

from collections.abc import Callable

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.shared.components.feedback import page_feedback, skeleton
from dimoslive.ui.shared.components.scripts import marked, press_button
from dimoslive.ui.shared.frontend import frontend_module
from dimoslive.ui.staff.booking.dialog_state import BookingDialogState
from dimoslive.ui.staff.booking.dialogs import dialogs
from dimoslive.ui.staff.booking.sections import history, messages, notes, others, printing, what_is_known
from dimoslive.ui.staff.booking.state import DeskBookingState
from dimoslive.ui.staff.booking.view_models import PressView
from dimoslive.ui.staff.frame import missing

Heading = Callable[..., rx.Component]


class _WayBack(rx.Component):
    library = frontend_module("components/way_back.tsx")
    tag = "WayBack"


class _CloseBeside(rx.Component):
    library = frontend_module("desk/split.tsx")
    tag = "CloseBeside"

    label: rx.Var[str]


def booking_content(t: Texts) -> rx.Component:
    """The content of a page."""
    back = rx.el.p(
        _WayBack.create(rx.el.a("‹ ", t("desk_booking.back"), href=DeskBookingState.booking.day_href)),
        class_name="panel__back",
    )
    return _where_found(t, back, rx.el.h1, rx.el.h2, foot=_foot(t))


def booking_beside(t: Texts) -> rx.Component:
    """Beside the day, one step lower in the order of headings."""
    close = _WayBack.create(_CloseBeside.create(label=t("day.close")))
    return rx.cond(
        DeskBookingState.beside != "",
        rx.el.aside(
            _where_found(t, close, rx.el.h2, rx.el.h3, foot=rx.fragment()),
            aria_label=t("desk_booking.title"),
            class_name="split__beside",
        ),
        rx.fragment(),
    )


def _where_found(t: Texts, back: rx.Component, title: Heading, heading: Heading, foot: rx.Component) -> rx.Component:
    s = DeskBookingState
    return rx.fragment(
        page_feedback(t, s),
        rx.cond(
            s.is_missing,
            rx.fragment(back, missing(t, title)),
            rx.cond(
                s.is_loaded,
                _booking(t, back, title, heading, foot),
                rx.fragment(back, skeleton(t, "5rem", "3rem", "14rem", "6rem", "6rem")),
            ),
        ),
        dialogs(t),
    )


def _booking(t: Texts, back: rx.Component, title: Heading, heading: Heading, foot: rx.Component) -> rx.Component:
    return rx.el.article(
        _head(t, back, title),
        _answer(t),
        rx.cond(DeskBookingState.booking.erased != "", rx.fragment(), _acts(t)),
        what_is_known(t),
        notes(t, heading),
        messages(t, heading),
        history(t, heading),
        others(t, heading),
        printing(t),
        foot,
        class_name="panel",
        aria_labelledby="booking-title",
    )


def _head(t: Texts, back: rx.Component, title: Heading) -> rx.Component:
    b = DeskBookingState.booking
    return rx.el.div(
        back,
        title(marked(t, b.title), id="booking-title", tab_index=-1),
        rx.el.p(
            rx.el.b(b.hours),
            rx.el.span(b.day),
            rx.el.span(marked(t, b.desk)),
            rx.el.span(b.number, class_name="num"),
            class_name="panel__facts",
        ),
        rx.el.p(
            rx.el.span(b.status_word, class_name="tag " + b.tag),
            rx.el.span(marked(t, b.since)),
            rx.foreach(b.marks, lambda mark: rx.el.span(mark, class_name="remark")),
            class_name="panel__facts",
        ),
        rx.cond(b.erased != "", rx.el.p(b.erased, class_name="soft"), rx.fragment()),
        class_name="panel__head",
    )


def _answer(t: Texts) -> rx.Component:
    """The answer to the last press, with the way back; it stays until the next one."""
    s = DeskBookingState
    return rx.el.div(
        rx.cond(
            s.done != "",
            rx.el.div(
                rx.el.span(marked(t, s.done)),
                rx.cond(s.hint != "", rx.el.span(s.hint), rx.fragment()),
                rx.cond(
                    s.undo_event > 0,
                    press_button(
                        t, t("desk_booking.undo"), ack_count=s.ack_count, on_click=s.undo, class_name="aslink"
                    ),
                    rx.fragment(),
                ),
                rx.cond(
                    s.is_just_cancelled & (s.booking.freed != ""),
                    press_button(
                        t,
                        t("desk_booking.free_now"),
                        ack_count=s.ack_count,
                        on_click=BookingDialogState.free,
                        class_name="aslink",
                    ),
                    rx.fragment(),
                ),
                rx.cond(
                    s.is_just_cancelled,
                    rx.el.a(t("desk_booking.in_its_place"), href=s.booking.new_href),
                    rx.fragment(),
                ),
                class_name="answer",
            ),
            rx.fragment(),
        ),
        role="status",
        class_name="panel__answer",
    )


def _acts(t: Texts) -> rx.Component:
    b = DeskBookingState.booking
    return rx.el.div(
        _main_press(t),
        rx.foreach(b.presses, lambda press: _press(t, press, "press")),
        rx.cond(
            b.meeting_href != "",
            rx.el.a(t("desk_booking.to_meeting"), _of_whom(t), href=b.meeting_href, class_name="press"),
            rx.fragment(),
        ),
        _menu(t),
        role="group",
        aria_label=rx.Var.create(t("desk_booking.acts", person="")).to(str) + b.person,
        class_name="panel__acts",
    )


def _main_press(t: Texts) -> rx.Component:
    """Who waits for a meeting is admitted; else it is the next step."""
    s = DeskBookingState
    return rx.cond(
        s.booking.can_admit,
        press_button(
            t,
            t("desk_booking.admit"),
            _of_whom(t),
            ack_count=s.ack_count,
            on_click=s.admit,
            class_name="press is-go",
        ),
        rx.cond(s.booking.main.name != "", _press(t, s.booking.main, "press is-go"), rx.fragment()),
    )


def _foot(t: Texts) -> rx.Component:
    """The main press once more, where a phone's thumb is."""
    return rx.cond(
        DeskBookingState.booking.erased == "", rx.el.div(_main_press(t), class_name="footpress"), rx.fragment()
    )


def _press(t: Texts, press: PressView, class_name: str) -> rx.Component:
    return press_button(
        t,
        press.label,
        _of_whom(t),
        ack_count=DeskBookingState.ack_count,
        on_click=DeskBookingState.press(press.name),
        class_name=class_name,
    )


def _of_whom(t: Texts) -> rx.Component:
    """The person behind a button's name, for whoever hears it alone."""
    return rx.el.span(" ", marked(t, DeskBookingState.booking.person), class_name="govgr-visually-hidden")


def _menu(t: Texts) -> rx.Component:
    b = DeskBookingState.booking
    return rx.el.details(
        rx.el.summary(t("desk_booking.menu"), _of_whom(t), rx.el.i(class_name="press__caret", aria_hidden=True)),
        rx.el.ul(
            rx.foreach(b.more, lambda press: rx.el.li(_more(t, press))),
            _opens(t, b.can_correct, "correct"),
            _leads(t, b.move_href, "move"),
            _leads(t, b.hand_over_href, "hand_over"),
            _opens(t, b.can_change, "details"),
            _opens(t, b.can_note_identity, "identity"),
            rx.cond(
                b.can_send_again,
                rx.el.li(
                    press_button(
                        t,
                        t("desk_booking.act.send_again"),
                        ack_count=DeskBookingState.ack_count,
                        on_click=DeskBookingState.again,
                    )
                ),
                rx.fragment(),
            ),
            _leads(t, b.same_href, "same_again"),
            _opens(t, b.can_cancel, "cancel", class_name="is-stop"),
            class_name="menu__list",
        ),
        class_name="menu",
        # After a press that is done it is folded again.
        key=DeskBookingState.done_version.to_string(),
    )


def _more(t: Texts, press: PressView) -> rx.Component:
    asks = press_button(
        t, press.label, ack_count=DeskBookingState.ack_count, on_click=BookingDialogState.open(press.name)
    )
    plain = press_button(
        t, press.label, ack_count=DeskBookingState.ack_count, on_click=DeskBookingState.press(press.name)
    )
    return rx.cond(press.asks, asks, plain)


def _opens(t: Texts, is_offered: rx.Var, dialog: str, class_name: str = "") -> rx.Component:
    button = press_button(
        t,
        t(f"desk_booking.act.{dialog}"),
        ack_count=DeskBookingState.ack_count,
        on_click=BookingDialogState.open(dialog),
        class_name=class_name,
    )
    return rx.cond(is_offered, rx.el.li(button), rx.fragment())


def _leads(t: Texts, href: rx.Var, act: str) -> rx.Component:
    return rx.cond(href != "", rx.el.li(rx.el.a(t(f"desk_booking.act.{act}"), href=href)), rx.fragment())

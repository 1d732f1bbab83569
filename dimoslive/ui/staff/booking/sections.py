"""The parts of a booking's page: what is known, notes, messages, history, other bookings."""

from collections.abc import Callable

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.shared.components.scripts import marked, press_button
from dimoslive.ui.shared.frontend import frontend_module
from dimoslive.ui.staff.booking.dialog_state import BookingDialogState
from dimoslive.ui.staff.booking.state import DeskBookingState
from dimoslive.ui.staff.booking.view_models import FactView, LineView, OtherView


def what_is_known(t: Texts) -> rx.Component:
    """Person, service and place."""
    b = DeskBookingState.booking
    contact = rx.fragment(
        rx.el.dt(t("desk_booking.fact.phone")),
        rx.el.dd(
            rx.cond(
                b.phone != "",
                # Not a page: the browser hands it to the telephone.
                rx.el.A.create(b.phone, href=b.phone_href, class_name="num"),
                t("desk_booking.no_phone"),
            )
        ),
        rx.el.dt(t("desk_booking.fact.email")),
        rx.el.dd(rx.cond(b.email != "", rx.el.A.create(b.email, href=f"mailto:{b.email}"), t("desk_booking.no_email"))),
    )
    return rx.el.section(
        rx.el.dl(
            rx.cond(
                b.help != "",
                rx.fragment(
                    rx.el.dt(t("desk_booking.fact.help")), rx.el.dd(rx.el.b(marked(t, b.help)), class_name="help")
                ),
                rx.fragment(),
            ),
            rx.cond(b.erased == "", contact, rx.fragment()),
            rx.foreach(b.facts, lambda fact: _fact(t, fact)),
            class_name="facts-list",
        ),
        aria_label=t("desk_booking.facts"),
    )


class _PrintButton(rx.Component):
    library = frontend_module("components/print_button.tsx")
    tag = "PrintButton"


def printing(t: Texts) -> rx.Component:
    """One page of paper, without what colleagues wrote unless it is wanted."""
    return rx.el.div(
        _PrintButton.create(t("desk_booking.print"), class_name="press"),
        rx.el.label(
            rx.el.input(type="checkbox", id="with-notes"),
            rx.el.span(t("desk_booking.with_notes")),
            class_name="tickbox",
        ),
        class_name="panel__print",
    )


def notes(t: Texts, heading: Callable[..., rx.Component]) -> rx.Component:
    """What colleagues wrote, and the way to write."""
    b = DeskBookingState.booking
    return _section(
        heading,
        "notes",
        t("desk_booking.notes"),
        rx.cond(
            b.notes.length() > 0,
            _log(t, b.notes),
            rx.el.p(t("desk_booking.no_notes"), class_name="soft"),
        ),
        rx.cond(
            b.can_note,
            press_button(
                t,
                t("desk_booking.act.note"),
                ack_count=DeskBookingState.ack_count,
                on_click=BookingDialogState.open("note"),
                class_name="press is-quiet",
            ),
            rx.fragment(),
        ),
    )


def messages(t: Texts, heading: Callable[..., rx.Component]) -> rx.Component:
    """What became of each message, and how the declaration was made."""
    b = DeskBookingState.booking
    return _section(
        heading,
        "messages",
        t("desk_booking.messages"),
        rx.el.ul(
            rx.foreach(
                b.messages,
                lambda line: rx.el.li(
                    rx.el.span(line.time, class_name="log__when"),
                    rx.el.p(
                        line.text,
                        rx.cond(
                            line.is_problem & (b.phone_href != ""),
                            rx.fragment(": ", rx.el.A.create(t("desk_booking.phone_instead"), href=b.phone_href)),
                            rx.fragment(),
                        ),
                        class_name=rx.cond(line.is_problem, "wrong", ""),
                    ),
                ),
            ),
            class_name="log",
        ),
    )


def history(t: Texts, heading: Callable[..., rx.Component]) -> rx.Component:
    """Every change, newest first; what is older than the last few is folded."""
    b = DeskBookingState.booking
    return _section(
        heading,
        "history",
        t("desk_booking.history"),
        _log(t, b.recent),
        rx.cond(
            b.earlier.length() > 0,
            rx.el.details(rx.el.summary(b.earlier_label), _log(t, b.earlier)),
            rx.fragment(),
        ),
    )


def others(t: Texts, heading: Callable[..., rx.Component]) -> rx.Component:
    """Other bookings of the person."""
    b = DeskBookingState.booking

    def line(other: OtherView) -> rx.Component:
        return rx.el.li(
            rx.el.span(other.time, class_name="log__when"),
            rx.el.p(
                rx.el.a(marked(t, other.service), href=other.href),
                " ",
                rx.el.span(other.status, class_name="tag " + other.tag),
            ),
        )

    return rx.cond(
        b.erased == "",
        _section(
            heading,
            "others",
            t("desk_booking.others"),
            rx.cond(
                b.others.length() > 0,
                rx.el.ul(rx.foreach(b.others, line), class_name="log"),
                rx.el.p(t("desk_booking.no_others"), class_name="soft"),
            ),
        ),
        rx.fragment(),
    )


def _section(heading: Callable[..., rx.Component], name: str, title: str, *content: rx.Component) -> rx.Component:
    return rx.el.section(heading(title, id=f"{name}-title"), *content, aria_labelledby=f"{name}-title")


def _fact(t: Texts, fact: FactView) -> rx.Component:
    return rx.fragment(rx.el.dt(fact.label), rx.el.dd(marked(t, fact.text)))


def _log(t: Texts, lines: rx.Var[list[LineView]]) -> rx.Component:
    def line(one: LineView) -> rx.Component:
        return rx.el.li(
            rx.el.span(one.time, class_name="log__when"),
            rx.el.p(marked(t, one.text), " ", rx.el.span(marked(t, one.by), class_name="soft")),
        )

    return rx.el.ul(rx.foreach(lines, line), class_name="log")

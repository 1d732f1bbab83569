"""Parts that the lists beside the day share."""

from dataclasses import dataclass

import reflex as rx

from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.typed_ids import read_id
from dimoslive.i18n import Texts

STATUS_CLASSES = {
    BookingStatus.BOOKED: "tag is-booked",
    BookingStatus.WAITING: "tag is-waiting",
    BookingStatus.IN_SERVICE: "tag is-in",
    BookingStatus.SERVED: "tag is-served",
    BookingStatus.NO_SHOW: "tag is-noshow",
    BookingStatus.NOT_SERVED: "tag is-notserved",
    BookingStatus.CANCELLED_BY_CITIZEN: "tag is-off",
    BookingStatus.CANCELLED_BY_MUNICIPALITY: "tag is-off",
}


@dataclass(frozen=True)
class Choice:
    """An option of a filter."""

    value: str
    text: str


def id_word(text: str) -> str:
    """An id from an address, as an address says it."""
    id_ = read_id(text)
    return "" if id_ is None else str(id_)


def filter_select(
    name: str, label: str, all_text: str, options: rx.Var, value: rx.Var, on_change: object
) -> rx.Component:
    """A filter by one of several; the empty value is all of them."""
    return rx.el.div(
        rx.el.label(label, html_for=f"filter-{name}"),
        rx.el.select(
            rx.el.option(all_text, value=""),
            rx.foreach(options, lambda one: rx.el.option(one.text, value=one.value)),
            id=f"filter-{name}",
            value=value,
            on_change=on_change,
            class_name="field-inline",
        ),
        class_name="filters__item",
    )


def scope_line(scope: rx.Var) -> rx.Component:
    """Of which departments the page speaks, where these are not all."""
    return rx.cond(scope != "", rx.el.p(scope, class_name="soft line"), rx.fragment())


def print_button(t: Texts) -> rx.Component:
    """Prints the page as it stands; the browser does it by itself."""
    return rx.el.button(
        t("lists.print"),
        type="button",
        class_name="press",
        custom_attrs={"onClick": rx.Var("() => window.print()")},
    )


ANSWER = "answer"
"""The place of the answer: it has the focus where the press itself is gone."""


def answer_line(t: Texts, answer: rx.Var, can_undo: rx.Var, undo: object) -> rx.Component:
    """What the last press did, until the next one."""
    return rx.el.div(
        rx.cond(
            answer != "",
            rx.el.p(
                rx.el.span(answer),
                rx.cond(
                    can_undo,
                    rx.el.button(t("lists.undo"), type="button", on_click=undo, class_name="aslink"),
                    rx.fragment(),
                ),
                class_name="answer",
            ),
            rx.fragment(),
        ),
        id=ANSWER,
        tab_index=-1,
        role="status",
    )

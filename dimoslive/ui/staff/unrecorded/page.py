"""The page of bookings without an outcome."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.shared.components.feedback import page_feedback, skeleton
from dimoslive.ui.shared.components.scripts import marked, press_button
from dimoslive.ui.staff.frame import staff_page
from dimoslive.ui.staff.live import all_days_listener
from dimoslive.ui.staff.parts import answer_line, scope_line
from dimoslive.ui.staff.unrecorded.state import UnrecordedState
from dimoslive.ui.staff.unrecorded.view_models import UnrecordedDay, UnrecordedRow


def unrecorded(t: Texts) -> rx.Component:
    """Newest day first, with boxes; one press settles all that is ticked."""
    s = UnrecordedState
    return staff_page(
        t,
        rx.el.div(rx.el.h1(t("unrecorded.title")), class_name="head"),
        scope_line(s.scope),
        page_feedback(t, s),
        all_days_listener(s.refresh),
        rx.cond(
            s.is_loaded,
            rx.fragment(
                answer_line(t, s.answer, s.can_undo, s.undo),
                _left(),
                rx.cond(
                    s.days.length() > 0,
                    rx.fragment(
                        rx.el.p(t("unrecorded.lede"), class_name="soft lede"),
                        rx.cond(s.more != "", rx.el.p(s.more, class_name="soft"), rx.fragment()),
                        _presses(t),
                        rx.foreach(s.days, lambda day: _day(t, day)),
                    ),
                    rx.el.p(t("lists.empty"), class_name="empty"),
                ),
            ),
            skeleton(t, "3rem", "3rem", "3rem", "3rem", "3rem"),
        ),
        current="day",
        styles=("lists",),
    )


def _left() -> rx.Component:
    s = UnrecordedState
    return rx.cond(
        s.left != "",
        rx.el.div(
            rx.el.p(s.left, class_name="warn__title"),
            rx.el.ul(rx.foreach(s.left_lines, rx.el.li), class_name="warn__lines"),
            class_name="warn",
            role="alert",
        ),
        rx.fragment(),
    )


def _presses(t: Texts) -> rx.Component:
    s = UnrecordedState

    def press(name: str, class_name: str) -> rx.Component:
        return press_button(
            t, t(f"unrecorded.{name}"), ack_count=s.ack_count, on_click=s.settle(name), class_name=class_name
        )

    return rx.el.div(
        rx.el.p(s.chosen_text, role="status"),
        press("served", "press is-main is-due"),
        press("no_show", "press is-due"),
        role="group",
        aria_label=t("unrecorded.presses"),
        class_name="settle",
    )


def _day(t: Texts, day: rx.Var[UnrecordedDay]) -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h2(day.title, id=f"day-{day.key}"),
            rx.el.button(
                t("unrecorded.all_of_day"),
                rx.el.span(" ", day.title, class_name="govgr-visually-hidden"),
                type="button",
                on_click=UnrecordedState.choose_day(day.key),
                class_name="press",
            ),
            class_name="head unrecorded__head",
        ),
        rx.el.ul(rx.foreach(day.rows, lambda row: _row(t, row)), class_name="unrecorded"),
        aria_labelledby=f"day-{day.key}",
        key=day.key,
    )


def _row(t: Texts, row: rx.Var[UnrecordedRow]) -> rx.Component:
    return rx.el.li(
        rx.el.label(
            rx.el.input(type="checkbox", checked=row.is_chosen, on_change=UnrecordedState.choose(row.reference)),
            rx.el.span(row.time, class_name="num unrecorded__time"),
            " ",
            rx.el.b(marked(t, row.name)),
            class_name="tickbox",
        ),
        rx.el.span(row.service, " · ", row.mode, " · ", row.desk, class_name="soft small"),
        rx.el.span(row.status, class_name=row.status_class),
        rx.el.a(row.reference_shown, href=row.href, class_name="small num"),
        key=row.reference,
    )

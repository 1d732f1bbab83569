"""The head of the day: which day, what can be done with it, at which desk one works, and how late one is."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.services.desk.state_delay import MINUTES
from dimoslive.ui.shared.components.plain_form import plain_form
from dimoslive.ui.shared.components.scripts import PressButton, modal, press_button
from dimoslive.ui.staff.day.state import DayState
from dimoslive.ui.staff.frame import staff_href
from dimoslive.ui.staff.state import StaffFrameState
from dimoslive.urls import desk_list_path


def day_head(t: Texts) -> rx.Component:
    """The day as heading, the way to others, and the page's own actions."""
    s = DayState
    return rx.el.div(
        rx.el.h1(s.title, id="day-title", tab_index=-1),
        rx.el.div(
            rx.el.a("‹", href=s.previous_href, aria_label=t("day.previous"), class_name="press is-icon"),
            rx.el.a(
                t("day.today"),
                href=s.today_href,
                aria_current=rx.cond(s.is_today, "date", "false"),
                class_name="press",
            ),
            rx.el.a("›", href=s.next_href, aria_label=t("day.next"), class_name="press is-icon"),
            rx.el.form(
                rx.el.label(t("day.date"), html_for="date", class_name="govgr-visually-hidden"),
                rx.el.input(
                    id="date",
                    name="date",
                    class_name="field-inline num",
                    size=10,
                    default_value=s.on,
                    key=s.on,
                    auto_complete="off",
                ),
                rx.el.button(t("day.go"), type="submit", class_name="press"),
                on_submit=s.go_to,
                class_name="head__date",
            ),
            class_name="head__days",
        ),
        rx.el.div(*_actions(t), class_name="head__acts is-wide"),
        rx.el.details(
            rx.el.summary(t("day.actions"), class_name="press"),
            rx.el.div(*_actions(t), class_name="head__acts"),
            class_name="head__more",
        ),
        class_name="head",
    )


def _actions(t: Texts) -> list[rx.Component]:
    s, language = DayState, t.language
    return [
        # Posted, because each printing is logged.
        plain_form(
            rx.el.input(type="hidden", name="m", value=StaffFrameState.slug, read_only=True),
            rx.el.input(type="hidden", name="date", value=s.day, read_only=True),
            rx.el.button(t("day.print"), type="submit", class_name="press"),
            action=desk_list_path("print", language),
            method="post",
            target="_blank",
        ),
        rx.el.a(t("day.export"), href=staff_href("/desk/export", language, "date=") + s.day, class_name="press"),
        PressButton.create(t("day.late"), ack_count=s.ack_count, on_click=s.open_late, class_name="press"),
        rx.el.a(t("day.new"), href=staff_href("/desk/new", language), class_name="btn"),
    ]


def desk_button(t: Texts) -> rx.Component:
    """In the header: the desk of today, and the way to another."""
    s = DayState
    before, _, after = t("staff.desk", name="\n").partition("\n")
    return rx.el.p(
        rx.el.button(
            rx.cond(
                s.my_desk_name != "",
                rx.el.span(before, s.my_desk_name, after),
                rx.el.span(t("staff.no_desk")),
            ),
            type="button",
            on_click=s.ask_desk,
            class_name="mast__press",
        ),
        class_name="mast__desk",
    )


def my_desk_question(t: Texts) -> rx.Component:
    """Asked once a day, and in nobody's way."""
    s = DayState
    return rx.cond(
        s.asks_desk,
        rx.el.form(
            rx.el.label(t("desk.my_desk"), html_for="my-desk"),
            rx.el.select(
                rx.el.option(t("desk.my_desk.none"), value=""),
                rx.foreach(s.own_desks, lambda one: rx.el.option(one.label, value=one.value)),
                id="my-desk",
                name="desk",
                default_value=s.my_desk,
                class_name="field-inline",
            ),
            rx.el.button(t("desk.save"), type="submit", class_name="press is-main"),
            rx.el.a(t("own_absence.link"), href=staff_href("/desk/absence", t.language), class_name="press"),
            on_submit=s.choose_desk,
            class_name="ask",
        ),
        rx.fragment(),
    )


def late_dialog(t: Texts) -> rx.Component:
    """By how much a desk is late, and until when."""
    s = DayState
    minutes = [
        rx.el.label(
            rx.el.input(type="radio", name="minutes", value=str(one), default_checked=one == MINUTES[0]),
            str(one) if one else t("desk.late.none"),
        )
        for one in MINUTES
    ]
    form = rx.el.form(
        rx.el.p(s.problem, role="alert", class_name="wrong"),
        rx.el.div(
            rx.el.label(t("desk.late.desk"), html_for="late-desk"),
            rx.el.select(
                rx.foreach(s.own_desks, lambda one: rx.el.option(one.label, value=one.value)),
                id="late-desk",
                name="desk",
                default_value=s.late_desk,
                class_name="input",
            ),
            class_name="field",
        ),
        rx.el.fieldset(
            rx.el.legend(t("desk.late.minutes")),
            rx.el.div(*minutes, class_name="switch__set"),
            class_name="field switch",
        ),
        _until(t),
        rx.el.p(s.late_tells, class_name="soft"),
        rx.el.div(
            press_button(t, t("desk.save"), ack_count=s.ack_count, type="submit", class_name="btn"),
            rx.el.button(t("desk.leave"), type="button", on_click=s.close_late, class_name="aslink"),
            class_name="dialog__acts",
        ),
        on_submit=s.state_late,
        no_validate=True,
    )
    return rx.cond(
        s.is_late_open,
        modal(
            rx.el.h2(t("day.late"), id="late-title", tab_index=-1),
            form,
            labelled_by="late-title",
            on_leave=s.close_late,
        ),
        rx.fragment(),
    )


def _until(t: Texts) -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(t("desk.late.until"), class_name="govgr-visually-hidden"),
        rx.el.label(
            rx.el.input(type="radio", name="how", value="end", default_checked=True),
            t("desk.late.until_end"),
            class_name="tickbox",
        ),
        rx.el.div(
            rx.el.label(
                rx.el.input(type="radio", name="how", value="until"), t("desk.late.until"), class_name="tickbox"
            ),
            rx.el.input(type="time", name="until", aria_label=t("desk.late.until"), class_name="input is-short"),
            class_name="tick-line",
        ),
        class_name="field",
    )

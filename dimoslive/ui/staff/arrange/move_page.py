"""«Μετακίνηση» and «Σε άλλη θέση»."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.shared.components.feedback import page_feedback, skeleton
from dimoslive.ui.shared.components.field import error_summary
from dimoslive.ui.shared.components.scripts import left_fields, press_button
from dimoslive.ui.staff.arrange.move_state import HandOverState, MoveState
from dimoslive.ui.staff.arrange.parts import book_form, field_error, switch, typed_field, warn_title
from dimoslive.ui.staff.arrange.view_models import DeskView
from dimoslive.ui.staff.arrange.when import when_section
from dimoslive.ui.staff.frame import missing_page, staff_page

State = type[MoveState] | type[HandOverState]


def move_page(t: Texts) -> rx.Component:
    """Another time."""
    s = MoveState
    return _page(
        t,
        s,
        t("arrange.move.title"),
        t("arrange.move.done"),
        rx.cond(s.is_movable, _move_form(t), _over(t)),
    )


def hand_over_page(t: Texts) -> rx.Component:
    """Another desk."""
    s = HandOverState
    return _page(
        t,
        s,
        t("arrange.desk.title"),
        t("arrange.desk.done"),
        rx.cond(
            s.is_movable,
            rx.cond(s.desks.length() > 0, _desk_form(t), rx.el.p(t("arrange.desk.none"), class_name="empty")),
            rx.el.p(t("arrange.move.over"), class_name="empty"),
        ),
    )


def _page(t: Texts, s: State, title: str, done: str, form: rx.Component) -> rx.Component:
    return staff_page(
        t,
        rx.cond(s.is_missing, missing_page(t), _content(t, s, title, done, form)),
        current="day",
        styles=("arrange",),
    )


def _content(t: Texts, s: State, title: str, done: str, form: rx.Component) -> rx.Component:
    return rx.fragment(
        rx.el.p(rx.el.a("‹ ", t("arrange.to_booking"), href=s.booking_href), class_name="crumb"),
        rx.cond(
            s.done != "",
            _done(t, s, done),
            rx.fragment(
                rx.el.h1(title, id="arrange-title", tab_index=-1),
                page_feedback(t, s),
                rx.cond(
                    s.is_loaded,
                    rx.fragment(_booking(s), form),
                    rx.cond(s.problem == "", skeleton(t, "4rem", "16rem"), rx.fragment()),
                ),
            ),
        ),
    )


def _booking(s: State) -> rx.Component:
    return rx.el.div(
        rx.el.p(rx.el.b(s.person, lang="el"), " · ", s.service_name, " · ", s.mode_name), class_name="arrange__of"
    )


def _move_form(t: Texts) -> rx.Component:
    s = MoveState
    return rx.el.form(
        error_summary(t, s.errors),
        book_form(
            left_fields(
                _mode(t),
                rx.el.div(when_section(t, s, keeps_own=True), _move_sum(t), class_name="arrange__move"),
                on_left=s.leave,
            )
        ),
        on_submit=s.move,
        key=s.form_version,
        no_validate=True,
        auto_complete="off",
    )


def _mode(t: Texts) -> rx.Component:
    """Where the service has but one mode there is nothing to change."""
    s = MoveState
    choice = rx.el.div(
        switch(t("arrange.mode"), "mode", s.modes, chosen=s.mode, on_change=s.choose_mode),
        field_error(t, "mode", s.error_of),
        id="mode",
        tab_index=-1,
        class_name="arrange__mode",
    )
    return rx.cond(s.modes.length() > 1, choice, rx.fragment())


def _move_sum(t: Texts) -> rx.Component:
    """Old time and new together, who hears of it, and the press."""
    s = MoveState
    return rx.el.section(
        rx.el.dl(
            rx.el.div(rx.el.dt(t("arrange.move.now")), rx.el.dd(s.old, class_name="arrange__old")),
            rx.el.div(
                rx.el.dt(t("arrange.move.new")),
                rx.el.dd(
                    rx.el.p(
                        rx.cond(s.summary != "", s.summary, t("arrange.no_time_yet")),
                        class_name="sum__big",
                        role="status",
                    ),
                    rx.cond(s.new_mode != "", rx.el.p(s.new_mode), rx.fragment()),
                ),
            ),
            class_name="arrange__both",
        ),
        rx.cond(s.has_email, _tick("mail", t("arrange.move.tell"), is_ticked=True), rx.fragment()),
        rx.cond(s.has_phone, _tick("call", t("arrange.move.call"), is_ticked=~s.has_email), rx.fragment()),
        rx.foreach(s.warnings, lambda warning: warn_title(warning.text, "small")),
        rx.el.div(
            press_button(t, t("arrange.move.press"), ack_count=s.ack_count, type="submit", class_name="btn"),
            rx.el.kbd("Ctrl + Enter"),
            rx.el.a(t("arrange.cancel"), href=s.booking_href),
            class_name="sum__acts",
        ),
        class_name="sum",
        aria_label=t("arrange.move.title"),
    )


def _tick(name: str, text: str, *, is_ticked: rx.Var | bool) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="checkbox", name=name, default_checked=is_ticked), rx.el.span(text), class_name="tickbox"
    )


def _over(t: Texts) -> rx.Component:
    s = MoveState
    return rx.el.div(
        rx.el.p(rx.el.b(t("arrange.move.over")), " · ", s.old),
        rx.el.p(rx.el.a(t("arrange.move.same_again"), href=s.same_href, class_name="press")),
        class_name="empty",
    )


def _done(t: Texts, s: State, title: str) -> rx.Component:
    return rx.el.div(
        rx.el.h1(title, id="done-title", tab_index=-1),
        page_feedback(t, s),
        rx.el.p(rx.el.span(s.person, lang="el"), ": ", s.old, " → ", rx.el.b(s.done)),
        rx.cond(s.told != "", rx.el.p(s.told, class_name="soft"), rx.fragment()),
        rx.el.div(
            rx.el.a(t("arrange.to_booking"), href=s.booking_href, class_name="press"),
            rx.el.a(t("arrange.back"), href=s.day_href, class_name="press"),
            class_name="sum__acts",
        ),
        class_name="arrange__done",
    )


def _desk_form(t: Texts) -> rx.Component:
    s = HandOverState
    reason = typed_field(
        t, "capacity_reason", t("arrange.capacity_reason"), value=s.reason, error_of=s.error_of, auto_complete="off"
    )
    return rx.el.form(
        error_summary(t, s.errors),
        rx.el.p(s.old, class_name="arrange__old"),
        book_form(
            rx.el.fieldset(
                rx.el.legend(t("arrange.desk.which"), id="desks", tab_index=-1),
                field_error(t, "desks", s.error_of),
                rx.foreach(s.desks, lambda desk: _desk(s, desk)),
                class_name="arrange__desks times-list",
            ),
            rx.cond(s.wants_reason, reason, rx.fragment()),
            rx.el.div(
                press_button(t, t("arrange.desk.press"), ack_count=s.ack_count, type="submit", class_name="btn"),
                rx.el.a(t("arrange.cancel"), href=s.booking_href),
                class_name="sum__acts",
            ),
        ),
        on_submit=s.hand_over,
        no_validate=True,
    )


def _desk(s: type[HandOverState], desk: DeskView) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="radio", name="to_desk", value=desk.value, checked=desk.value == s.chosen, on_change=s.choose),
        rx.el.b(desk.text),
        rx.el.span(desk.note),
        class_name="pick",
        key=desk.value,
    )

"""One official."""

import reflex as rx

from dimoslive.domain.settings.official import MAX_FIRST_NAME, MAX_LAST_NAME
from dimoslive.i18n import Texts
from dimoslive.ui.settings.fields import group, row, select_field, text_field
from dimoslive.ui.settings.form import history, settings_form
from dimoslive.ui.settings.frame import head, settings_page
from dimoslive.ui.settings.officials.list_page import PATH
from dimoslive.ui.settings.officials.state import OfficialState
from dimoslive.ui.settings.officials.view_models import LeftDeskView
from dimoslive.ui.shared.components.scripts import modal, press_button
from dimoslive.ui.staff.parts import Choice


def official(t: Texts) -> rx.Component:
    """The form of one who is entered, or of a new one."""
    s = OfficialState
    return settings_page(
        t,
        s,
        head(
            t,
            s.title,
            back=(t("settings.nav.officials"), PATH),
            language=rx.cond(s.is_new, t.language, "el"),
            action=rx.cond(s.is_self, rx.el.span(t("officials.you"), class_name="remark"), rx.fragment()),
        ),
        settings_form(
            t,
            s,
            _who(t),
            _right(t),
            _ticks(
                t, "department_ids", s.departments, t("officials.hint.departments"), t("officials.hits.departments")
            ),
            _ticks(t, "desk_ids", s.desks, t("officials.hint.desks"), t("officials.hits.desks")),
            on_submit=s.submit,
            cancel=PATH,
            keep_as=s.keep_as,
        ),
        rx.cond(
            s.is_new,
            rx.fragment(),
            rx.el.div(
                rx.el.button(t("officials.end"), type="button", on_click=s.ask_end, class_name="press is-due is-stop"),
                class_name="more-acts",
            ),
        ),
        history(t, s),
        rx.cond(s.is_ending, _ending(t), rx.fragment()),
        current="officials",
    )


def _who(t: Texts) -> rx.Component:
    s = OfficialState
    known = rx.fragment(
        row(
            text_field(
                t, s, "afm", t("officials.field.afm"), hint=t("officials.hint.afm"), max_length=20, is_short=True,
                input_mode="numeric", auto_complete="off",
            ),
            hits=t("officials.hits.afm"),
        ),
        row(
            text_field(
                t, s, "email", t("officials.field.email"), max_length=254, type="email", auto_complete="off"
            ),
            hits=t("officials.hits.email"),
        ),
    )  # fmt: skip
    return group(
        t("officials.group.who"),
        rx.cond(
            s.is_new,
            known,
            rx.el.div(
                rx.el.p(rx.el.b(t("officials.signs_in_by"), " "), s.known_by),
                rx.el.p(t("officials.signs_in_by_fixed"), class_name="soft small"),
                class_name="field",
            ),
        ),
        row(
            _name(t, "last_name", MAX_LAST_NAME),
            hits=t("officials.hits.name"),
        ),
        row(_name(t, "first_name", MAX_FIRST_NAME)),
    )  # fmt: skip


def _name(t: Texts, name: str, max_length: int) -> rx.Component:
    label = t(f"officials.field.{name}")
    return text_field(t, OfficialState, name, label, max_length=max_length, auto_complete="off", lang="el")


def _right(t: Texts) -> rx.Component:
    s = OfficialState
    return group(
        t("officials.group.right"),
        row(select_field(t, s, "role", t("officials.field.role"), s.roles), hits=t("officials.hits.role")),
    )


def _ticks(t: Texts, name: str, options: rx.Var, hint: str, hits: str) -> rx.Component:
    """Several of several; where there are none, nothing."""
    s, label = OfficialState, t(f"officials.field.{name}")
    return rx.cond(
        options.length() > 0,
        group(
            label,
            row(
                rx.el.div(
                    rx.el.p(hint, class_name="hint"),
                    rx.cond(
                        s.errors[name],
                        rx.el.p(
                            rx.el.span(t("field.error"), class_name="govgr-visually-hidden"),
                            s.errors[name],
                            class_name="wrong",
                        ),
                        rx.fragment(),
                    ),
                    rx.foreach(options, _tick),
                    id=name,
                    tab_index=-1,
                    class_name=rx.cond(s.errors[name], "field is-wrong", "field"),
                ),
                hits=hits,
            ),
        ),
        rx.fragment(),
    )


def _tick(one: rx.Var[Choice]) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="checkbox", id=one.value, name=one.value, default_checked=OfficialState.values[one.value] == "on"
        ),
        rx.el.span(one.text, custom_attrs={"data-name": ""}),
        class_name="tickbox",
    )


def _ending(t: Texts) -> rx.Component:
    s = OfficialState
    return modal(
        rx.el.h2(t("officials.end.title"), id="end-title", tab_index=-1),
        rx.el.p(rx.el.b(s.title)),
        rx.el.p(rx.cond(s.is_self, t("officials.end.text_self"), t("officials.end.text"))),
        rx.cond(s.meeting != "", rx.el.p(s.meeting, class_name="warn"), rx.fragment()),
        rx.cond(s.left_empty != "", rx.el.p(s.left_empty), rx.fragment()),
        rx.el.form(
            rx.foreach(s.left_alone, _left),
            rx.el.div(
                press_button(t, t("officials.end.yes"), ack_count=s.ack_count, type="submit", class_name="btn is-stop"),
                rx.el.button(t("settings.cancel"), type="button", on_click=s.leave, class_name="aslink"),
                class_name="dialog__acts",
            ),
            on_submit=s.end,
        ),
        labelled_by="end-title",
        on_leave=s.leave,
    )


def _left(desk: rx.Var[LeftDeskView]) -> rx.Component:
    return rx.el.div(
        rx.el.label(desk.label, html_for=desk.field),
        rx.el.select(
            rx.foreach(desk.options, lambda one: rx.el.option(one.text, value=one.value)),
            id=desk.field,
            name=desk.field,
            required=True,
            class_name="input",
        ),
        class_name="field",
    )

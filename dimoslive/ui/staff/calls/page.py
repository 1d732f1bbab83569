"""The page of calls."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.shared.components.feedback import page_feedback, skeleton
from dimoslive.ui.shared.components.plain_form import plain_form
from dimoslive.ui.shared.components.scripts import arrow_list, press_button
from dimoslive.ui.staff.calls.state import CallsState
from dimoslive.ui.staff.calls.view_models import CallMade, CallView
from dimoslive.ui.staff.frame import staff_page
from dimoslive.ui.staff.icons import icon
from dimoslive.ui.staff.live import all_days_listener
from dimoslive.ui.staff.parts import answer_line, filter_select, print_button, scope_line
from dimoslive.ui.staff.state import StaffFrameState
from dimoslive.urls import CALLS_FILE


def calls(t: Texts) -> rx.Component:
    """Those to be made, then those made in the last days."""
    s = CallsState
    return staff_page(
        t,
        rx.el.div(
            rx.el.h1(t("calls.title")), rx.el.div(_file(t), print_button(t), class_name="head__acts"), class_name="head"
        ),
        all_days_listener(s.refresh),
        rx.cond(
            s.is_loaded,
            rx.fragment(
                scope_line(s.scope),
                _filters(t),
                page_feedback(t, s),
                answer_line(t, s.answer, s.can_undo, s.undo),
                _to_make(t),
                _made(t),
            ),
            rx.fragment(page_feedback(t, s), skeleton(t, "2.5rem", "6rem", "6rem", "6rem")),
        ),
        current="calls",
        styles=("lists",),
    )


def _file(t: Texts) -> rx.Component:
    """What the filters show, as a file; for those who may export."""
    s = CallsState
    return rx.cond(
        s.can_export,
        plain_form(
            rx.el.input(type="hidden", name="m", value=StaffFrameState.slug, read_only=True),
            rx.el.input(type="hidden", name="language", value=t.language, read_only=True),
            rx.el.input(type="hidden", name="department", value=s.department, read_only=True),
            rx.el.input(type="hidden", name="mine", value=rx.cond(s.mine, "1", ""), read_only=True),
            rx.el.button(t("calls_file.press"), type="submit", class_name="press"),
            action=CALLS_FILE,
            method="post",
        ),
        rx.fragment(),
    )


def _filters(t: Texts) -> rx.Component:
    s = CallsState
    return rx.el.div(
        filter_select(
            "department",
            t("lists.department"),
            t("lists.all_departments"),
            s.departments,
            s.department,
            s.choose_department,
        ),
        rx.el.label(
            rx.el.input(type="checkbox", checked=s.mine, on_change=s.choose_mine),
            t("calls.mine"),
            class_name="tickbox is-inline",
        ),
        role="group",
        aria_label=t("lists.filters"),
        class_name="filters",
    )


def _to_make(t: Texts) -> rx.Component:
    s = CallsState
    return rx.el.section(
        rx.el.h2(t("calls.to_make"), id="to-make", class_name="govgr-visually-hidden"),
        rx.cond(
            s.to_make.length() > 0,
            arrow_list(rx.el.ul(rx.foreach(s.to_make, lambda one: _call(t, one)), class_name="calls")),
            rx.el.p(t("lists.empty"), class_name="empty"),
        ),
        aria_labelledby="to-make",
    )


def _call(t: Texts, one: rx.Var[CallView]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(one.name, class_name="tocall__name", lang="el"),
            rx.cond(
                one.tel != "",
                rx.el.p(rx.el.a(icon("phone"), one.phone, href=one.tel, class_name="tocall__tel")),
                rx.el.p(t("calls.no_phone"), class_name="soft"),
            ),
            rx.cond(one.taken != "", rx.el.p(rx.el.b(one.taken), class_name="tocall__own"), rx.fragment()),
            rx.cond(one.is_mine, rx.fragment(), _press(t, one, "take", "mine", "press tocall__take")),
        ),
        rx.el.div(
            rx.el.p(one.say, class_name="tocall__say"),
            rx.el.p(one.facts, class_name="tocall__facts"),
            rx.el.p(
                rx.el.a(one.number, href=one.href, custom_attrs={"data-open": ""}),
                rx.cond(
                    one.move_href != "",
                    rx.fragment(
                        " · ",
                        rx.el.a(t("calls.move"), _of(one), href=one.move_href),
                        " · ",
                        # Where it is asked for the reason, and said who will hear of it.
                        rx.el.a(t("calls.cancel"), _of(one), href=one.href),
                    ),
                    rx.fragment(),
                ),
                class_name="tocall__links",
            ),
        ),
        rx.el.div(
            _press(t, one, "told", "told", "press is-main is-due"),
            _press(t, one, "no_answer", "no_answer", "press"),
            class_name="tocall__acts",
        ),
        class_name=rx.cond(one.is_mine, "tocall is-mine", "tocall"),
        custom_attrs={"data-stop": ""},
        key=one.id.to(str),
    )


def _press(t: Texts, one: rx.Var[CallView], text: str, press: str, class_name: str) -> rx.Component:
    s = CallsState
    return press_button(
        t,
        t(f"calls.{text}"),
        _of(one),
        ack_count=s.ack_count,
        on_click=s.press(one.id, press),
        class_name=class_name,
    )


def _of(one: rx.Var[CallView]) -> rx.Component:
    """Whose, for whoever hears the presses without seeing the rows."""
    return rx.el.span(" ", one.said_name, class_name="govgr-visually-hidden", lang="el")


def _made(t: Texts) -> rx.Component:
    s = CallsState
    heads = ("when", "person", "said", "who", "attempts")
    return rx.el.section(
        rx.el.h2(t("calls.done"), id="done"),
        rx.cond(
            s.made.length() > 0,
            rx.fragment(
                rx.el.table(
                    rx.el.thead(rx.el.tr(*[rx.el.th(t(f"calls.column.{head}"), scope="col") for head in heads])),
                    rx.el.tbody(rx.foreach(s.made, lambda one: _call_made(t, one))),
                    aria_labelledby="done",
                    class_name="list made",
                ),
                rx.el.p(t("calls.done_kept"), class_name="small soft"),
            ),
            rx.el.p(t("calls.none_done"), class_name="soft"),
        ),
        aria_labelledby="done",
        class_name="calls__done",
    )


def _call_made(t: Texts, one: rx.Var[CallMade]) -> rx.Component:
    def cell(head: str, content: rx.Var) -> rx.Component:
        return rx.el.td(content, custom_attrs={"data-label": t(f"calls.column.{head}")})

    return rx.el.tr(
        rx.el.td(one.when, class_name="num"),
        rx.el.th(rx.el.span(one.name, lang="el"), scope="row"),
        cell("said", one.said),
        cell("who", one.who),
        cell("attempts", one.attempts),
        key=one.id.to(str),
    )

"""«Κλεισίματα»: the list."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.settings.closures.list_state import ClosureRowView, ClosuresState
from dimoslive.ui.settings.frame import head, settings_page
from dimoslive.ui.settings.lists import add_button, cell, empty, list_table, narrowing
from dimoslive.ui.settings.plan.notice import open_plans
from dimoslive.ui.shared.components.plain_form import plain_form
from dimoslive.ui.shared.components.scripts import press_button
from dimoslive.ui.staff.frame import thing_href
from dimoslive.ui.staff.state import StaffFrameState
from dimoslive.urls import CLOSURES_FILE

PATH = "/admin/closures"


def closures(t: Texts) -> rx.Component:
    """Those ahead and the suggestions; on request those that are over."""
    s = ClosuresState
    heads = [t(f"closures.head.{name}") for name in ("when", "where", "reason", "acts")]
    return settings_page(
        t,
        s,
        head(t, t("settings.nav.closures"), lead=t("closures.lead"), action=add_button(t, f"{PATH}/new")),
        open_plans(t),
        rx.el.p(s.answer, role="status", class_name="soft"),
        narrowing(t, s, on_words=s.narrow, on_archived=s.with_over, archived_words=t("closures.with_over")),
        rx.cond(
            s.rows.length() > 0,
            list_table(t("settings.nav.closures"), heads, rx.foreach(s.rows, lambda row: _row(t, row, heads))),
            rx.cond(
                s.words != "",
                empty(t("settings.none_found")),
                empty(t("closures.none"), add_button(t, f"{PATH}/new")),
            ),
        ),
        rx.cond(s.rows.length() > 0, _file(t), rx.fragment()),
        current="closures",
        styles=("plans",),
    )


def _file(t: Texts) -> rx.Component:
    """Posted, because it is logged."""
    fields = (("m", StaffFrameState.slug), ("language", t.language))
    return plain_form(
        *[rx.el.input(type="hidden", name=name, value=value, read_only=True) for name, value in fields],
        rx.el.button(t("closures.csv"), type="submit", class_name="btn alt"),
        action=CLOSURES_FILE,
        method="post",
        class_name="more-acts",
    )


def _row(t: Texts, row: rx.Var[ClosureRowView], heads: list[str]) -> rx.Component:
    s = ClosuresState
    marks = rx.fragment(
        rx.cond(row.is_suggestion, rx.el.span(" ", rx.el.span(t("closures.suggestion"), class_name="suggest"))),
        rx.cond(row.is_over, rx.el.span(" ", rx.el.span(t("closures.over"), class_name="remark"))),
    )
    name = rx.cond(row.thing != "", rx.el.a(row.when, href=thing_href(PATH, row.thing, t.language)), row.when)
    return rx.el.tr(
        rx.el.th(name, marks, scope="row"),
        cell(heads[1], row.where),
        cell(heads[2], row.reason),
        cell(
            heads[3],
            rx.el.div(
                rx.cond(
                    row.is_suggestion & (row.thing != "") & ~row.is_over,
                    _press(t, t("closures.confirm"), row, s.confirm(row.thing)),
                ),
                rx.cond(row.can_reopen, _press(t, t("closures.reopen"), row, s.reopen(row.thing))),
                rx.cond(row.copy != "", _press(t, row.copy, row, s.copy_year(row.thing))),
                class_name="row-acts",
            ),
        ),
    )


def _press(t: Texts, words: str | rx.Var, row: rx.Var[ClosureRowView], on_click: object) -> rx.Component:
    return press_button(
        t,
        words,
        rx.el.span(" ", row.when, class_name="govgr-visually-hidden"),
        ack_count=ClosuresState.ack_count,
        on_click=on_click,
        class_name="press is-due",
    )

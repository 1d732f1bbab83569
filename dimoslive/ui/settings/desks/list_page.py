"""«Θέσεις»: the list."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.settings.desks.feeds import feeds
from dimoslive.ui.settings.desks.list_state import DeskRowView, DesksState
from dimoslive.ui.settings.frame import head, settings_page
from dimoslive.ui.settings.lists import add_button, cell, empty, list_table, narrowing
from dimoslive.ui.settings.plan.notice import open_plans
from dimoslive.ui.staff.frame import thing_href

PATH = "/admin/desks"


def desks(t: Texts) -> rx.Component:
    """Every desk with where it is and who works it; no overflow lanes."""
    s = DesksState
    add = rx.cond(s.can_add, add_button(t, f"{PATH}/new"), rx.fragment())
    heads = [t(f"desks.head.{name}") for name in ("name", "department", "place", "officials", "services", "position")]
    return settings_page(
        t,
        s,
        head(t, t("settings.nav.desks"), lead=t("settings.about.desks"), action=add),
        open_plans(t),
        narrowing(t, s, on_words=s.narrow, on_archived=s.with_archived),
        rx.cond(
            s.rows.length() > 0,
            list_table(t("settings.nav.desks"), heads, rx.foreach(s.rows, lambda row: _row(t, row, heads))),
            rx.cond(
                s.words != "",
                empty(t("settings.none_found")),
                empty(t("desks.none"), rx.cond(s.can_add, add_button(t, f"{PATH}/new"), rx.fragment())),
            ),
        ),
        feeds(t),
        current="desks",
    )


def _row(t: Texts, row: rx.Var[DeskRowView], heads: list[str]) -> rx.Component:
    other = "en" if t.language == "el" else "el"
    return rx.el.tr(
        rx.el.th(
            rx.el.a(row.name, href=thing_href(PATH, row.thing, t.language)),
            rx.cond(
                row.is_active,
                rx.fragment(),
                rx.el.span(" ", rx.el.span(t("services.remark.archived"), class_name="remark")),
            ),
            rx.el.p(
                rx.el.span(row.other_name, lang=other),
                rx.cond(row.is_suggested, rx.el.span(t("settings.suggested"), class_name="suggest"), rx.fragment()),
                class_name="list__sub",
            ),
            scope="row",
        ),
        cell(heads[1], row.department),
        cell(heads[2], row.place),
        cell(heads[3], rx.el.span(row.officials, lang="el")),
        cell(heads[4], row.services),
        cell(heads[5], row.position),
    )

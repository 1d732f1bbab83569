"""«Υπάλληλοι»: the list."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.settings.frame import head, settings_page
from dimoslive.ui.settings.lists import add_button, cell, empty, list_table, narrowing
from dimoslive.ui.settings.officials.list_state import OfficialRowView, OfficialsState
from dimoslive.ui.staff.frame import thing_href

PATH = "/admin/officials"
_HEADS = ("name", "known_by", "role", "departments", "desks", "since")


def officials(t: Texts) -> rx.Component:
    """Everybody who may act for the municipality, and as what."""
    s, heads = OfficialsState, [t(f"officials.head.{name}") for name in _HEADS]
    return settings_page(
        t,
        s,
        head(
            t,
            t("settings.nav.officials"),
            lead=rx.cond(s.is_all, t("settings.about.officials"), t("officials.own_departments")),
            action=add_button(t, f"{PATH}/new"),
        ),
        narrowing(t, s, on_words=s.narrow),
        rx.cond(
            s.rows.length() > 0,
            list_table(t("settings.nav.officials"), heads, rx.foreach(s.rows, lambda row: _row(t, row, heads))),
            rx.cond(
                s.words != "",
                empty(t("settings.none_found")),
                empty(t("officials.none"), add_button(t, f"{PATH}/new")),
            ),
        ),
        current="officials",
    )


def _row(t: Texts, row: rx.Var[OfficialRowView], heads: list[str]) -> rx.Component:
    return rx.el.tr(
        rx.el.th(
            rx.el.a(row.name, href=thing_href(PATH, row.thing, t.language), lang="el"),
            rx.cond(row.is_self, rx.el.span(" ", rx.el.span(t("officials.you"), class_name="remark")), rx.fragment()),
            scope="row",
        ),
        cell(heads[1], row.known_by),
        cell(heads[2], row.role),
        cell(heads[3], row.departments),
        cell(heads[4], row.desks),
        cell(heads[5], row.since),
    )

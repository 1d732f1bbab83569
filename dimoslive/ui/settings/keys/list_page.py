"""«Κλειδιά»: the list."""

import reflex as rx

from dimoslive.domain.keys.lifetime import MAX_KEYS
from dimoslive.i18n import Texts
from dimoslive.ui.settings.frame import head, settings_page
from dimoslive.ui.settings.keys.list_state import KeysState
from dimoslive.ui.settings.keys.view_models import KeyView
from dimoslive.ui.settings.lists import add_button, cell, empty, list_table
from dimoslive.ui.shared.components.scripts import marked
from dimoslive.ui.staff.frame import thing_href

PATH = "/admin/keys"
_HEADS = ("name", "scopes", "used", "requests", "ends")


def keys(t: Texts) -> rx.Component:
    """Each key with what it is good for and how much it is used."""
    s, heads = KeysState, [t(f"keys.head.{name}") for name in _HEADS]
    add = add_button(t, f"{PATH}/new", t("keys.add"))
    return settings_page(
        t,
        s,
        head(
            t,
            t("settings.nav.keys"),
            lead=t("settings.about.keys"),
            action=rx.cond(s.can_add & (s.rows.length() > 0), add, rx.fragment()),
        ),
        rx.cond(s.can_add, rx.fragment(), rx.el.p(t("keys.full", most=MAX_KEYS), class_name="warn")),
        rx.cond(
            s.rows.length() > 0,
            list_table(t("settings.nav.keys"), heads, rx.foreach(s.rows, lambda row: _row(t, row, heads))),
            empty(t("keys.none"), add),
        ),
        current="keys",
    )


def _row(t: Texts, row: rx.Var[KeyView], heads: list[str]) -> rx.Component:
    return rx.el.tr(
        rx.el.th(
            rx.el.a(marked(t, row.name), href=thing_href(PATH, row.thing, t.language)),
            rx.cond(row.tag != "", rx.el.span(" ", rx.el.span(row.tag, class_name="remark")), rx.fragment()),
            rx.el.p(rx.el.code(row.shown), class_name="list__sub"),
            scope="row",
        ),
        cell(heads[1], rx.el.ul(rx.foreach(row.scopes, rx.el.li), class_name="list__words")),
        cell(heads[2], row.used),
        cell(heads[3], row.requests),
        cell(heads[4], row.ends),
    )

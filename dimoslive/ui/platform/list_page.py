"""«Πλατφόρμα»: the table of all municipalities."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.platform.frame import platform_page
from dimoslive.ui.platform.list_state import EnrolmentRow, PlatformState
from dimoslive.ui.settings.lists import cell, empty, list_table


def platform(t: Texts) -> rx.Component:
    """Search, and a line for each."""
    s = PlatformState
    heads = [
        t(f"platform.head.{name}") for name in ("municipality", "state", "administrators", "services", "desks", "days")
    ]
    return platform_page(
        t,
        s,
        rx.el.div(rx.el.h1(t("platform.title")), class_name="head"),
        rx.el.p(t("platform.lead"), class_name="lead"),
        rx.el.p(rx.el.b(s.summary)),
        _narrowing(t),
        rx.cond(
            s.rows.length() > 0,
            list_table(t("platform.title"), heads, rx.foreach(s.rows, lambda row: _row(t, row, heads))),
            empty(t("settings.none_found")),
        ),
    )


def _narrowing(t: Texts) -> rx.Component:
    s = PlatformState
    return rx.el.div(
        rx.el.div(
            rx.el.label(t("platform.search"), html_for="narrow"),
            rx.el.span(t("platform.search_hint"), id="narrow-hint", class_name="hint"),
            rx.el.input(
                id="narrow",
                type="search",
                default_value=s.words,
                max_length=80,
                on_change=s.narrow,
                auto_complete="off",
                class_name="input",
                aria_describedby="narrow-hint",
            ),
            class_name="field",
        ),
        rx.el.label(
            rx.el.input(type="checkbox", checked=s.only_enrolled, on_change=s.show_enrolled),
            rx.el.span(t("platform.only_enrolled")),
            class_name="tickbox",
        ),
        rx.el.p(s.found, role="status", class_name="soft"),
        class_name="narrow",
    )


def _row(t: Texts, row: rx.Var[EnrolmentRow], heads: list[str]) -> rx.Component:
    def number(head: str, value: rx.Var) -> rx.Component:
        return rx.cond(value != "", cell(head, value), rx.el.td())

    return rx.el.tr(
        rx.el.th(
            rx.el.a(row.name, href=row.href),
            rx.el.p(t("picker.unit"), " ", row.unit, class_name="list__sub"),
            scope="row",
        ),
        cell(
            heads[1],
            rx.el.span(row.state, class_name=row.tag),
            rx.cond(row.opens != "", rx.el.p(row.opens, class_name="list__sub"), rx.fragment()),
        ),
        number(heads[2], row.administrators),
        number(heads[3], row.services),
        number(heads[4], row.desks),
        number(heads[5], row.days),
        class_name="numbers",
    )

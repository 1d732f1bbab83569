"""The last page of an import: every row with its verdict, and the press."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.settings.frame import head
from dimoslive.ui.settings.imports.state import ImportState
from dimoslive.ui.settings.imports.view_models import JudgedRow, Remark, VerdictLink
from dimoslive.ui.settings.lists import cell, list_table
from dimoslive.ui.shared.components.scripts import press_button
from dimoslive.ui.staff.frame import staff_href
from dimoslive.ui.staff.state import StaffFrameState
from dimoslive.urls import IMPORT_REPORT


def judged_rows(t: Texts, path: str) -> rx.Component:
    """Nothing is imported yet."""
    s = ImportState
    heads = [t(f"imports.head.{name}") for name in ("row", "verdict", "what", "remarks")]
    report = rx.Var.create(f"{IMPORT_REPORT}?language={t.language}&m=").to(str) + StaffFrameState.slug
    return rx.fragment(
        head(t, t("imports.rows_page_title"), back=(t("imports.other_file"), path)),
        rx.el.p(s.file_name, class_name="lead"),
        _links(t, path, s.links, t("imports.filter")),
        rx.cond(
            s.rows.length() > 0,
            list_table(t("imports.rows_page_title"), heads, rx.foreach(s.rows, lambda row: _row(t, row, heads))),
            rx.el.p(t("imports.none_here"), class_name="empty"),
        ),
        rx.cond(s.pages.length() > 1, _links(t, path, s.pages, t("imports.pages")), rx.fragment()),
        rx.el.p(
            # A file, not a page of ours.
            rx.el.A.create(t("imports.save_report"), href=report + "&draft=" + s.draft, download=True)
        ),
        _presses(t),
    )


def _links(t: Texts, path: str, links: rx.Var[list[VerdictLink]], label: str) -> rx.Component:
    return rx.el.nav(
        rx.el.ul(
            rx.foreach(
                links,
                lambda one: rx.el.li(
                    rx.el.a(
                        one.text,
                        href=staff_href(path, t.language) + "&" + one.query,
                        aria_current=rx.cond(one.is_current, "true", "false"),
                    )
                ),
            )
        ),
        aria_label=label,
        class_name="import__links",
    )


def _row(t: Texts, row: rx.Var[JudgedRow], heads: list[str]) -> rx.Component:
    return rx.el.tr(
        rx.el.th(rx.el.span(t("imports.head.row"), " ", class_name="only-narrow"), row.number, scope="row"),
        cell(heads[1], rx.el.span(row.verdict, class_name=row.tag_class)),
        cell(
            heads[2],
            rx.el.span(row.title, lang="el"),
            rx.cond(row.subtitle != "", rx.el.p(row.subtitle, lang="el", class_name="list__sub"), rx.fragment()),
        ),
        cell(
            heads[3],
            rx.cond(
                row.remarks.length() > 0,
                rx.el.ul(rx.foreach(row.remarks, lambda one: _remark(t, row, one)), class_name="import__remarks"),
                rx.fragment(),
            ),
        ),
    )


def _remark(t: Texts, row: rx.Var[JudgedRow], one: rx.Var[Remark]) -> rx.Component:
    """«Διάρκεια, «7»: γράψτε …» of a wrong row; «Διάρκεια: 10 → 20» of a change."""
    was = rx.cond(one.was != "", rx.el.span(" «", rx.el.span(one.was, lang="el"), "»"), rx.fragment())
    before = rx.cond(
        one.was != "",
        rx.fragment(
            rx.el.span(t("imports.was"), " ", class_name="govgr-visually-hidden"),
            rx.el.span(one.was, class_name="soft"),
            rx.el.span(" → ", aria_hidden="true"),
            rx.el.span(" ", t("imports.becomes"), " ", class_name="govgr-visually-hidden"),
        ),
        rx.fragment(),
    )
    return rx.el.li(
        rx.el.b(one.column),
        rx.cond(row.is_wrong, rx.fragment(was, ": ", one.text), rx.fragment(": ", before, one.text)),
    )


def _presses(t: Texts) -> rx.Component:
    s = ImportState
    everything = press_button(
        t, t("imports.import_all"), ack_count=s.ack_count, type="button", on_click=s.import_all, class_name="btn"
    )
    good_ones = press_button(
        t, t("imports.import_good"), ack_count=s.ack_count, type="button", on_click=s.import_good, class_name="btn alt"
    )
    return rx.el.div(
        rx.el.p(
            rx.cond(
                s.wrong > 0,
                rx.cond(s.good > 0, t("imports.some_wrong"), t("imports.all_wrong")),
                rx.cond(s.good > 0, t("imports.all_good"), t("imports.nothing_new")),
            ),
            class_name="endbar__say",
        ),
        rx.cond(
            s.good > 0,
            rx.el.div(rx.cond(s.wrong > 0, good_ones, everything), class_name="endbar__acts"),
            rx.fragment(),
        ),
        class_name="endbar",
    )

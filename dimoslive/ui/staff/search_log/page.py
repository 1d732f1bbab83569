"""The page of the log of searches and openings."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.shared.components.feedback import page_feedback, skeleton
from dimoslive.ui.staff.frame import missing_page, staff_page
from dimoslive.ui.staff.parts import scope_line
from dimoslive.ui.staff.search_log.state import LogLineView, OpenedLink, SearchLogState

_HEADS = ("when", "who", "kind", "words", "found", "opened")


def search_log(t: Texts) -> rx.Component:
    """One table; on a phone, cards."""
    s = SearchLogState
    return staff_page(
        t,
        rx.cond(s.is_missing, missing_page(t), _log(t)),
        current="search",
        styles=("lists",),
    )


def _log(t: Texts) -> rx.Component:
    s = SearchLogState
    return rx.fragment(
        rx.el.h1(t("search_log.title"), id="search-log"),
        page_feedback(t, s),
        rx.cond(
            s.is_loaded,
            rx.fragment(
                rx.el.p(t("search_log.lede"), class_name="lede"),
                scope_line(s.scope),
                rx.cond(s.lines.length() > 0, _table(t), rx.el.p(t("search_log.none"), class_name="empty")),
                rx.cond(s.older != "", rx.el.p(rx.el.a(t("search_log.older"), href=s.older)), rx.fragment()),
            ),
            skeleton(t, "2.5rem", "3rem", "3rem", "3rem"),
        ),
    )


def _table(t: Texts) -> rx.Component:
    return rx.el.table(
        rx.el.thead(rx.el.tr(*[rx.el.th(t(f"search_log.column.{head}"), scope="col") for head in _HEADS])),
        rx.el.tbody(rx.foreach(SearchLogState.lines, lambda line: _line(t, line))),
        aria_labelledby="search-log",
        class_name="list made",
    )


def _line(t: Texts, line: rx.Var[LogLineView]) -> rx.Component:
    def cell(head: str, *content: rx.Var | rx.Component, **props: object) -> rx.Component:
        return rx.el.td(*content, custom_attrs={"data-label": t(f"search_log.column.{head}")}, **props)

    return rx.el.tr(
        rx.el.td(line.day, " ", rx.el.b(line.time), class_name="num"),
        rx.el.th(rx.el.span(line.by, lang="el"), scope="row"),
        cell("kind", line.kind),
        rx.cond(
            line.has_words,
            cell("words", rx.el.span(line.words, lang="el")),
            cell("words", line.words, class_name="soft"),
        ),
        cell("found", line.found),
        cell("opened", rx.foreach(line.opened, _opened)),
        key=line.key,
    )


def _opened(one: rx.Var[OpenedLink]) -> rx.Component:
    return rx.fragment(rx.el.a(one.number, href=one.href), " ")

"""«Ιστορικό»."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.settings.frame import head, settings_page
from dimoslive.ui.settings.history.state import HistoryLineView, SetUpHistoryState
from dimoslive.ui.settings.lists import empty
from dimoslive.ui.shared.components.plain_form import plain_form
from dimoslive.ui.shared.components.scripts import marked
from dimoslive.ui.staff.frame import staff_href
from dimoslive.ui.staff.state import StaffFrameState
from dimoslive.urls import HISTORY_FILE, localized

PATH = "/admin/history"


def set_up_history(t: Texts) -> rx.Component:
    """Each line a sentence; what exactly was changed is unfolded."""
    s = SetUpHistoryState
    return settings_page(
        t,
        s,
        head(t, t("settings.nav.history"), lead=t("settings.about.history")),
        rx.el.div(
            rx.cond(
                s.refusal != "",
                rx.el.p(s.refusal, id="history-problem", tab_index=-1, class_name="wrong"),
                rx.fragment(),
            ),
            role="alert",
        ),
        rx.el.div(_filters(t), key=s.version.to(str)),
        rx.el.p(s.found, role="status", class_name="soft"),
        rx.cond(
            s.lines.length() > 0,
            rx.el.ol(rx.foreach(s.lines, lambda line: _line(t, line)), class_name="happened"),
            empty(t("history.none")),
        ),
        rx.cond((s.newer != "") | (s.older != ""), _pages(t), rx.fragment()),
        current="history",
    )


def _pages(t: Texts) -> rx.Component:
    s = SetUpHistoryState
    return rx.el.nav(
        rx.cond(s.newer != "", rx.el.a("‹ ", t("history.newer"), href=s.newer), rx.fragment()),
        rx.cond(s.older != "", rx.el.a(t("history.older"), " ›", href=s.older), rx.fragment()),
        aria_label=t("history.pages"),
        class_name="more-acts",
    )


def _filters(t: Texts) -> rx.Component:
    """Sent by the browser as an address; the second press posts the same, for a file."""
    s = SetUpHistoryState
    return rx.el.div(
        plain_form(
            rx.el.input(type="hidden", name="m", value=StaffFrameState.slug, read_only=True),
            _select("who", t("history.who"), t("history.everybody"), s.people, s.who, lang="el"),
            _select("kind", t("history.what"), t("history.everything"), s.kinds, s.kind),
            _day(t, "from", t("history.from"), s.first),
            _day(t, "until", t("history.until"), s.last),
            rx.el.button(t("history.show"), type="submit", class_name="btn"),
            rx.el.a(t("history.all"), href=staff_href(PATH, t.language)),
            action=localized(PATH, t.language),
            method="get",
        ),
        plain_form(
            *[
                rx.el.input(type="hidden", name=name, value=value, read_only=True)
                for name, value in (
                    ("m", StaffFrameState.slug),
                    ("language", t.language),
                    ("who", s.who),
                    ("kind", s.kind),
                    ("from", s.first),
                    ("until", s.last),
                )
            ],
            rx.el.button(t("history.csv"), type="submit", class_name="btn alt"),
            action=HISTORY_FILE,
            method="post",
        ),
        class_name="history-filters",
    )


def _select(name: str, label: str, all_words: str, options: rx.Var, value: rx.Var, **words: str) -> rx.Component:
    return rx.el.div(
        rx.el.label(label, html_for=name),
        rx.el.select(
            rx.el.option(all_words, value=""),
            rx.foreach(options, lambda one: rx.el.option(one.text, value=one.value, **words)),
            id=name,
            name=name,
            default_value=value,
            class_name="input",
        ),
        class_name="field",
    )


def _day(t: Texts, name: str, label: str, value: rx.Var) -> rx.Component:
    is_wrong = (SetUpHistoryState.wrong == name) & (SetUpHistoryState.refusal != "")
    return rx.el.div(
        rx.el.label(label, html_for=name),
        rx.el.input(
            id=name,
            name=name,
            default_value=value,
            placeholder=t("history.day_form"),
            input_mode="numeric",
            auto_complete="off",
            max_length=40,
            aria_invalid=is_wrong,
            aria_describedby=rx.cond(is_wrong, "history-problem", ""),
            class_name="input is-short",
        ),
        class_name=rx.cond(is_wrong, "field is-wrong", "field"),
    )


def _line(t: Texts, line: rx.Var[HistoryLineView]) -> rx.Component:
    return rx.el.li(
        rx.el.span(line.day, " ", rx.el.b(line.time), class_name="num"),
        " · ",
        rx.el.span(line.by, lang="el"),
        " · ",
        line.what,
        rx.cond(
            line.subject != "",
            rx.fragment(
                ": ", rx.cond(line.href != "", rx.el.a(line.subject, href=line.href), rx.el.span(line.subject))
            ),
            rx.fragment(),
        ),
        rx.cond(line.reason != "", rx.el.p(t("history.reason"), " ", line.reason), rx.fragment()),
        rx.cond(
            line.changes.length() > 0,
            rx.el.details(
                rx.el.summary(
                    t("history.details"),
                    rx.el.span(" ", line.what, " ", line.subject, class_name="govgr-visually-hidden"),
                ),
                rx.el.ul(rx.foreach(line.changes, lambda one: rx.el.li(marked(t, one))), class_name="happened__what"),
            ),
            rx.fragment(),
        ),
        key=line.key,
    )

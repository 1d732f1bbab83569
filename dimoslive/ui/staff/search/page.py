"""Where officials look for a booking: one field, and what was found."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.shared.components.feedback import page_feedback, skeleton
from dimoslive.ui.shared.components.scripts import arrow_list, marked, press_button
from dimoslive.ui.staff.frame import staff_href, staff_page
from dimoslive.ui.staff.search.state import FOUND, SearchState
from dimoslive.ui.staff.search.view_models import FoundLine


def search(t: Texts) -> rx.Component:
    """Before the first search there is only the field."""
    return staff_page(
        t,
        rx.el.h1(t("search.title")),
        page_feedback(t, SearchState),
        # What is typed into a field before it has its first value would be lost.
        rx.cond(SearchState.is_loaded, _form(t), skeleton(t, "5rem", "4rem")),
        rx.cond(
            SearchState.can_read_log,
            rx.el.p(rx.el.a(t("search_log.link"), href=staff_href("/desk/search-log", t.language))),
            rx.fragment(),
        ),
        _found(t),
        current="search",
        styles=("search",),
        class_name="search",
    )


def _form(t: Texts) -> rx.Component:
    s = SearchState
    return rx.el.form(
        rx.cond(s.departments != "", rx.el.p(t("search.sees", departments=""), s.departments, class_name="soft small")),
        _field(t, "text", t("search.field"), s.text, hint=t("search.logged"), auto_complete="off", type="search"),
        rx.el.div(
            _field(t, "first", t("search.from"), s.first, input_mode="numeric", auto_complete="off"),
            _field(t, "last", t("search.until"), s.last, input_mode="numeric", auto_complete="off"),
            press_button(t, t("search.go"), ack_count=s.ack_count, type="submit", class_name="btn"),
            class_name="search__days",
        ),
        on_submit=s.search,
        key=s.form_version,
        no_validate=True,
        role="search",
        class_name="search__form",
    )


def _field(t: Texts, name: str, label: str, value: rx.Var, *, hint: str = "", **props: object) -> rx.Component:
    """A labelled input; what is wrong with it stands at it, and is tied to it."""
    error = SearchState.error_of[name]
    has_error = SearchState.error_of.contains(name)
    described = f"{name}-hint" if hint else ""
    return rx.el.div(
        rx.el.label(label, html_for=name),
        rx.el.span(hint, id=f"{name}-hint", class_name="hint") if hint else rx.fragment(),
        rx.cond(
            has_error,
            rx.el.p(
                rx.el.span(t("field.error"), class_name="govgr-visually-hidden"),
                error,
                id=f"{name}-error",
                class_name="wrong",
            ),
        ),
        rx.el.input(
            id=name,
            name=name,
            default_value=value,
            aria_invalid=has_error,
            aria_describedby=rx.cond(has_error, f"{described} {name}-error".strip(), described),
            class_name="input",
            **props,
        ),
        class_name=rx.cond(has_error, "field is-wrong", "field"),
    )


def _found(t: Texts) -> rx.Component:
    s = SearchState
    return rx.cond(
        s.heading != "",
        rx.el.section(
            rx.el.h2(s.heading, id=FOUND, tab_index=-1),
            rx.cond(s.has_more, rx.el.p(t("search.too_many"), class_name="notice")),
            arrow_list(
                rx.el.table(
                    rx.el.thead(
                        rx.el.tr(
                            *[
                                rx.el.th(t(f"search.column.{name}"), scope="col")
                                for name in ("when", "person", "service", "status")
                            ]
                        )
                    ),
                    rx.el.tbody(rx.foreach(s.found, lambda line: _line(t, line))),
                    class_name="list is-cards",
                )
            ),
            aria_labelledby=FOUND,
        ),
        rx.cond(s.none_found != "", rx.el.p(s.none_found, id=FOUND, tab_index=-1, class_name="empty")),
    )


def _line(t: Texts, line: FoundLine) -> rx.Component:
    return rx.el.tr(
        rx.el.td(rx.el.b(line.time), " ", rx.el.span(line.day, class_name="list__sub"), class_name="search__when num"),
        rx.el.th(
            rx.el.button(
                marked(t, line.person),
                rx.el.span(", ", line.day, ", ", line.time, class_name="govgr-visually-hidden"),
                type="button",
                on_click=SearchState.open(line.reference),
                class_name="aslink list__name",
                custom_attrs={"data-stop": ""},
            ),
            rx.cond(line.other_name != "", rx.el.p(marked(t, line.other_name), class_name="list__sub")),
            scope="row",
        ),
        rx.el.td(line.service),
        rx.el.td(rx.el.span(line.status, class_name="tag " + line.tag)),
        key=line.reference,
    )

"""The page of figures: a form, then each figure with its sentence, chart, table and file."""

import reflex as rx

from dimoslive.domain.figures.figure import Chart
from dimoslive.i18n import Texts
from dimoslive.services.figures.kinds import KINDS, Kind
from dimoslive.ui.shared.components.feedback import page_feedback, skeleton
from dimoslive.ui.staff.figures.state import PLACES, FiguresState, FigureState
from dimoslive.ui.staff.frame import staff_page
from dimoslive.ui.staff.parts import print_button, scope_line

_PATTERNS = (
    '<svg width="0" height="0" aria-hidden="true" focusable="false"><defs>'
    '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="chart__ground" width="6" height="6"/><path class="chart__hatch" d="M0 0v6"/></pattern>'
    '<pattern id="dots" width="5" height="5" patternUnits="userSpaceOnUse">'
    '<rect class="chart__ground is-dotted" width="5" height="5"/>'
    '<circle class="chart__dot" cx="2.5" cy="2.5" r="1.2"/></pattern></defs></svg>'
)
"""Hatch and dots, with which charts are filled besides colour."""


def figures(t: Texts) -> rx.Component:
    """Each figure stands in a region of its own, and comes by itself."""
    s = FiguresState
    return staff_page(
        t,
        rx.html(_PATTERNS, class_name="chart__patterns"),
        rx.el.div(
            rx.el.h1(t("figures.title")),
            rx.el.div(
                print_button(t),
                # Not the router's link: what it leads to is a file.
                rx.el.A.create(t("figures.csv"), href=s.file, class_name="press", download=True),
                class_name="head__acts",
            ),
            class_name="head",
        ),
        page_feedback(t, s),
        rx.cond(
            s.is_loaded,
            rx.fragment(scope_line(s.scope), _form(t), rx.el.p(s.period_words, class_name="figures__period")),
            skeleton(t, "8rem"),
        ),
        *[_figure(t, kind, PLACES[kind.name]) for kind in KINDS],
        current="figures",
        styles=("lists", "figures"),
        class_name="figures-page",
    )


def _form(t: Texts) -> rx.Component:
    s = FiguresState
    return rx.el.div(
        rx.el.nav(
            rx.foreach(
                s.periods,
                lambda one: rx.el.a(
                    one.text,
                    href=one.value,
                    class_name="press",
                    aria_current=rx.cond(one.value == s.period, "true", "false"),
                ),
            ),
            aria_label=t("figures.periods"),
            class_name="formgrid__periods",
        ),
        rx.el.form(
            _day(t, "from", s.since),
            _day(t, "until", s.until),
            _select(t, "per", s.pers, s.per),
            _select(t, "department", s.departments, s.department),
            _select(t, "service", s.services, s.service),
            _select(t, "mode", s.modes, s.mode),
            rx.cond(s.desks.length() > 0, _select(t, "desk", s.desks, s.desk), rx.fragment()),
            _select(t, "source", s.sources, s.source),
            rx.el.button(t("figures.show"), type="submit", class_name="press is-go"),
            on_submit=FiguresState.show,
            aria_label=t("lists.filters"),
            class_name="formgrid__fields",
            no_validate=True,
            key=s.version.to(str),
        ),
        class_name="formgrid",
    )


def _day(t: Texts, name: str, value: rx.Var) -> rx.Component:
    return _field(
        t,
        name,
        lambda wrong, described: rx.el.input(
            id=f"figures-{name}",
            name=name,
            default_value=value,
            input_mode="numeric",
            auto_complete="off",
            max_length=40,
            aria_invalid=wrong,
            aria_describedby=described,
            class_name="field-inline num",
        ),
    )


def _select(t: Texts, name: str, options: rx.Var, value: rx.Var) -> rx.Component:
    every = rx.fragment() if name == "per" else rx.el.option(t(f"figures.all.{name}"), value="")
    return _field(
        t,
        name,
        lambda wrong, described: rx.el.select(
            every,
            rx.foreach(options, lambda one: rx.el.option(one.text, value=one.value)),
            id=f"figures-{name}",
            name=name,
            default_value=value,
            aria_invalid=wrong,
            aria_describedby=described,
            class_name="field-inline",
        ),
    )


def _field(t: Texts, name: str, control: object) -> rx.Component:
    """What is wrong stands at the field, and is tied to it."""
    wrong = FiguresState.wrong == name
    return rx.el.div(
        rx.el.label(t(f"figures.field.{name}"), html_for=f"figures-{name}"),
        control(wrong, rx.cond(wrong, "figures-problem", "")),
        rx.cond(wrong, rx.el.p(FiguresState.refusal, id="figures-problem", class_name="wrong"), rx.fragment()),
        class_name=rx.cond(wrong, "filters__item is-wrong", "filters__item"),
    )


def _figure(t: Texts, kind: Kind, s: type[FigureState]) -> rx.Component:
    name = kind.name
    heading = f"figure-{name}"
    # What is of another address stands there no longer.
    has_come = (FiguresState.file != "") & (s.asked == FiguresState.file)
    return rx.el.section(
        rx.el.div(
            rx.el.h2(t(f"figures.{name}.title"), id=heading),
            rx.cond(
                has_come & s.is_loaded & ~s.is_hidden & ~s.is_empty,
                rx.el.A.create(
                    t("figures.csv"),
                    rx.el.span(" ", t(f"figures.{name}.title"), class_name="govgr-visually-hidden"),
                    href=s.file,
                    download=True,
                ),
                rx.fragment(),
            ),
            class_name="figure__head",
        ),
        rx.el.p(rx.el.b(t("figures.says")), " ", t(f"figures.{name}.says"), class_name="figure__say"),
        rx.cond(
            has_come,
            rx.cond(
                s.problem != "",
                rx.el.p(s.problem, role="alert", class_name="wrong"),
                rx.cond(
                    s.is_hidden,
                    rx.el.p(t("figures.hidden"), class_name="empty"),
                    rx.cond(s.is_empty, rx.el.p(t(f"figures.{kind.empty}"), class_name="empty"), _shown(t, s)),
                ),
            ),
            # One of them alone says in words that it loads: the page's own.
            rx.el.div(
                rx.el.div(class_name="skeleton__bar", style={"height": "16rem"}),
                class_name="skeleton",
                aria_hidden="true",
            ),
        ),
        aria_labelledby=heading,
        aria_busy=~has_come,
        class_name="figure is-plain" if kind.chart is Chart.NONE else "figure",
    )


def _shown(t: Texts, s: type[FigureState]) -> rx.Component:
    view = s.view
    return rx.fragment(
        rx.el.div(
            rx.el.p(
                rx.foreach(view.sums, _sum),
                rx.cond(s.compared != "", rx.el.span(s.compared, class_name="soft"), rx.fragment()),
                rx.cond(s.is_incomplete, rx.el.b(t("figures.incomplete"), class_name="figure__gap"), rx.fragment()),
                class_name="figure__sum",
            ),
            rx.cond(
                view.wide != "",
                rx.fragment(
                    rx.el.ul(
                        rx.foreach(
                            view.series,
                            lambda one: rx.el.li(rx.html(one.sample, class_name="series__sample"), one.name),
                        ),
                        class_name="series",
                    ),
                    rx.html(view.wide, class_name="figure__chart is-wide"),
                    rx.html(view.narrow, class_name="figure__chart is-narrow"),
                ),
                rx.fragment(),
            ),
        ),
        rx.el.details(rx.el.summary(t("figures.table")), _table(t, s), open=view.is_open),
    )


def _sum(one: rx.Var) -> rx.Component:
    return rx.el.span(
        rx.el.b(one.value),
        " ",
        one.name,
        rx.cond(one.change != "", rx.el.span(" (", one.change, ")", class_name="soft"), rx.fragment()),
        class_name="figure__one",
    )


def _table(t: Texts, s: type[FigureState]) -> rx.Component:
    """The roles are said: on a phone a wide one is drawn as a list, and would lose them."""
    view = s.view
    return rx.el.table(
        rx.el.thead(
            rx.el.tr(
                rx.el.th(view.corner, scope="col", role="columnheader"),
                rx.foreach(view.columns, lambda name: rx.el.th(name, scope="col", role="columnheader")),
                role="row",
            ),
            role="rowgroup",
        ),
        rx.el.tbody(
            rx.foreach(
                view.lines,
                lambda line: rx.el.tr(
                    rx.el.th(line.head, scope="row", role="rowheader"),
                    rx.foreach(line.cells, _cell),
                    role="row",
                    key=line.key,
                ),
            ),
            role="rowgroup",
        ),
        rx.cond(
            view.totals.length() > 0,
            rx.el.tfoot(
                rx.el.tr(
                    rx.el.th(t("figures.total"), scope="row", role="rowheader"),
                    rx.foreach(view.totals, _cell),
                    role="row",
                ),
                role="rowgroup",
            ),
            rx.fragment(),
        ),
        role="table",
        class_name=rx.cond(view.is_wide, "datatable is-wide", "datatable"),
    )


def _cell(one: rx.Var) -> rx.Component:
    return rx.el.td(one.text, role="cell", custom_attrs={"data-label": one.label})

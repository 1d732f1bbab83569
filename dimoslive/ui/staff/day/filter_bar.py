"""The filters of the day: each is a word of the address; folded away on a phone."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.staff.day.components import DayFilter, Fold
from dimoslive.ui.staff.day.state import DayState


def filter_bar(t: Texts) -> rx.Component:
    """In one row; on a phone under «Φίλτρα» with their number."""
    s = DayState
    before, _, after = t("day.filters_open", n="\n").partition("\n")
    return Fold.create(
        rx.el.div(
            _select(t, "desk", s.desks, s.desk),
            _select(t, "service", s.services, s.service),
            _select(t, "mode", s.modes, s.mode),
            _select(t, "status", s.statuses, s.status),
            DayFilter.create(label=t("day.filter.text"), hint=t("day.filter.text_hint")),
            _view(t),
            role="group",
            aria_label=t("day.filters"),
            class_name="filters",
        ),
        label=rx.Var.create(before).to(str) + s.filters_set.to(str) + after,
    )


def _select(t: Texts, name: str, options: rx.Var, value: rx.Var) -> rx.Component:
    return rx.el.div(
        rx.el.label(t(f"day.filter.{name}"), html_for=f"filter-{name}"),
        rx.el.select(
            rx.foreach(options, lambda one: rx.el.option(one.label, value=one.value)),
            id=f"filter-{name}",
            value=value,
            on_change=lambda chosen: DayState.choose(name, chosen),
            class_name="field-inline",
        ),
        class_name="filters__item",
    )


def _view(t: Texts) -> rx.Component:
    views = [
        rx.el.label(
            rx.el.input(
                type="radio",
                name="view",
                value=view,
                checked=DayState.view == view,
                on_change=lambda chosen: DayState.choose("view", chosen),
            ),
            t(f"day.view.{view}"),
        )
        for view in ("list", "board")
    ]
    return rx.el.fieldset(
        rx.el.legend(t("day.view")),
        rx.el.div(*views, class_name="switch__set"),
        class_name="filters__item switch filters__end",
    )

"""What the pages of hours share: tabs, a row of the list, and what a draft would do."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.settings.hours.form_state import CHANGES, HoursFormState
from dimoslive.ui.settings.hours.list_page import PATH
from dimoslive.ui.settings.hours.view_models import RowView
from dimoslive.ui.shared.components.scripts import press_button
from dimoslive.ui.staff.frame import thing_href
from dimoslive.ui.staff.icons import icon

STYLES = ("hours",)


def tabs(t: Texts, thing: rx.Var, current: str) -> rx.Component:
    """«Κάθε εβδομάδα», «Κατά ημερομηνία»."""
    hrefs = {"week": thing_href(PATH, thing, t.language), "dates": thing_href(PATH, thing + "/dates", t.language)}
    return rx.el.nav(
        rx.el.ul(
            *[
                rx.el.li(rx.el.a(t(f"hours.tab.{name}"), href=href, aria_current="page" if name == current else None))
                for name, href in hrefs.items()
            ],
            class_name="tabs",
        ),
        aria_label=t("hours.tabs"),
    )


def interval(
    t: Texts, s: type[HoursFormState], row: rx.Var[RowView], *, more: rx.Component | None = None
) -> rx.Component:
    """From, to, and the press that takes it away; what is wrong or worth saying stands under it."""
    return rx.el.div(
        rx.el.div(
            _field(s, row, "opens", row.opens, row.opens_label, row.opens_error),
            rx.el.span(t("hours.to"), aria_hidden="true"),
            _field(s, row, "closes", row.closes, row.closes_label, row.closes_error),
            rx.el.button(
                icon("close"),
                type="button",
                aria_label=row.remove_label,
                on_click=s.remove(row.key),
                class_name="press is-icon is-quiet",
            ),
            class_name="hlist__span",
        ),
        _wrong(row, "opens", row.opens_error),
        _wrong(row, "closes", row.closes_error),
        more or rx.fragment(),
        key=row.key,
        class_name="hlist__interval",
    )


def changes(t: Texts, s: type[HoursFormState]) -> rx.Component:
    """What the draft does, and the press that makes it so."""
    return rx.cond(
        s.changes.length() > 0,
        rx.el.section(
            rx.el.h2(t("hours.what_changes"), id=CHANGES, tab_index=-1),
            rx.el.ul(rx.foreach(s.changes, rx.el.li)),
            rx.el.div(
                press_button(t, t("hours.apply"), ack_count=s.ack_count, on_click=s.apply, class_name="btn"),
                class_name="sum__acts",
            ),
            aria_labelledby=CHANGES,
            class_name="box hours-changes",
        ),
        rx.fragment(),
    )


def date_field(s: type[HoursFormState], row: rx.Var[RowView], name: str, value: rx.Var, label: rx.Var) -> rx.Component:
    """A date of an interval's validity."""
    return _field(s, row, name, value, label, row.validity_error, is_date=True)


def _field(  # what a field of an interval is
    s: type[HoursFormState],
    row: rx.Var[RowView],
    name: str,
    value: rx.Var,
    label: rx.Var,
    error: rx.Var,
    *,
    is_date: bool = False,
) -> rx.Component:
    own_id = rx.Var.create(f"{name}-").to(str) + row.key
    described = "validity" if is_date else name
    return rx.el.input(
        id=own_id,
        name=own_id,
        type="text",
        default_value=value,
        aria_label=label,
        aria_invalid=rx.cond(error, True, False),  # the two values of an attribute
        aria_describedby=rx.cond(error, rx.Var.create(f"{described}-error-").to(str) + row.key, ""),
        on_blur=lambda text: s.note(name, row.key, text),
        max_length=20,
        auto_complete="off",
        class_name="field-inline is-date" if is_date else "field-inline",
    )


def _wrong(row: rx.Var[RowView], name: str, error: rx.Var) -> rx.Component:
    return rx.cond(
        error,
        rx.el.p(error, id=rx.Var.create(f"{name}-error-").to(str) + row.key, class_name="wrong"),
        rx.fragment(),
    )

"""«Άλλαξε και από άλλον»: one row a field, one choice a row."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.settings.form_state import ConflictRow, SettingsFormState
from dimoslive.ui.settings.frame_ids import CONFLICT_TITLE
from dimoslive.ui.shared.components.field import error_summary
from dimoslive.ui.shared.components.scripts import marked, press_button
from dimoslive.ui.staff.frame import staff_href


def conflict(t: Texts, s: type[SettingsFormState], *, on_submit: object, cancel: str, submit: str) -> rx.Component:
    """The question; its answers go to the handler of the form, which saves what comes of them."""
    kept = {"opened": s.opened_json, "merged": s.merged_json, "mine": s.mine_json, "asked": s.asked}
    return rx.el.form(
        rx.el.h2(t("settings.conflict"), id=CONFLICT_TITLE, tab_index=-1),
        rx.el.p(marked(t, s.conflict_lead), class_name="lead"),
        error_summary(t, s.problems),
        *[rx.el.input(type="hidden", name=name, value=value, read_only=True) for name, value in kept.items()],
        rx.el.table(
            rx.el.thead(
                rx.el.tr(
                    _head(t("settings.field")),
                    _head(t("settings.as_opened")),
                    _head(marked(t, s.conflict_by), s.conflict_at),
                    _head(t("settings.yours"), t("settings.not_saved")),
                )
            ),
            rx.el.tbody(rx.foreach(s.conflicts, lambda row: _row(t, row))),
            class_name="clash",
        ),
        rx.cond(
            s.settled.length() > 0,
            rx.fragment(
                rx.el.h3(t("settings.without_choice")),
                rx.el.ul(rx.foreach(s.settled, lambda change: rx.el.li(marked(t, change))), class_name="merged"),
            ),
            rx.fragment(),
        ),
        rx.el.div(
            rx.el.div(
                rx.el.a(t("settings.cancel"), href=staff_href(cancel, t.language)),
                press_button(t, submit, ack_count=s.ack_count, type="submit", class_name="btn"),
                class_name="endbar__acts",
            ),
            class_name="endbar",
        ),
        on_submit=on_submit,
        key=f"conflict-{s.form_version}",
        custom_attrs={"data-conflict": ""},
    )


def _head(text: str | rx.Var | rx.Component, under: str | rx.Var = "") -> rx.Component:
    return rx.el.th(text, rx.el.small(under), scope="col")


def _row(t: Texts, row: rx.Var[ConflictRow]) -> rx.Component:
    return rx.el.tr(
        rx.el.th(row.label, scope="row"),
        rx.el.td(
            rx.el.span(t("settings.as_opened"), ": ", class_name="only-narrow"),
            rx.el.span(marked(t, row.opened), class_name="choose__value"),
            class_name="is-was",
        ),
        _choice(t, t("settings.keep_theirs"), row, "theirs", row.theirs),
        _choice(t, t("settings.keep_mine"), row, "mine", row.mine),
    )


def _choice(t: Texts, words: str, row: rx.Var[ConflictRow], choice: str, value: rx.Var) -> rx.Component:
    name = rx.Var.create("choose-").to(str) + row.field
    # The list of what is missing leads to the first of the two.
    own_id = name if choice == "theirs" else name + "-mine"
    return rx.el.td(
        rx.el.label(
            rx.el.input(
                type="radio",
                id=own_id,
                name=name,
                value=choice,
                default_checked=row.choice == choice,
                aria_label=rx.Var.create(f"{words}: ").to(str) + row.label + ", " + value,
            ),
            rx.el.span(
                rx.el.span(words, class_name="choose__word"), rx.el.span(marked(t, value), class_name="choose__value")
            ),
            class_name="choose",
        )
    )

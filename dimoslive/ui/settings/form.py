"""The form of one thing of the set-up: fields, what is not saved, conflict, what else can be done, history."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.settings.conflict import conflict
from dimoslive.ui.settings.form_state import HistoryView, SettingsFormState
from dimoslive.ui.settings.frame_ids import REMOVED, SAVED
from dimoslive.ui.shared.components.field import error_summary
from dimoslive.ui.shared.components.scripts import marked, modal, press_button, unsaved_form
from dimoslive.ui.staff.frame import staff_href

State = type[SettingsFormState]


def settings_form(
    t: Texts,
    s: State,
    *fields: rx.Component,
    on_submit: object,
    cancel: str,
    keep_as: str | rx.Var,
    submit: str = "",
    note: str = "",
) -> rx.Component:
    """The form, or the question about what somebody else changed meanwhile.

    ``cancel`` is the path to which «Άκυρο» leads, ``keep_as`` a name of this form in this tab. ``submit`` are the words
    of the button where it does not save at once, ``note`` what stands beside it.
    """
    words = submit or t("settings.save")
    form = rx.el.form(
        error_summary(t, s.problems),
        rx.el.input(type="hidden", name="opened", default_value=s.opened_json),
        *fields,
        rx.el.div(
            rx.el.p(
                rx.el.span(custom_attrs={"data-unsaved": ""}, role="status"),
                rx.el.small(note) if note else rx.fragment(),
                class_name="endbar__say",
            ),
            rx.el.div(
                rx.el.a(t("settings.cancel"), href=staff_href(cancel, t.language)),
                press_button(t, words, ack_count=s.ack_count, type="submit", class_name="btn"),
                class_name="endbar__acts",
            ),
            class_name="endbar",
        ),
        on_submit=on_submit,
        key=s.form_version.to(str),
        no_validate=True,
    )
    return rx.fragment(
        said(t, s),
        unsaved_form(
            t,
            rx.cond(s.conflicts.length() > 0, conflict(t, s, on_submit=on_submit, cancel=cancel, submit=words), form),
            keep_as=keep_as,
            version=s.form_version,
            saved_count=s.saved_count,
        ),
    )


def said(t: Texts, s: State) -> rx.Component:
    """What the last save did, or why there is nothing left to save; announced."""
    return rx.el.div(
        rx.cond(
            s.saved != "",
            rx.el.div(
                rx.el.p(rx.el.b(s.saved)),
                rx.cond(
                    s.taken_over.length() > 0,
                    rx.el.ul(rx.foreach(s.taken_over, lambda change: rx.el.li(marked(t, change)))),
                    rx.fragment(),
                ),
                id=SAVED,
                tab_index=-1,
                class_name="saved",
            ),
            rx.fragment(),
        ),
        rx.cond(
            s.removed != "",
            rx.el.p(marked(t, s.removed), " ", t("settings.typed_stays"), id=REMOVED, tab_index=-1, class_name="warn"),
            rx.fragment(),
        ),
        role="status",
    )


def ask_first(  # a question, its two answers, and where it stands
    t: Texts, s: State, title: str, text: str | rx.Component, *, yes: str, on_yes: object, on_leave: object
) -> rx.Component:
    """A dialog before something that is not taken back by a second press."""
    return modal(
        rx.el.h2(title, id="ask-title", tab_index=-1),
        rx.el.p(text) if isinstance(text, str) else text,
        rx.el.div(
            press_button(t, yes, ack_count=s.ack_count, on_click=on_yes, class_name="btn is-stop"),
            rx.el.button(t("settings.cancel"), type="button", on_click=on_leave, class_name="aslink"),
            class_name="dialog__acts",
        ),
        labelled_by="ask-title",
        on_leave=on_leave,
    )


def history(t: Texts, s: State) -> rx.Component:
    """What was changed here, newest first; nothing before the first line."""
    return rx.cond(
        s.history.length() > 0,
        rx.el.section(
            rx.el.h2(t("settings.history"), id="history-title"),
            rx.el.ul(rx.foreach(s.history, lambda line: _line(t, line)), class_name="happened"),
            aria_labelledby="history-title",
            class_name="more-acts is-block",
        ),
        rx.fragment(),
    )


def _line(t: Texts, line: rx.Var[HistoryView]) -> rx.Component:
    return rx.el.li(
        marked(t, line.head),
        rx.el.ul(
            rx.foreach(line.changes, lambda change: rx.el.li(marked(t, change))),
            class_name="happened__what",
        ),
    )

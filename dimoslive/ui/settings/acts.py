"""What else can be done with a thing of the set-up: take it out of use, back into it, or delete it."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.settings.entries import has_entry
from dimoslive.ui.settings.form import ask_first
from dimoslive.ui.shared.components.scripts import press_button
from dimoslive.ui.staff.frame import thing_href

DIALOGS = frozenset({"", "archive", "delete"})
"""The questions that a state may have open."""


@dataclass(frozen=True)
class Blocker:
    """Something because of which a thing stays in use."""

    name: str
    thing: str


def more_acts(t: Texts, s: Any, *more: rx.Component) -> rx.Component:
    """Archive or restore, and delete what was never used.

    The state has ``is_active``, ``can_delete``, ``dialog``, and the handlers ``ask``, ``archive``, ``restore`` and
    ``delete``.
    """
    return rx.el.div(
        *more,
        rx.cond(
            s.is_active,
            rx.el.button(t("settings.archive"), type="button", on_click=s.ask("archive"), class_name="press is-due"),
            press_button(
                t, t("settings.restore"), ack_count=s.ack_count, on_click=s.restore, class_name="press is-due"
            ),
        ),
        rx.cond(
            s.can_delete,
            rx.el.button(
                t("settings.delete"), type="button", on_click=s.ask("delete"), class_name="press is-due is-stop"
            ),
            rx.fragment(),
        ),
        class_name="more-acts",
    )


def act_questions(t: Texts, s: Any, topic: str) -> rx.Component:
    """The questions before it, in the topic's words: ``<topic>.ask.archive``, ``.ask.archive_text``, and so on."""

    def question(name: str, on_yes: object) -> rx.Component:
        return rx.cond(
            s.dialog == name,
            ask_first(
                t,
                s,
                t(f"{topic}.ask.{name}"),
                t(f"{topic}.ask.{name}_text"),
                yes=t(f"settings.{name}"),
                on_yes=on_yes,
                on_leave=s.ask(""),
            ),
            rx.fragment(),
        )

    return rx.fragment(question("archive", s.archive), question("delete", s.delete))


def blockers(t: Texts, found: rx.Var, entry: str) -> rx.Component:
    """What stands in the way, each a way to it on the pages of an entry."""

    def line(one: rx.Var[Blocker]) -> rx.Component:
        if not has_entry(entry):
            return rx.el.li(one.name)
        return rx.el.li(rx.el.a(one.name, href=thing_href(f"/admin/{entry}", one.thing, t.language)))

    return rx.cond(found.length() > 0, rx.el.ul(rx.foreach(found, line), class_name="merged"), rx.fragment())

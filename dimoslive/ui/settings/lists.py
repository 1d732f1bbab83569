"""Lists of the set-up: filter, table (cards on a phone), and what stands there when it is empty."""

from collections.abc import Sequence

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.settings.state import SettingsPageState
from dimoslive.ui.staff.frame import staff_href


class SettingsListState(SettingsPageState, mixin=True):
    """A list that can be narrowed by words, and shows archived things if asked to."""

    words: str = ""
    has_archived: bool = False
    """Whether archived ones are shown too."""
    total: int = 0
    found: str = ""
    """How many of them are shown, in words, after a filter."""


def add_button(t: Texts, path: str, words: str = "") -> rx.Component:
    """«Προσθήκη»."""
    return rx.el.a(words or t("settings.add"), href=staff_href(path, t.language), class_name="btn")


def narrowing(
    t: Texts, s: type[SettingsListState], *, on_words: object, on_archived: object = None, archived_words: str = ""
) -> rx.Component:
    """The filter over a list; with ``on_archived`` a tick for archived things."""
    tick = (
        rx.el.label(
            rx.el.input(type="checkbox", checked=s.has_archived, on_change=on_archived),
            rx.el.span(archived_words or t("settings.with_archived")),
            class_name="tickbox",
        )
        if on_archived
        else rx.fragment()
    )
    return rx.el.div(
        rx.el.div(
            rx.el.label(t("settings.filter"), html_for="narrow"),
            rx.el.input(
                id="narrow",
                type="search",
                default_value=s.words,
                max_length=80,
                on_change=on_words,
                auto_complete="off",
                class_name="input",
            ),
            class_name="field",
        ),
        tick,
        rx.el.p(s.found, role="status", class_name="soft"),
        class_name="narrow",
    )


def list_table(caption: str, heads: Sequence[str], rows: rx.Component) -> rx.Component:
    """A table whose rows are cards on a phone; cells that need a name there have ``data-label`` (`cell`)."""
    return rx.el.table(
        rx.el.caption(caption, class_name="govgr-visually-hidden"),
        rx.el.thead(rx.el.tr(*[rx.el.th(head, scope="col") for head in heads])),
        rx.el.tbody(rows),
        class_name="list is-cards is-plain",
    )


def cell(label: str, *content: object) -> rx.Component:
    """A cell with its column's name, which a phone shows before it."""
    return rx.el.td(*content, custom_attrs={"data-label": label})


def empty(why: str, *action: rx.Component) -> rx.Component:
    """One sentence why there is nothing, and the way to change that."""
    return rx.el.div(rx.el.p(why), *action, class_name="empty")

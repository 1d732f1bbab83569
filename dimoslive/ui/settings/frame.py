"""The frame of the pages on which a municipality sets itself up: navigation at the left, content beside it."""

from collections.abc import Sequence

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.settings.entries import ENTRIES, Entry
from dimoslive.ui.settings.frame_ids import PROBLEM
from dimoslive.ui.settings.state import SettingsFrameState, SettingsPageState
from dimoslive.ui.shared.components.feedback import page_feedback, skeleton
from dimoslive.ui.staff.frame import missing_page, staff_href, staff_page

TITLE = "settings-title"
"""The id of a page's heading, to which the focus goes after a press."""


def settings_page(
    t: Texts,
    state: type[SettingsPageState],
    *content: rx.Component,
    current: str | rx.Var,
    styles: Sequence[str] = (),
) -> rx.Component:
    """A page of the set-up; ``current`` is the name of its entry, or the state's word for it.

    The content is shown when ``state.is_loaded``, and the missing page where ``state.is_missing``. Refusals and the
    moving of the focus are in it.
    """
    shown = rx.cond(
        state.is_missing,
        missing_page(t),
        rx.cond(state.is_loaded, rx.fragment(*content), skeleton(t, "2.5rem", "3rem", "3rem", "3rem", "3rem")),
    )
    return staff_page(
        t,
        rx.el.div(
            _navigation(t, current),
            rx.el.div(
                rx.cond(state.is_missing, rx.fragment(), page_feedback(t, state, PROBLEM)),
                shown,
                class_name="admin__content",
            ),
            class_name="admin",
        ),
        current="settings",
        styles=("settings", *styles),
    )


def head(
    t: Texts,
    title: str | rx.Var | rx.Component,
    *,
    lead: str | rx.Var | rx.Component = "",
    back: tuple[str, str] | None = None,
    action: rx.Component | None = None,
    language: rx.Var | None = None,
) -> rx.Component:
    """A page's heading; ``back`` is the list it belongs to, ``action`` is beside it, ``language`` is the title's."""
    words = {} if language is None else {"lang": language}
    way = (
        rx.el.p(rx.el.a("‹ ", back[0], href=staff_href(back[1], t.language), class_name="head__back"))
        if back
        else rx.fragment()
    )
    return rx.fragment(
        way,
        rx.el.div(
            rx.el.h1(title, id=TITLE, tab_index=-1, **words),
            action or rx.fragment(),
            class_name="head",
        ),
        rx.fragment() if isinstance(lead, str) and not lead else rx.el.p(lead, class_name="lead"),
    )


def _navigation(t: Texts, current: str | rx.Var) -> rx.Component:
    label, names = t("settings.nav"), {entry.name: t(f"settings.nav.{entry.name}") for entry in ENTRIES}
    name = names[current] if isinstance(current, str) else rx.match(current, *names.items(), "")
    before, _, after = t("settings.nav_at", page="\n").partition("\n")
    links = rx.el.ul(*[_link(t, entry, current) for entry in ENTRIES])
    return rx.el.div(
        rx.el.nav(links, aria_label=label, class_name="side__wide"),
        rx.el.details(
            rx.el.summary(rx.el.span(before, name, after)),
            rx.el.nav(links, aria_label=label),
            class_name="side__narrow",
        ),
        class_name="side",
    )


def _link(t: Texts, entry: Entry, current: str | rx.Var) -> rx.Component:
    is_current: rx.Var | str | None
    if isinstance(current, rx.Var):
        is_current = rx.cond(current == entry.name, "page", "false")
    else:
        is_current = "page" if current == entry.name else None
    return rx.cond(
        SettingsFrameState.entries.contains(entry.name),
        rx.el.li(
            rx.el.a(
                t(f"settings.nav.{entry.name}"),
                href=staff_href(entry.path, t.language),
                aria_current=is_current,
            )
        ),
        rx.fragment(),
    )

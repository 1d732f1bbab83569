"""The frame of the pages of the tasks: the way back to all of them, what the last press did, and the way on."""

import reflex as rx

from dimoslive.domain.settings.tasks import Task
from dimoslive.i18n import Texts
from dimoslive.ui.settings.entries import has_entry
from dimoslive.ui.settings.frame import head, settings_page
from dimoslive.ui.settings.frame_ids import SAVED
from dimoslive.ui.settings.setup.task_state import TICK, TaskPageState
from dimoslive.ui.shared.components.scripts import press_button
from dimoslive.ui.staff.frame import staff_href
from dimoslive.urls import task_path

State = type[TaskPageState]


def task_page(t: Texts, s: State, task: Task, *content: rx.Component, entry: str = "") -> rx.Component:
    """A page of a task; ``entry`` is the list on which the same is done by hand."""
    return settings_page(
        t,
        s,
        head(
            t,
            t(f"tasks.name.{task}"),
            lead=t(f"tasks.lead.{task}"),
            back=(t("settings.nav.overview"), "/admin"),
        ),
        what_happened(s),
        *content,
        by_hand(t, entry) if entry and has_entry(entry) else rx.fragment(),
        way_on(t, task),
        current="overview",
        styles=("tasks",),
    )


def what_happened(s: State) -> rx.Component:
    """What the last press did; announced."""
    return rx.el.div(
        rx.cond(s.said != "", rx.el.p(s.said, id=SAVED, tab_index=-1, class_name="saved"), rx.fragment()),
        role="status",
    )


def by_hand(t: Texts, entry: str) -> rx.Component:
    """The list on which each thing can be changed."""
    link = rx.el.a(t(f"settings.nav.{entry}"), href=staff_href(f"/admin/{entry}", t.language))
    imports = (
        rx.fragment(" · ", rx.el.a(t("tasks.from_file"), href=staff_href("/admin/import", t.language)))
        if has_entry("import") and entry in ("services", "desks")
        else rx.fragment()
    )
    return rx.el.p(t("tasks.by_hand"), " ", link, imports)


def way_on(t: Texts, task: Task) -> rx.Component:
    """The next task, in the order in which they are shown; and all of them."""
    order = list(Task)
    after = order[order.index(task) + 1 :]
    on = (
        rx.el.a(
            t("tasks.go_on", task=t(f"tasks.name.{after[0]}")),
            href=staff_href(task_path(after[0], "el"), t.language),
            class_name="btn alt",
        )
        if after
        else rx.fragment()
    )
    return rx.el.div(
        rx.el.div(
            rx.el.a(t("tasks.all"), href=staff_href("/admin", t.language)),
            on,
            class_name="endbar__acts",
        ),
        class_name="endbar",
    )


def one_press(t: Texts, s: State, title: str, text: str | rx.Component, press: str, on_press: object) -> rx.Component:
    """A help that does its work in one press."""
    return rx.el.section(
        rx.el.h2(title),
        rx.el.p(text) if isinstance(text, str) else text,
        rx.el.p(press_button(t, press, ack_count=s.ack_count, on_click=on_press, class_name="btn")),
        class_name="onepress",
    )


def tick(key: rx.Var, name: rx.Var, under: rx.Var, *, is_there: rx.Var, there: str) -> rx.Component:
    """A usual thing; one that is there already cannot be ticked."""
    return rx.el.li(
        rx.el.label(
            rx.el.input(
                type="checkbox",
                name=rx.Var.create(TICK).to(str) + key,
                default_checked=is_there,
                disabled=is_there,
            ),
            rx.el.span(
                name,
                rx.cond(is_there, rx.fragment(" ", rx.el.span(there, class_name="remark")), rx.fragment()),
                rx.cond(under != "", rx.el.small(under), rx.fragment()),
            ),
            class_name="tickbox",
        )
    )


def ticks(t: Texts, s: State, legend: str, items: rx.Component, press: str, on_submit: object) -> rx.Component:
    """The form of the usual things."""
    return rx.el.form(
        rx.el.fieldset(
            rx.el.legend(legend, class_name="govgr-visually-hidden"),
            rx.el.ul(items, class_name="usual"),
            class_name="bare",
        ),
        rx.el.p(press_button(t, press, ack_count=s.ack_count, type="submit", class_name="btn")),
        on_submit=on_submit,
        key=s.ticks_version.to(str),
    )

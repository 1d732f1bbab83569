"""«Επισκόπηση»."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.settings.entries import ENTRIES
from dimoslive.ui.settings.frame import head, settings_page
from dimoslive.ui.settings.overview.state import OverviewState
from dimoslive.ui.settings.overview.view_models import Finding, TaskView, Way
from dimoslive.ui.settings.state import SettingsFrameState
from dimoslive.ui.shared.components.scripts import marked
from dimoslive.ui.staff.frame import staff_href
from dimoslive.ui.staff.icons import icon


def overview(t: Texts) -> rx.Component:
    """The way to publishing; after it what waits, and the pages of the set-up."""
    s = OverviewState
    return settings_page(
        t,
        s,
        head(t, t("settings.nav.overview"), lead=s.lead),
        rx.cond(s.is_published, _open(t), _way(t)),
        current="overview",
        styles=("tasks",),
    )


def findings(found: rx.Var) -> rx.Component:
    """What is missing and what is not, each with the ways to mend it."""
    return rx.el.ul(rx.foreach(found, _finding), class_name="checks")


def _way(t: Texts) -> rx.Component:
    s = OverviewState
    return rx.fragment(
        rx.el.p(rx.el.b(s.done), " ", rx.el.span("· ", s.left, class_name="soft")),
        rx.el.div(rx.foreach(s.meter, lambda part: rx.el.i(class_name=part)), class_name="meter", aria_hidden=True),
        rx.el.ol(rx.foreach(s.tasks, lambda one: _task(t, one)), class_name="tasks"),
        rx.el.section(
            rx.el.h2(t("tasks.missing"), id="missing"),
            findings(s.findings),
            aria_labelledby="missing",
            class_name="chapter",
        ),
        rx.el.div(
            rx.el.p(
                s.end,
                rx.el.small(t("tasks.only_you"), " ", rx.el.a(s.public.text, href=s.public.href)),
                class_name="endbar__say",
            ),
            rx.cond(
                s.go_on.href != "",
                rx.el.p(rx.el.a(s.go_on.text, href=s.go_on.href, class_name="btn"), class_name="endbar__acts"),
                rx.fragment(),
            ),
            class_name="endbar",
        ),
    )


def _task(t: Texts, one: rx.Var[TaskView]) -> rx.Component:
    name = rx.cond(one.href != "", rx.el.a(one.name, href=one.href), one.name)
    return rx.el.li(
        rx.el.div(rx.el.p(name, class_name="tasks__name"), rx.el.p(one.hint, class_name="tasks__hint")),
        rx.el.p(marked(t, one.who), class_name="tasks__who"),
        rx.el.p(rx.el.span(one.state, class_name=one.tag), class_name="tasks__state"),
        class_name=one.line,
    )


def _finding(one: rx.Var[Finding]) -> rx.Component:
    return rx.el.li(
        rx.cond(one.is_fine, icon("check"), icon("alert")),
        rx.el.span(one.text, rx.foreach(one.ways, _link)),
        class_name=rx.cond(one.is_fine, "", "is-no"),
    )


def _link(way: rx.Var[Way]) -> rx.Component:
    return rx.fragment(" ", rx.el.a(way.text, href=way.href, class_name="checks__way"))


def _open(t: Texts) -> rx.Component:
    """What waits, what is missing, and the pages of the set-up."""
    s = OverviewState
    links = [
        rx.cond(
            SettingsFrameState.entries.contains(entry.name),
            rx.el.li(
                rx.el.a(
                    rx.el.b(t(f"settings.nav.{entry.name}")),
                    rx.el.span(t(f"settings.about.{entry.name}"), class_name="soft small"),
                    href=staff_href(entry.path, t.language),
                )
            ),
            rx.fragment(),
        )
        for entry in ENTRIES
        if entry.name != "overview"
    ]
    nothing = rx.el.ul(
        rx.el.li(icon("check"), rx.el.span(t("attention.nothing"))),
        class_name="checks",
    )
    return rx.fragment(
        rx.el.section(
            rx.el.h2(t("attention.title"), id="attention"),
            rx.cond(
                (s.attention.length() == 0) & (s.findings.length() == 0),
                nothing,
                rx.fragment(findings(s.attention), findings(s.findings)),
            ),
            aria_labelledby="attention",
            class_name="chapter",
        ),
        rx.el.p(t("attention.public"), " ", rx.el.a(s.public.text, href=s.public.href), class_name="soft"),
        rx.el.section(
            rx.el.h2(t("attention.pages"), id="pages"),
            rx.el.ul(*links, class_name="places"),
            aria_labelledby="pages",
            class_name="chapter",
        ),
    )

"""The page of an export."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.shared.components.feedback import page_feedback, skeleton
from dimoslive.ui.shared.components.plain_form import plain_form
from dimoslive.ui.staff.export.state import ExportState
from dimoslive.ui.staff.frame import staff_page
from dimoslive.ui.staff.state import StaffFrameState
from dimoslive.urls import EXPORT_FILE

_PLURALS = {
    "department": "departments",
    "service": "services",
    "desk": "desks",
    "mode": "modes",
    "status": "statuses",
}


def export(t: Texts) -> rx.Component:
    """A form that the browser sends: what comes back is a file, and the page stays."""
    s = ExportState
    return staff_page(
        t,
        rx.el.div(rx.el.h1(t("export.title")), class_name="head"),
        page_feedback(t, s),
        rx.cond(
            s.is_loaded,
            rx.fragment(
                rx.el.p(rx.cond(s.is_all, t("export.lede"), t("export.lede_own")), class_name="lede"),
                rx.el.div(
                    rx.cond(
                        s.refusal != "",
                        rx.el.p(s.refusal, id="export-problem", tab_index=-1, class_name="wrong"),
                        rx.fragment(),
                    ),
                    role="alert",
                ),
                rx.cond(s.is_all | (s.desks.length() > 0), _form(t), rx.el.p(t("export.no_desk"), class_name="empty")),
            ),
            skeleton(t, "2.5rem", "3rem", "3rem", "3rem"),
        ),
        current="day",
        styles=("lists",),
    )


def _form(t: Texts) -> rx.Component:
    s = ExportState
    return rx.el.div(
        plain_form(
            rx.el.input(type="hidden", name="m", value=StaffFrameState.slug, read_only=True),
            rx.el.input(type="hidden", name="language", value=t.language, read_only=True),
            rx.el.div(
                _date(t, "from", t("export.from"), s.since),
                _date(t, "until", t("export.until"), s.until),
                class_name="export__days",
            ),
            rx.cond(
                s.is_all,
                rx.fragment(
                    _select(t, "department", s.departments, s.department),
                    _select(t, "service", s.services, s.service),
                    _select(t, "desk", s.desks, s.desk),
                ),
                _select(t, "desk", s.desks, s.desk, has_all=False),
            ),
            _select(t, "mode", s.modes, s.mode),
            _select(t, "status", s.statuses, s.status),
            rx.el.p(t("export.personal"), class_name="soft small"),
            rx.el.div(
                rx.el.button(t("export.csv"), type="submit", name="format", value="csv", class_name="btn"),
                rx.el.button(t("export.xlsx"), type="submit", name="format", value="xlsx", class_name="btn alt"),
                role="group",
                aria_label=t("export.formats"),
                class_name="export__files",
            ),
            action=EXPORT_FILE,
            method="post",
        ),
        key=s.version.to(str),
        class_name="export",
    )


def _date(t: Texts, name: str, label: str, value: rx.Var) -> rx.Component:
    is_wrong = (ExportState.wrong == name) & (ExportState.refusal != "")
    return rx.el.div(
        rx.el.label(label, html_for=name),
        rx.el.span(t("export.hint"), id=f"{name}-hint", class_name="hint"),
        rx.el.input(
            id=name,
            name=name,
            default_value=value,
            input_mode="numeric",
            auto_complete="off",
            max_length=40,
            aria_invalid=is_wrong,
            aria_describedby=rx.cond(is_wrong, f"{name}-hint export-problem", f"{name}-hint"),
            class_name="input is-short",
        ),
        class_name=rx.cond(is_wrong, "field is-wrong", "field"),
    )


def _select(t: Texts, name: str, options: rx.Var, value: rx.Var, *, has_all: bool = True) -> rx.Component:
    return rx.el.div(
        rx.el.label(t(f"lists.{name}"), html_for=name),
        rx.el.select(
            rx.el.option(t(f"lists.all_{_PLURALS[name]}"), value="") if has_all else rx.fragment(),
            rx.foreach(options, lambda one: rx.el.option(one.text, value=one.value)),
            id=name,
            name=name,
            default_value=value,
            class_name="input",
        ),
        class_name="field",
    )

"""One service."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.settings.acts import act_questions, more_acts
from dimoslive.ui.settings.entries import has_entry
from dimoslive.ui.settings.form import history, settings_form
from dimoslive.ui.settings.frame import head, settings_page
from dimoslive.ui.settings.services.fields import service_fields
from dimoslive.ui.settings.services.list_page import PATH
from dimoslive.ui.settings.services.state import ServiceState
from dimoslive.ui.shared.components.scripts import press_button
from dimoslive.ui.staff.frame import thing_href


def service(t: Texts) -> rx.Component:
    """The form of one that is there, or of a new one."""
    s = ServiceState
    return settings_page(
        t,
        s,
        head(
            t,
            s.title,
            lead=rx.cond(s.is_new, t("services.new_lead"), _sub(t)),
            back=(t("settings.nav.services"), PATH),
            action=rx.cond(s.is_active, rx.fragment(), rx.el.span(t("services.remark.archived"), class_name="remark")),
        ),
        _warnings(t),
        settings_form(
            t, s, *service_fields(t), on_submit=s.submit, cancel=PATH, keep_as=s.keep_as, note=t("services.note")
        ),
        rx.cond(~s.is_new, _more(t), rx.fragment()),
        history(t, s),
        act_questions(t, s, "services"),
        current="services",
    )


def _sub(t: Texts) -> rx.Component:
    s = ServiceState
    hours = (
        rx.el.span(" · ", rx.el.a(t("settings.nav.hours"), href=thing_href("/admin/hours", s.thing, t.language)))
        if has_entry("hours")
        else rx.fragment()
    )
    return rx.el.span(s.sub, hours)


def _warnings(t: Texts) -> rx.Component:
    """Why nobody can book it, above the form."""
    s = ServiceState
    return rx.fragment(
        rx.cond(
            s.paused != "",
            rx.el.div(
                rx.el.p(rx.el.b(s.paused)),
                rx.el.div(
                    press_button(
                        t, t("services.resume"), ack_count=s.ack_count, on_click=s.resume, class_name="press is-due"
                    ),
                    rx.el.a(t("services.change_pause"), href=thing_href(f"{PATH}/pause", s.thing, t.language)),
                    class_name="warn__acts",
                ),
                class_name="warn is-over-form",
            ),
            rx.fragment(),
        ),
        rx.cond(
            s.warnings.length() > 0,
            rx.el.div(rx.foreach(s.warnings, rx.el.p), class_name="warn is-over-form"),
            rx.fragment(),
        ),
    )


def _more(t: Texts) -> rx.Component:
    s = ServiceState
    pause = rx.cond(
        s.is_active & (s.paused == ""),
        rx.el.a(t("services.pause"), href=thing_href(f"{PATH}/pause", s.thing, t.language), class_name="press is-due"),
        rx.fragment(),
    )
    return rx.cond(s.can_manage, more_acts(t, s, pause), rx.el.div(pause, class_name="more-acts"))

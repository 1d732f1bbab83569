"""One receiver of webhooks."""

import reflex as rx

from dimoslive.domain.settings.webhook import MAX_NAME_LENGTH
from dimoslive.domain.webhooks.addresses import MAX_URL_LENGTH
from dimoslive.i18n import Texts
from dimoslive.ui.settings.fields import check_field, choices_field, group, row, text_field, tick_list
from dimoslive.ui.settings.form import ask_first, history, settings_form
from dimoslive.ui.settings.frame import head, settings_page
from dimoslive.ui.settings.webhooks.list_page import PATH
from dimoslive.ui.settings.webhooks.state import SECRET, WebhookState
from dimoslive.ui.shared.components.copy_text import copy_text
from dimoslive.ui.shared.components.scripts import marked, modal, press_button
from dimoslive.ui.staff.frame import thing_href


def webhook(t: Texts) -> rx.Component:
    """The form of one that is there, or of a new one; and what can be done with it."""
    s = WebhookState
    return settings_page(
        t,
        s,
        head(t, marked(t, s.title), back=(t("settings.nav.webhooks"), PATH)),
        rx.cond(s.off_line != "", rx.el.p(s.off_line, class_name="warn"), rx.fragment()),
        rx.cond(s.secret != "", _secret(t), rx.fragment()),
        settings_form(t, s, _receiver(t), on_submit=s.submit, cancel=PATH, keep_as=s.keep_as),
        rx.cond(s.is_new, rx.fragment(), _acts(t)),
        history(t, s),
        rx.cond(s.dialog == "rotate", _rotating(t), rx.fragment()),
        rx.cond(
            s.dialog == "delete",
            ask_first(
                t,
                s,
                t("webhooks.ask.delete"),
                t("webhooks.ask.delete_text"),
                yes=t("settings.delete"),
                on_yes=s.delete,
                on_leave=s.ask(""),
            ),
            rx.fragment(),
        ),
        current="webhooks",
    )


def _secret(t: Texts) -> rx.Component:
    """Said once; afterwards nobody can look it up."""
    return rx.el.section(
        rx.el.h2(t("webhooks.secret"), id=SECRET, tab_index=-1),
        rx.el.p(t("webhooks.secret.once")),
        copy_text(t, "secret-to-copy", t("webhooks.secret"), WebhookState.secret),
        aria_labelledby=SECRET,
        class_name="shown-once",
    )


def _receiver(t: Texts) -> rx.Component:
    s = WebhookState
    return group(
        t("webhooks.group.receiver"),
        row(
            text_field(t, s, "name", t("webhooks.field.name"), max_length=MAX_NAME_LENGTH, auto_complete="off"),
            hits=t("webhooks.hits.name"),
        ),
        row(
            text_field(
                t,
                s,
                "url",
                t("webhooks.field.url"),
                hint=t("webhooks.hint.url"),
                max_length=MAX_URL_LENGTH,
                type="url",
                auto_complete="off",
                spell_check=False,
            ),
            hits=t("webhooks.hits.url"),
        ),
        row(
            choices_field(
                t, s, "events", t("webhooks.field.events"), tick_list(s, "events", s.choices), is_column=True
            ),
            hits=t("webhooks.hits.events"),
        ),
        row(check_field(s, "is_active", t("webhooks.field.is_active")), hits=t("webhooks.hits.is_active")),
    )


def _acts(t: Texts) -> rx.Component:
    s = WebhookState
    return rx.fragment(
        rx.cond(s.former_line != "", rx.el.p(s.former_line, class_name="soft"), rx.fragment()),
        rx.el.div(
            rx.el.a(t("webhooks.log"), href=thing_href(PATH, s.thing.to(str) + "/log", t.language), class_name="press"),
            press_button(t, t("webhooks.test"), ack_count=s.ack_count, on_click=s.test, class_name="press is-due"),
            rx.el.button(
                t("webhooks.rotate"), type="button", on_click=s.ask("rotate"), class_name="press is-due is-stop"
            ),
            rx.el.button(
                t("settings.delete"), type="button", on_click=s.ask("delete"), class_name="press is-due is-stop"
            ),
            class_name="more-acts",
        ),
    )


def _rotating(t: Texts) -> rx.Component:
    s = WebhookState
    return modal(
        rx.el.h2(t("webhooks.rotate"), id="rotate-title", tab_index=-1),
        rx.el.p(t("webhooks.rotate.text")),
        rx.el.form(
            rx.el.div(
                rx.el.label(t("webhooks.rotate.keep"), html_for="hours"),
                rx.el.select(
                    rx.foreach(s.keeps, lambda one: rx.el.option(one.text, value=one.value)),
                    id="hours",
                    name="hours",
                    default_value="24",
                    class_name="input",
                ),
                class_name="field",
            ),
            rx.el.div(
                press_button(t, t("webhooks.rotate"), ack_count=s.ack_count, type="submit", class_name="btn is-stop"),
                rx.el.button(t("settings.cancel"), type="button", on_click=s.ask(""), class_name="aslink"),
                class_name="dialog__acts",
            ),
            on_submit=s.rotate,
        ),
        labelled_by="rotate-title",
        on_leave=s.ask(""),
    )

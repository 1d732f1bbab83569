"""One plan: counts, decisions, message, and what became of it."""

import reflex as rx

from dimoslive.domain.plans.plan import MAX_MESSAGE_LENGTH
from dimoslive.i18n import Texts
from dimoslive.ui.settings.frame import head, settings_page
from dimoslive.ui.settings.plan.picking import picking_dialog
from dimoslive.ui.settings.plan.state import STATE_TITLE, PlanPageState
from dimoslive.ui.settings.plan.table import decisions_table
from dimoslive.ui.shared.components.scripts import press_button
from dimoslive.ui.staff.live import all_days_listener


def plan(t: Texts) -> rx.Component:
    """What changes, before and after it was applied."""
    s = PlanPageState
    return settings_page(
        t,
        s,
        all_days_listener(s.refresh),
        head(t, s.title, lead=rx.fragment(s.lead)),
        _state(t),
        rx.el.div(rx.el.p(s.hits, class_name="saycount"), rx.el.p(s.free), class_name="effect"),
        rx.cond(
            s.items.length() > 0,
            rx.fragment(decisions_table(t), _pages(t)),
            rx.fragment(),
        ),
        rx.cond(s.is_ready & (s.items.length() > 0), _message(t), rx.fragment()),
        rx.cond(s.is_ready, _end(t), rx.fragment()),
        rx.cond(s.picking != "", picking_dialog(t), rx.fragment()),
        current=s.back,
        styles=("plans",),
    )


def _state(t: Texts) -> rx.Component:
    """Where it stands once it is no mere proposal; announced, for the job goes on by itself."""
    s = PlanPageState
    return rx.el.div(
        rx.cond(
            s.state_title != "",
            rx.el.div(
                rx.el.h2(s.state_title, id=STATE_TITLE, tab_index=-1, class_name="notice__title"),
                rx.cond(s.state_text != "", rx.el.p(s.state_text)),
                rx.cond(
                    s.is_at_work & (s.done_share < 100),
                    rx.el.progress(value=s.done_share.to(str), max=100, aria_label=t("plan.progress_label")),
                ),
                rx.cond(
                    s.can_undo,
                    rx.el.p(
                        press_button(
                            t, t("plan.undo"), ack_count=s.ack_count, on_click=s.undo, class_name="press is-due"
                        ),
                        " ",
                        t("plan.undo_until"),
                        " ",
                        s.undo_until,
                    ),
                ),
                rx.cond(
                    s.is_stale,
                    rx.el.p(
                        press_button(
                            t,
                            t("plan.look_again"),
                            ack_count=s.ack_count,
                            on_click=s.look_again,
                            class_name="press is-due",
                        )
                    ),
                ),
                class_name="notice",
            ),
        ),
        role="status",
    )


def _pages(t: Texts) -> rx.Component:
    s = PlanPageState
    return rx.cond(
        s.pages > 1,
        rx.el.nav(
            rx.cond(s.previous_href != "", rx.el.a("‹ ", t("plan.previous"), href=s.previous_href)),
            rx.el.span(t("plan.page"), " ", s.page.to(str), " / ", s.pages.to(str)),
            rx.cond(s.next_href != "", rx.el.a(t("plan.next"), " ›", href=s.next_href)),
            aria_label=t("plan.pages"),
            class_name="pages",
        ),
        rx.fragment(),
    )


def _message(t: Texts) -> rx.Component:
    s = PlanPageState
    return rx.fragment(
        rx.el.h2(t("plan.message"), class_name="plan__message"),
        rx.el.div(
            rx.el.div(
                _words(t, "el", t("plan.message_el"), s.message_el), _words(t, "en", t("plan.message_en"), s.message_en)
            ),
            rx.cond(
                s.mail_to != "",
                rx.el.div(
                    rx.el.h3(t("plan.mail_of"), " ", s.mail_name, id="mail-title", class_name="legend-like"),
                    rx.el.div(
                        rx.el.p(
                            t("plan.mail_to"), " ", s.mail_to, rx.el.br(), rx.el.b(s.mail_subject),
                            class_name="mail__head",
                        ),
                        rx.el.div(s.mail_text, class_name="mail__text"),
                        role="group",
                        aria_labelledby="mail-title",
                        tab_index=0,
                        custom_attrs={"lang": s.mail_language},
                        class_name="mail",
                    ),
                    class_name="field",
                ),
                rx.el.p(t("plan.no_mail"), class_name="soft"),
            ),
            class_name="twoup",
        ),
    )  # fmt: skip


def _words(t: Texts, language: str, label: str, value: rx.Var) -> rx.Component:
    s, name = PlanPageState, f"message_{language}"
    return rx.el.div(
        rx.el.label(label, html_for=name),
        rx.cond(
            s.errors[name],
            rx.el.p(
                rx.el.span(t("field.error"), class_name="govgr-visually-hidden"),
                s.errors[name],
                id=f"{name}-error",
                class_name="wrong",
            ),
        ),
        rx.el.textarea(
            id=name,
            default_value=value,
            rows=4,
            max_length=MAX_MESSAGE_LENGTH,
            on_blur=lambda text: s.write(language, text),
            key=s.message_version.to(str),
            aria_describedby=rx.cond(s.errors[name], f"{name}-error", ""),
            aria_invalid=rx.cond(s.errors[name], True, False),  # the two values of an attribute
            custom_attrs={"lang": language},
            class_name="input",
        ),
        class_name=rx.cond(s.errors[name], "field is-wrong", "field"),
    )


def _end(t: Texts) -> rx.Component:
    s = PlanPageState
    return rx.el.div(
        rx.el.p(
            rx.cond(s.items.length() > 0, rx.fragment(s.sum, rx.el.small(s.note)), t("plan.nothing_hit")),
            class_name="endbar__say",
        ),
        rx.el.div(
            press_button(t, t("plan.discard"), ack_count=s.ack_count, on_click=s.discard, class_name="aslink"),
            press_button(t, t("plan.apply"), ack_count=s.ack_count, on_click=s.apply, class_name="btn"),
            class_name="endbar__acts",
        ),
        class_name="endbar",
    )

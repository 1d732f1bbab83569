"""The log of one receiver of webhooks."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.settings.frame import head, settings_page
from dimoslive.ui.settings.lists import empty
from dimoslive.ui.settings.webhooks.list_page import PATH
from dimoslive.ui.settings.webhooks.log_state import SAID, LogLineView, WebhookLogState
from dimoslive.ui.shared.components.plain_form import plain_form
from dimoslive.ui.shared.components.scripts import marked, press_button
from dimoslive.ui.staff.frame import thing_href
from dimoslive.ui.staff.state import StaffFrameState
from dimoslive.urls import localized


def webhook_log(t: Texts) -> rx.Component:
    """What was sent and what came back, newest first; and sending it again."""
    s = WebhookLogState
    return settings_page(
        t,
        s,
        rx.el.p(
            rx.el.a("‹\u00a0", marked(t, s.name), href=thing_href(PATH, s.thing, t.language), class_name="head__back"),
        ),
        head(
            t,
            marked(t, s.title),
            lead=t("webhooks.log.lead"),
            action=press_button(
                t, t("webhooks.log.refresh"), ack_count=s.ack_count, on_click=s.refresh, class_name="press"
            ),
        ),
        rx.cond(s.off_line != "", rx.el.p(s.off_line, class_name="warn"), rx.fragment()),
        rx.el.div(
            rx.cond(s.said != "", rx.el.p(s.said, id=SAID, tab_index=-1, class_name="saved"), rx.fragment()),
            role="status",
        ),
        rx.el.div(_filters(t), key=s.version.to(str), class_name="history-filters"),
        rx.cond(
            s.lines.length() > 0,
            rx.el.ol(rx.foreach(s.lines, lambda line: _line(t, line)), class_name="happened"),
            empty(t("webhooks.log.none")),
        ),
        rx.cond(
            s.older != "",
            rx.el.p(rx.el.a(t("webhooks.log.older"), " ›", href=s.older), class_name="more-acts"),
            rx.fragment(),
        ),
        _failed(t),
        current="webhooks",
    )


def _filters(t: Texts) -> rx.Component:
    """Sent by the browser as an address."""
    s = WebhookLogState
    results = rx.fragment(*[rx.el.option(t(f"webhooks.log.only_{name}"), value=name) for name in ("arrived", "failed")])
    events = rx.foreach(s.events, lambda one: rx.el.option(one.text, value=one.value))
    return plain_form(
        rx.el.input(type="hidden", name="m", value=StaffFrameState.slug, read_only=True),
        _select("event", t("webhooks.log.event"), t("webhooks.log.all_events"), events, s.event),
        _select("result", t("webhooks.log.result"), t("webhooks.log.all_results"), results, s.result),
        rx.el.button(t("webhooks.log.show"), type="submit", class_name="btn alt"),
        action=rx.Var.create(f"{localized(PATH, t.language)}/").to(str) + s.thing + "/log",
        method="get",
    )


def _select(name: str, label: str, all_words: str, options: rx.Component, value: rx.Var) -> rx.Component:
    return rx.el.div(
        rx.el.label(label, html_for=name),
        rx.el.select(
            rx.el.option(all_words, value=""), options, id=name, name=name, default_value=value, class_name="input"
        ),
        class_name="field",
    )


def _line(t: Texts, line: rx.Var[LogLineView]) -> rx.Component:
    s = WebhookLogState
    return rx.el.li(
        rx.el.span(line.day, " ", rx.el.b(line.time), class_name="num"),
        " · ",
        line.what,
        rx.cond(line.reference != "", rx.fragment(" · ", rx.el.span(line.reference, class_name="num")), rx.fragment()),
        rx.el.p(
            rx.el.b(line.result, class_name=rx.cond(line.is_failure, "is-failure", "is-success")),
            " · ",
            line.facts,
            class_name="soft",
        ),
        rx.cond(
            line.answer != "",
            rx.el.details(
                rx.el.summary(
                    t("webhooks.log.answer"),
                    rx.el.span(" ", line.what, " ", line.reference, class_name="govgr-visually-hidden"),
                ),
                rx.el.pre(line.answer, class_name="answer", tab_index=0),
            ),
            rx.fragment(),
        ),
        rx.cond(
            s.is_on,
            press_button(
                t,
                t("webhooks.log.again"),
                rx.el.span(" ", line.what, " ", line.reference, class_name="govgr-visually-hidden"),
                ack_count=s.ack_count,
                on_click=s.send_again(line.event),
                class_name="aslink",
            ),
            rx.fragment(),
        ),
        key=line.key,
    )


def _failed(t: Texts) -> rx.Component:
    """How many it is about is said before the press."""
    s = WebhookLogState
    return rx.el.section(
        rx.el.h2(t("webhooks.log.failed"), id="log-failed"),
        rx.el.p(t("webhooks.log.failed_text")),
        rx.el.div(
            rx.el.div(
                rx.el.label(t("webhooks.log.since"), html_for="since"),
                rx.el.select(
                    rx.foreach(s.spans, lambda one: rx.el.option(one.text, value=one.value)),
                    id="since",
                    default_value=s.hours,
                    key=s.spans.length().to(str),
                    on_change=s.choose_since,
                    class_name="input",
                ),
                class_name="field",
            ),
            rx.el.p(s.failed_words, role="status"),
            rx.cond(
                s.is_on & (s.failed > 0),
                press_button(
                    t, t("webhooks.log.all_again"), ack_count=s.ack_count, on_click=s.send_failed_again,
                    class_name="btn alt",
                ),
                rx.fragment(),
            ),
            rx.cond(s.is_on, rx.fragment(), rx.el.p(t("webhooks.log.is_off"), class_name="soft")),
        ),
        aria_labelledby="log-failed",
        class_name="more-acts is-block",
    )  # fmt: skip

"""«Webhooks»: the list."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.settings.frame import head, settings_page
from dimoslive.ui.settings.lists import add_button, cell, empty, list_table
from dimoslive.ui.settings.webhooks.list_state import WebhookRowView, WebhooksState
from dimoslive.ui.shared.components.scripts import marked
from dimoslive.ui.staff.frame import thing_href
from dimoslive.ui.staff.live import all_days_listener

PATH = "/admin/webhooks"
READ_EVERY_MS = 5000
_HEADS = ("name", "events", "state", "arrived", "waiting", "log")


def webhooks(t: Texts) -> rx.Component:
    """Each receiver with what it hears, how it does, and the way to its log."""
    s, heads = WebhooksState, [t(f"webhooks.head.{name}") for name in _HEADS]
    return settings_page(
        t,
        s,
        all_days_listener(s.refresh, least_ms=READ_EVERY_MS),
        head(
            t,
            t("settings.nav.webhooks"),
            lead=t("settings.about.webhooks"),
            action=rx.cond(s.can_add, add_button(t, f"{PATH}/new"), rx.fragment()),
        ),
        rx.el.p(s.answer, role="status", class_name="soft"),
        rx.cond(
            s.rows.length() > 0,
            list_table(t("settings.nav.webhooks"), heads, rx.foreach(s.rows, lambda row: _row(t, row, heads))),
            empty(t("webhooks.none"), add_button(t, f"{PATH}/new")),
        ),
        current="webhooks",
    )


def _row(t: Texts, row: rx.Var[WebhookRowView], heads: list[str]) -> rx.Component:
    return rx.el.tr(
        rx.el.th(
            rx.el.a(marked(t, row.name), href=thing_href(PATH, row.thing, t.language)),
            rx.el.p(row.url, class_name="list__sub is-address"),
            scope="row",
        ),
        cell(heads[1], row.events),
        cell(heads[2], rx.cond(row.is_off, rx.el.span(row.state, class_name="remark"), row.state)),
        cell(heads[3], row.arrived),
        cell(heads[4], row.waiting),
        cell(
            heads[5],
            rx.el.a(
                t("webhooks.log.open"),
                rx.el.span(" ", marked(t, row.name), class_name="govgr-visually-hidden"),
                href=thing_href(PATH, row.log, t.language),
            ),
        ),
    )

"""What the pages with calendar feeds share: the address that is shown once, and the list."""

from typing import Any

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.shared.components.copy_text import copy_text
from dimoslive.ui.shared.components.scripts import press_button
from dimoslive.ui.staff.feeds.view_models import FeedLineView

NEW_FEED = "new-feed"
"""The id of the heading over a new address, to which the focus goes."""


def new_feed(t: Texts, s: Any) -> rx.Component:
    """The address, once; of the state's ``made``."""
    return rx.cond(
        s.made.https != "",
        rx.el.div(
            rx.el.h3(t("feeds.new"), id=NEW_FEED, tab_index=-1),
            rx.el.p(t("feeds.once")),
            copy_text(t, "feed-to-copy", t("feeds.address"), s.made.https),
            rx.el.p(rx.el.a(t("feeds.subscribe"), href=s.made.webcal)),
            class_name="shown-once",
        ),
        rx.fragment(),
    )


def feed_list(t: Texts, s: Any) -> rx.Component:
    """The state's ``feeds``, each with a press of its ``end``."""
    return rx.cond(
        s.feeds.length() > 0,
        rx.el.ul(rx.foreach(s.feeds, lambda one: _line(t, s, one)), class_name="feeds"),
        rx.el.p(t("feeds.none"), class_name="soft"),
    )


def how_soon(t: Texts) -> rx.Component:
    """When which program asks again; the desk's page is the truth."""
    return rx.el.details(
        rx.el.summary(t("feeds.how_soon")),
        rx.el.ul(*[rx.el.li(t(f"feeds.soon.{name}")) for name in ("google", "outlook", "thunderbird", "apple")]),
        rx.el.p(t("feeds.truth")),
        class_name="feeds__soon",
    )


def _line(t: Texts, s: Any, one: rx.Var[FeedLineView]) -> rx.Component:
    return rx.el.li(
        rx.el.div(rx.el.b(one.of), rx.el.p(one.facts, class_name="soft small")),
        press_button(
            t,
            t("feeds.end"),
            rx.el.span(" ", one.of, class_name="govgr-visually-hidden"),
            ack_count=s.ack_count,
            on_click=s.end(one.id),
            class_name="press is-stop",
        ),
        key=one.id,
    )

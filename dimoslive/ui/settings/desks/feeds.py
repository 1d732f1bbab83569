"""The calendar feeds of desks and departments, under the list of desks."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.settings.desks.feeds_state import TITLE, PlaceFeedsState
from dimoslive.ui.shared.components.feedback import page_feedback
from dimoslive.ui.shared.components.scripts import press_button
from dimoslive.ui.staff.feeds.parts import feed_list, how_soon, new_feed


def feeds(t: Texts) -> rx.Component:
    """Make one, see which there are, end one."""
    s = PlaceFeedsState
    return rx.el.section(
        rx.el.h2(t("feeds.title"), id=TITLE, tab_index=-1),
        rx.el.p(t("feeds.of_place")),
        page_feedback(t, s),
        new_feed(t, s),
        feed_list(t, s),
        rx.cond(
            s.choices.length() > 0,
            rx.el.form(
                rx.el.div(
                    rx.el.label(t("feeds.of"), html_for="feed_of"),
                    rx.el.select(
                        rx.foreach(s.choices, lambda one: rx.el.option(one.text, value=one.value)),
                        id="feed_of",
                        name="feed_of",
                        class_name="input",
                    ),
                    class_name="field",
                ),
                press_button(t, t("feeds.make"), ack_count=s.ack_count, type="submit", class_name="btn alt"),
                on_submit=s.make,
                key=s.version.to(str),
            ),
            rx.fragment(),
        ),
        how_soon(t),
        aria_labelledby=TITLE,
        class_name="more-acts is-block",
    )

"""The officials' page: who waits."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.shared.components.feedback import page_feedback, skeleton
from dimoslive.ui.shared.components.scripts import poller, press_button
from dimoslive.ui.shared.layout import wrap
from dimoslive.ui.staff.day.state import DeskState
from dimoslive.ui.staff.day.view_models import DeskLine
from dimoslive.ui.staff.frame import staff_page

REFRESH_SECONDS = 4


def desk(t: Texts) -> rx.Component:
    """Today's teleconferences."""
    s = DeskState
    return staff_page(
        t,
        wrap(
            rx.el.h1(t("desk.title")),
            page_feedback(t, s),
            poller(REFRESH_SECONDS, s.refresh),
            rx.cond(
                s.is_loaded,
                rx.fragment(
                    rx.el.h2(t("desk.waiting")),
                    rx.el.div(
                        rx.cond(
                            s.waiting.length() > 0,
                            rx.el.ul(rx.foreach(s.waiting, lambda line: _waiting(t, line)), class_name="desk__waiting"),
                            rx.el.p(t("desk.nobody_waits"), class_name="govgr-body"),
                        ),
                        role="status",
                    ),
                    rx.el.h2(t("desk.today")),
                    rx.cond(
                        s.others.length() > 0,
                        rx.el.ul(rx.foreach(s.others, lambda line: _other(t, line)), class_name="bookings"),
                        rx.el.p(t("desk.no_others"), class_name="govgr-body"),
                    ),
                ),
                skeleton(t, "2rem", "6rem", "2rem", "6rem"),
            ),
            class_name="plain",
        ),
        current="day",
    )


def _waiting(t: Texts, line: DeskLine) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.b(line.person, lang="el"),
            rx.el.p(line.time, " · ", line.service),
            rx.el.p(line.waiting, " · ", line.identity),
            rx.cond(line.served, _served(line)),
            rx.cond(line.href, rx.el.p(_way_in(t, line))),
        ),
        press_button(
            t,
            t("desk.admit"),
            " ",
            rx.el.span(line.person, class_name="govgr-visually-hidden", lang="el"),
            ack_count=DeskState.ack_count,
            on_click=DeskState.admit(line.reference),
            class_name="govgr-btn govgr-btn-primary",
        ),
    )


def _served(line: DeskLine) -> rx.Component:
    """The sentence with the typed name in it, which is read out as Greek on an English page too."""
    return rx.el.p(line.served_before, rx.el.span(line.served, lang="el"), line.served_after, class_name="desk__served")


def _other(t: Texts, line: DeskLine) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.b(line.person, lang="el"),
            rx.cond(line.served, _served(line)),
            rx.el.p(line.service, " · ", line.municipality),
        ),
        rx.el.div(rx.el.b(line.time), rx.el.p(t("booking.reference"), " ", line.number)),
        rx.el.div(
            rx.el.span(line.status, class_name="tag"),
            rx.cond(line.href, _way_in(t, line, class_name="govgr-btn govgr-btn-secondary")),
            class_name="desk__state",
        ),
    )


def _way_in(t: Texts, line: DeskLine, class_name: str = "govgr-link") -> rx.Component:
    """Into the meeting without admitting anybody: to invite, to telephone, to note that nobody came."""
    return rx.el.a(
        t("desk.go_in"),
        " ",
        rx.el.span(line.person, class_name="govgr-visually-hidden", lang="el"),
        href=line.href,
        class_name=class_name,
    )

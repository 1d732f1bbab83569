"""The officials' day."""

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from dimoslive.i18n import Texts
from dimoslive.ui.shared.components.feedback import page_feedback, skeleton
from dimoslive.ui.shared.components.scripts import press_button
from dimoslive.ui.staff.booking.content import booking_beside
from dimoslive.ui.staff.booking.state import DeskBookingState
from dimoslive.ui.staff.day.components import (
    ArrivalSound,
    DayBoard,
    DayList,
    DayStrips,
    DayTools,
    LostBar,
    SaidAloud,
    Split,
    words_of,
)
from dimoslive.ui.staff.day.filter_bar import filter_bar
from dimoslive.ui.staff.day.head import day_head, desk_button, late_dialog, my_desk_question
from dimoslive.ui.staff.day.state import DayState
from dimoslive.ui.staff.day.view_models import Notice, Tile
from dimoslive.ui.staff.frame import missing_page, staff_href, staff_page
from dimoslive.ui.staff.live import day_listener
from dimoslive.ui.staff.parts import ANSWER


def day(t: Texts) -> rx.Component:
    """A day of one municipality."""
    s = DayState
    return staff_page(
        t,
        day_listener(s.query, s.refresh),
        SaidAloud.create(text=s.said, version=s.said_version),
        ArrivalSound.create(arrivals=s.arrivals),
        LostBar.create(is_lost=has_connection_errors, text=t("day.lost")),
        rx.cond(s.is_missing, missing_page(t), rx.cond(s.is_loaded, _split(t), _not_loaded(t))),
        current="day",
        skips=(
            # Who has somebody on the telephone is there with three keys.
            (t("day.new"), staff_href("/desk/new", t.language)),
            (t("day.skip_waiting"), "#waiting"),
            (t("day.skip_list"), "#list"),
        ),
        styles=("day", "staff_booking"),
        desk_button=desk_button(t),
        class_name="day-page",
    )


def _not_loaded(t: Texts) -> rx.Component:
    """The place of what comes; or what kept it from coming."""
    s = DayState
    return rx.fragment(
        page_feedback(t, s),
        rx.cond(
            s.problem != "",
            press_button(t, t("day.again"), ack_count=s.ack_count, on_click=s.load, class_name="press"),
            skeleton(t, "2.75rem", "4.25rem", "3rem", "3rem", "3rem", "3rem", "3rem"),
        ),
    )


def _split(t: Texts) -> rx.Component:
    b = DeskBookingState
    return Split.create(
        rx.el.div(_content(t), class_name="split__page"),
        booking_beside(t),
        beside=b.beside,
        ack_count=DayState.ack_count,
        on_show=b.show,
        on_hide=b.hide,
    )


def _content(t: Texts) -> rx.Component:
    s = DayState
    words = words_of(t)
    return rx.fragment(
        day_head(t),
        my_desk_question(t),
        _lines(),
        _waiting(t, words),
        _tiles(t),
        _notices(t),
        filter_bar(t),
        # In sight also of whoever has pressed far down the list.
        rx.el.div(page_feedback(t, s), _answer(t, words), class_name="answers"),
        rx.cond(s.one_service != "", rx.el.p(s.one_service, class_name="soft one-service"), rx.fragment()),
        rx.cond(
            s.empty != "",
            _empty(s),
            rx.cond(s.view == "board", _board(t, words), _list(t, words)),
        ),
        late_dialog(t),
        rx.el.p(
            rx.el.a(t("day.new"), href=staff_href("/desk/new", t.language), class_name="btn"), class_name="footpress"
        ),
    )


def _lines() -> rx.Component:
    """What is to be known before all else."""
    s = DayState
    return rx.fragment(
        rx.cond(s.date_problem != "", rx.el.p(s.date_problem, class_name="line is-warn", role="status"), rx.fragment()),
        rx.cond(s.scope != "", rx.el.p(s.scope, class_name="line"), rx.fragment()),
        rx.cond(s.closed != "", rx.el.p(s.closed, class_name="line is-warn"), rx.fragment()),
    )


def _notices(t: Texts) -> rx.Component:
    """Each is one line with one link."""
    s = DayState
    return rx.cond(
        s.notices.length() > 0,
        rx.el.ul(rx.foreach(s.notices, _notice), class_name="notices", aria_label=t("day.notices")),
        rx.fragment(),
    )


def _notice(line: rx.Var[Notice]) -> rx.Component:
    return rx.el.li(
        rx.cond(line.href != "", rx.el.a(line.text, href=line.href), rx.el.span(line.text)),
        class_name=rx.cond(line.is_warning, "is-warn", ""),
    )


def _tiles(t: Texts) -> rx.Component:
    return rx.el.div(rx.foreach(DayState.tiles, _tile), role="group", aria_label=t("day.glance"), class_name="glances")


def _tile(tile: rx.Var[Tile]) -> rx.Component:
    """A link, as it leads to another address of the page; what it filters by is said as current."""
    return rx.el.a(
        rx.el.b(tile.number),
        " ",
        rx.el.span(tile.words, rx.cond(tile.more != "", rx.el.small(tile.more), rx.fragment())),
        href=tile.href,
        aria_current=rx.cond(tile.is_on, "true", "false"),
        class_name=rx.cond(tile.is_late, "glance is-late", "glance"),
    )


def _waiting(t: Texts, words: dict[str, str]) -> rx.Component:
    s = DayState
    return rx.el.section(
        rx.el.h2(t("day.waiting"), id="waiting-h"),
        DayStrips.create(
            strips=s.strips,
            words=words,
            ack_count=s.ack_count,
            is_lost=has_connection_errors,
            on_press=s.press,
            on_admit=s.admit,
        ),
        id="waiting",
        tab_index=-1,
        aria_labelledby="waiting-h",
        class_name="region",
    )


def _answer(t: Texts, words: dict[str, str]) -> rx.Component:
    """What the last press did stands until the next one, with the way back."""
    s = DayState
    return rx.el.div(
        rx.el.div(rx.cond(s.answer != "", rx.el.span(s.answer), rx.fragment()), id=ANSWER, tab_index=-1, role="status"),
        rx.cond(
            s.can_undo,
            press_button(t, t("desk.undo"), ack_count=s.ack_count, on_click=s.undo, class_name="aslink"),
            rx.fragment(),
        ),
        DayTools.create(words=words),
        class_name=rx.cond(s.answer != "", "answer", "answer is-empty"),
    )


def _empty(s: type[DayState]) -> rx.Component:
    return rx.el.div(
        rx.el.p(
            s.empty,
            " ",
            rx.cond(s.empty_link != "", rx.el.a(s.empty_link, href=s.empty_href), rx.fragment()),
        ),
        id="list",
        tab_index=-1,
        class_name="empty",
    )


def _list(t: Texts, words: dict[str, str]) -> rx.Component:
    s = DayState
    return DayList.create(
        rows=s.first_rows,
        changed=s.changed_rows,
        words=words,
        label=rx.Var.create(t("day.list", day="")).to(str) + s.title,
        now=s.now,
        is_service_hidden=s.one_service != "",
        ack_count=s.ack_count,
        problem=s.problem,
        is_lost=has_connection_errors,
        on_press=s.press,
        on_admit=s.admit,
    )


def _board(t: Texts, words: dict[str, str]) -> rx.Component:
    s = DayState
    return rx.fragment(
        rx.cond(
            s.board_pages.length() > 0,
            rx.el.nav(
                rx.foreach(
                    s.board_pages,
                    lambda one: rx.el.a(
                        one.label,
                        href=one.value,
                        class_name="press",
                        aria_current=rx.cond(one.label == s.board.page.to(str), "page", "false"),
                    ),
                ),
                aria_label=t("day.board.pages"),
                class_name="pages",
            ),
            rx.fragment(),
        ),
        DayBoard.create(board=s.board, label=rx.Var.create(t("day.board", day="")).to(str) + s.title, words=words),
    )

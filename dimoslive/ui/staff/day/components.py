"""The day's own components in `frontend/desk/`, and the texts that they need."""

from typing import Any

import reflex as rx

from dimoslive.domain.desk.presses import NotServedReason
from dimoslive.i18n import Texts
from dimoslive.ui.shared.frontend import frontend_module
from dimoslive.ui.staff.day.rows import LETTERS

_Pressed = rx.event.passthrough_event_spec(dict)
_Reference = rx.event.passthrough_event_spec(str)


class Split(rx.Component):
    """The day, and beside it a booking."""

    library = frontend_module("desk/split.tsx")
    tag = "Split"

    beside: rx.Var[str]
    ack_count: rx.Var[int]
    on_show: rx.EventHandler[rx.event.passthrough_event_spec(str, str)]
    on_hide: rx.EventHandler[rx.event.no_args_event_spec]


class DayList(rx.Component):
    """The list, with its keys, menus and the dialogs of two presses."""

    library = frontend_module("desk/day_list.tsx")
    tag = "DayList"

    rows: rx.Var[list[Any]]
    changed: rx.Var[list[Any]]
    words: rx.Var[dict[str, str]]
    label: rx.Var[str]
    now: rx.Var[str]
    is_service_hidden: rx.Var[bool]
    ack_count: rx.Var[int]
    problem: rx.Var[str]
    is_lost: rx.Var[bool]
    on_press: rx.EventHandler[_Pressed]
    on_admit: rx.EventHandler[_Reference]


class DayStrips(rx.Component):
    """Those who wait."""

    library = frontend_module("desk/day_strips.tsx")
    tag = "DayStrips"

    strips: rx.Var[list[Any]]
    words: rx.Var[dict[str, str]]
    ack_count: rx.Var[int]
    is_lost: rx.Var[bool]
    on_press: rx.EventHandler[_Pressed]
    on_admit: rx.EventHandler[_Reference]


class DayBoard(rx.Component):
    """One column a desk."""

    library = frontend_module("desk/day_board.tsx")
    tag = "DayBoard"

    board: rx.Var[Any]
    label: rx.Var[str]
    words: rx.Var[dict[str, str]]


class DayFilter(rx.Component):
    """The filter by text, which the browser applies to what is shown."""

    library = frontend_module("desk/day_tools.tsx")
    tag = "DayFilter"

    label: rx.Var[str]
    hint: rx.Var[str]


class Fold(rx.Component):
    """Folded away on a phone."""

    library = frontend_module("desk/day_tools.tsx")
    tag = "Fold"

    label: rx.Var[str]


class DayTools(rx.Component):
    """Shortcuts, and what is done folded away."""

    library = frontend_module("desk/day_tools.tsx")
    tag = "DayTools"

    words: rx.Var[dict[str, str]]


class SaidAloud(rx.Component):
    """What happened, said politely."""

    library = frontend_module("desk/said_aloud.tsx")
    tag = "SaidAloud"

    text: rx.Var[str]
    version: rx.Var[int]


class ArrivalSound(rx.Component):
    """A tone, each time that the number has grown."""

    library = frontend_module("desk/arrival_sound.tsx")
    tag = "ArrivalSound"

    arrivals: rx.Var[int]


class LostBar(rx.Component):
    """Since when the page has not reached the server."""

    library = frontend_module("desk/lost_bar.tsx")
    tag = "LostBar"

    is_lost: rx.Var[bool]
    text: rx.Var[str]


def words_of(t: Texts) -> dict[str, str]:
    """What the components say besides the finished words of the rows."""
    columns = ("time", "citizen", "service", "mode", "desk", "status")
    place = 0 if t.language == "el" else 1
    letters = [f"{letters[place]}\t{t(f'desk.press.{press}').rstrip('…')}" for press, letters in LETTERS.items()]
    return {
        **{f"column.{name}": t(f"day.column.{name}") for name in columns},
        "column.act": t("day.column.actions"),
        **{f"why.{reason}": t(f"desk.why.{reason}") for reason in NotServedReason},
        "why": t("desk.why"),
        "whyTitle": t("desk.why.title"),
        "whyRequired": t("desk.why.required"),
        "note": t("desk.why.note"),
        "noteRequired": t("desk.why.note_required"),
        "where": t("desk.where"),
        "whereTitle": t("desk.where.title"),
        "andNew": t("desk_booking.referred.and_new"),
        "save": t("desk.save"),
        "leave": t("desk.leave"),
        "actions": t("desk.press.actions"),
        "changed": t("desk.press.changed_inside"),
        "toMeeting": t("desk.press.to_meeting"),
        "nobodyWaits": t("day.nobody_waits"),
        "busy": t("press.busy"),
        "shortcuts": t("day.shortcuts"),
        "shortcutsHint": t("day.shortcuts_hint"),
        "shortcutsMove": t("day.shortcuts_move"),
        "hideDone": t("day.hide_done"),
        "noneShown": t("day.none_with_filters"),
        "clear": t("day.filter.clear"),
        "close": t("day.close"),
        "letters": "\n".join(letters),
    }

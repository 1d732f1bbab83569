"""How the pages of officials hear that a day changed."""

import reflex as rx

from dimoslive.domain.desk.live import ALL_DAYS
from dimoslive.ui.shared.frontend import frontend_module
from dimoslive.ui.staff.state import StaffFrameState


class _DayListener(rx.Component):
    library = frontend_module("components/day_listener.tsx")
    tag = "DayListener"

    query: rx.Var[str]
    on_change: rx.EventHandler[rx.event.no_args_event_spec]


def day_listener(query: rx.Var, on_change: object) -> rx.Component:
    """Runs a handler when somebody changed the day that the query names."""
    return _DayListener.create(query=query, on_change=on_change)


class _AllDaysListener(rx.Component):
    """Hears of all days of a municipality; runs a handler at most every so many milliseconds."""

    library = frontend_module("components/all_days_listener.tsx")
    tag = "AllDaysListener"

    query: rx.Var[str]
    least_ms: rx.Var[int]
    on_change: rx.EventHandler[rx.event.no_args_event_spec]


def all_days_listener(on_change: object, *, least_ms: int = 2000) -> rx.Component:
    """For the municipality that is open; in vain while there is none."""
    slug = StaffFrameState.slug
    query = rx.cond(slug != "", rx.Var.create("m=").to(str) + slug + f"&date={ALL_DAYS}", "")
    return _AllDaysListener.create(query=query, least_ms=least_ms, on_change=on_change)

"""The places that a calendar makes: a place is a start that citizens are offered, at one desk."""

from dataclasses import replace
from datetime import datetime, timedelta

from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import ServiceCalendar, free_slots

Place = tuple[int, datetime]
"""Desk and start."""


def offered_places(calendar: ServiceCalendar, window: Period) -> set[Place]:
    """By the engine itself, asked so early that notice and horizon do not matter. What is kept for staff is none."""
    rules = replace(calendar.rules, notice_minutes=0, notice_working_days=0, horizon_days=30)
    slots = free_slots(replace(calendar, rules=rules), Mode.VIDEO, window, window.starts_at - timedelta(days=1))
    return {
        (desk_id, slot.starts_at)
        for slot in slots
        for desk_id in slot.desk_ids[: len(slot.desk_ids) - rules.staff_reserve]
    }

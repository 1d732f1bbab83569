"""The history of a planned booking: what its columns say happened, step by step, as the services write it."""

import json
from datetime import datetime, timedelta
from typing import Any

from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.presses import Press
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.seeds.day.plan import Planned

_START = {Mode.IN_PERSON.value: Press.START.value, Mode.PHONE.value: Press.CALL.value, Mode.VIDEO.value: "admitted"}


class _Teller:
    """Remembers how the booking stood, so that each step says what changed."""

    def __init__(self, status: str | None) -> None:
        self.state: dict[str, Any] = {"status": status, "outcome": ""}
        self.events: list[dict[str, Any]] = []

    def step(self, at: datetime, action: str, by: int | None, reason: str = "", **after: Any) -> None:
        before = {name: self.state.get(name) for name in after}
        self.state.update(after)
        self.events.append(
            {
                "at": at, "action": action, "official_id": by, "reason": reason,
                "before": _json(before), "after": _json(after),
            }
        )  # fmt: skip


def story_of(planned: Planned) -> list[dict[str, Any]]:
    """Its events, oldest first."""
    row = planned.columns
    by_staff = row["made_by"] is not None
    teller = _Teller(None if by_staff else BookingStatus.HELD.value)
    reason = row["staff_reason"] if by_staff else ""
    teller.step(row["booked_at"], "booked", row["made_by"], reason, status=BookingStatus.BOOKED.value)
    if row["first_starts_at"]:
        _tell_move(teller, planned)
    if planned.handed_over_from:
        _tell_handing_over(teller, planned)
    _tell_the_day(teller, row)
    if row["cancelled_at"]:
        action = "cancelled_by_staff" if row["cancelled_by"] else "cancelled"
        teller.step(row["cancelled_at"], action, row["cancelled_by"], status=row["status"])
    return teller.events


def _tell_move(teller: _Teller, planned: Planned) -> None:
    row = planned.columns
    length = row["ends_at"] - row["starts_at"]
    was, shift = row["first_starts_at"], row["starts_at"] - row["first_starts_at"]
    ticks = int(shift.total_seconds()) // 300
    teller.state |= {
        "starts_at": was, "ends_at": was + length, "first_tick": row["first_tick"] - ticks,
        "end_tick": row["end_tick"] - ticks,
    }  # fmt: skip
    teller.step(
        row["booked_at"] + timedelta(hours=3),
        "moved",
        planned.moved_by,
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        first_tick=row["first_tick"],
        end_tick=row["end_tick"],
    )


def _tell_handing_over(teller: _Teller, planned: Planned) -> None:
    row = planned.columns
    teller.state["desk_id"] = planned.handed_over_from
    teller.step(row["booked_at"] + timedelta(hours=4), "handed_over", planned.moved_by, desk_id=row["desk_id"])


def _tell_the_day(teller: _Teller, row: dict[str, Any]) -> None:
    """Who came, who was served, and what came of it."""
    by, waiting, in_service = row["served_by"], BookingStatus.WAITING.value, BookingStatus.IN_SERVICE.value
    if row["arrived_at"]:
        who = None if row["mode"] == Mode.VIDEO.value else by
        teller.step(row["arrived_at"], Press.ARRIVED.value, who, status=waiting, arrived_at=row["arrived_at"])
    if row["started_at"]:
        action = _START[row["mode"]]
        teller.step(row["started_at"], action, by, status=in_service, started_at=row["started_at"], served_by=by)
    if row["ended_at"]:
        not_served = row["status"] == BookingStatus.NOT_SERVED.value
        action = Press.NOT_SERVED.value if not_served else row["outcome"]
        if row["mode"] == Mode.VIDEO.value and row["started_at"]:
            action = "ended"
        teller.step(
            row["ended_at"], action, by, status=row["status"], ended_at=row["ended_at"], outcome=row["outcome"],
            served_by=by,
        )  # fmt: skip


def _json(facts: dict[str, Any]) -> str:
    return json.dumps({k: v.isoformat() if isinstance(v, datetime) else v for k, v in facts.items()})

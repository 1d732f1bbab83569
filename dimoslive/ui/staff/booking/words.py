"""Times, states and sentences of a booking, as officials read them: Greek time, 24-hour clocks."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.desk_booking import Change, DeskBooking, DeskName
from dimoslive.domain.meeting.meeting import IdentityDocument
from dimoslive.domain.people.personal_data import EmailAddress
from dimoslive.domain.scheduling.local_time import to_local
from dimoslive.i18n import Texts

_TAGS = {
    BookingStatus.BOOKED: "is-booked",
    BookingStatus.WAITING: "is-waiting",
    BookingStatus.IN_SERVICE: "is-in",
    BookingStatus.SERVED: "is-served",
    BookingStatus.NOT_SERVED: "is-notserved",
    BookingStatus.NO_SHOW: "is-noshow",
}
_WITH_STATUS = frozenset({"ended", "closed", "undo", "corrected"})


def hour(at: datetime, zone: str) -> str:
    """«9:05»."""
    local = to_local(at, zone)
    return f"{local.hour}:{local.minute:02}"


def day_and_hour(at: datetime, zone: str) -> str:
    """«24/11 9:05»."""
    local = to_local(at, zone)
    return f"{local.day}/{local.month} {local.hour}:{local.minute:02}"


def tag_of(status: BookingStatus) -> str:
    """The class that gives a status its form; the word is beside it."""
    return _TAGS.get(status, "is-off")


def status_word(status: str, t: Texts) -> str:
    """A status as officials say it."""
    own = f"desk_booking.status.{status}"
    return t(own if t.has(own) else f"status.{status}")


def masked_email(address: str) -> str:
    """«e…@example.com»: enough to see whose it is."""
    local, _, domain = EmailAddress(address).text.rpartition("@")
    return f"{local[:1]}…@{domain}"


def desk_name(desk: DeskName | None, t: Texts) -> str:
    """As it is called."""
    return desk.name[t.language] if desk else ""


def sentence(change: Change, shown: DeskBooking, t: Texts) -> str:
    """What happened, in one sentence: of a move what was and what is, else what was pressed."""
    after, before, zone = change.after, change.before, shown.booking.service.zone
    if before.get("mode") and after.get("mode"):
        return _of_mode(before, after, zone, t)
    if after.get("starts_at") and before.get("starts_at"):
        was, is_now = (day_and_hour(facts["starts_at"], zone) for facts in (before, after))
        return t("desk_booking.did.moved", before=was, after=is_now)
    if "desk_id" in after and change.action != "booked":
        was, is_now = (desk_name(shown.desks.get(facts["desk_id"]), t) for facts in (before, after))
        return t("desk_booking.did.other_desk", before=was, after=is_now)
    return _of_action(change, after, t)


def _of_mode(before: Mapping[str, Any], after: Mapping[str, Any], zone: str, t: Texts) -> str:
    """Another mode, and another time if that changed with it."""
    modes = {"from_mode": t(f"mode.{before['mode']}"), "to_mode": t(f"mode.{after['mode']}")}
    if "starts_at" not in after:
        return t("desk_moves.did.mode", **modes)
    was, is_now = (day_and_hour(facts["starts_at"], zone) for facts in (before, after))
    return t("desk_moves.did.moved_and_mode", before=was, after=is_now, **modes)


def _of_action(change: Change, after: Mapping[str, Any], t: Texts) -> str:
    status = status_word(after["status"], t) if "status" in after else ""
    if change.action in _WITH_STATUS:
        return t(f"desk_booking.did.{change.action}", status=status) if status else t("desk_booking.did.other")
    match change.action:
        case "booked" if not change.is_officials:
            return t("desk_booking.did.booked_by_citizen")
        case "details_changed":
            names = [t(f"desk_booking.field.{name}") for name in filter(None, change.reason.split(","))]
            return t("desk_booking.did.details_changed", fields=", ".join(names))
        case "identity" if change.reason in set(IdentityDocument):
            return t("desk_booking.did.identity", document=t(f"meeting.identity.{change.reason}"))
    if t.has(f"desk_booking.did.{change.action}"):
        return t(f"desk_booking.did.{change.action}")
    return t("desk_booking.did.status", status=status) if status else t("desk_booking.did.other")


def reason_of(change: Change) -> str:
    """What an official gave as the reason, where that is words and not names of fields."""
    return "" if change.action in {"details_changed", "identity"} else change.reason

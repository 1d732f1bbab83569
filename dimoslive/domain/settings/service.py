"""A service, as a municipality writes it."""

import re
from collections.abc import Collection, Mapping

from dimoslive.domain.desk.typed_times import parse_day
from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.settings.typed import TypedForm

MIN_NAME_LENGTH, MAX_NAME_LENGTH = 2, 120
MAX_SHORT_NAME_LENGTH = 40
MIN_SLUG_LENGTH, MAX_SLUG_LENGTH = 2, 80
MAX_TEXT_LENGTH = 2000
MAX_NOTE_LENGTH = 500
MAX_URL_LENGTH = 500
MIN_MESSAGE_LENGTH, MAX_MESSAGE_LENGTH = 10, 500
MAX_POSITION = 999
A_WEEK = 7 * 24 * 60

WEIGHED = frozenset(
    {
        "department_id", "offers_in_person", "offers_video", "offers_phone", "duration_minutes", "step_minutes",
        "buffer_before_minutes", "buffer_after_minutes", "notice_minutes", "notice_working_days", "horizon_days",
        "release_at", "staff_reserve", "desk_ids",
    }
)  # fmt: skip
"""A change of these may unseat a booking, or take a free time away: it is shown before it is made."""

_SLUG = re.compile(r"[a-z0-9-]*[a-z0-9][a-z0-9-]*")


def parse_service(
    raw: Mapping[str, object], department_ids: Collection[int], desk_ids: Collection[int]
) -> dict[str, object]:
    """The columns of a service and the desks that serve it, in the order of the form; raises `InvalidDetails`.

    ``department_ids`` and ``desk_ids`` are those to choose from. An empty slug is allowed: it is made of the name.
    """
    form = TypedForm(raw)
    values = {**_names(form, department_ids), **_lengths(form), **_booking_rules(form)}
    values["desk_ids"] = form.ids("desk_ids", desk_ids)
    values |= _texts(form)
    form.check()
    return values


def parse_pause(raw: Mapping[str, object], today: str) -> dict[str, object]:
    """What citizens read of a pause, and until when it is, as ISO texts; raises `InvalidDetails`."""
    form = TypedForm(raw)
    values: dict[str, object] = {
        name: form.text(name, min_length=MIN_MESSAGE_LENGTH, max_length=MAX_MESSAGE_LENGTH, required=True)
        for name in ("pause_message_el", "pause_message_en")
    }
    values["reopens_on"] = None
    if wanted := form.line("reopens_on", max_length=10, required=False):
        try:
            values["reopens_on"] = parse_day(wanted).isoformat()
        except InvalidInput as problem:
            form.refuse("reopens_on", problem.code)
        else:
            if str(values["reopens_on"]) <= today:
                form.refuse("reopens_on", "not_after_today")
    form.check()
    return values


def keeps_citizens_out(staff_reserve: int, desks: int) -> bool:
    """Whether so many places are kept for staff that no citizen can book."""
    return staff_reserve > 0 and staff_reserve >= desks


def _names(form: TypedForm, department_ids: Collection[int]) -> dict[str, object]:
    department = form.choice("department_id", {str(id_) for id_ in department_ids})
    return {
        "department_id": int(department) if department else 0,
        "name_el": form.line("name_el", min_length=MIN_NAME_LENGTH, max_length=MAX_NAME_LENGTH),
        "name_en": form.line("name_en", min_length=MIN_NAME_LENGTH, max_length=MAX_NAME_LENGTH),
        "is_name_en_suggested": form.flag("is_name_en_suggested"),
        "short_name_el": form.line("short_name_el", max_length=MAX_SHORT_NAME_LENGTH, required=False),
        "short_name_en": form.line("short_name_en", max_length=MAX_SHORT_NAME_LENGTH, required=False),
        "slug": _slug(form),
        "position": form.number("position", low=1, high=MAX_POSITION),
    }


def _slug(form: TypedForm) -> str:
    slug = form.line("slug", max_length=MAX_SLUG_LENGTH, min_length=MIN_SLUG_LENGTH, required=False)
    if slug and not _SLUG.fullmatch(slug):
        form.refuse("slug", "not_a_slug")
    return slug


def _lengths(form: TypedForm) -> dict[str, object]:
    offered: dict[str, object] = {f"offers_{mode}": form.flag(f"offers_{mode}") for mode in Mode}
    if not any(offered.values()):
        form.refuse("modes", "no_mode")
    return offered | {
        "duration_minutes": form.number("duration_minutes", low=5, high=240, step=5),
        "step_minutes": form.number("step_minutes", low=5, high=240, step=5),
        "buffer_before_minutes": form.number("buffer_before_minutes", low=0, high=60, step=5),
        "buffer_after_minutes": form.number("buffer_after_minutes", low=0, high=60, step=5),
    }


def _booking_rules(form: TypedForm) -> dict[str, object]:
    return {
        "notice_minutes": form.length("notice_minutes", high=A_WEEK),
        "notice_working_days": form.number("notice_working_days", low=0, high=10),
        "horizon_days": form.number("horizon_days", low=1, high=365),
        "release_at": form.time("release_at"),
        "staff_reserve": form.number("staff_reserve", low=0, high=10),
        "max_open_bookings": form.number("max_open_bookings", low=1, high=10),
        "move_until_minutes": form.length("move_until_minutes", high=A_WEEK),
        "cancel_until_minutes": form.length("cancel_until_minutes", high=A_WEEK),
        "max_moves": form.number("max_moves", low=0, high=10),
    }


def _texts(form: TypedForm) -> dict[str, object]:
    long: dict[str, object] = {
        name: form.text(name, max_length=MAX_TEXT_LENGTH)
        for name in ("documents_el", "documents_en", "instructions_el", "instructions_en")
    }
    return long | {
        "online_url": form.https("online_url", max_length=MAX_URL_LENGTH),
        "has_waiting_list": form.flag("has_waiting_list"),
        "has_reminders": form.flag("has_reminders"),
        "is_sensitive": form.flag("is_sensitive"),
        "mail_note_el": form.text("mail_note_el", max_length=MAX_NOTE_LENGTH),
        "mail_note_en": form.text("mail_note_en", max_length=MAX_NOTE_LENGTH),
    }

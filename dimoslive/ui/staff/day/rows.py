"""The rows of a day, and those who wait, in finished words for the browser's own components."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from dimoslive.domain.booking.details import ServedPerson
from dimoslive.domain.booking.references import show_reference
from dimoslive.domain.booking.statuses import CANCELLED, OPEN, BookingStatus
from dimoslive.domain.desk.day import DayBooking, Waiting, is_done
from dimoslive.domain.desk.presses import Press, main_press
from dimoslive.domain.people.personal_data import shown_phone
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.dates import desk_clock
from dimoslive.i18n.desk_dates import desk_moment
from dimoslive.i18n.search_key import latin_key, search_key
from dimoslive.services.desk.show_day import Day
from dimoslive.ui.staff.day.row_fields import DayRow, RowPress, Strip
from dimoslive.urls import localized, meeting_path, new_booking_path

ADMIT = "admit"
FREE_NOW = "free_now"
MAX_CALLS = 3
"""So many calls without an answer suggest that nobody will come."""
_MAX_ROWS_KNOWN = 4096
"""Forty full days; a row takes about 4 kB of memory."""
_MAX_READINGS = 40
_readings: dict[tuple[int, datetime, str], tuple[tuple[DayBooking, ...], dict[str, DayRow]]] = {}

# By the physical key, so that a letter is the same in both alphabets: the key, and what stands on it.
_KEYS = {
    Press.ARRIVED.value: ("KeyA", "Α", "A"),
    Press.START.value: ("KeyE", "Ε", "E"),
    ADMIT: ("KeyE", "Ε", "E"),
    Press.SERVED.value: ("KeyO", "Ο", "O"),
    Press.NO_SHOW.value: ("KeyD", "Δ", "D"),
    Press.CALL.value: ("KeyT", "Τ", "T"),
    "note": ("KeyS", "Σ", "S"),
    "move": ("KeyM", "Μ", "M"),
    "other_desk": ("KeyU", "Θ", "U"),
}
LETTERS = {press: (greek, latin) for press, (_, greek, latin) in _KEYS.items()}
"""For the page that explains them, in Greek and Latin."""
_TAGS = {
    BookingStatus.BOOKED: "is-booked",
    BookingStatus.WAITING: "is-waiting",
    BookingStatus.IN_SERVICE: "is-in",
    BookingStatus.SERVED: "is-served",
    BookingStatus.NOT_SERVED: "is-notserved",
    BookingStatus.NO_SHOW: "is-noshow",
    BookingStatus.HELD: "is-held",
}


@dataclass(frozen=True, slots=True)
class _Around:
    """What a row shows besides its booking: all that the time, the day's other rows and the language make of it."""

    language: str
    slug: str
    zone: str
    desk: str
    service: str
    presses: tuple[Press, ...]
    is_past: bool
    is_present: bool
    is_missed: bool
    """Whether to ask if nobody came."""
    can_enter: bool
    is_back_today: bool


def show_row(booking: DayBooking, day: Day, t: Texts) -> DayRow:
    """One line. Pages that show the same reading of a day share its lines."""
    # Kept along with its lines, so that no other reading can have its place in memory meanwhile.
    reading = (id(day.bookings), day.now, t.language)
    if reading not in _readings:
        if len(_readings) >= _MAX_READINGS:
            _readings.clear()
        _readings[reading] = day.bookings, {}
    _, rows = _readings[reading]
    if booking.reference not in rows:
        rows[booking.reference] = _show(booking, day, t)
    return rows[booking.reference]


def _show(booking: DayBooking, day: Day, t: Texts) -> DayRow:
    """Of a day that is read again most lines are as they were: each is put into words once."""
    now, zone, language = day.now, day.place.zone, t.language
    is_called_enough = booking.status is BookingStatus.BOOKED and booking.call_attempts >= MAX_CALLS
    is_past = booking.period.starts_at <= now
    return _row(
        booking,
        _Around(
            language=language,
            slug=day.place.slug,
            zone=zone,
            desk=next((desk.name[language] for desk in day.desks if desk.id == booking.desk_id), ""),
            service=next((one.name[language] for one in day.services if one.id == booking.service_id), ""),
            presses=booking.presses(now, zone),
            is_past=is_past,
            is_present=booking.reference in day.present,
            is_missed=booking.is_no_show_suggested(now) or (is_called_enough and is_past),
            can_enter=booking.can_enter_meeting(now),
            is_back_today=booking.back_at is not None and local_day(booking.back_at, zone) == local_day(now, zone),
        ),
    )


@lru_cache(_MAX_ROWS_KNOWN)
def _row(booking: DayBooking, around: _Around) -> DayRow:
    t = texts_of(around.language)
    before, name, after = _served(booking, t)
    main = _main(booking, around, t)
    phone = booking.phone if booking.mode is Mode.PHONE and booking.status in OPEN else ""
    return DayRow(
        reference=booking.reference,
        status=booking.status.value,
        starts=int(booking.period.starts_at.timestamp()),
        time=desk_clock(booking.period.starts_at, around.zone),
        name=_name(booking, t),
        spoken=_spoken(booking, t),
        served_before=before,
        served=name,
        served_after=after,
        subject=booking.subject if not is_over(booking) else "",
        help=booking.help_needed,
        notes=t.count("day.notes", booking.notes) if booking.notes else "",
        marks=_marks(booking, t),
        warning=t("day.mark.no_longer_fits") if booking.no_longer_fits else "",
        service=around.service,
        mode=t(f"mode.{booking.mode}"),
        mode_icon=_ICONS[booking.mode],
        desk=around.desk,
        by=booking.served_by if booking.status is BookingStatus.IN_SERVICE else "",
        tag=_status(booking, around, t),
        tag_class=_TAGS.get(booking.status, "is-off"),
        kind=_kind(booking),
        is_past=around.is_past,
        main=main,
        second=_second(booking, around, t),
        menu=_menu(booking, around, t, main),
        phone=phone,
        phone_shown=shown_phone(phone),
        href=_booking_path(booking, around) if not booking.is_held else "",
        search=_search(booking),
    )


def show_strip(one: Waiting, day: Day, t: Texts, *, is_next: bool) -> Strip:
    """One who waits."""
    row = show_row(one.booking, day, t)
    press = _admit(t) if one.booking.mode is Mode.VIDEO else row.main
    if one.booking.mode is Mode.VIDEO and row.main and row.main.press != ADMIT:
        press = None
    return Strip(
        reference=row.reference,
        status=row.status,
        time=row.time,
        name=row.name,
        spoken=row.spoken,
        served_before=row.served_before,
        served=row.served,
        served_after=row.served_after,
        help=row.help,
        marks=row.marks,
        mode_icon=row.mode_icon,
        line=" · ".join(part for part in (row.mode, row.desk) if part),
        subject=one.booking.subject,
        service=row.service,
        since=_since(one, day, t),
        identity=_identity(one.booking, t),
        kind="away" if one.is_away else "early" if one.is_early else "due",
        press=None if one.is_away else press,
        href=_meeting_href(one.booking, t) if one.booking.can_enter_meeting(day.now) else "",
        is_next=is_next and not one.is_away,
    )


def is_over(booking: DayBooking) -> bool:
    """Whether nothing more is to be done with it."""
    return is_done(booking.status) or booking.status in CANCELLED


_ICONS = {Mode.VIDEO: "video", Mode.IN_PERSON: "person", Mode.PHONE: "phone"}


def _name(booking: DayBooking, t: Texts) -> str:
    if booking.is_held:
        return t(f"desk.status.{'for_list' if booking.is_for_list else 'freed' if booking.back_at else 'held'}")
    if booking.is_erased:
        return t("day.erased_person")
    first_name, last_name = booking.person
    return f"{last_name} {first_name}".strip() or booking.served_name


def _spoken(booking: DayBooking, t: Texts) -> str:
    return " ".join(booking.person).strip() or _name(booking, t)


def _served(booking: DayBooking, t: Texts) -> tuple[str, str, str]:
    """For whom, with the word that nobody has confirmed it: never beside what TAXISnet confirms."""
    if booking.served_person is ServedPerson.SELF or not (any(booking.person) and booking.served_name):
        return "", "", ""
    before, _, after = t(f"meeting.served.{booking.served_person}", name="\n").partition("\n")
    return before, booking.served_name, after


def _marks(booking: DayBooking, t: Texts) -> list[str]:
    marks = {
        "other": booking.served_person is ServedPerson.OTHER,
        "business": booking.served_person is ServedPerson.BUSINESS,
        "over_capacity": booking.is_over_capacity,
        "outside_hours": booking.is_outside_hours,
        "from_staff": booking.is_from_staff,
    }
    return [t(f"day.mark.{name}") for name, is_so in marks.items() if is_so]


def _kind(booking: DayBooking) -> str:
    if booking.is_held:
        return "held"
    if is_over(booking):
        return "done"
    return {BookingStatus.WAITING: "waiting", BookingStatus.IN_SERVICE: "in"}.get(booking.status, "ahead")


def _status(booking: DayBooking, around: _Around, t: Texts) -> str:
    if booking.back_at:
        write = desk_clock if around.is_back_today else desk_moment
        return t("day.back_by", time=write(booking.back_at, around.zone))
    if booking.status is BookingStatus.WAITING and not around.is_present:
        return t("day.came_and_left")
    status = t(f"desk.status.{booking.status}")
    is_noted = booking.presence.outcome or not booking.presence.has_ended
    return status if is_noted else f"{status} · {t('day.not_noted')}"


def _since(one: Waiting, day: Day, t: Texts) -> str:
    if one.is_away:
        return t("day.came_and_left")
    if one.is_early:
        return t("day.early", time=desk_clock(one.arrived_at, day.place.zone))
    minutes = one.minutes(day.now)
    return t.count("day.waits", minutes) if minutes else t("day.just_came")


def _identity(booking: DayBooking, t: Texts) -> str:
    """By what the person is known in the waiting room; whoever stands at the counter shows who they are."""
    if booking.mode is not Mode.VIDEO:
        return ""
    if booking.presence.is_sent_back:
        return t("day.sent_back")
    if booking.is_from_staff:
        return t("day.by_staff")
    return t("day.by_taxisnet" if booking.is_confirmed else "day.by_link")


def _press(press: str, t: Texts, label: str = "", href: str = "") -> RowPress:
    key, greek, latin = _KEYS.get(press, ("", "", ""))
    return RowPress(press, label or t(f"desk.press.{press}"), key, greek if t.language == "el" else latin, href)


def _admit(t: Texts) -> RowPress:
    return _press(ADMIT, t)


def _main(booking: DayBooking, around: _Around, t: Texts) -> RowPress | None:
    """The next step; of a teleconference whose citizen is there, to admit; of a time given back, to free it now."""
    if booking.back_at:
        return None if booking.is_for_list else _press(FREE_NOW, t)
    if booking.mode is Mode.VIDEO and booking.status is not BookingStatus.IN_SERVICE:
        return _admit(t) if around.is_present else None
    if booking.mode is Mode.VIDEO and around.is_present:
        return _admit(t)
    press = main_press(around.presses, booking.status)
    return _press(press.value, t) if press else None


def _second(booking: DayBooking, around: _Around, t: Texts) -> RowPress | None:
    """What is asked or offered besides: whether nobody came, whether nobody answers, or the way into the meeting.

    In the place of a time that was given back somebody else can be booked.
    """
    if booking.back_at:
        if booking.is_for_list:
            return None
        return _press("in_its_place", t, href=_new_path(booking, around))
    if around.is_missed:
        return _press(Press.NO_SHOW.value, t, t("desk.press.no_show_asked"))
    if around.can_enter:
        return _press("to_meeting", t, href=_meeting_href(booking, t))
    if booking.mode is Mode.PHONE and booking.status is BookingStatus.IN_SERVICE:
        return _press(Press.NO_ANSWER.value, t)
    return None


def _menu(booking: DayBooking, around: _Around, t: Texts, main: RowPress | None) -> list[RowPress]:
    """All else that can be done; what has a page of its own is a link."""
    if booking.is_held:
        return []
    presses = [_press(press.value, t) for press in around.presses if main is None or press.value != main.press]
    if around.can_enter:
        presses.append(_press("to_meeting", t, href=_meeting_href(booking, t)))
    path, query = _booking_path(booking, around).split("?")
    links = [_press("open", t, href=f"{path}?{query}")]
    if booking.status in {BookingStatus.BOOKED, BookingStatus.WAITING}:
        links += [_press("move", t, href=f"{path}/move?{query}")]
        links += [_press("cancel", t, href=f"{path}?{query}&do=cancel")]
    if booking.status in OPEN:
        links += [_press("other_desk", t, href=f"{path}/desk?{query}")]
        links += [_press("details", t, href=f"{path}?{query}&do=details")]
    if is_over(booking):
        links += [_press("correct", t, href=f"{path}?{query}&do=correct")]
    links += [_press("note", t, href=f"{path}?{query}&do=note")]
    return presses + links


def _new_path(booking: DayBooking, around: _Around) -> str:
    return new_booking_path(
        around.language, around.slug, booking.service_id, booking.mode.value, booking.period.starts_at
    )


def _booking_path(booking: DayBooking, around: _Around) -> str:
    return localized(f"/desk/booking/{booking.reference}", around.language) + f"?m={around.slug}"


def _meeting_href(booking: DayBooking, t: Texts) -> str:
    return meeting_path(t.language, f"reference={booking.reference}", for_staff=True)


def _search(booking: DayBooking) -> str:
    """In both alphabets, without accents."""
    words = " ".join([*booking.person, booking.served_name, booking.subject])
    number = f"{booking.reference} {show_reference(booking.reference)}"
    return f"{search_key(words)} {latin_key(words)} {number.casefold()}"

"""One booking as an official's page shows it: finished words."""

from dataclasses import dataclass, field

from dimoslive.domain.booking.booking import BookingSource
from dimoslive.domain.booking.details import ServedPerson
from dimoslive.domain.booking.references import show_reference
from dimoslive.domain.booking.statuses import CANCELLED, FINAL, OPEN
from dimoslive.domain.desk.desk_booking import Change, Delivery, DeskBooking, OtherBooking
from dimoslive.domain.desk.presses import Press, main_press
from dimoslive.domain.people.personal_data import PhoneNumber
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n import Texts
from dimoslive.i18n.dates import full_day
from dimoslive.ui.staff.booking.words import (
    day_and_hour,
    desk_name,
    hour,
    masked_email,
    reason_of,
    sentence,
    status_word,
    tag_of,
)
from dimoslive.urls import localized, meeting_path, new_booking_path, same_booking_path

HISTORY_SHOWN = 5
"""What happened before is folded."""
_IN_MENU = (Press.NOT_SERVED, Press.REFERRED, Press.BACK_TO_WAITING)
_OFFERED = (
    *("can_admit", "can_cancel", "can_change", "can_note", "can_note_identity", "can_send_again"),
    *("can_correct", "can_put_back", "is_late"),
)
ASKING = frozenset({Press.NOT_SERVED, Press.REFERRED})
"""Presses that ask for words first."""


@dataclass(frozen=True)
class PressView:
    """A button. ``asks`` is whether it opens a dialog."""

    name: str
    label: str
    asks: bool = False


@dataclass(frozen=True)
class LineView:
    """A line with its time, and who it is of."""

    time: str
    text: str
    by: str = ""
    is_problem: bool = False


@dataclass(frozen=True)
class FactView:
    """A labelled value."""

    label: str
    text: str


@dataclass(frozen=True)
class OtherView:
    """Another booking of the person."""

    time: str
    service: str
    status: str
    tag: str
    href: str


@dataclass(frozen=True)
class DeskBookingView:
    """What stands on the page. Times of the citizen's language have no place here: these are Greek times."""

    reference: str = ""
    number: str = ""
    title: str = ""
    """The person; of an erased one, that there is none."""
    tab_title: str = ""
    person: str = ""
    last_name: str = ""
    first_name: str = ""
    """The whole name where there is no surname."""
    is_business: bool = False
    day: str = ""
    hours: str = ""
    time: str = ""
    desk: str = ""
    status: str = ""
    status_word: str = ""
    tag: str = ""
    since: str = ""
    erased: str = ""
    marks: list[str] = field(default_factory=list)
    subject: str = ""
    help: str = ""
    phone: str = ""
    phone_href: str = ""
    email: str = ""
    email_masked: str = ""
    facts: list[FactView] = field(default_factory=list)
    main: PressView = PressView("", "")
    presses: list[PressView] = field(default_factory=list)
    more: list[PressView] = field(default_factory=list)
    meeting_href: str = ""
    can_admit: bool = False
    move_href: str = ""
    hand_over_href: str = ""
    same_href: str = ""
    can_cancel: bool = False
    can_change: bool = False
    can_note: bool = False
    can_note_identity: bool = False
    can_send_again: bool = False
    can_correct: bool = False
    can_put_back: bool = False
    is_late: bool = False
    notes: list[LineView] = field(default_factory=list)
    messages: list[LineView] = field(default_factory=list)
    recent: list[LineView] = field(default_factory=list)
    earlier: list[LineView] = field(default_factory=list)
    earlier_label: str = ""
    others: list[OtherView] = field(default_factory=list)
    version: int = 0
    language: str = "el"
    """In which the citizen reads."""
    day_href: str = ""
    day_query: str = ""
    """Of which day the page is to hear that it changed."""
    new_href: str = ""
    """A new booking at this time and desk."""
    freed: str = ""
    """The hold of the time that it gave back, while that is not public."""
    back_by: str = ""
    """When citizens have it at the latest, in a sentence."""
    reasons: list[str] = field(default_factory=list)
    """Ready sentences for a cancellation, as the official reads them."""
    told_reasons: list[str] = field(default_factory=list)
    """The same as the citizen reads them."""


def show_desk_booking(shown: DeskBooking, slug: str, t: Texts) -> DeskBookingView:
    """The view of it; ``slug`` is the municipality's, for the links."""
    booking, details, zone = shown.booking, shown.booking.details, shown.booking.service.zone
    start, end = (hour(at, zone) for at in (booking.period.starts_at, booking.period.ends_at))
    main, inline, more = _presses(shown, t)
    history = [LineView(day_and_hour(c.at, zone), _what(c, shown, t), c.by) for c in shown.history]
    older = history[HISTORY_SHOWN:]
    return DeskBookingView(
        reasons=[reason[t.language] for reason in shown.ready_reasons],
        told_reasons=[reason[booking.language] for reason in shown.ready_reasons],
        reference=booking.reference,
        number=show_reference(booking.reference),
        title=details.name or t("desk_booking.person_erased"),
        tab_title=f"{details.name or show_reference(booking.reference)}, {start}",
        person=details.name,
        last_name=shown.details.last_name,
        first_name=shown.details.person_name,
        is_business=details.served_person is ServedPerson.BUSINESS,
        day=full_day(local_day(booking.period.starts_at, zone), t.language),
        hours=f"{start}–{end}",
        time=start,
        desk=desk_name(shown.desk, t),
        status=booking.status.value,
        status_word=status_word(booking.status, t),
        tag=tag_of(booking.status),
        since=_since(shown, t),
        erased=_erased(shown, t),
        marks=_marks(shown, t),
        subject=details.subject,
        help=details.help_needed,
        phone=PhoneNumber(details.phone).shown if details.phone else "",
        phone_href=f"tel:{details.phone}" if details.phone else "",
        email=details.email,
        email_masked=masked_email(details.email) if details.email else "",
        facts=_facts(shown, t),
        main=main,
        presses=inline,
        more=more,
        **{name: getattr(shown.offers, name) for name in _OFFERED},
        **_links(shown, slug, t),
        notes=[LineView(day_and_hour(note.at, zone), note.text, note.by) for note in shown.notes],
        messages=_messages(shown, t),
        recent=history[:HISTORY_SHOWN],
        earlier=older,
        earlier_label=t("desk_booking.older", number=len(older)),
        others=[_other(other, zone, slug, t) for other in shown.others],
        version=shown.version,
        language=booking.language,
        freed=shown.freed.reference if shown.freed else "",
        back_by=t("desk_booking.back_by", time=hour(shown.freed.back_at, zone)) if shown.freed else "",
    )


def _links(shown: DeskBooking, slug: str, t: Texts) -> dict[str, str]:
    """Where the page leads."""
    booking, offers, starts_at = shown.booking, shown.offers, shown.booking.period.starts_at
    base = localized(f"/desk/booking/{booking.reference}", t.language)
    same = same_booking_path(t.language, slug, booking.service.service_id, booking.mode.value, booking.reference)
    day = local_day(starts_at, booking.service.zone)
    meeting = meeting_path(t.language, f"reference={booking.reference}", for_staff=True)
    is_over = booking.status in FINAL and shown.erased_at is None
    return {
        "day_href": f"{localized('/desk', t.language)}?m={slug}&date={day.isoformat()}",
        "day_query": f"m={slug}&date={day.isoformat()}",
        "meeting_href": meeting if offers.can_enter else "",
        "move_href": f"{base}/move?m={slug}" if offers.can_move else "",
        "hand_over_href": f"{base}/desk?m={slug}" if offers.can_hand_over else "",
        "same_href": same if is_over else "",
        "new_href": new_booking_path(
            t.language, slug, booking.service.service_id, booking.mode.value, shown.booking.period.starts_at
        ),
    }


def _other(other: OtherBooking, zone: str, slug: str, t: Texts) -> OtherView:
    return OtherView(
        day_and_hour(other.starts_at, zone),
        other.service[t.language],
        status_word(other.status, t),
        tag_of(other.status),
        localized(f"/desk/booking/{other.reference}", t.language) + f"?m={slug}",
    )


def _presses(shown: DeskBooking, t: Texts) -> tuple[PressView, list[PressView], list[PressView]]:
    """The next step; the other usual ones; what stands in the menu."""
    main = main_press(shown.presses, shown.booking.status)
    views = {
        press: PressView(press.value, t(f"desk_booking.press.{press}"), press in ASKING) for press in shown.presses
    }
    inline = [view for press, view in views.items() if press is not main and press not in _IN_MENU]
    return (
        views[main] if main else PressView("", ""),
        inline,
        [view for press, view in views.items() if press in _IN_MENU],
    )


def _since(shown: DeskBooking, t: Texts) -> str:
    zone = shown.booking.service.zone
    if shown.since is None:
        return ""
    is_same_day = local_day(shown.since, zone) == local_day(shown.booking.period.starts_at, zone)
    key = "desk_booking.since" if is_same_day else "desk_booking.since_day"
    since = t(key, time=hour(shown.since, zone) if is_same_day else day_and_hour(shown.since, zone))
    return " · ".join(filter(None, (since, shown.since_by)))


def _erased(shown: DeskBooking, t: Texts) -> str:
    if shown.erased_at is None:
        return ""
    day = full_day(local_day(shown.erased_at, shown.booking.service.zone), t.language)
    return t("desk_booking.erased", date=day)


def _marks(shown: DeskBooking, t: Texts) -> list[str]:
    marks = {"over_capacity": shown.desk.is_lane, "outside_hours": shown.is_outside_hours}
    return [t(f"desk_booking.{name}") for name, holds in marks.items() if holds]


def _facts(shown: DeskBooking, t: Texts) -> list[FactView]:
    booking, language = shown.booking, t.language
    place = ""
    if booking.mode is Mode.IN_PERSON:
        place = ", ".join(filter(None, (booking.service.address[language], shown.desk.place[language])))
    identity = t(f"meeting.identity.{shown.identity}") if shown.identity else ""
    if identity and shown.identity_at:
        identity = f"{identity}, {day_and_hour(shown.identity_at, booking.service.zone)}"
    values = {
        "subject": booking.details.subject,
        "for_whom": "" if shown.erased_at else _for_whom(shown, t),
        "service": booking.service.service_name[language],
        "mode": t(f"mode.{booking.mode}"),
        "where": place,
        "booked_by": t(f"desk_booking.source.{shown.source}", by=shown.made_by),
        "exception": shown.staff_reason,
        "calls": str(shown.call_attempts) if shown.call_attempts and booking.status in OPEN else "",
        "identity": identity,
        "outcome": _outcome(shown, t),
        "reason": shown.reason if booking.status in CANCELLED else "",
    }
    return [FactView(t(f"desk_booking.fact.{name}"), text) for name, text in values.items() if text]


def _for_whom(shown: DeskBooking, t: Texts) -> str:
    booking = shown.booking
    if shown.source is not BookingSource.CITIZEN and not booking.citizen_id:
        served = booking.details.served_person
        return t("desk_booking.for.typed" if served is ServedPerson.SELF else f"desk_names.for.{served}")
    return t(f"desk_booking.for.{booking.details.served_person}", who=booking.signed_in_name)


def _outcome(shown: DeskBooking, t: Texts) -> str:
    """Why somebody was not served, or where to they were referred; that they were served, the status says."""
    key = f"desk_booking.outcome.{shown.outcome}"
    return ": ".join(filter(None, (t(key) if shown.outcome and t.has(key) else "", shown.outcome_note)))


def _what(change: Change, shown: DeskBooking, t: Texts) -> str:
    return ". ".join(filter(None, (sentence(change, shown, t), reason_of(change))))


def _messages(shown: DeskBooking, t: Texts) -> list[LineView]:
    zone = shown.booking.service.zone
    lines = [_delivery(one, zone, t) for one in shown.deliveries]
    if not shown.booking.details.email and not shown.erased_at:
        lines.insert(0, LineView(t("desk_booking.fact.email"), t("desk_booking.no_email")))
    if shown.told_by:
        declared = t("desk_booking.told_by_municipality", by=shown.told_by)
    elif shown.consent is None:
        declared = t("desk_booking.not_declared")
    else:
        consent = shown.consent
        declared = t(
            "desk_booking.declared",
            version=consent.version,
            language=t(f"desk_booking.language.{consent.language}"),
            time=day_and_hour(consent.given_at, zone),
        )
    return [*lines, LineView(t("desk_booking.declaration"), declared)]


def _delivery(one: Delivery, zone: str, t: Texts) -> LineView:
    key = f"desk_booking.mail.{one.event}"
    label = t(key if t.has(key) else "desk_booking.mail.other")
    if one.failed_at is not None:
        return LineView(label, t("desk_booking.not_delivered"), is_problem=True)
    if one.sent_at is not None:
        return LineView(label, t("desk_booking.sent", time=day_and_hour(one.sent_at, zone)))
    return LineView(label, t("desk_booking.will_be_sent"))

"""The mails about a booking: text, page and calendar message in one envelope."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.details import ServedPerson
from dimoslive.domain.booking.references import show_reference
from dimoslive.domain.meeting.meeting import meeting_times
from dimoslive.domain.people.personal_data import PhoneNumber
from dimoslive.domain.scheduling.local_time import is_known_zone, local_day, same_clock
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.dates import clock, full_day, zone_offset, zone_place
from dimoslive.i18n.when import both_times, until_clock
from dimoslive.integrations.addresses import is_one_address
from dimoslive.integrations.calendar.invitation import Method, calendar_invitation
from dimoslive.integrations.mail.headers import POLICY, write_headers
from dimoslive.integrations.wording import department_line, in_language, one_line, service_line
from dimoslive.urls import MailLinks

MailKind = Literal[
    "booked",
    "moved",
    "changed_by_municipality",
    "must_move",
    "reminder",
    "earlier",
    "cancelled",
    "cancelled_by_municipality",
]

_WITHOUT_CALENDAR = frozenset({"reminder", "earlier"})
"""Nothing changed yet that a calendar should hear of."""

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(disabled_extensions=("txt",), default=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled line or more of the mail."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class When:
    """A period as one zone's clock shows it."""

    day: str
    hours: str
    zone: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier time that is kept for the booking until an instant."""

    period: Period
    until: datetime


def booking_mail(  # noqa: PLR0913  # what mails say, each by its name
    kind: MailKind,
    booking: Booking,
    links: MailLinks,
    *,
    mail_from: str,
    message_id: str,
    now: datetime,
    reason: str = "",
    previously: Period | None = None,
    earlier: Earlier | None = None,
) -> EmailMessage:
    """The finished mail, in the booking's language. ``message_id`` comes with its angle brackets."""
    texts = texts_of(booking.language)
    message = EmailMessage(policy=POLICY)
    title = _title(kind, booking, texts, now)
    if earlier is None:
        content = _content(kind, booking, links, texts, reason, previously)
        lead = texts(f"mail.lead.{kind}")
    else:
        # The time that is kept stands where the booking's own usually does, and the own one under it.
        offered = replace(booking, period=earlier.period)
        content = _content(kind, offered, links, texts, reason, booking.period)
        lead = texts(
            "mail.lead.earlier", time=until_clock(earlier.until, booking.visitor_zone, booking.service.zone, texts)
        )
    content |= {"title": title, "lead": lead}
    message.set_content(_TEMPLATES.get_template("booking.txt").render(content))
    message.add_alternative(_TEMPLATES.get_template("booking.html").render(content), subtype="html")

    if kind not in _WITHOUT_CALENDAR:
        _add_calendar(message, kind, booking, links, texts, mail_from, now)
    # Last, because building the parts moves Content-Language into the first of them.
    write_headers(message, _headers(kind, booking, texts, mail_from, message_id, now))
    return message


def _title(kind: MailKind, booking: Booking, texts: Texts, now: datetime) -> str:
    """What the mail says in one line; of a reminder, how near it is."""
    if kind != "reminder":
        return texts(f"mail.heading.{kind}")
    zone, starts_at = booking.service.zone, booking.period.starts_at
    day, time = local_day(starts_at, zone), clock(starts_at, texts.language, zone)
    days = (day - local_day(now, zone)).days
    near = {0: "today", 1: "tomorrow"}.get(days, "on_day")
    return texts(f"mail.heading.reminder_{near}", time=time, day=full_day(day, texts.language))


def _add_calendar(
    message: EmailMessage,
    kind: MailKind,
    booking: Booking,
    links: MailLinks,
    texts: Texts,
    mail_from: str,
    now: datetime,
) -> None:
    method: Method = "CANCEL" if _is_cancelled(kind) else "REQUEST"
    calendar = calendar_invitation(
        booking,
        method=method,
        organizer_email=parseaddr(mail_from)[1],
        page_url=links.my_bookings,
        now=now,
        texts=texts,
    )
    # Gmail reads the alternative; Outlook's older versions and other programs want a file to open.
    message.add_alternative(
        calendar, maintype="text", subtype="calendar", params={"method": method, "charset": "UTF-8"}
    )
    message.add_attachment(calendar, maintype="application", subtype="ics", filename="invite.ics")


def _headers(
    kind: MailKind, booking: Booking, texts: Texts, mail_from: str, message_id: str, now: datetime
) -> Mapping[str, str]:
    service = booking.service
    subject = texts(
        f"mail.subject.{kind}",
        reference=show_reference(booking.reference),
        service=service_line(service, texts),
        municipality=in_language(service.municipality_name, texts.language),
        title=_title(kind, booking, texts, now),
    )
    headers = {
        "From": mail_from,
        "To": str(Address(addr_spec=one_line(booking.details.email))),
        "Subject": subject,
        "Date": format_datetime(now),
        "Message-ID": message_id,
        "Content-Language": texts.language,
        "Auto-Submitted": "auto-generated",
    }
    # Nobody reads the sender's mailbox; an answer should reach the town hall.
    reply_to = one_line(service.municipality_email)
    return headers | ({"Reply-To": reply_to} if is_one_address(reply_to) else {})


def _content(
    kind: MailKind, booking: Booking, links: MailLinks, texts: Texts, reason: str, previously: Period | None
) -> dict[str, object]:
    service, language = booking.service, texts.language
    return {
        "t": texts,
        "kind": kind,
        "is_cancelled": _is_cancelled(kind),
        # Without an account there is no list of bookings, and nobody who could move one.
        "has_account": booking.has_account,
        "is_video": booking.mode is Mode.VIDEO,
        "mode": booking.mode.value,
        "links": links,
        "municipality": one_line(in_language(service.municipality_name, language)),
        "phone": one_line(service.municipality_phone),
        "email": one_line(service.municipality_email),
        "when": _when(booking, texts),
        "visitor_when": _visitor_when(booking, texts),
        "opens": both_times(meeting_times(booking).opens_at, booking.visitor_zone, service.zone, texts),
        "facts": [*_former(kind, booking, texts, previously), *_facts(kind, booking, texts)],
        "reason": _lines(reason),
        "documents": _lines(in_language(service.documents, language)),
        "instructions": _lines(in_language(service.instructions, language)),
        "note": _lines(in_language(service.mail_note, language)),
    }


def _former(kind: MailKind, booking: Booking, texts: Texts, previously: Period | None) -> list[Fact]:
    """When it was to be, if it was moved to another time; or is, where an earlier one is kept for it."""
    if previously is None or previously == booking.period:
        return []
    zone = booking.service.zone
    start, end = (clock(at, texts.language, zone) for at in (previously.starts_at, previously.ends_at))
    day = full_day(local_day(previously.starts_at, zone), texts.language)
    return [
        Fact(
            texts("mail.fact.own" if kind == "earlier" else "mail.fact.was"),
            (day, texts("mail.hours", start=start, end=end)),
        )
    ]


def _when(booking: Booking, texts: Texts) -> When:
    zone = booking.service.zone
    return _shown_in(booking, texts, zone, texts("mail.zone", offset=zone_offset(booking.period.starts_at, zone)))


def _visitor_when(booking: Booking, texts: Texts) -> When | None:
    """The same in the visitor's zone, if its clock shows another time on that date."""
    start, zone = booking.period.starts_at, booking.visitor_zone
    if not is_known_zone(zone) or same_clock(start, zone, booking.service.zone):
        return None
    place = zone_place(zone, texts.language)
    return _shown_in(booking, texts, zone, texts("mail.visitor_zone", place=place, offset=zone_offset(start, zone)))


def _shown_in(booking: Booking, texts: Texts, zone: str, label: str) -> When:
    start, end = (clock(at, texts.language, zone) for at in (booking.period.starts_at, booking.period.ends_at))
    day = full_day(local_day(booking.period.starts_at, zone), texts.language)
    return When(day, texts("mail.hours", start=start, end=end), label)


def _facts(kind: MailKind, booking: Booking, texts: Texts) -> list[Fact]:
    service, details, language = booking.service, booking.details, texts.language
    person = "business" if details.served_person is ServedPerson.BUSINESS else "person"
    municipality = in_language(service.municipality_name, language)
    facts = [
        Fact(
            texts("mail.fact.service"),
            _filled(service_line(service, texts), department_line(service, texts), municipality),
        ),
        _place(booking, texts, is_cancelled=_is_cancelled(kind)),
        Fact(texts(f"mail.fact.{person}"), _filled(details.name)),
        Fact(texts("mail.fact.subject"), () if service.is_sensitive else _lines(details.subject)),
        Fact(texts("mail.fact.reference"), (show_reference(booking.reference),)),
    ]
    return [fact for fact in facts if fact.lines]


def _place(booking: Booking, texts: Texts, *, is_cancelled: bool) -> Fact:
    mode = texts(f"mail.mode.{booking.mode.value}")
    if booking.mode is Mode.IN_PERSON:
        address, door = (in_language(words, texts.language) for words in (booking.service.address, booking.place))
        return Fact(texts("mail.fact.where"), _filled(address, door, mode))
    if is_cancelled:
        return Fact(texts("mail.fact.how"), (mode,))
    if booking.mode is Mode.VIDEO:
        return Fact(texts("mail.fact.how"), (mode, texts("mail.how.video")))
    if not booking.details.phone:
        return Fact(texts("mail.fact.how"), (mode,))
    phone = PhoneNumber(booking.details.phone).shown
    return Fact(texts("mail.fact.how"), (mode, texts("mail.how.phone", phone=phone)))


def _is_cancelled(kind: MailKind) -> bool:
    return kind in ("cancelled", "cancelled_by_municipality")


def _filled(*lines: str) -> tuple[str, ...]:
    return tuple(filter(None, map(one_line, lines)))


def _lines(text: str) -> tuple[str, ...]:
    return _filled(*text.splitlines())

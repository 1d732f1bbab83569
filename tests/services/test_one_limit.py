"""A value has one longest length: what one place takes, the next one takes, from the sign-in to the mail."""

import asyncio
import re
from dataclasses import replace
from email.message import EmailMessage
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import quoteattr

import pytest
from icalendar import Calendar
from sqlmodel import SQLModel

from dimoslive.db.models.booking import BookingRow, DraftRow
from dimoslive.db.models.meeting import MeetingGuest, Official
from dimoslive.db.models.person import Citizen
from dimoslive.domain.actors import CitizenActor
from dimoslive.domain.bookings import LONGEST_REASON, Booking
from dimoslive.domain.details import LONGEST_ADDRESS, LONGEST_HELP, LONGEST_SUBJECT, LONGEST_TYPED, TypedDetails
from dimoslive.domain.meetings import LONGEST_GUEST_NAME
from dimoslive.domain.personal_data import LONGEST_EMAIL, LONGEST_NAME, LONGEST_PHONE
from dimoslive.integrations.identity.userinfo import read_userinfo
from dimoslive.services.change_draft import give_details, keep_typed, open_draft
from dimoslive.services.confirm_booking import confirm_booking
from dimoslive.services.list_waiting import list_waiting
from dimoslive.services.send_outbox import send_outbox
from dimoslive.services.sign_in import begin_sign_in, find_citizen, finish_sign_in
from dimoslive.ui.frontend import SOURCES
from tests.meeting import enter_official
from tests.ports import KnownPersons, RecordingMailer
from tests.world import Town, confirmation, on_the_day, typed

COMPANY = "ΑΝΩΝΥΜΗ ΕΤΑΙΡΕΙΑ ΕΚΜΕΤΑΛΛΕΥΣΕΩΣ ΛΙΜΕΝΩΝ ΚΑΙ ΑΕΡΟΛΙΜΕΝΩΝ ΑΝΑΤΟΛΙΚΗΣ ΜΑΚΕΔΟΝΙΑΣ ΚΑΙ ΘΡΑΚΗΣ " * 9
STORED = {
    BookingRow: {
        "person_name": LONGEST_NAME,
        "email": LONGEST_EMAIL,
        "phone": LONGEST_PHONE,
        "address": LONGEST_ADDRESS,
        "subject": LONGEST_SUBJECT,
        "help_needed": LONGEST_HELP,
        "cancel_reason": LONGEST_REASON,
    },
    DraftRow: dict.fromkeys(("person_name", "email", "phone", "address", "subject", "help_needed"), LONGEST_TYPED),
    Citizen: {"first_name": LONGEST_NAME, "last_name": LONGEST_NAME, "email": LONGEST_EMAIL, "phone": LONGEST_PHONE},
    Official: {"first_name": LONGEST_NAME, "last_name": LONGEST_NAME},
    MeetingGuest: {"name": LONGEST_GUEST_NAME},
}
LONG_EMAIL = f"{'m' * 64}@{'.'.join(['d' * 61] * 3)}.gr"
LONG_WORDS = {
    "served_person": "business",
    "person_name": "Α" * LONGEST_NAME,
    "email": LONG_EMAIL,
    "phone": "+30 691 234 5678".ljust(LONGEST_PHONE, "-"),
    "address": "α" * LONGEST_ADDRESS,
    "subject": "θ" * LONGEST_SUBJECT,
    "help_needed": "β" * LONGEST_HELP,
}


@pytest.mark.parametrize(
    ("first_name", "last_name", "shown"),
    [
        ("", COMPANY[:130], COMPANY[:130].strip()),
        ("", "Α" * 250, "Α" * 250),
        ("ΕΛΕΝΗ", "Π" * 244, "ΕΛΕΝΗ " + "Π" * 244),
        ("Ε" * 125, "Π" * 124, "Ε" * 125 + " " + "Π" * 124),
        ("", COMPANY, COMPANY[: COMPANY.index(" ΜΑΚΕΔΟΝΙΑΣ", 200)] + "…"),
        ("Ε" * 250, "Π" * 250, "Ε" * 124 + "… " + "Π" * 123 + "…"),
    ],
    ids=["130 letters", "a company of 250", "together 250", "halves", "a company of 800", "twice 250"],
)
def test_a_name_that_the_sign_in_takes_is_taken_to_the_desk_and_the_mail(
    town: Town, first_name: str, last_name: str, shown: str
) -> None:
    answer = f'<r><userinfo taxid="123456783" firstname={quoteattr(first_name)} lastname={quoteattr(last_name)}/></r>'
    nikos = signed_in(town, answer.encode())
    assert len(shown) <= LONGEST_NAME
    booking = a_booking(town, nikos, typed())
    assert booking.details.name == shown
    assert shown in plain_text(sent(town))
    assert desk_names(town) == [shown]


def test_the_longest_of_each_field_is_taken_to_the_mail_and_the_invitation(town: Town) -> None:
    booking = a_booking(town, town.eleni, typed(**LONG_WORDS))
    for name in ("address", "subject", "help_needed"):
        assert getattr(booking.details, name) == LONG_WORDS[name]
    mail = sent(town)
    assert mail["To"] == LONG_EMAIL
    assert LONG_WORDS["person_name"] in plain_text(mail)
    [invitation] = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    [event] = Calendar.from_ical(invitation.get_content()).walk("VEVENT")
    assert str(event["attendee"]) == f"mailto:{LONG_EMAIL}"


def test_what_is_too_long_by_far_is_kept_while_it_is_typed(town: Town) -> None:
    words = typed(served_person="other", **dict.fromkeys(STORED[DraftRow], "α" * LONGEST_TYPED))
    keep_typed(town.parts, town.eleni, words)
    assert open_draft(town.parts, town.eleni).typed == words


@pytest.mark.parametrize("table", STORED, ids=lambda table: table.__name__)
def test_each_column_has_room_for_what_its_field_takes(table: type[SQLModel]) -> None:
    for name, longest in STORED[table].items():
        room = table.__table__.c[name].type.length  # type: ignore[attr-defined]  # SQLModel's tables have one
        assert room is None or room >= longest, name


def test_the_official_s_browser_takes_the_same_names_of_guests() -> None:
    form = (SOURCES / "meeting/views/invite.tsx").read_text()
    assert re.findall(r"LONGEST_NAME = (\d+)", form) == [str(LONGEST_GUEST_NAME)]


def signed_in(town: Town, answer: bytes) -> CitizenActor:
    """Whom the provider's answer names, after a sign-in."""
    town.parts = replace(town.parts, identity=KnownPersons(nikos=read_userinfo(answer)))
    begun = begin_sign_in(town.parts, "/")
    [state] = parse_qs(urlsplit(begun.url).query)["state"]
    done = asyncio.run(finish_sign_in(town.parts, note=begun.note, state=state, code="nikos", error=""))
    citizen = find_citizen(town.parts, done.session_token)
    assert citizen is not None
    return citizen


def a_booking(town: Town, citizen: CitizenActor, words: TypedDetails) -> Booking:
    """Booked with these words."""
    hold = town.hold("09:10", by=citizen)
    give_details(town.parts, citizen, words)
    return confirm_booking(town.parts, citizen, confirmation(hold))


def sent(town: Town) -> EmailMessage:
    """The one mail that is waiting."""
    mailer = RecordingMailer()
    asyncio.run(send_outbox(replace(town.parts, mailer=mailer)))
    [mail] = mailer.sent
    return mail


def plain_text(mail: EmailMessage) -> str:
    """What the mail says, its lines joined."""
    return str(next(part for part in mail.walk() if part.get_content_type() == "text/plain").get_content())


def desk_names(town: Town) -> list[str]:
    """Whom the officials' list names on the day."""
    town.clock.set(on_the_day("09:05"))
    return [line.booking.details.name for line in list_waiting(town.parts, enter_official(town))]

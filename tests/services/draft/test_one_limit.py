"""A value has one longest length: what one place takes, the next one takes, from the sign-in to the mail."""

import asyncio
from dataclasses import replace
from email.message import EmailMessage
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import quoteattr

import pytest
from icalendar import Calendar
from sqlmodel import SQLModel

from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.citizen import CitizenRow
from dimoslive.db.tables.draft import DraftRow
from dimoslive.db.tables.meeting import MeetingGuestRow
from dimoslive.db.tables.official import OfficialRow
from dimoslive.domain.booking.booking import MAX_REASON_LENGTH, Booking
from dimoslive.domain.booking.details import (
    MAX_ADDRESS_LENGTH,
    MAX_HELP_LENGTH,
    MAX_SUBJECT_LENGTH,
    MAX_TYPED_LENGTH,
    TypedDetails,
)
from dimoslive.domain.meeting.meeting import MAX_GUEST_NAME_LENGTH
from dimoslive.domain.people.personal_data import MAX_EMAIL_LENGTH, MAX_NAME_LENGTH, MAX_PHONE_LENGTH
from dimoslive.domain.people.principals import Citizen
from dimoslive.integrations.identity.userinfo import read_userinfo
from dimoslive.services.booking.confirm_booking import confirm_booking
from dimoslive.services.desk.find_workplace import find_workplace
from dimoslive.services.desk.show_day import show_day
from dimoslive.services.draft.give_details import give_details
from dimoslive.services.draft.keep_typed import keep_typed
from dimoslive.services.draft.open_draft import open_draft
from dimoslive.services.identity.auth_realm import CITIZENS
from dimoslive.services.identity.begin_sign_in import begin_sign_in
from dimoslive.services.identity.finish_sign_in import finish_sign_in
from dimoslive.services.identity.sessions import find_principal
from dimoslive.services.outbox.deliver_events import deliver_events
from dimoslive.services.outbox.deliver_mail import MAIL
from tests.support.meeting import enter_official
from tests.support.ports import KnownPersons, RecordingMailer
from tests.support.world import Town, confirmation, on_the_day, typed

COMPANY = "ΑΝΩΝΥΜΗ ΕΤΑΙΡΕΙΑ ΕΚΜΕΤΑΛΛΕΥΣΕΩΣ ΛΙΜΕΝΩΝ ΚΑΙ ΑΕΡΟΛΙΜΕΝΩΝ ΑΝΑΤΟΛΙΚΗΣ ΜΑΚΕΔΟΝΙΑΣ ΚΑΙ ΘΡΑΚΗΣ " * 9
STORED = {
    BookingRow: {
        "person_name": MAX_NAME_LENGTH,
        "email": MAX_EMAIL_LENGTH,
        "phone": MAX_PHONE_LENGTH,
        "address": MAX_ADDRESS_LENGTH,
        "subject": MAX_SUBJECT_LENGTH,
        "help_needed": MAX_HELP_LENGTH,
        "cancel_reason": MAX_REASON_LENGTH,
    },
    DraftRow: dict.fromkeys(("person_name", "email", "phone", "address", "subject", "help_needed"), MAX_TYPED_LENGTH),
    CitizenRow: {
        "first_name": MAX_NAME_LENGTH,
        "last_name": MAX_NAME_LENGTH,
        "email": MAX_EMAIL_LENGTH,
        "phone": MAX_PHONE_LENGTH,
    },
    OfficialRow: {"first_name": MAX_NAME_LENGTH, "last_name": MAX_NAME_LENGTH},
    MeetingGuestRow: {"name": MAX_GUEST_NAME_LENGTH},
}
LONG_EMAIL = f"{'m' * 64}@{'.'.join(['d' * 61] * 3)}.gr"
LONG_WORDS = {
    "served_person": "business",
    "person_name": "Α" * MAX_NAME_LENGTH,
    "email": LONG_EMAIL,
    "phone": "+30 691 234 5678".ljust(MAX_PHONE_LENGTH, "-"),
    "address": "α" * MAX_ADDRESS_LENGTH,
    "subject": "θ" * MAX_SUBJECT_LENGTH,
    "help_needed": "β" * MAX_HELP_LENGTH,
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
    assert len(shown) <= MAX_NAME_LENGTH
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
    words = typed(served_person="other", **dict.fromkeys(STORED[DraftRow], "α" * MAX_TYPED_LENGTH))
    keep_typed(town.context, town.eleni, words)
    assert open_draft(town.context, town.eleni).typed == words


@pytest.mark.parametrize("table", STORED, ids=lambda table: table.__name__)
def test_each_column_has_room_for_what_its_field_takes(table: type[SQLModel]) -> None:
    for name, max_length in STORED[table].items():
        room = table.__table__.c[name].type.length  # type: ignore[attr-defined]  # SQLModel's tables have one
        assert room is None or room >= max_length, name


def signed_in(town: Town, answer: bytes) -> Citizen:
    """Whom the provider's answer names, after a sign-in."""
    town.context = replace(town.context, identity=KnownPersons(nikos=read_userinfo(answer)))
    begun = begin_sign_in(town.context, "/")
    [state] = parse_qs(urlsplit(begun.url).query)["state"]
    done = asyncio.run(
        finish_sign_in(town.context, sign_in_state=begun.sign_in_state, state=state, code="nikos", error="")
    )
    citizen = find_principal(town.context, CITIZENS, done.session_token)
    assert citizen is not None
    return citizen


def a_booking(town: Town, citizen: Citizen, words: TypedDetails) -> Booking:
    """Booked with these words."""
    hold = town.hold("09:10", by=citizen)
    give_details(town.context, citizen, words)
    return confirm_booking(town.context, citizen, confirmation(hold))


def sent(town: Town) -> EmailMessage:
    """The one mail that is waiting."""
    mailer = RecordingMailer()
    asyncio.run(deliver_events(replace(town.context, mailer=mailer), MAIL))
    [mail] = mailer.sent
    return mail


def plain_text(mail: EmailMessage) -> str:
    """What the mail says, its lines joined."""
    return str(next(part for part in mail.walk() if part.get_content_type() == "text/plain").get_content())


def desk_names(town: Town) -> list[str]:
    """Whom the officials' list names on the day."""
    town.clock.set(on_the_day("09:05"))
    official = enter_official(town)
    day = show_day(town.context, official, find_workplace(town.context, official, "kavala"), on_the_day("09:05").date())
    return [one.served_name or " ".join(one.person).strip() for one in day.bookings]

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import Any, get_args

import pytest
from icalendar import Calendar

from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.details import ServedPerson
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.integrations.mail.booking_mail import Earlier, MailKind, booking_mail
from dimoslive.urls import MailLinks
from tests.integrations.booked import a_booking
from tests.support.builders import at

SITE = "https://dimos.example"
KINDS = get_args(MailKind)
CANCELLED = ("cancelled", "cancelled_by_municipality")


def _links(booking: Booking) -> MailLinks:
    page = f"{SITE}/b/{booking.reference}"
    return MailLinks(
        page=f"{page}?key=secret&from=mail",
        move=f"{page}/move?key=secret",
        cancel=f"{page}/cancel?key=secret",
        join=f"{page}/join?key=secret" if booking.mode is Mode.VIDEO else "",
        my_bookings=f"{SITE}/my-bookings",
        advice=f"{SITE}/advice",
    )


def _mail(kind: MailKind = "booked", booking: Booking | None = None, **words: Any) -> EmailMessage:
    """The mail as a recipient's program reads it."""
    booking = booking or a_booking()
    usual: dict[str, Any] = {
        "mail_from": "myDimosLive <noreply@dimos.example>",
        "message_id": "<outbox-17@dimos.example>",
        "now": at("2026-11-01 11:30"),
    }
    sent = booking_mail(kind, booking, _links(booking), **(usual | words))
    return message_from_bytes(sent.as_bytes(), policy=policy.default)


def _part(mail: EmailMessage, content_type: str) -> str:
    (part,) = [part for part in mail.walk() if part.get_content_type() == content_type]
    content = part.get_content()
    return content if isinstance(content, str) else content.decode()


class _Page(HTMLParser):
    """What a mail program makes of the HTML: its text, and its elements with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    @property
    def addresses(self) -> set[str | None]:
        return {attributes["href"] for tag, attributes in self.elements if tag == "a"}


def _page(mail: EmailMessage) -> _Page:
    return _Page(_part(mail, "text/html"))


def _both(mail: EmailMessage) -> Iterator[str]:
    """What a person reads, in the text and on the page, blanks folded."""
    yield " ".join(_part(mail, "text/plain").split())
    yield _page(mail).text


@pytest.mark.parametrize(
    ("kind", "language", "beginning"),
    [
        ("booked", "el", "Λεπτομέρειες κράτησης K7PM-3XQ9"),
        ("moved", "el", "Λεπτομέρειες κράτησης K7PM-3XQ9"),
        ("cancelled", "el", "Ακύρωση κράτησης K7PM-3XQ9"),
        ("cancelled_by_municipality", "el", "Ο δήμος ακύρωσε την κράτηση K7PM-3XQ9"),
        ("booked", "en", "Booking details K7PM-3XQ9"),
        ("moved", "en", "Booking details K7PM-3XQ9"),
        ("cancelled", "en", "Booking cancelled K7PM-3XQ9"),
        ("cancelled_by_municipality", "en", "The municipality cancelled booking K7PM-3XQ9"),
    ],
)
def test_the_subject_says_what_happened_to_which_booking(kind: MailKind, language: str, beginning: str) -> None:
    booking = a_booking(language=language)
    subject = _mail(kind, booking)["Subject"]
    assert subject.startswith(beginning)
    assert subject.endswith(f"{booking.service.service_name[language]}, {booking.service.municipality_name[language]}")


def test_the_headers_say_who_writes_to_whom_and_that_a_program_does() -> None:
    mail = _mail()
    assert mail["From"] == "myDimosLive <noreply@dimos.example>"
    assert mail["To"] == "maria@example.com"
    assert mail["Reply-To"] == "info@kavala.example"
    assert mail["Message-ID"] == "<outbox-17@dimos.example>"
    assert mail["Date"].datetime == at("2026-11-01 11:30")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "el"
    assert _mail(booking=a_booking(language="en"))["Content-Language"] == "en"


def test_without_an_address_of_the_municipality_there_is_no_reply_to() -> None:
    assert _mail(booking=a_booking(municipality_email=""))["Reply-To"] is None


def test_the_parts_stand_where_gmail_and_outlook_look_for_them() -> None:
    mail = _mail()
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    attachment = list(mail.iter_attachments())[-1]
    assert attachment.get_filename() == "invite.ics"
    assert attachment.get_content() == _part(mail, "text/calendar").encode()


@pytest.mark.parametrize("language", ["el", "en"])
@pytest.mark.parametrize("kind", ["booked", "moved"])
def test_the_mail_has_all_that_the_citizen_needs(kind: MailKind, language: str) -> None:
    booking = a_booking(language=language)
    service = booking.service
    parts = [
        *service.documents[language].splitlines(),
        service.service_name[language],
        service.department_name[language],
        service.municipality_name[language],
        service.address[language],
        service.instructions[language],
        booking.details.name,
        booking.details.subject,
        "K7PM-3XQ9",
        "UTC+02:00",
    ]
    for text in _both(_mail(kind, booking)):
        assert [part for part in parts if part not in text] == []


@pytest.mark.parametrize(
    ("wall", "language", "parts"),
    [
        ("2026-11-24 10:00", "el", ["Τρίτη 24 Νοεμβρίου 2026", "10:00 πμ – 10:10 πμ", "ώρα Ελλάδας (UTC+02:00)"]),
        ("2026-06-02 13:20", "el", ["Τρίτη 2 Ιουνίου 2026", "1:20 μμ – 1:30 μμ", "ώρα Ελλάδας (UTC+03:00)"]),
        ("2026-11-24 10:00", "en", ["Tuesday 24 November 2026", "10:00 am – 10:10 am", "time in Greece (UTC+02:00)"]),
        ("2026-06-02 13:20", "en", ["Tuesday 2 June 2026", "1:20 pm – 1:30 pm", "time in Greece (UTC+03:00)"]),
    ],
)
def test_the_time_is_greek_with_the_offset_of_its_date(wall: str, language: str, parts: list[str]) -> None:
    for text in _both(_mail(booking=a_booking(wall, language=language))):
        assert [part for part in parts if part not in text] == []


@pytest.mark.parametrize(
    ("wall", "language", "parts"),
    [
        ("2026-11-24 10:00", "el", ["7:00 μμ – 7:10 μμ", "Μελβούρνη (UTC+11:00)", "10:00 πμ", "(UTC+02:00)"]),
        ("2026-06-02 10:00", "en", ["5:00 pm – 5:10 pm", "Melbourne (UTC+10:00)", "10:00 am", "(UTC+03:00)"]),
        ("2026-11-24 15:30", "en", ["Wednesday 25 November 2026", "12:30 am – 12:40 am", "Tuesday 24 November 2026"]),
    ],
)
def test_a_visitor_in_melbourne_reads_both_times(wall: str, language: str, parts: list[str]) -> None:
    booking = a_booking(wall, language=language, visitor_zone="Australia/Melbourne")
    for text in _both(_mail(booking=booking)):
        assert [part for part in parts if part not in text] == []


@pytest.mark.parametrize("zone", ["Europe/Athens", "Europe/Bucharest", "", "Nowhere/Else", "../../etc/passwd"])
def test_a_visitor_whose_clock_agrees_or_is_unknown_reads_one_time(zone: str) -> None:
    for text in _both(_mail(booking=a_booking(visitor_zone=zone))):
        assert text.count("UTC") == text.count("(UTC+02:00)")
        assert "τοπική σας ώρα" not in text


@pytest.mark.parametrize("language", ["el", "en"])
@pytest.mark.parametrize("kind", ["booked", "moved"])
def test_the_links_lead_to_every_page_of_the_booking(kind: MailKind, language: str) -> None:
    booking = a_booking(language=language, mode=Mode.VIDEO)
    links = _links(booking)
    mail = _mail(kind, booking)
    wanted = {links.page, links.move, links.cancel, links.join, links.my_bookings, links.advice}
    assert _page(mail).addresses == wanted | {"mailto:info@kavala.example"}
    assert {line.strip() for line in _part(mail, "text/plain").splitlines() if SITE in line} == wanted


@pytest.mark.parametrize("mode", [Mode.IN_PERSON, Mode.PHONE])
def test_only_a_teleconference_can_be_joined(mode: Mode) -> None:
    mail = _mail(booking=a_booking(mode=mode))
    assert "" not in _page(mail).addresses
    for text in _both(mail):
        assert "Συμμετοχή στη συνάντηση" not in text
    for text in _both(_mail(booking=a_booking(mode=Mode.VIDEO))):
        assert "Συμμετοχή στη συνάντηση" in text


@pytest.mark.parametrize(
    ("mode", "parts"),
    [
        (Mode.IN_PERSON, ["Φυσική Παρουσία", "Κύπρου 10", "Τι να φέρετε μαζί σας"]),
        (Mode.VIDEO, ["Τηλεδιάσκεψη", "χωρίς να εγκαταστήσετε", "ταυτότητα ή το διαβατήριο", "δεν καταγράφεται"]),
        (Mode.PHONE, ["Τηλεφωνική κλήση", "Ο δήμος θα σας καλέσει στο 691 234 5678."]),
    ],
)
def test_the_mail_says_how_the_person_is_served(mode: Mode, parts: list[str]) -> None:
    for text in _both(_mail(booking=a_booking(mode=mode))):
        assert [part for part in parts if part not in text] == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("el", "Αν ανοίξετε έναν σύνδεσμο, δεν αλλάζει τίποτα."), ("en", "Opening a link changes nothing.")],
)
def test_the_mail_says_that_opening_a_link_changes_nothing(language: str, sentence: str) -> None:
    for text in _both(_mail(booking=a_booking(language=language))):
        assert sentence in text


def test_a_cancelled_booking_leaves_the_calendar_it_was_put_into() -> None:
    made = Calendar.from_ical(_part(_mail("moved", a_booking(sequence=1)), "text/calendar"))
    gone_mail = _mail("cancelled", a_booking(sequence=2))
    gone = Calendar.from_ical(_part(gone_mail, "text/calendar"))
    assert (made["METHOD"], gone["METHOD"]) == ("REQUEST", "CANCEL")
    assert made.events[0]["UID"] == gone.events[0]["UID"]
    assert gone.events[0].sequence > made.events[0].sequence
    assert gone.events[0]["ORGANIZER"] == made.events[0]["ORGANIZER"] == "mailto:noreply@dimos.example"
    (part,) = [part for part in gone_mail.walk() if part.get_content_type() == "text/calendar"]
    assert part["Content-Type"].params == {"method": "CANCEL", "charset": "UTF-8"}


@pytest.mark.parametrize("kind", ["booked", "moved"])
def test_a_teleconference_says_from_when_its_link_works_in_every_zone_that_counts(kind: MailKind) -> None:
    greek = "Τρίτη 24 Νοεμβρίου 2026, 9:50 πμ (ώρα Ελλάδας, UTC+02:00)"
    own = "Τρίτη 24 Νοεμβρίου 2026, 8:50 μμ (τοπική σας ώρα, UTC+13:00)"

    for text in _both(_mail(kind, a_booking(mode=Mode.VIDEO, visitor_zone="Pacific/Auckland"))):
        assert f"Ο σύνδεσμος λειτουργεί από: {greek} · {own}" in text
    for text in _both(_mail(kind, a_booking(mode=Mode.VIDEO, visitor_zone="Mars/Phobos"))):
        assert f"Ο σύνδεσμος λειτουργεί από: {greek}" in text
    for text in _both(_mail(kind, a_booking(mode=Mode.PHONE))):
        assert "Ο σύνδεσμος λειτουργεί από" not in text


def test_each_label_of_the_text_begins_a_line() -> None:
    text = _part(_mail("booked", a_booking(mode=Mode.VIDEO)), "text/plain")

    for label in ("Συμμετοχή στη συνάντηση:", "Δείτε την κράτηση:", "Προγραμματισμός εκ νέου:", "Τα ραντεβού μου:"):
        assert label in text.splitlines()


@pytest.mark.parametrize("kind", CANCELLED)
def test_a_cancelled_teleconference_has_no_link(kind: MailKind) -> None:
    for text in _both(_mail(kind, a_booking(mode=Mode.VIDEO))):
        assert "Ο σύνδεσμος λειτουργεί από" not in text


@pytest.mark.parametrize("kind", CANCELLED)
@pytest.mark.parametrize("language", ["el", "en"])
def test_a_cancelled_booking_can_be_neither_moved_nor_joined(kind: MailKind, language: str) -> None:
    booking = a_booking(language=language, mode=Mode.VIDEO)
    links = _links(booking)
    mail = _mail(kind, booking)
    assert _page(mail).addresses == {links.page, links.my_bookings, "mailto:info@kavala.example"}
    for link in (links.move, links.cancel, links.join):
        assert link not in _part(mail, "text/plain")


def test_the_municipality_gives_its_reason() -> None:
    for text in _both(_mail("cancelled_by_municipality", reason="Απεργία\nΣυγγνώμη")):
        assert "Λόγος ακύρωσης" in text
        assert text.index("Απεργία") < text.index("Συγγνώμη")
    for text in _both(_mail("cancelled")):
        assert "Λόγος ακύρωσης" not in text


def test_a_business_is_called_one() -> None:
    for text in _both(_mail(booking=a_booking(served_person=ServedPerson.BUSINESS, name="ΔΟΚΙΜΗ Α.Ε."))):
        assert "Επιχείρηση ΔΟΚΙΜΗ Α.Ε." in text


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("reminder", "earlier")])
@pytest.mark.parametrize("mode", list(Mode))
def test_no_secret_reaches_a_calendar(kind: MailKind, mode: Mode) -> None:
    content = _part(_mail(kind, a_booking(mode=mode)), "text/calendar").replace("\r\n ", "")
    assert f"{SITE}/my-bookings" in content
    assert "secret" not in content
    assert f"{SITE}/b/" not in content


def test_an_earlier_time_is_named_with_the_own_one_until_when_it_is_kept_and_the_three_answers() -> None:
    starts_at = at("2026-11-20 11:00")
    earlier = Earlier(Period(starts_at, starts_at + timedelta(minutes=10)), at("2026-11-10 10:30"))
    mail = _mail("earlier", a_booking("2026-11-26 09:10"), earlier=earlier)
    for text in _both(mail):
        assert "Παρασκευή 20 Νοεμβρίου 2026" in text
        assert "Πέμπτη 26 Νοεμβρίου 2026" in text
        assert "Την κρατάμε για εσάς ως τις 10:30" in text
    for kind in ("text/plain", "text/html"):
        assert [f"do={answer}" in _part(mail, kind) for answer in ("take", "keep", "leave")] == [True] * 3
    assert [part.get_content_type() for part in mail.walk() if "calendar" in part.get_content_type()] == []


def test_a_reminder_brings_no_calendar_entry_again() -> None:
    mail = _mail("reminder")
    assert [part.get_content_type() for part in mail.walk() if not part.is_multipart()] == ["text/plain", "text/html"]
    assert "ημερολόγιο" not in " ".join(_both(mail))


@pytest.mark.parametrize(
    ("now", "subject"),
    [
        ("2026-11-24 10:00", "Your appointment is on Thursday 26 November 2026 at 9:10 am"),
        ("2026-11-25 20:00", "Your appointment is tomorrow at 9:10 am"),
        ("2026-11-26 07:10", "Your appointment is today at 9:10 am"),
    ],
)
def test_a_reminder_says_first_how_near_it_is(now: str, subject: str) -> None:
    mail = _mail("reminder", a_booking("2026-11-26 09:10", language="en"), now=at(now))
    assert mail["Subject"].startswith(subject)
    assert all(subject in " ".join(part.split()) for part in _both(mail))


MARKUP = "<script>alert(1)</script> & <img src=x onerror=alert(2)>"


@pytest.mark.parametrize("word", ["subject", "name", "service_name", "instructions", "documents", "address"])
def test_markup_that_somebody_typed_is_shown_as_text(word: str) -> None:
    value: Any = MARKUP if word in ("subject", "name") else {"el": MARKUP}
    mail = _mail(booking=a_booking(**{word: value}))
    page = _page(mail)
    assert MARKUP in page.text
    assert not {tag for tag, _ in page.elements} & {"script", "img"}
    assert MARKUP in _part(mail, "text/plain")


def test_markup_in_the_reason_is_shown_as_text() -> None:
    page = _page(_mail("cancelled_by_municipality", reason=MARKUP))
    assert MARKUP in page.text
    assert "script" not in {tag for tag, _ in page.elements}


LINE_ENDS = ["\r\n", "\n", "\r", "\x0b", "\u2028", "\x85"]
HEADERS = {
    *("from", "to", "subject", "date", "message-id", "reply-to", "auto-submitted"),
    *("content-language", "content-type", "mime-version"),
}


def _second_line(line_end: str) -> str:
    return f"x@dimos.example{line_end}Bcc: other@example.org"


@pytest.mark.parametrize("line_end", LINE_ENDS)
@pytest.mark.parametrize("kind", KINDS)
def test_no_word_of_a_booking_can_begin_a_header(kind: MailKind, line_end: str) -> None:
    typed, named = _second_line(line_end), {"el": _second_line(line_end)}
    booking = a_booking(
        service_name=named, municipality_name=named, municipality_email=typed, subject=typed, name=typed
    )
    # What is no address of the municipality is no address to answer to.
    assert {name.lower() for name, _ in _mail(kind, booking).items()} == HEADERS - {"reply-to"}


@pytest.mark.parametrize("line_end", LINE_ENDS)
def test_no_given_header_can_begin_another(line_end: str) -> None:
    mail = _mail(mail_from=_second_line(line_end), message_id=_second_line(line_end))
    assert {name.lower() for name, _ in mail.items()} == HEADERS


@pytest.mark.parametrize("line_end", LINE_ENDS)
def test_no_mail_is_made_for_an_address_with_a_line_end(line_end: str) -> None:
    with pytest.raises(ValueError, match="Invalid addr_spec"):
        _mail(booking=a_booking(email=_second_line(line_end)))


@pytest.mark.parametrize("language", ["el", "en"])
@pytest.mark.parametrize("length", range(1, 90))
def test_a_subject_of_any_length_arrives_whole(language: str, length: int) -> None:
    word = {"el": "έγγραφο 12, ", "en": "deed 12, "}[language]
    name = (word * 10)[:length].strip(" ,")
    booking = a_booking(language=language, service_name={language: name})
    subject = _mail(booking=booking)["Subject"]
    assert subject.endswith(f"K7PM-3XQ9: {name}, {booking.service.municipality_name[language]}")


def test_a_typed_line_end_cannot_imitate_another_part_of_the_text() -> None:
    text = _part(_mail(booking=a_booking(name="ΜΑΡΙΑ\nΑκύρωση κράτησης:\nhttps://elsewhere.example")), "text/plain")
    assert "https://elsewhere.example" not in [line.strip() for line in text.splitlines()]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["el", "en"])
def test_the_page_fetches_nothing_and_runs_nothing(kind: MailKind, language: str) -> None:
    mail = _mail(kind, a_booking(language=language, mode=Mode.VIDEO))
    page = _page(mail)
    assert not {tag for tag, _ in page.elements} & {"script", "img", "link", "iframe", "object", "form", "table"}
    assert not [name for _, attributes in page.elements for name in attributes if name in ("src", "background")]
    assert "url(" not in _part(mail, "text/html")
    assert "@import" not in _part(mail, "text/html")


@pytest.mark.parametrize("language", ["el", "en"])
def test_the_page_names_its_language_and_is_ready_for_the_dark(language: str) -> None:
    page = _page(_mail(booking=a_booking(language=language)))
    assert dict(page.elements)["html"]["lang"] == language
    assert ("meta", {"name": "color-scheme", "content": "light dark"}) in page.elements


def test_an_english_mail_has_no_greek_but_what_the_citizen_wrote() -> None:
    booking = a_booking(language="en", mode=Mode.VIDEO, name="MARIA", subject="Certificate")
    for kind in KINDS:
        for text in _both(_mail(kind, booking)):
            assert not [letter for letter in text if "\u0370" <= letter <= "\u03ff"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["el", "en"])
def test_of_a_sensitive_service_nobody_learns_what_it_is_about(kind: MailKind, language: str) -> None:
    booking = a_booking(is_sensitive=True, language=language, subject="Επίδομα")
    mail = _mail(kind, booking)
    calendars = [part.get_content() for part in mail.walk() if part.get_content_type() == "text/calendar"]
    told = " ".join([mail["Subject"], *_both(mail), *map(str, calendars), _page(mail).text])
    service = booking.service
    for word in (service.service_name[language], service.department_name[language], "Επίδομα"):
        assert word not in told
        assert word in " ".join([*_both(_mail(kind, a_booking(language=language, subject="Επίδομα")))])
    assert service.municipality_name[language] in mail["Subject"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_note_of_the_municipality_ends_a_mail_of_a_booking_that_takes_place(kind: MailKind) -> None:
    booking = a_booking(mail_note={"el": "Φέρτε <b>ταυτότητα</b>.", "en": "Bring your card."})
    for text in _both(_mail(kind, booking)):
        assert ("Φέρτε <b>ταυτότητα</b>." in text) == (kind not in CANCELLED)

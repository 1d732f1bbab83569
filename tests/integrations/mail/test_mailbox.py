from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

from dimoslive.integrations.mail.booking_mail import booking_mail
from dimoslive.integrations.mail.mailbox import MailboxMailer, read_mailbox
from dimoslive.urls import MailLinks
from tests.integrations.booked import a_booking
from tests.support.builders import at

LINKS = MailLinks(*(f"https://dimos.example/{page}" for page in ("b", "move", "cancel", "", "my-bookings", "advice")))


def _mail(number: int = 1) -> EmailMessage:
    return booking_mail(
        "booked",
        a_booking(),
        LINKS,
        mail_from="Ραντεβού <noreply@dimos.example>",
        message_id=f"<{number}@dimos.example>",
        now=at("2026-11-01 11:30") + timedelta(minutes=number),
    )


async def test_what_is_sent_can_be_read_in_the_mailbox(tmp_path: Path) -> None:
    await MailboxMailer(tmp_path / "some" / "mailbox").send(_mail())
    (stored,) = await read_mailbox(tmp_path / "some" / "mailbox")
    assert stored.subject.startswith("Λεπτομέρειες κράτησης K7PM-3XQ9")
    assert (stored.sender, stored.to) == ("Ραντεβού <noreply@dimos.example>", "maria@example.com")
    assert stored.date == at("2026-11-01 11:31")
    assert stored.text.startswith("Το ραντεβού σας επιβεβαιώθηκε\n")
    assert stored.html.startswith("<!doctype html>")
    assert stored.ics.startswith("BEGIN:VCALENDAR")
    assert stored.key


async def test_the_newest_mails_come_first_and_only_as_many_as_asked(tmp_path: Path) -> None:
    mailer = MailboxMailer(tmp_path / "mailbox")
    for number in range(12):
        await mailer.send(_mail(number))
    stored = await read_mailbox(tmp_path / "mailbox", newest=10)
    assert [mail.date for mail in stored] == [at("2026-11-01 11:30") + timedelta(minutes=n) for n in range(11, 1, -1)]
    assert len({mail.key for mail in stored}) == 10


async def test_a_mailbox_that_nobody_wrote_to_is_empty(tmp_path: Path) -> None:
    assert await read_mailbox(tmp_path / "none") == []
    assert not (tmp_path / "none").exists()


async def test_a_mail_without_any_of_its_parts_can_be_read(tmp_path: Path) -> None:
    await MailboxMailer(tmp_path / "mailbox").send(EmailMessage())
    (stored,) = await read_mailbox(tmp_path / "mailbox")
    assert (stored.subject, stored.date, stored.text, stored.html, stored.ics) == ("", None, "", "", "")

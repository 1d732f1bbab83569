import re
from dataclasses import replace
from email.message import EmailMessage
from html import unescape
from pathlib import Path

import pytest

from dimoslive.integrations.mail.mailbox import MailboxMailer
from dimoslive.services.outbox.deliver_events import deliver_events
from dimoslive.services.outbox.deliver_mail import MAIL
from tests.http.site import Site


@pytest.fixture
def mailer(site: Site, tmp_path: Path) -> MailboxMailer:
    """The mailbox that the site shows."""
    return MailboxMailer(tmp_path / "mailbox")


def a_mail(subject: str, **parts: str) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = subject, "myDimosLive <noreply@localhost>", "maria@example.com"
    mail.set_content(parts.get("text", "Καλημέρα"))
    if "html" in parts:
        mail.add_alternative(parts["html"], subtype="html")
    return mail


@pytest.mark.parametrize(("lang", "says"), [("el", "Κανένα μήνυμα ακόμη"), ("en", "No messages yet")])
async def test_an_empty_mailbox_says_so(site: Site, lang: str, says: str) -> None:
    answer = await site.browser().get("/dev/mailbox", params={"lang": lang})
    assert answer.status_code == 200
    assert says in answer.text
    assert f'<html lang="{lang}">' in answer.text


async def test_an_unknown_language_gets_greek(site: Site) -> None:
    assert '<html lang="el">' in (await site.browser().get("/dev/mailbox?lang=../en")).text


async def test_the_newest_mail_stands_first(site: Site, mailer: MailboxMailer) -> None:
    for subject in ("πρώτο", "δεύτερο"):
        await mailer.send(a_mail(subject))
    page = (await site.browser().get("/dev/mailbox")).text
    assert page.index("δεύτερο") < page.index("πρώτο")
    assert "Κανένα μήνυμα" not in page


async def test_a_booking_s_mail_shows_all_its_parts(site: Site, mailer: MailboxMailer) -> None:
    booking = site.town.a_booking("09:10")
    await deliver_events(replace(site.context, mailer=mailer), MAIL)
    browser = site.browser()
    [address] = re.findall(r'href="(/dev/mailbox/[^?"]+)', (await browser.get("/dev/mailbox")).text)

    page = (await browser.get(address)).text
    file = await browser.get(f"{address}/invite.ics")

    assert "eleni@example.com" in page
    assert f"{booking.reference[:4]}-{booking.reference[4:]}" in page
    assert "Παρασκευή 20 Νοεμβρίου 2026, 10:00 πμ" in page
    assert "BEGIN:VCALENDAR" in page
    assert file.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert file.text.startswith("BEGIN:VCALENDAR")


async def test_a_mail_cannot_act_as_a_page_of_the_site(site: Site, mailer: MailboxMailer) -> None:
    evil = '<html><head></head><body>"><script>alert(1)</script></body></html>'
    await mailer.send(a_mail("<script>alert(2)</script>", text="<script>alert(3)</script>", html=evil))
    browser = site.browser()
    listed = (await browser.get("/dev/mailbox")).text
    [address] = re.findall(r'href="(/dev/mailbox/[^?"]+)', listed)
    page = (await browser.get(address)).text

    assert "<script" not in listed + page
    [(sandbox, source)] = re.findall(r'<iframe[^>]* sandbox="([^"]*)" srcdoc="([^"]*)"', page)
    assert sandbox == "allow-popups allow-popups-to-escape-sandbox"
    assert "<script>alert(1)</script>" in unescape(source)


@pytest.mark.parametrize("address", ["/dev/mailbox/none", "/dev/mailbox/none/invite.ics", "/dev/mailbox/..%2F..%2Fx"])
async def test_a_mail_that_is_not_there_is_not_found(site: Site, mailer: MailboxMailer, address: str) -> None:
    await mailer.send(a_mail("ένα"))
    assert (await site.browser().get(address)).status_code == 404


async def test_a_mail_without_an_invitation_has_no_file(site: Site, mailer: MailboxMailer) -> None:
    await mailer.send(a_mail("ένα"))
    browser = site.browser()
    [address] = re.findall(r'href="(/dev/mailbox/[^?"]+)', (await browser.get("/dev/mailbox")).text)
    assert (await browser.get(f"{address}/invite.ics")).status_code == 404

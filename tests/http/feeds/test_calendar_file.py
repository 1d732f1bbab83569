import re
from email.message import EmailMessage

import httpx2
import pytest
from icalendar import Calendar

from dimoslive.domain.booking.booking import Booking
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.outbox.deliver_events import deliver_events
from dimoslive.services.outbox.deliver_mail import MAIL
from tests.http.site import Site, sign_in
from tests.support.ports import RecordingMailer


@pytest.fixture
async def browser(site: Site) -> httpx2.AsyncClient:
    """Eleni's, signed in."""
    browser = site.browser()
    await sign_in(browser)
    return browser


@pytest.fixture
def booking(site: Site, browser: httpx2.AsyncClient) -> Booking:
    """Eleni's."""
    return site.town.a_booking("09:10", by=site.citizen(browser))


async def test_the_citizen_downloads_the_booking(browser: httpx2.AsyncClient, booking: Booking) -> None:
    answer = await browser.get(f"/api/bookings/{booking.reference}/calendar.ics")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    expected = f'attachment; filename="mydimoslive-{booking.reference}.ics"'
    assert answer.headers["Content-Disposition"] == expected
    assert answer.headers["Cache-Control"] == "no-store"
    calendar = Calendar.from_ical(answer.content)
    assert calendar["METHOD"] == "PUBLISH"
    assert calendar.walk("VEVENT")[0]["DTSTART"].dt.isoformat() == "2026-11-24T09:10:00+02:00"


async def test_the_reference_may_be_written_as_people_do(browser: httpx2.AsyncClient, booking: Booking) -> None:
    written = f"{booking.reference[:4]}-{booking.reference[4:]}".lower()
    answer = await browser.get(f"/api/bookings/{written}/calendar.ics")
    assert f"mydimoslive-{booking.reference}.ics" in answer.headers["Content-Disposition"]


async def test_a_foreign_booking_is_as_unknown_as_a_missing_one(site: Site, booking: Booking) -> None:
    other = site.browser()
    await sign_in(other, decision="pick", person="maria")
    foreign = await other.get(f"/api/bookings/{booking.reference}/calendar.ics")
    missing = await other.get("/api/bookings/00000000/calendar.ics")
    nonsense = await other.get("/api/bookings/..%00/calendar.ics")
    for answer in (foreign, missing, nonsense):
        assert (answer.status_code, answer.json()) == (404, {"code": "not_found"})
    assert {**foreign.headers} == {**missing.headers}


async def test_nobody_downloads_without_a_sign_in(site: Site, booking: Booking) -> None:
    answer = await site.browser().get(f"/api/bookings/{booking.reference}/calendar.ics")
    assert (answer.status_code, answer.json()) == (404, {"code": "not_found"})


async def test_a_cancelled_booking_is_not_offered_as_an_appointment(
    site: Site, browser: httpx2.AsyncClient, booking: Booking
) -> None:
    citizen = site.citizen(browser)
    assert citizen is not None
    cancel_booking(site.context, citizen, booking.reference)
    answer = await browser.get(f"/api/bookings/{booking.reference}/calendar.ics")
    assert answer.status_code == 404


async def test_the_mails_link_downloads_the_event_that_the_mail_brought(site: Site, booking: Booking) -> None:
    mail = await _mail(site)
    [token] = set(re.findall(r"/b/([\w-]+)", _part(mail, "text/plain")))
    answer = await site.browser().get(f"/api/links/{token}/calendar.ics")
    assert answer.status_code == 200
    assert f"mydimoslive-{booking.reference}.ics" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert _event_id(answer.text) == _event_id(_part(mail, "text/calendar"))
    assert token not in answer.text


async def test_a_link_that_no_mail_carried_leads_nowhere(site: Site, booking: Booking) -> None:
    for token in (booking.reference, "x" * 43, "%00"):
        answer = await site.browser().get(f"/api/links/{token}/calendar.ics")
        assert (answer.status_code, answer.json()) == (404, {"code": "not_found"})


async def _mail(site: Site) -> EmailMessage:
    await deliver_events(site.context, MAIL)
    assert isinstance(site.context.mailer, RecordingMailer)
    [mail] = site.context.mailer.sent
    return mail


def _part(mail: EmailMessage, kind: str) -> str:
    return next(str(part.get_content()) for part in mail.walk() if part.get_content_type() == kind)


def _event_id(ics: str) -> str:
    return str(Calendar.from_ical(ics).walk("VEVENT")[0]["UID"])

"""A reminder: it comes by mail two days before, and its link leads to the booking."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect
from sqlalchemy import update
from sqlmodel import col

from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingRow
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.upkeep.send_reminders import send_reminders
from tests.browser.mail import link
from tests.browser.office import Office
from tests.browser.people import a_person
from tests.browser.site import Site


def test_who_is_reminded_cancels_by_the_mails_link(visit: Callable[..., Page], site: Site, kavala: Office) -> None:
    eleni, now = a_person(), site.clock.now()
    soon = [slot for slots in kavala.free_days(Mode.VIDEO).values() for slot in slots]
    booking = kavala.book(
        eleni, next(slot for slot in soon if timedelta(hours=25) < slot.starts_at - now < timedelta(hours=48))
    )
    with transaction(site.context.db) as tx:
        # Whoever booked a moment ago knows it well enough.
        tx.execute(update(BookingRow).where(col(BookingRow.id) == booking.id).values(booked_at=now - timedelta(days=5)))

    # The job does the same every minute.
    send_reminders(site.context)
    reminder = site.wait_for_mail(eleni.email, 2)

    page = visit()
    page.goto(link(reminder, "cancel"))
    expect(page.get_by_role("heading", name="Να ακυρωθεί το ραντεβού;")).to_be_visible()
    assert kavala.bookings_of(eleni)[0].status == "booked", "opening shows, pressing acts"
    page.get_by_role("button", name="Ναι, ακύρωση").click()
    expect(page.get_by_text("Το ραντεβού ακυρώθηκε")).to_be_visible()

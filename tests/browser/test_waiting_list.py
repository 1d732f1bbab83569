"""An earlier time: who waits for one is mailed what becomes free and takes it; the next is told of the old time."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from dimoslive.domain.booking.waiting_list import Wishes
from dimoslive.i18n.dates import full_time
from dimoslive.services.upkeep.offer_freed_times import offer_freed_times
from dimoslive.services.waiting.enter_list import enter_list
from tests.browser.mail import link
from tests.browser.office import Office
from tests.browser.people import a_person
from tests.browser.site import Site


def test_a_cancelled_time_is_offered_and_taken_and_the_next_one_is_offered_the_old(
    visit: Callable[..., Page], site: Site, kavala: Office
) -> None:
    nikos, eleni, maria = a_person("Νίκος Γεωργίου"), a_person(), a_person("Μαρία Ιωάννου")
    freed, old, last = (kavala.quiet_times(day)[2] for day in (3, -2, -1))
    gone, booking, later = kavala.book(nikos, freed), kavala.book(eleni, old), kavala.book(maria, last)
    page = visit(eleni)
    page.goto(f"/my-bookings/{booking.reference}")
    page.get_by_text("Ειδοποιήστε με για νωρίτερη ώρα").click()
    page.get_by_role("button", name="Εγγραφή στη λίστα").click()
    expect(page.get_by_text("Μπήκατε στη λίστα αναμονής.")).to_be_visible()
    enter_list(site.context, kavala.principal(maria), later.reference, Wishes())

    kavala.cancel(nikos, gone)
    # The job does the same every five seconds.
    offer_freed_times(site.context)
    offer = site.wait_for_mail(eleni.email, 2)
    page = visit()
    page.goto(link(offer, "take"))
    section = page.get_by_role("region", name="Κρατάμε για εσάς μια νωρίτερη ώρα")
    expect(section.get_by_text(full_time(freed.starts_at, "el"))).to_be_visible()
    assert kavala.bookings_of(eleni)[0].starts_at == old.starts_at, "opening shows, pressing acts"
    section.get_by_role("button", name="Θέλω τη νωρίτερη ώρα").click()

    expect(page.get_by_text("Το ραντεβού σας μεταφέρθηκε στη νωρίτερη ώρα.")).to_be_visible()
    assert kavala.bookings_of(eleni)[0].starts_at == freed.starts_at
    offer_freed_times(site.context)
    assert full_time(old.starts_at, "el").partition(",")[0] in site.wait_for_mail(maria.email, 2).text

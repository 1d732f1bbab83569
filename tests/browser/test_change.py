"""Changing a booking: another time, no time at all, and what the links of a mail may do."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from dimoslive.domain.booking.references import show_reference
from dimoslive.i18n.dates import full_time
from tests.browser.mail import event, link
from tests.browser.office import Office
from tests.browser.people import a_person
from tests.browser.site import Site
from tests.browser.walk import Walk

MAIN_PRESS = re.compile("govgr-btn-primary")


def test_a_booking_is_moved_from_the_mail_and_keeps_its_time_until_the_new_one_is_booked(
    visit: Callable[..., Page], site: Site, kavala: Office
) -> None:
    eleni = a_person()
    old_slot, new_slot = kavala.quiet_times(-2)[:2]
    booking = kavala.book(eleni, old_slot, subject="Πρώτο θέμα")
    first_mail = site.wait_for_mail(eleni.email)
    page = visit()
    walk = Walk(page)

    page.goto(link(first_mail, "move"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Επερχόμενη κράτηση για")
    page.get_by_role("button", name="Προγραμματισμός εκ νέου", exact=True).click()
    walk.see("sign_in.title")
    walk.sign_in_at_the_simulator(eleni)
    page.get_by_role("button", name="Προγραμματισμός εκ νέου", exact=True).click()

    walk.see("calendar.title")
    walk.choose_time(new_slot)
    assert kavala.bookings_of(eleni)[0].starts_at == old_slot.starts_at
    walk.go_on("details.title")
    expect(walk.field("subject")).to_have_value("Πρώτο θέμα")
    walk.fill_in(subject="Άλλο θέμα")
    walk.go_on("consent.title")
    assert kavala.bookings_of(eleni)[0].starts_at == old_slot.starts_at
    walk.book("consent.move")

    expect(page.get_by_role("main").get_by_text(full_time(new_slot.starts_at, "el"))).to_be_visible()
    [moved] = kavala.bookings_of(eleni)
    assert (moved.reference, moved.starts_at, moved.subject) == (booking.reference, new_slot.starts_at, "Άλλο θέμα")
    invitation, update = event(first_mail), event(site.wait_for_mail(eleni.email, 2))
    assert update["UID"] == invitation["UID"]
    assert (invitation.sequence, update.sequence) == (0, 1)
    assert update.start == new_slot.starts_at
    page.reload()
    expect(page.get_by_role("main").get_by_text(full_time(new_slot.starts_at, "el"))).to_be_visible()


def test_moving_to_the_same_time_is_said_to_change_nothing_and_the_person_can_then_be_erased(
    visit: Callable[..., Page], kavala: Office, debts: Office
) -> None:
    eleni = a_person()
    slot = kavala.quiet_times(-2)[0]
    booking = kavala.book(eleni, slot)
    clash = debts.book(eleni, slot)
    page = visit(eleni)
    walk = Walk(page)

    page.goto(f"/my-bookings/{booking.reference}")
    walk.button("booking.move").click()
    walk.see("calendar.title")
    walk.choose_time(slot)
    walk.go_on("details.title")
    walk.go_on("consent.title")
    expect(page.get_by_text(walk.t("consent.same_time"))).to_be_visible()
    expect(page.get_by_text(show_reference(clash.reference))).to_be_visible()
    walk.book("consent.move")
    expect(page.get_by_role("status").filter(has_text=walk.t("booking.kept_all"))).to_be_visible()
    assert [row.reschedule_count for row in kavala.bookings_of(eleni)] == [0, 0]

    page.goto("/my-bookings")
    walk.button("own_data.erase").click()
    walk.button("own_data.no").click()
    walk.button("own_data.erase").click()
    walk.button("own_data.yes").click()
    expect(walk.told(walk.t("error.booking_ahead"))).to_be_visible()
    kavala.cancel(eleni, booking)
    debts.cancel(eleni, clash)
    walk.button("own_data.erase").click()
    walk.button("own_data.yes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(walk.t("own_data.erased"))
    expect(page.get_by_text(eleni.name)).to_have_count(0)
    page.goto("/my-bookings")
    walk.see("sign_in.title")


def test_a_booking_is_cancelled_from_the_mail_without_a_sign_in_and_only_by_a_press(
    visit: Callable[..., Page], site: Site, kavala: Office
) -> None:
    eleni = a_person()
    kavala.book(eleni, subject="Κάτι δικό μου")
    mail = site.wait_for_mail(eleni.email)
    page = visit()

    page.goto(link(mail, "cancel"))
    expect(page.get_by_role("heading", name="Να ακυρωθεί το ραντεβού;")).to_be_visible()
    expect(page.get_by_text("Κάτι δικό μου")).to_have_count(0)
    expect(page.get_by_text(eleni.name)).to_have_count(0)
    page.reload()
    page.get_by_role("button", name="Όχι, διατήρηση").click()
    expect(page.get_by_role("button", name="Ακύρωση κράτησης", exact=True)).to_be_visible()
    assert [row.status for row in kavala.bookings_of(eleni)] == ["booked"]

    page.get_by_role("button", name="Ακύρωση κράτησης", exact=True).click()
    page.get_by_role("textbox", name="Λόγος ακύρωσης (προαιρετικά)").fill("Δεν μπορώ")
    page.get_by_role("button", name="Ναι, ακύρωση").click()

    expect(page.get_by_text("Το ραντεβού ακυρώθηκε")).to_be_visible()
    [row] = kavala.bookings_of(eleni)
    assert (row.status, row.cancel_reason) == ("cancelled_by_citizen", "Δεν μπορώ")
    last = site.wait_for_mail(eleni.email, 2)
    assert str(Calendar.from_ical(last.ics)["METHOD"]) == "CANCEL"
    assert (event(last)["UID"], event(last).sequence) == (event(mail)["UID"], 1)
    page.goto(link(mail, "cancel"))
    expect(page.get_by_text("Ακυρώθηκε", exact=True)).to_be_visible()
    for name in ("Ακύρωση κράτησης", "Προγραμματισμός εκ νέου", "Ναι, ακύρωση"):
        expect(page.get_by_role("button", name=name, exact=True)).to_have_count(0)


def test_my_bookings_show_what_is_to_come_and_what_was_and_lead_to_each(
    visit: Callable[..., Page], kavala: Office, debts: Office
) -> None:
    eleni = a_person()
    to_come, cancelled, past = (kavala.book(eleni), debts.book(eleni), None)
    debts.cancel(eleni, cancelled)
    past = debts.book(eleni)
    debts.put_in_the_past(past)
    page = visit(eleni)

    page.goto("/faq")
    page.get_by_role("link", name="Τα ραντεβού μου").first.click()
    lists = page.get_by_role("main").get_by_role("list")
    upcoming, earlier = lists.first, lists.last
    expect(upcoming.get_by_role("listitem")).to_have_count(1)
    expect(upcoming).to_contain_text(show_reference(to_come.reference))
    expect(upcoming).to_contain_text("Επιβεβαιωμένο")
    expect(earlier.get_by_role("listitem")).to_have_count(2)
    expect(earlier.get_by_role("listitem").filter(has_text=show_reference(cancelled.reference))).to_contain_text(
        "Ακυρώθηκε"
    )

    earlier.get_by_role("listitem").filter(has_text=show_reference(past.reference)).get_by_role(
        "link", name="Οφειλές"
    ).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Οφειλές")
    expect(page.get_by_text(show_reference(past.reference))).to_be_visible()
    expect(page.get_by_role("button", name="Νέα κράτηση", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Ακύρωση κράτησης", exact=True)).to_have_count(0)
    page.go_back()
    upcoming.get_by_role("link", name="Ραντεβού με το Αυτοτελές Τμήμα").click()
    expect(page.get_by_role("button", name="Ακύρωση κράτησης", exact=True)).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Προσθήκη στο ημερολόγιο").click()
    [found] = Calendar.from_ical(download.value.path().read_bytes()).events
    assert found.start == to_come.period.starts_at


def test_until_it_opens_a_meeting_is_a_quiet_line_and_then_the_main_press_of_a_page_left_open(
    visit: Callable[..., Page], site: Site, kavala: Office
) -> None:
    eleni = a_person()
    booking = kavala.book(eleni, kavala.quiet_times(1)[0])
    site.clock.set(booking.period.starts_at - timedelta(hours=2))
    page, asked = visit(eleni), []
    page.on("websocket", lambda socket: socket.on("framesent", lambda sent: asked.append("look_again" in str(sent))))
    main = page.get_by_role("main")
    join, calendar = main.get_by_role("link", name="Συμμετοχή στη συνάντηση"), main.get_by_role("link", name="Προσθήκη")
    opens_at = full_time(booking.period.starts_at - timedelta(minutes=10), "el")

    page.goto(f"/my-bookings/{booking.reference}")
    expect(main.get_by_text(f"Η αίθουσα ανοίγει: {opens_at} (ώρα Ελλάδας")).to_be_visible()
    expect(main.locator(".govgr-btn-primary")).to_have_count(1)
    expect(calendar).to_have_class(MAIN_PRESS)
    for press in (main.get_by_role("link", name="Δοκιμή κάμερας"), calendar, Walk(page).button("booking.cancel")):
        assert press.bounding_box()["y"] < join.bounding_box()["y"]  # type: ignore[index]  # both are seen
    # Only until the meeting opens does the page ask; nothing moves before.
    site.clock.advance(minutes=105)
    expect(calendar).to_have_class(MAIN_PRESS)
    site.clock.advance(minutes=6)

    expect(join).to_have_class(MAIN_PRESS)
    expect(main.locator(".govgr-btn-primary")).to_have_count(1)
    expect(main.get_by_text("Η αίθουσα ανοίγει")).to_have_count(0)
    assert asked.count(True) == 1
    page.goto("/my-bookings")
    expect(join).to_have_class(MAIN_PRESS)


def test_at_the_cap_the_page_offers_to_move_the_booking_that_one_has(
    visit: Callable[..., Page], kavala: Office
) -> None:
    eleni = a_person()
    booking = kavala.book(eleni)
    page = visit(eleni)
    walk = Walk(page)
    slots = kavala.quiet_times(0)
    walk.to_calendar()
    walk.time(slots[0]).click()

    refusal = walk.told("τον μέγιστο αριθμό ενεργών ραντεβού (1)")
    refusal.get_by_role("link", name="Δείτε το ραντεβού που έχετε ήδη").click()
    page.get_by_role("button", name="Προγραμματισμός εκ νέου", exact=True).click()
    walk.see("calendar.title")
    walk.choose_time(slots[0])
    walk.go_on("details.title")
    walk.go_on("consent.title")
    walk.book("consent.move")

    [row] = kavala.bookings_of(eleni)
    assert (row.reference, row.starts_at) == (booking.reference, slots[0].starts_at)


@pytest.mark.parametrize("path", ["/b/never-sent", "/b/%FF%3Cscript%3E", "/b/" + "x" * 3000, "/en/b/x"])
def test_a_link_that_was_never_sent_opens_nothing(visit: Callable[..., Page], path: str) -> None:
    page = visit(expected="404|400")

    page.goto(path)

    refusal = "We could not find that appointment" if path.startswith("/en") else "Το ραντεβού δεν βρέθηκε"
    expect(Walk(page).told(refusal)).to_be_visible()
    expect(page.get_by_role("button", name="Ακύρωση κράτησης", exact=True)).to_have_count(0)


def test_the_page_of_another_persons_booking_says_only_that_there_is_none(
    visit: Callable[..., Page], kavala: Office
) -> None:
    booking = kavala.book(a_person(), subject="Δικό της")
    page = visit(a_person("Νίκος Γεωργίου"), expected="404")

    for path in (f"/my-bookings/{booking.reference}", f"/booking/confirmation?reference={booking.reference}"):
        page.goto(path)
        expect(Walk(page).told("Το ραντεβού δεν βρέθηκε")).to_be_visible()
        expect(page.get_by_text("Δικό της")).to_have_count(0)

"""The officials' day: two at once, live, by mouse and by keyboard."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.domain.scheduling.mode import Mode
from tests.browser.barriers import barriers
from tests.browser.desk import Desk
from tests.browser.office import Office
from tests.browser.people import Person, a_person
from tests.browser.small_screen import PHONE, misfits


def in_person(office: Office, person: Person, minutes: int) -> Booking:
    """Somebody comes in so many minutes from now, on foot."""
    booking = office.book(person, mode=Mode.IN_PERSON)
    office.begins_in(booking, minutes)
    return booking


def test_two_officials_serve_a_day_by_mouse_and_by_keyboard(visit: Callable[..., Page], kavala: Office) -> None:
    # The town has the bookings of other stories, too: these two are in no other.
    eleni, nikos = a_person("Ελένη Αρβανίτη"), a_person("Νίκος Βελισσάρης")
    in_person(kavala, eleni, -2)
    in_person(kavala, nikos, 10)
    one, other = Desk(visit(official="georgios")), Desk(visit(official="maria"), "en")
    one.open()
    other.open()

    one.row(eleni).get_by_role("button", name=one.t("desk.press.arrived")).click()
    one.says("desk.did", press="Προσήλθε", name=eleni.name)
    # Also when the list is long, and the press was far down.
    one.page.set_viewport_size({"width": 1280, "height": 400})
    one.page.mouse.wheel(0, 5000)
    expect(one.page.locator("footer")).to_be_in_viewport()
    expect(one.page.locator(".answer")).to_be_in_viewport()
    other.is_now(eleni, BookingStatus.WAITING)
    expect(other.strip(eleni)).to_contain_text("just came")

    other.strip(eleni).get_by_role("button", name=f"Start {eleni.name}").click()
    one.is_now(eleni, BookingStatus.IN_SERVICE)
    expect(one.strip(eleni)).to_have_count(0)

    # Between the two may be people of other stories.
    one.row(nikos).focus()
    one.page.keyboard.press("ArrowUp")
    expect(one.row(nikos).locator("xpath=preceding-sibling::tr[@data-reference][1]")).to_be_focused()
    one.row(eleni).focus()
    one.page.keyboard.press("o")
    one.says("desk.did", press="Εξυπηρετήθηκε", name=eleni.name)
    expect(one.row(eleni)).to_be_focused()
    other.is_now(eleni, BookingStatus.SERVED)
    one.button("desk.undo").click()
    one.says("desk.undone", name=eleni.name)
    other.is_now(eleni, BookingStatus.IN_SERVICE)

    one.row(eleni).focus()
    one.page.keyboard.press("ArrowRight")
    expect(one.page.get_by_role("menuitem").first).to_be_focused()
    one.page.keyboard.press("Escape")
    expect(one.row(eleni)).to_be_focused()
    one.page.keyboard.press("ArrowRight")
    one.page.get_by_role("menuitem", name="Δεν εξυπηρετήθηκε…").click()
    dialog = one.page.get_by_role("dialog")
    dialog.get_by_role("button", name=one.t("desk.save")).click()
    expect(dialog.get_by_role("alert")).to_have_text(one.t("desk.why.required"))
    dialog.get_by_role("radio", name="Ελλιπή δικαιολογητικά").check()
    dialog.get_by_role("button", name=one.t("desk.save")).click()
    expect(dialog).to_have_count(0)
    other.is_now(eleni, BookingStatus.NOT_SERVED)
    assert barriers(one.page, iter(["today"])) == []


def test_a_day_is_filtered_and_seen_by_desk_and_by_phone(visit: Callable[..., Page], kavala: Office) -> None:
    eleni, nikos = a_person("Ελένη Μαυρίδου"), a_person("Νίκος Ξένος")
    # A day of their own: on it, no filter finds somebody of another story.
    minutes = 40 * 24 * 60
    in_person(kavala, eleni, minutes)
    in_person(kavala, nikos, minutes)
    date = local_day(kavala.context.clock.now() + timedelta(minutes=minutes), ATHENS)
    desk = Desk(visit(official="georgios"))
    desk.open(f"&date={date}")
    assert barriers(desk.page, iter(["day"])) == []

    desk.page.get_by_label(desk.t("day.filter.text")).fill("μαυρι")
    expect(desk.row(nikos)).to_have_count(0)
    desk.page.get_by_label(desk.t("day.filter.text")).fill("κανένας")
    expect(desk.page.get_by_text(desk.t("day.none_with_filters"))).to_be_visible()
    desk.button("day.filter.clear").click()
    expect(desk.row(nikos)).to_be_visible()
    desk.page.get_by_label(desk.t("day.filter.text")).fill("μαυρι")
    desk.page.get_by_label(desk.t("day.filter.status")).select_option("waiting")
    expect(desk.page.get_by_text(desk.t("day.none_with_filters"))).to_be_visible()
    desk.page.get_by_label(desk.t("day.filter.text")).fill("")
    desk.page.get_by_role("link", name=desk.t("day.filter.clear")).click()
    expect(desk.row(nikos)).to_be_visible()

    desk.page.get_by_text(desk.t("day.view.board"), exact=True).click()
    expect(desk.page.locator("table.board")).to_be_visible()
    assert barriers(desk.page, iter(["board"])) == []
    desk.page.get_by_label(desk.t("day.filter.text")).fill("μαυρι")
    expect(desk.page.locator(".block.is-found")).to_have_count(1)

    phone = Desk(visit(official="georgios", **PHONE))
    phone.open(f"&date={date}")
    expect(phone.row(eleni)).to_be_visible()
    assert barriers(phone.page, iter(["day on a phone"])) == []
    assert misfits(phone.page, iter(["day on a phone"])) == []

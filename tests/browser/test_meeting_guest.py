"""A third person at the teleconference: invited by the official, waiting for the citizen, seen by both."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from dimoslive.domain.booking.booking import Booking
from dimoslive.i18n import LANGUAGES, texts_of
from tests.browser.barriers import barriers
from tests.browser.meeting_walk import OWN, WITH_CAMERA, Attendee, book_now
from tests.browser.office import Office
from tests.browser.people import Person, a_person
from tests.browser.site import Site
from tests.browser.small_screen import PHONE, misfits

Attend = Callable[..., Attendee]
NAME = "Μαρία Διερμηνέα"

# The tools scroll by themselves: the page would not be wider.
TOO_WIDE = "[document.getElementById('call-side')].map(side => side.scrollWidth - side.clientWidth)[0]"


@pytest.fixture
def attend(visit: Callable[..., Page], cameras: list[Browser]) -> Attend:
    """Opens the browser of a citizen, an official or, signed in as nobody, a guest."""

    def open_browser(person: Person | None = None, official: str = "", **options: object) -> Attendee:
        browser = cameras[1 if official else 0]
        return Attendee(visit(person, browser=browser, official=official, **(WITH_CAMERA | options)))

    return open_browser


def name_field(official: Attendee) -> Locator:
    """Where the third person's name is typed."""
    return official.page.get_by_role("textbox", name=official.t("meeting.invite.name"), exact=True)


def link_field(official: Attendee, name: str = NAME) -> Locator:
    """Where the link for somebody stands."""
    return official.page.get_by_role("textbox", name=official.t("meeting.invite.link", name=name), exact=True)


def invite(official: Attendee, name: str = NAME) -> str:
    """The link that the official passes on."""
    official.button("meeting.invite.open").click()
    name_field(official).fill(name)
    official.button("meeting.invite.make").click()
    expect(link_field(official, name)).to_be_in_viewport(ratio=1)
    return link_field(official, name).input_value()


def all_in(one: Attendee, other: Attendee, third: Attendee, booking: Booking) -> str:
    """The guest waits, the citizen is admitted, each sees two others move; the guest's link."""
    other.enter_as_official(booking)
    link = invite(other)
    third.page.goto(link)
    third.join()
    third.see("meeting.waiting.title")
    one.to_waiting_room(booking)
    other.button("meeting.official.admit").click()
    for side in (one, other, third):
        side.sees_call()
        side.all_move(3)
        side.is_connected_to(2)
    return link


def test_a_guest_waits_for_the_citizen_and_learns_nothing_of_them(attend: Attend, kavala: Office) -> None:
    eleni = a_person("Ελένη Αναμενόμενη")
    booking = book_now(kavala, eleni)
    other, third = attend(official="georgios"), attend()
    other.enter_as_official(booking)
    third.page.goto(invite(other))
    third.see("meeting.check.title")
    third.moves(OWN)
    third.join()

    third.see("meeting.waiting.title")
    expect(third.page.get_by_text(third.t("meeting.for_guest.waiting.official_here"))).to_be_visible()
    expect(third.page.get_by_text(NAME)).to_be_visible()
    expect(third.page.get_by_text(third.t("meeting.waiting.identity"))).to_have_count(0)
    for hidden in (eleni.name, booking.reference[:4]):
        expect(third.page.get_by_text(hidden)).to_have_count(0)
    expect(other.button("meeting.official.admit")).to_have_count(0)
    assert [row.status for row in kavala.bookings_of(eleni)] == ["booked"]
    assert barriers(third.page, ["guest's waiting room"]) == []


def test_a_guest_takes_part_and_is_forgotten_when_the_meeting_ends(attend: Attend, kavala: Office) -> None:
    eleni = a_person("Ελένη Συνοδευόμενη")
    one, other, third = attend(eleni), attend(official="georgios"), attend()
    guest = one.t("meeting.peer.guest", name=NAME)
    link = all_in(one, other, third, book_now(kavala, eleni))

    third.write("Διερμηνεύω για όλους")
    for side in (one, other):
        side.reads("Διερμηνεύω για όλους")
    one.write("Ευχαριστώ")
    third.reads("Ευχαριστώ")
    expect(third.page.get_by_role("region", name=third.t("meeting.official.tools"))).to_have_count(0)
    one.page.get_by_role("button", name=one.t("meeting.stage.pick", name=guest)).click()
    large = one.page.get_by_test_id("remote-video")
    expect(large).to_have_accessible_name(guest)
    one.all_move(3)

    third.switch("document")
    expect(other.page.get_by_test_id("document-frame")).to_be_visible()
    citizen = "ΕΛΕΝΗ ΣΥΝΟΔΕΥΟΜΕΝΗ"
    other.page.get_by_role("button", name=other.t("meeting.stage.pick", name=citizen)).click()
    expect(other.page.get_by_test_id("remote-video")).to_have_accessible_name(citizen)
    expect(other.page.get_by_test_id("document-frame")).to_have_count(0)
    expect(third.page.get_by_role("button", name=citizen)).to_have_count(0)
    third.switch("document")

    other.button("meeting.end.open").click()
    other.page.get_by_role("radio", name=other.t("meeting.outcome.served")).check()
    other.button("meeting.end.confirm").click()
    for side in (one, other, third):
        side.has_ended()
    assert third.page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('meeting'))") == []
    third.page.goto(link)
    third.see("meeting.for_guest.access.not_found.title")
    expect(third.page.get_by_text(third.t("meeting.for_guest.access.not_found.text"))).to_be_visible()
    assert barriers(third.page, ["a guest's link of a meeting that is over"]) == []


def test_a_guest_comes_back_leaves_and_returns_while_the_others_go_on(attend: Attend, kavala: Office) -> None:
    eleni = a_person("Ελένη Επανερχόμενη")
    one, other, third = attend(eleni), attend(official="georgios"), attend()
    guest = one.t("meeting.peer.guest", name=NAME)
    all_in(one, other, third, book_now(kavala, eleni))

    third.page.reload()
    third.sees_call()
    for side in (one, other, third):
        side.all_move(3)

    third.button("meeting.control.leave").click()
    third.see("meeting.left.title")
    content = third.page.get_by_role("main")
    front = content.get_by_role("link", name=third.t("meeting.for_guest.link.booking"))
    expect(front).to_have_attribute("href", "/")
    expect(content.get_by_role("link")).to_have_count(1)
    for side in (one, other):
        expect(side.page.get_by_text(side.t("meeting.peer.went", name=guest))).to_have_count(1)
        side.all_move(2)
    expect(other.button("meeting.official.admit")).to_have_count(0)

    third.button("meeting.end.return").click()
    third.see("meeting.check.title")
    third.join()
    third.sees_call()
    for side in (one, other):
        expect(side.page.get_by_text(side.t("meeting.peer.came", name=guest))).to_have_count(1)
    third.all_move(3)


def test_an_invitation_outlives_the_officials_reload_and_is_withdrawn(attend: Attend, kavala: Office) -> None:
    eleni = a_person("Ελένη Ανακαλούμενη")
    one, other, third = attend(eleni), attend(official="georgios"), attend()
    guest = one.t("meeting.peer.guest", name=NAME)
    link = all_in(one, other, third, book_now(kavala, eleni))
    withdraw = other.page.get_by_role("button", name=other.t("meeting.invite.withdraw_for", name=NAME), exact=True)
    expect(withdraw).to_be_visible()

    other.page.reload()
    other.sees_call()
    other.all_move(3)
    opener = other.button("meeting.invite.open")
    opener.click()
    expect(other.page.get_by_text(other.t("meeting.invite.elsewhere"))).to_be_visible()
    expect(link_field(other)).to_have_count(0)
    assert link not in str(other.heard("guests"))
    assert barriers(other.page, ["a guest whose link is elsewhere"]) == []

    withdraw.press("Enter")
    expect(other.page.get_by_text(other.t("meeting.invite.withdrawn", name=NAME))).to_be_visible()
    expect(withdraw).to_have_count(0)
    expect(opener).to_be_focused()
    for side in (one, other):
        expect(side.page.get_by_text(side.t("meeting.peer.went", name=guest))).to_have_count(1)
        side.all_move(2)
        side.is_connected_to(1)

    third.see("meeting.for_guest.access.not_found.title")
    expect(third.page.get_by_text(third.t("meeting.for_guest.access.not_found.text"))).to_be_visible()
    for hidden in (third.t("meeting.fact.guest"), third.t("meeting.access.again")):
        expect(third.page.get_by_role("main").get_by_text(hidden)).to_have_count(0)
    expect(third.page.get_by_role("heading", level=1)).to_be_focused()
    third.is_connected_to(0)
    assert barriers(third.page, ["a guest who was sent out"]) == []
    third.page.reload()
    third.see("meeting.for_guest.access.not_found.title")

    name_field(other).fill(NAME)
    other.button("meeting.invite.make").click()
    expect(link_field(other)).not_to_have_value(link)
    expect(other.page.get_by_text(other.t("meeting.invite.ready", name=NAME))).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_invitation_says_what_is_wrong_gives_two_links_and_fits_a_phone(
    attend: Attend, kavala: Office, site: Site, language: str
) -> None:
    booking = book_now(kavala, a_person())
    clipboard = {"permissions": ["camera", "microphone", "clipboard-read", "clipboard-write"]}
    other = attend(official="georgios", **clipboard, **PHONE)
    other.t, prefix = texts_of(language), "" if language == "el" else f"/{language}"
    other.page.goto(f"{prefix}/desk/meeting?reference={booking.reference}")
    other.join()
    other.sees_call()
    other.page.get_by_role("button", name=other.t("meeting.control.chat")).click()
    other.button("meeting.invite.open").click()

    for typed, key in (("  ", "required"), ("α" * 101, "too_long"), ("Μαρία\x07", "control_characters")):
        name_field(other).fill(typed)
        other.button("meeting.invite.make").click()
        expect(other.told(other.t(f"meeting.invite.{key}"))).to_be_visible()
        expect(name_field(other)).to_be_focused()
        expect(name_field(other)).to_have_attribute("aria-invalid", "true")
    found = barriers(other.page, ["a wrong name"]) + misfits(other.page, ["a wrong name"])

    name_field(other).fill(f" {NAME} ")
    name_field(other).press("Enter")
    expect(other.told(other.t("meeting.invite.control_characters"))).to_have_count(0)
    expect(link_field(other)).to_have_attribute("readonly", "")
    expect(name_field(other)).to_have_value("")
    link = link_field(other).input_value()
    assert link.startswith(f"{site.url}{prefix}/meeting?guest=")
    other.page.get_by_role("button", name=other.t("meeting.invite.copy_for", name=NAME), exact=True).click()
    expect(other.page.get_by_text(other.t("meeting.invite.copied"))).to_be_visible()
    assert other.page.evaluate("navigator.clipboard.readText()") == link
    expect(other.page.get_by_text(other.t("meeting.invite.whom"))).to_be_visible()

    max_length = "Παπακωνσταντινοπούλου" * 4
    name_field(other).fill(max_length)
    other.button("meeting.invite.make").click()
    expect(link_field(other, max_length)).not_to_have_value(link)
    expect(name_field(other)).to_have_value("")
    name_field(other).fill("Τρίτος")
    other.button("meeting.invite.make").click()
    expect(other.told(other.t("meeting.problem.too_many_guests"))).to_have_count(1)
    expect(link_field(other, "Τρίτος")).to_have_count(0)
    other.page.get_by_role("button", name=other.t("meeting.invite.withdraw_for", name=NAME), exact=True).click()
    expect(link_field(other)).to_have_count(0)
    expect(other.told(other.t("meeting.problem.too_many_guests"))).to_have_count(0)
    other.page.get_by_role("button", name=other.t("meeting.invite.make"), exact=True).click()
    expect(link_field(other, "Τρίτος")).to_have_count(1)
    assert other.page.evaluate(TOO_WIDE) == 0
    found += barriers(other.page, ["links"]) + misfits(other.page, ["links"])

    assert found == []

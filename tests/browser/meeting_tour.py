"""A walk past every page and state of the teleconference, from both sides of the counter."""

from collections.abc import Iterator

from playwright.sync_api import Page, expect

from tests.browser.meeting_walk import OWN, Attendee
from tests.browser.office import Office
from tests.browser.people import Person


def meeting_tour(one: Attendee, other: Attendee, person: Person, office: Office) -> Iterator[tuple[str, Page]]:
    """Yields the name of each place and the page that shows it; ``one`` is the citizen, ``other`` the official."""
    yield from _before(one, person, office)
    other.to_desk()
    expect(other.in_line(person)).to_be_visible()
    yield "desk", other.page
    other.admit(person)
    for side in (one, other):
        side.moves()
        yield f"{side.role}'s call", side.page
        side.open_side()
    one.write("2510 000 000")
    other.reads("2510 000 000")
    for side in (one, other):
        yield f"{side.role}'s side", side.page
    other.button("meeting.official.ask_document").click()
    expect(one.button("meeting.document.show")).to_be_focused()
    one.close_side_on_a_phone()
    yield "document asked", one.page
    one.button("meeting.document.show").click()
    other.close_side_on_a_phone()
    other.sees_sharp_document()
    for side in (one, other):
        yield f"{side.role}'s document", side.page
    one.button("meeting.control.devices").click()
    yield "devices", one.page
    other.open_side()
    other.button("meeting.phone.go_on").click()
    expect(other.page.get_by_role("link", name="691 234 5678")).to_be_visible()
    other.button("meeting.invite.open").click()
    other.page.get_by_role("textbox", name=other.t("meeting.invite.name")).fill("Άννα Διερμηνέα")
    other.button("meeting.invite.make").click()
    expect(other.page.get_by_text(other.t("meeting.invite.whom"))).to_be_visible()
    yield "invitation", other.page
    other.button("meeting.end.open").click()
    yield "end", other.page
    other.page.get_by_role("radio", name=other.t("meeting.outcome.served")).check()
    other.button("meeting.end.confirm").click()
    for side in (one, other):
        side.has_ended()
        yield f"{side.role}'s end", side.page
    other.to_desk()
    yield "desk afterwards", other.page


def _before(one: Attendee, person: Person, office: Office) -> Iterator[tuple[str, Page]]:
    one.page.goto(f"{one.base}/device-test")
    one.button("meeting.test.start").click()
    one.moves(OWN)
    expect(one.page.get_by_text(one.t("meeting.line.measuring"))).to_have_count(0)
    yield "device test", one.page
    booking = office.book(person, language=one.language)
    one.page.goto(f"{one.base}/meeting?reference={booking.reference}")
    one.see("meeting.access.too_early.title")
    one.moves(OWN)
    yield "too early", one.page
    office.begins_in(booking, 5)
    one.to_check(booking)
    one.moves(OWN)
    yield "check", one.page
    one.join()
    one.see("meeting.waiting.title")
    expect(one.page.get_by_text(one.t("meeting.waiting.known"))).to_be_visible()
    one.moves(OWN)
    yield "waiting room", one.page

"""The officials' list: what one does from it when a citizen does not come, or comes after all."""

from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from tests.browser.meeting_walk import WITH_CAMERA, Attendee, book_now
from tests.browser.office import Office
from tests.browser.people import a_person


def test_who_did_not_come_is_noted_from_the_list_and_admitted_when_they_come_after_all(
    visit: Callable[..., Page], cameras: list[Browser], kavala: Office
) -> None:
    eleni = a_person("Ελένη Αργοπορημένη")
    booking = book_now(kavala, eleni)
    official = Attendee(visit(browser=cameras[1], official="georgios", **WITH_CAMERA))
    official.to_desk()
    line = official.page.locator("[data-reference]").filter(has_text=eleni.last_name_first)
    expect(line).to_contain_text(official.t("desk.status.booked"))

    line.get_by_role("link", name=official.t("desk.press.to_meeting")).click()
    official.join()
    official.sees_call()
    official.button("meeting.phone.go_on").click()
    expect(official.page.get_by_role("link", name="691 234 5678")).to_be_visible()
    official.button("meeting.end.open").click()
    official.page.get_by_role("radio", name=official.t("meeting.outcome.no_show")).check()
    official.button("meeting.end.confirm").click()
    official.has_ended()
    # Back on the row, on the day as it was left.
    official.page.get_by_role("link", name=official.t("meeting.for_official.link.booking")).click()
    expect(line).to_be_focused()
    expect(line).to_contain_text(official.t("desk.status.no_show"))

    citizen = Attendee(visit(eleni, browser=cameras[0], **WITH_CAMERA))
    citizen.to_waiting_room(booking)
    official.admit(eleni)
    citizen.sees_call()
    citizen.moves()
    official.moves()
    citizen.button("meeting.control.leave").click()
    expect(official.page.get_by_text(official.t("meeting.stage.no_citizen"))).to_be_visible()

"""Who does not see, does not hear, or has no mouse: what comes up in a call is noticed, and the focus is never lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.meeting_walk import WITH_CAMERA, Attendee, book_now, in_call
from tests.browser.office import Office
from tests.browser.people import a_person
from tests.browser.small_screen import PHONE

Hold = Callable[..., tuple[Attendee, Attendee]]

# What a person would hit in the middle of an element.
_IS_ON_TOP = """element => {
    const {x, y, width, height} = element.getBoundingClientRect();
    return element.contains(document.elementFromPoint(x + width / 2, y + height / 2));
}"""


@pytest.fixture
def hold(visit: Callable[..., Page], cameras: list[Browser], kavala: Office) -> Hold:
    """A call; the options are the citizen's browser's."""

    def begin(**options: object) -> tuple[Attendee, Attendee]:
        eleni = a_person("Ελένη Προσεκτική")
        one = Attendee(visit(eleni, browser=cameras[0], **(WITH_CAMERA | options)))
        other = Attendee(visit(browser=cameras[1], official="georgios", **WITH_CAMERA))
        in_call(eleni, book_now(kavala, eleni), one, other)
        return one, other

    return begin


def test_a_request_takes_no_focus_from_who_writes_and_is_seen_above_the_messages(hold: Hold) -> None:
    one, other = hold(**PHONE)
    one.open_side()
    typed = one.page.get_by_role("textbox", name=one.t("meeting.chat.label"))
    typed.fill("Μένω στην οδό")

    other.button("meeting.official.ask_document").click()
    show = one.button("meeting.document.show")
    expect(show).to_be_visible()
    expect(typed).to_be_focused()
    assert show.evaluate(_IS_ON_TOP) is True
    one.page.keyboard.press("Space")
    expect(typed).to_have_value("Μένω στην οδό ")

    show.focus()
    one.button("meeting.document.not_now").press("Enter")
    expect(typed).to_be_focused()
    expect(other.page.get_by_text(other.t("meeting.official.document_refused"))).to_be_visible()


def test_the_note_of_a_telephone_call_stands_above_the_messages_until_it_was_read(hold: Hold) -> None:
    one, other = hold(**PHONE)
    one.open_side()

    other.button("meeting.phone.go_on").click()
    note = one.page.get_by_role("status").filter(has_text=one.t("meeting.phone.will_call"))
    expect(note).to_be_visible()
    assert note.locator(".card2").evaluate(_IS_ON_TOP) is True
    one.button("meeting.problem.dismiss").click()
    expect(note).to_have_count(0)
    other.button("meeting.phone.go_on").click()
    expect(note).to_be_visible()


def test_a_message_is_told_while_the_messages_are_hidden_and_the_newest_is_in_sight_then(hold: Hold) -> None:
    one, other = hold(**PHONE)
    expect(one.page.get_by_role("log")).to_have_count(0)

    for number in range(30):
        other.write(f"γραμμή {number}")
    told = one.page.get_by_role("status").filter(has_text="γραμμή 29")
    expect(told).to_have_count(1)

    one.open_side()
    expect(one.page.get_by_role("log").get_by_text("γραμμή 29")).to_be_in_viewport()
    expect(one.button("meeting.call.to_picture")).to_be_focused()
    expect(told).to_have_count(0)
    one.button("meeting.call.to_picture").press("Enter")
    expect(one.page.get_by_role("button", name=one.t("meeting.control.chat"))).to_be_focused()


def test_what_closes_gives_the_focus_back(hold: Hold) -> None:
    one, other = hold()
    devices = one.button("meeting.control.devices")

    devices.press("Enter")
    expect(one.page.get_by_role("heading", name=one.t("meeting.devices.title"))).to_be_focused()
    one.page.keyboard.press("Escape")
    expect(devices).to_be_focused()
    devices.press("Enter")
    one.button("meeting.devices.close").press("Enter")
    expect(devices).to_be_focused()

    leave = one.button("meeting.control.leave")
    leave.focus()
    other.button("meeting.official.ask_document").click()
    expect(one.button("meeting.document.show")).to_be_focused()
    one.button("meeting.document.show").press("Enter")
    expect(leave).to_be_focused()


def test_the_press_that_admits_leaves_the_focus_in_the_call(
    visit: Callable[..., Page], cameras: list[Browser], kavala: Office
) -> None:
    eleni = a_person("Ελένη Αναμένουσα")
    booking = book_now(kavala, eleni)
    one = Attendee(visit(eleni, browser=cameras[0], **WITH_CAMERA))
    other = Attendee(visit(browser=cameras[1], official="georgios", **WITH_CAMERA))
    other.enter_as_official(booking)
    one.to_waiting_room(booking)

    other.button("meeting.official.admit").press("Enter")
    other.moves()
    expect(other.page.get_by_role("heading", level=1)).to_be_focused()


def test_who_returns_reads_on_from_the_title(hold: Hold) -> None:
    one, _other = hold()
    one.button("meeting.control.leave").click()
    one.see("meeting.left.title")

    one.button("meeting.end.return").press("Enter")

    one.see("meeting.check.title")
    expect(one.page.get_by_role("heading", level=1)).to_be_focused()


def test_the_sound_comes_by_a_click_that_no_finger_made(hold: Hold) -> None:
    one, _other = hold()
    one.page.add_init_script("""
        const play = HTMLMediaElement.prototype.play;
        HTMLMediaElement.prototype.play = function () {
            const isHeldBack = this instanceof HTMLAudioElement && !window.mayPlay;
            return isHeldBack ? Promise.reject(new DOMException("", "NotAllowedError")) : play.call(this);
        };
    """)
    one.page.reload()
    button = one.button("meeting.sound.unblock")
    expect(button).to_be_visible()

    one.page.evaluate("window.mayPlay = true")
    button.evaluate("element => element.click()")

    expect(button).to_have_count(0)
    assert one.page.evaluate("!document.querySelector('[data-testid=remote-audio]').paused") is True


def test_a_press_that_fails_again_for_the_same_reason_says_so_again(hold: Hold) -> None:
    one, _other = hold()
    one.switch("camera")
    one.page.evaluate("""() => {
        navigator.mediaDevices.getUserMedia = async () => { throw new DOMException("", "NotReadableError"); };
    }""")

    for _press in range(2):
        one.switch("camera")
        expect(one.told(one.t("meeting.advice.in_use"))).to_be_visible()
        one.button("meeting.problem.dismiss").click()
        expect(one.told(one.t("meeting.advice.in_use"))).to_have_count(0)


def test_a_lost_socket_says_that_the_call_goes_on_only_when_it_does(hold: Hold) -> None:
    one, other = hold(expected="ERR_INTERNET_DISCONNECTED")
    banner = one.page.locator(".banner")

    one.page.context.set_offline(True)
    one.page.evaluate("window.sockets.at(-1).close()")
    expect(banner).to_have_text(one.t("meeting.socket.lost_in_call"))
    one.page.context.set_offline(False)
    expect(banner).to_have_count(0)

    other.button("meeting.control.leave").click()
    expect(one.page.get_by_text(one.t("meeting.stage.no_official"))).to_be_visible()
    one.page.context.set_offline(True)
    one.page.evaluate("window.sockets.at(-1).close()")
    expect(banner).to_have_text(one.t("meeting.socket.lost"))


def test_a_camera_that_was_off_is_off_again_when_the_official_ends_the_document(hold: Hold) -> None:
    one, other = hold()
    one.switch("camera")
    other.button("meeting.official.ask_document").click()
    one.button("meeting.document.show").click()
    other.sees_sharp_document()

    other.button("meeting.official.document_end").click()
    expect(other.page.get_by_test_id("document-frame")).to_have_count(0)
    expect(one.page.get_by_test_id("own-video")).to_have_count(0)
    expect(other.page.get_by_text(other.t("meeting.peer.camera_off", name="ΕΛΕΝΗ ΠΡΟΣΕΚΤΙΚΗ")).first).to_be_visible()

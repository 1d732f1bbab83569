"""What one can press in a call does what it says, on this side and on the other."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.meeting_walk import OWN, REMOTE, WITH_CAMERA, Attendee, book_now, in_call
from tests.browser.office import Office
from tests.browser.people import Person, a_person

# The tracks that this page has open, by kind; those that are off are not counted.
_OPEN = """() => window.connections.filter(one => one.connectionState === "connected")
    .flatMap(one => one.getSenders().map(sender => sender.track))
    .filter(track => track && track.readyState === "live" && track.enabled).map(track => track.kind).sort()"""


@pytest.fixture
def eleni() -> Person:
    return a_person("Ελένη Ευκίνητη")


@pytest.fixture
def call(
    visit: Callable[..., Page], cameras: list[Browser], kavala: Office, eleni: Person
) -> tuple[Attendee, Attendee]:
    """The citizen and the official."""
    booking = book_now(kavala, eleni)
    one = Attendee(visit(eleni, browser=cameras[0], **WITH_CAMERA))
    other = Attendee(visit(browser=cameras[1], official="georgios", **WITH_CAMERA))
    in_call(eleni, booking, one, other)
    return one, other


def test_camera_microphone_and_sound_go_off_and_on(call: tuple[Attendee, Attendee], eleni: Person) -> None:
    one, other = call
    assert one.page.evaluate(_OPEN) == ["audio", "video"]

    one.switch("camera")
    expect(other.page.get_by_text(other.t("meeting.peer.camera_off", name=eleni.name)).first).to_be_visible()
    expect(one.page.get_by_test_id(OWN)).to_have_count(0)
    assert one.page.evaluate(_OPEN) == ["audio"]
    one.moves()

    one.switch("microphone")
    expect(other.page.get_by_text(other.t("meeting.peer.muted"))).to_be_visible()
    assert one.page.evaluate(_OPEN) == []

    for name in ("camera", "microphone"):
        one.switch(name)
    other.moves()
    one.moves(OWN)
    expect(other.page.get_by_text(other.t("meeting.peer.muted"))).to_have_count(0)
    assert one.page.evaluate(_OPEN) == ["audio", "video"]

    sounds = one.page.get_by_test_id("remote-audio")
    assert sounds.evaluate("audio => audio.muted") is False
    one.switch("speaker")
    assert sounds.evaluate("audio => audio.muted") is True


def test_an_official_enlarges_turns_and_freezes_the_picture(call: tuple[Attendee, Attendee]) -> None:
    _, other = call
    picture, video = other.page.locator(".zoom__picture"), other.page.get_by_test_id(REMOTE)
    frame = other.page.locator(".zoom__frame")

    for name in ("zoom_in", "zoom_in", "turn"):
        other.button(f"meeting.tool.{name}").click()
    style = picture.get_attribute("style") or ""
    assert "rotate(90deg)" in style
    assert "scale(1)" not in style
    frame.focus()
    other.page.keyboard.press("0")
    expect(picture).to_have_attribute("style", "transform: translate(0cqw, 0cqh) scale(1) rotate(0deg);")

    other.button("meeting.tool.freeze").click()
    expect(other.page.get_by_text(other.t("meeting.zoom.frozen"))).to_be_visible()
    assert video.evaluate("video => video.paused") is True
    other.button("meeting.tool.freeze").click()
    other.moves()


def test_the_connection_s_quality_is_measured_and_the_picture_may_stand_over_other_windows(
    call: tuple[Attendee, Attendee],
) -> None:
    one, _ = call
    expect(one.page.get_by_text(one.t("meeting.quality.good"))).to_be_visible()

    one.button("meeting.tool.pip").click()
    one.page.wait_for_function("() => document.pictureInPictureElement?.dataset.testid === 'remote-video'")
    one.button("meeting.tool.pip").click()
    one.page.wait_for_function("() => document.pictureInPictureElement === null")


def test_who_leaves_is_gone_at_once_and_may_come_back_without_a_second_admission(
    call: tuple[Attendee, Attendee],
) -> None:
    one, other = call
    address = one.page.url

    one.button("meeting.control.leave").click()
    one.see("meeting.left.title")
    expect(one.page.get_by_text(one.t("meeting.end.nothing_kept"))).to_be_visible()
    expect(one.page.locator("video, audio")).to_have_count(0)
    expect(other.page.get_by_test_id(REMOTE)).to_have_count(0)
    expect(other.page.get_by_text(other.t("meeting.stage.no_citizen"))).to_be_visible()

    one.page.goto(address)
    one.join()
    one.moves()
    other.moves()

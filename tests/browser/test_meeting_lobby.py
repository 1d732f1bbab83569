"""The page before the meeting opens, and the link into another provider's room."""

import json
import re
from collections.abc import Callable

from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from tests.browser.meeting_walk import OWN, WITH_CAMERA, Attendee, book_now
from tests.browser.office import Office
from tests.browser.people import a_person

MINUTE_MS = 61_000

_COUNT_TONES = """
window.notes = 0;
const create = AudioContext.prototype.createOscillator;
AudioContext.prototype.createOscillator = function () { window.notes += 1; return create.call(this); };
"""
_KEEP_TRACKS = """
window.tracks = [];
const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async wish => {
    const stream = await ask(wish);
    window.tracks.push(...stream.getTracks());
    return stream;
};
"""


def test_who_came_early_outlasts_a_lost_line_and_is_not_watched_after_a_cancellation(
    visit: Callable[..., Page], cameras: list[Browser], kavala: Office
) -> None:
    eleni = a_person("Ελένη Πρόωρη")
    booking = kavala.book(eleni)
    kavala.begins_in(booking, 60)
    one = Attendee(visit(eleni, browser=cameras[0], expected="Failed to load resource|410|409", **WITH_CAMERA))
    one.page.add_init_script(_KEEP_TRACKS)
    one.page.clock.install()
    one.page.goto(f"/meeting?reference={booking.reference}")
    one.see("meeting.access.too_early.title")
    one.moves(OWN)

    with one.page.expect_event("requestfailed"):
        one.page.route("**/api/meetings/access*", lambda route: route.abort())
        one.page.clock.fast_forward(MINUTE_MS)
    one.see("meeting.access.too_early.title")
    expect(one.page.get_by_test_id(OWN)).to_be_visible()
    one.page.unroute("**/api/meetings/access*")
    kavala.cancel(eleni, booking)
    one.page.clock.fast_forward(MINUTE_MS)

    one.see("meeting.access.meeting_cancelled.title")
    expect(one.page.get_by_role("heading", level=1)).to_be_focused()
    assert one.page.evaluate("window.tracks.map(track => track.readyState)") == ["ended", "ended"]


def test_who_is_admitted_to_another_provider_s_room_is_called(
    visit: Callable[..., Page], cameras: list[Browser], kavala: Office
) -> None:
    eleni = a_person("Ελένη Αλλού")
    booking = book_now(kavala, eleni)
    one = Attendee(visit(eleni, browser=cameras[0], **WITH_CAMERA))
    other = Attendee(visit(browser=cameras[1], official="georgios", **WITH_CAMERA))
    one.page.add_init_script(_COUNT_TONES)
    join_link = {"kind": "jitsi", "url": "https://meet.example/room"}

    def lead_elsewhere(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def pass_on(text: str | bytes) -> None:
            message = json.loads(text)
            socket.send(json.dumps(message | {"join_link": join_link} if message["type"] == "admitted" else message))

        server.on_message(pass_on)

    one.page.route_web_socket(re.compile("/api/meetings/socket"), lead_elsewhere)
    one.to_waiting_room(booking)
    other.to_desk()
    other.admit(eleni)

    one.see("meeting.elsewhere.title")
    one.page.wait_for_function("window.notes === 2")

    # What that provider keeps is not ours to say.
    one.button("meeting.waiting.leave").click()
    one.see("meeting.left.title")
    expect(one.page.get_by_text(one.t("meeting.end.nothing_kept"))).to_have_count(0)

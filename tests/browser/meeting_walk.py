"""A way through the teleconference, for citizens and officials, and what a browser knows about its call."""

import json
from collections.abc import Callable
from itertools import count
from typing import Any

from playwright.sync_api import Locator, Page, WebSocket, expect

from dimoslive.domain.booking.booking import Booking
from tests.browser.office import Office
from tests.browser.people import Person
from tests.browser.walk import Walk

REMOTE, OWN = "remote-video", "own-video"

WITH_CAMERA: dict[str, Any] = {"permissions": ["camera", "microphone"]}

# The page's connections and sockets, for looking at. The connection test's never have an answer.
WATCH = """
window.connections = []; window.sockets = [];
window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(wishes) { super({...wishes, ...window.forced}); window.connections.push(this); }
};
window.WebSocket = class extends WebSocket {
    constructor(...all) { super(...all); if (String(all[0]).includes("/api/meetings/")) window.sockets.push(this); }
};
"""
RELAY_ALONE = "window.forced = {iceTransportPolicy: 'relay'};"

# A picture that is new, or begins again, is counted anew.
_MOVE = """([place, pictures, frames, look]) => {
    const videos = [...document.querySelectorAll(place)];
    const isFurther = video => {
        const shown = video.getVideoPlaybackQuality().totalVideoFrames;
        if (video.look !== look || shown < video.from) Object.assign(video, {look, from: shown});
        return shown >= video.from + frames;
    };
    return videos.length === pictures && videos.map(isFurther).every(Boolean);
}"""
_DECODED = """async () => {
    let frames = 0;
    for (const connection of window.connections.filter(one => one.connectionState === "connected"))
        for (const [, report] of await connection.getStats())
            if (report.type === "inbound-rtp" && report.kind === "video") frames += report.framesDecoded;
    return frames;
}"""
_CANDIDATES = """async () => {
    const types = [];
    for (const connection of window.connections.filter(one => one.connectionState === "connected")) {
        const reports = await connection.getStats();
        for (const [, report] of reports) if (report.type === "transport" && report.selectedCandidatePairId) {
            const pair = reports.get(report.selectedCandidatePairId);
            types.push(reports.get(pair.localCandidateId).candidateType);
        }
    }
    return types;
}"""
SOME_FRAMES = 5
PICTURE_WITHIN_MS = 20_000
_looks = count()


class Attendee(Walk):
    """One browser in a meeting."""

    def __init__(self, page: Page, language: str = "el") -> None:
        super().__init__(page, language)
        self.said: list[dict[str, Any]] = []
        """What the server said over the meeting's sockets."""
        page.add_init_script(WATCH)
        page.on("websocket", self._listen)

    def to_check(self, booking: Booking) -> None:
        """The citizen in front of the camera."""
        self.page.goto(f"{self.base}/meeting?reference={booking.reference}")
        self.see("meeting.check.title")

    def to_waiting_room(self, booking: Booking) -> None:
        """The citizen waits."""
        self.to_check(booking)
        self.join()
        self.see("meeting.waiting.title")

    def join(self) -> None:
        """«Συμμετοχή τώρα»."""
        self.button("meeting.join_now").click()

    def to_desk(self) -> None:
        """The official's list."""
        self.page.goto(f"{self.base}/desk?m=kavala")
        expect(self.page.locator("#day-title")).to_be_visible()

    def in_line(self, person: Person) -> Locator:
        """Somebody who waits, on the official's list."""
        return self.page.locator("#waiting").get_by_role("listitem").filter(has_text=person.last_name_first)

    def admit(self, person: Person) -> None:
        """One press on the list, and the official is in the meeting."""
        self.in_line(person).get_by_role("button", name=self.t("desk.press.admit")).click()
        self.sees_call()

    def enter_as_official(self, booking: Booking) -> None:
        """By the meeting's own address."""
        self.page.goto(f"{self.base}/desk/meeting?reference={booking.reference}")
        self.join()
        self.sees_call()

    def sees_call(self) -> None:
        """The controls of a call are there."""
        expect(self.page.get_by_role("group", name=self.t("meeting.control.all"))).to_be_visible()

    @property
    def role(self) -> str:
        """As the server said."""
        return str(self.heard("welcome")[-1]["role"])

    def switch(self, name: str) -> None:
        """Press one of the switches under the picture."""
        controls = self.page.get_by_role("group", name=self.t("meeting.control.all"))
        controls.get_by_role("button", name=self.t(f"meeting.control.{name}")).click()

    def open_side(self) -> None:
        """The messages and the official's tools, beside the picture or over it."""
        if not self.page.get_by_role("log").is_visible():
            self.page.get_by_role("button", name=self.t("meeting.control.chat")).click()
        expect(self.page.get_by_role("log")).to_be_visible()

    def close_side_on_a_phone(self) -> None:
        """Where it covers the picture."""
        back = self.button("meeting.call.to_picture")
        if back.is_visible():
            back.click()

    def has_ended(self) -> None:
        """The end page."""
        self.see("meeting.ended.title")

    def moves(self, name: str = REMOTE, *, within_ms: int = PICTURE_WITHIN_MS) -> None:
        """The picture goes on from what it shows now."""
        self._move(f"[data-testid={name}]", 1, within_ms)

    def all_move(self, pictures: int) -> None:
        """So many pictures, small ones and one's own among them, go on from what they show now."""
        self._move("video", pictures)

    def width(self, name: str = REMOTE) -> int:
        """Of the picture itself, not of its place on the page."""
        return int(self.page.get_by_test_id(name).evaluate("video => video.videoWidth"))

    def sees_sharp_document(self) -> None:
        """The other's camera gives more than a face needs."""
        expect(self.page.get_by_test_id("document-frame")).to_be_visible()
        self.page.wait_for_function(f"() => document.querySelector('[data-testid={REMOTE}]')?.videoWidth > 1280")

    def cut_socket(self) -> None:
        """As a proxy does that was started anew."""
        self.page.evaluate("window.sockets.at(-1).close()")

    def connections(self) -> int:
        """How many this page has made."""
        return int(self.page.evaluate("window.connections.length"))

    def is_connected_to(self, others: int) -> None:
        """So many connections of this page stand."""
        standing = "window.connections.filter(one => one.connectionState === 'connected').length"
        self.page.wait_for_function(f"others => {standing} === others", arg=others)

    def decoded(self) -> int:
        """Frames that came over the call's connections."""
        return int(self.page.evaluate(_DECODED))

    def candidates(self) -> list[str]:
        """How the call's media leaves this browser: ``host``, ``srflx`` or ``relay``."""
        return list(self.page.evaluate(_CANDIDATES))

    def write(self, text: str) -> None:
        """Into the chat."""
        self.page.get_by_role("textbox", name=self.t("meeting.chat.label")).fill(text)
        self.button("meeting.chat.send").click()

    def reads(self, text: str) -> None:
        """In the chat."""
        expect(self.page.get_by_role("log")).to_contain_text(text)

    def heard(self, kind: str) -> list[dict[str, Any]]:
        """What the server said of one kind."""
        return [message for message in self.said if message["type"] == kind]

    def is_welcomed(self, times: int) -> None:
        """So many sockets of this page were let in."""
        self.wait_for(lambda: len(self.heard("welcome")) >= times)

    def say(self, message: dict[str, Any]) -> None:
        """Past the page's own code, over its socket; returns when the server has read it."""
        ping = {"type": "ping", "n": 987_654 + len(self.said)}
        for one in (message, ping):
            self.page.evaluate("text => window.sockets.at(-1).send(text)", json.dumps(one))
        self.wait_for(lambda: {"type": "pong", "n": ping["n"]} in self.said)

    def wait_for(self, is_so: Callable[[], bool]) -> None:
        """Until the socket has brought it."""
        for _ in range(100):
            if is_so():
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"not heard; heard {[message['type'] for message in self.said]}")

    def _move(self, place: str, pictures: int, within_ms: int = PICTURE_WITHIN_MS) -> None:
        looked = [place, pictures, SOME_FRAMES, next(_looks)]
        self.page.wait_for_function(_MOVE, arg=looked, timeout=within_ms)

    def _listen(self, socket: WebSocket) -> None:
        if "/api/meetings/" in socket.url:
            socket.on("framereceived", lambda frame: self.said.append(json.loads(frame)))


def book_now(office: Office, person: Person) -> Booking:
    """A teleconference that begins in five minutes: its door is open."""
    booking = office.book(person)
    office.begins_in(booking, 5)
    return booking


def in_call(person: Person, booking: Booking, one: Attendee, other: Attendee) -> None:
    """The citizen waits and is admitted from the list; both see the other move."""
    one.to_waiting_room(booking)
    other.to_desk()
    other.admit(person)
    one.sees_call()
    one.moves()
    other.moves()

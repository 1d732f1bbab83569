"""The teleconference between two browsers, each a process with a camera of its own."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from dimoslive.domain.scheduling.mode import Mode
from tests.browser.barriers import barriers
from tests.browser.meeting_walk import OWN, RELAY_ALONE, WITH_CAMERA, Attendee, book_now, in_call
from tests.browser.office import Office
from tests.browser.people import Person, a_person
from tests.browser.site import Site
from tests.browser.small_screen import PHONE
from tests.integrations.video.coturn import Coturn

Attend = Callable[..., Attendee]
CUT = "WebSocket"
"""What a browser's console says of a cut socket."""


@pytest.fixture
def citizen(visit: Callable[..., Page], cameras: list[Browser]) -> Attend:
    """Opens a citizen's browser."""

    def open_browser(person: Person | None = None, **options: object) -> Attendee:
        return Attendee(visit(person, browser=cameras[0], **(WITH_CAMERA | options)))

    return open_browser


@pytest.fixture
def official(visit: Callable[..., Page], cameras: list[Browser]) -> Attend:
    """Opens an official's browser."""

    def open_browser(key: str = "georgios", **options: object) -> Attendee:
        return Attendee(visit(browser=cameras[1], official=key, **(WITH_CAMERA | options)))

    return open_browser


def test_a_citizen_waits_is_admitted_shows_a_document_and_is_served(
    citizen: Attend, official: Attend, kavala: Office
) -> None:
    eleni = a_person("Ελένη Αναμενόμενη")
    booking = kavala.book(eleni)
    one, other = citizen(eleni), official()
    one.page.goto(f"/meeting?reference={booking.reference}")
    one.see("meeting.access.too_early.title")
    expect(one.button("meeting.join_now")).to_have_count(0)

    kavala.begins_in(booking, 5)
    one.to_check(booking)
    one.moves(OWN)
    one.join()
    one.see("meeting.waiting.title")
    expect(one.page.get_by_text("Ο δήμος ειδοποιήθηκε ότι περιμένετε")).to_be_visible()

    other.to_desk()
    expect(other.in_line(eleni)).to_contain_text("ταυτοποιήθηκε με TAXISnet")
    other.admit(eleni)
    one.sees_call()
    one.moves()
    other.moves()
    expect(other.page.get_by_role("status").filter(has_text="Σύνδεση με TAXISnet")).to_be_visible()
    assert min(one.decoded(), other.decoded()) > 0

    one.write("Καλημέρα σας")
    other.reads("Καλημέρα σας")
    other.write("Καλημέρα <b>κι εσάς</b>")
    one.reads("Καλημέρα <b>κι εσάς</b>")

    assert other.width() <= 1280
    other.button("meeting.official.ask_document").click()
    one.button("meeting.document.show").click()
    expect(other.page.get_by_text("Ο πολίτης δείχνει έγγραφο.")).to_be_visible()
    track = "document.querySelector('[data-testid=own-video]').srcObject.getVideoTracks()[0]"
    one.page.wait_for_function(f"() => {track}.contentHint === 'detail'")
    other.sees_sharp_document()
    other.moves()

    other.page.get_by_label("Έγγραφο που είδατε").select_option("passport")
    other.button("meeting.identity.confirm").click()
    expect(other.page.get_by_text("Καταχωρίστηκε: Διαβατήριο.")).to_be_visible()

    other.button("meeting.end.open").click()
    other.button("meeting.end.confirm").click()
    expect(other.told("Επιλέξτε πώς τελείωσε")).to_be_visible()
    other.page.get_by_role("radio", name="Εξυπηρετήθηκε").check()
    other.button("meeting.end.confirm").click()
    for side in (one, other):
        side.has_ended()
        assert side.page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('meeting'))") == []
        expect(side.page.locator("video, audio")).to_have_count(0)

    meeting = kavala.meeting_of(booking)
    assert meeting is not None
    assert (meeting.outcome, meeting.identity_document, meeting.room) == ("served", "passport", "")
    assert [row.status for row in kavala.bookings_of(eleni)] == ["served"]


def test_before_the_admission_nothing_passes_between_the_two(citizen: Attend, official: Attend, kavala: Office) -> None:
    eleni = a_person("Ελένη Υπομονετική")
    booking = book_now(kavala, eleni)
    one, other = citizen(eleni), official()
    one.to_waiting_room(booking)
    other.enter_as_official(booking)
    expect(other.page.get_by_role("heading", name="Ο πολίτης περιμένει")).to_be_visible()
    expect(one.page.get_by_text("Ο υπάλληλος είναι στην αίθουσα")).to_be_visible()

    one_s_name, other_s_name = one.heard("welcome")[0]["peer"], other.heard("welcome")[0]["peer"]
    one.say({"type": "signal", "to": other_s_name, "data": {"candidate": "intruder"}})
    other.say({"type": "signal", "to": one_s_name, "data": {"candidate": "intruder"}})
    one.say({"type": "ping", "n": 0})

    assert one.heard("welcome")[0]["peers"] == other.heard("welcome")[0]["peers"] == []
    for side in (one, other):
        assert {message["type"] for message in side.said}.isdisjoint({"signal", "peer_joined", "admitted"})
        assert side.decoded() == 0
        expect(side.page.get_by_test_id("remote-video")).to_have_count(0)

    other.button("meeting.official.admit").click()
    one.moves()
    assert one.heard("signal")


def test_a_reload_comes_back_without_a_second_admission(citizen: Attend, official: Attend, kavala: Office) -> None:
    eleni = a_person("Ελένη Επανερχόμενη")
    booking = book_now(kavala, eleni)
    one, other = citizen(eleni), official()
    in_call(eleni, booking, one, other)
    welcomes = len(one.heard("welcome"))

    one.page.reload()

    one.sees_call()
    one.moves()
    other.moves()
    assert [welcome["state"] for welcome in one.heard("welcome")[welcomes:]] == ["admitted"]
    expect(other.button("meeting.official.admit")).to_have_count(0)

    other.page.reload()
    other.sees_call()
    other.moves()
    one.moves()


def test_a_cut_socket_comes_back_within_five_seconds_and_the_picture_goes_on(
    citizen: Attend, official: Attend, kavala: Office
) -> None:
    eleni = a_person("Ελένη Αποσυνδεόμενη")
    booking = book_now(kavala, eleni)
    one, other = citizen(eleni, expected=CUT), official()
    is_cut, sockets = False, list[tuple[WebSocketRoute, WebSocketRoute]]()

    def line(socket: WebSocketRoute) -> None:
        if is_cut:
            socket.close(code=1011)
        else:
            sockets.append((socket, socket.connect_to_server()))

    one.page.route_web_socket(re.compile("/api/meetings/socket"), line)
    in_call(eleni, booking, one, other)
    made = one.connections()

    is_cut = True
    for end in sockets[-1]:
        end.close(code=1011)
    expect(one.page.get_by_text("Η κλήση συνεχίζεται")).to_be_visible()
    one.moves()
    other.moves()
    is_cut = False

    expect(one.page.get_by_text("Η κλήση συνεχίζεται")).to_have_count(0, timeout=5_000)
    one.moves()
    other.moves()
    assert one.connections() == made


def test_a_second_device_asks_takes_over_and_the_first_is_told(
    citizen: Attend, official: Attend, kavala: Office, site: Site
) -> None:
    eleni = a_person("Ελένη Μετακινούμενη")
    book_now(kavala, eleni)
    found = re.search(r"/meeting\?link=\S+", site.wait_for_mail(eleni.email).text)
    assert found
    first, second, other = citizen(), citizen(**PHONE), official()
    first.page.goto(found[0])
    first.join()
    first.see("meeting.waiting.title")
    other.to_desk()
    expect(other.in_line(eleni)).to_contain_text("μόνο με τον σύνδεσμο του email")
    other.admit(eleni)
    first.moves()

    second.page.goto(found[0])
    second.join()
    second.see("meeting.already_joined.title")
    first.moves()
    second.button("meeting.already_joined.take_over").click()

    first.see("meeting.replaced.title")
    expect(first.page.locator("video, audio")).to_have_count(0)
    second.sees_call()
    second.moves()
    other.moves()


def test_three_people_see_two_others_each(citizen: Attend, official: Attend, kavala: Office) -> None:
    eleni = a_person("Ελένη Τριπλή")
    booking = book_now(kavala, eleni)
    one, other, third = citizen(eleni), official(), official("maria")
    in_call(eleni, booking, one, other)

    third.enter_as_official(booking)

    for side in (one, other, third):
        side.all_move(3)
        side.is_connected_to(2)
    third.write("Καλημέρα σε όλους")
    one.reads("Καλημέρα σε όλους")
    other.reads("Καλημέρα σε όλους")


def test_where_only_the_relay_is_reachable_the_pictures_pass_it(
    citizen: Attend, official: Attend, kavala: Office, relay: Coturn | None
) -> None:
    if relay is None:
        pytest.skip("coturn is not installed: run `make turnserver`")
    eleni = a_person("Ελένη Απομονωμένη")
    booking = book_now(kavala, eleni)
    one, other = citizen(eleni), official()
    for side in (one, other):
        side.page.add_init_script(RELAY_ALONE)

    one.to_check(booking)
    measured = re.compile(r"^Μέσω του αναμεταδότη [\d.,]+ Mbit/s, απόκριση \d+ ms$")
    expect(one.page.get_by_text(measured)).to_be_visible(timeout=30_000)
    in_call(eleni, booking, one, other)

    assert (one.candidates(), other.candidates()) == (["relay"], ["relay"])
    assert min(one.decoded(), other.decoded()) > 0
    one.write("Μέσα από τον αναμεταδότη")
    other.reads("Μέσα από τον αναμεταδότη")


@pytest.mark.parametrize("address", ["/my-bookings", "/my-bookings/{reference}"])
def test_the_booking_and_the_list_lead_into_the_meeting(citizen: Attend, kavala: Office, address: str) -> None:
    eleni = a_person("Ελένη Συνεπής")
    booking = book_now(kavala, eleni)
    one = citizen(eleni)
    one.page.goto(address.format(reference=booking.reference))

    one.page.get_by_role("main").get_by_role("link", name="Συμμετοχή στη συνάντηση").click()

    one.see("meeting.check.title")
    one.moves(OWN)
    one.join()
    one.see("meeting.waiting.title")


@pytest.mark.parametrize(
    ("state", "address"),
    [
        ("meeting_cancelled", "/meeting?reference={cancelled}"),
        ("meeting_over", "/meeting?reference={over}"),
        ("not_a_meeting", "/meeting?reference={in_person}"),
        ("not_found", "/meeting?reference={foreign}"),
        ("not_found", "/meeting?link=never-sent"),
    ],
)
def test_a_door_that_stays_closed_says_why(
    visit: Callable[..., Page], kavala: Office, state: str, address: str
) -> None:
    eleni = a_person()
    page = Attendee(visit(eleni, expected="40[0-9]"))
    places = {"cancelled": "", "over": "", "in_person": "", "foreign": ""}
    match state:
        case "meeting_cancelled":
            booking = book_now(kavala, eleni)
            kavala.begins_in(booking, 24 * 60)
            kavala.cancel(eleni, booking)
            places["cancelled"] = booking.reference
        case "meeting_over":
            booking = kavala.book(eleni)
            kavala.put_in_the_past(booking)
            places["over"] = booking.reference
        case "not_a_meeting":
            places["in_person"] = kavala.book(eleni, mode=Mode.IN_PERSON).reference
        case _:
            places["foreign"] = kavala.book(a_person()).reference

    page.page.goto(address.format(**places))

    page.see(f"meeting.access.{state}.title")
    expect(page.page.get_by_text(page.t(f"meeting.access.{state}.text"))).to_be_visible()
    expect(page.button("meeting.join_now")).to_have_count(0)
    assert barriers(page.page, [state]) == []


def test_who_is_not_signed_in_comes_to_the_meeting_by_the_sign_in(
    visit: Callable[..., Page], cameras: list[Browser], kavala: Office
) -> None:
    eleni = a_person()
    booking = book_now(kavala, eleni)
    visitor = Attendee(visit(browser=cameras[0], expected="401", **WITH_CAMERA))
    visitor.page.goto(f"/meeting?reference={booking.reference}")
    visitor.see("meeting.access.not_signed_in.title")

    visitor.page.get_by_role("main").get_by_role("link", name=visitor.t("meeting.link.sign_in")).click()
    visitor.sign_in_at_the_simulator(eleni)

    visitor.see("meeting.check.title")
    visitor.moves(OWN)


def test_a_browser_without_calls_is_told_so_at_the_door(citizen: Attend, kavala: Office) -> None:
    eleni = a_person()
    booking = book_now(kavala, eleni)
    one = citizen(eleni)
    one.page.add_init_script("delete window.RTCPeerConnection")

    one.page.goto(f"/meeting?reference={booking.reference}")

    one.see("meeting.access.unsupported.title")
    expect(one.button("meeting.join_now")).to_have_count(0)
    assert barriers(one.page, ["no calls"]) == []
    one.page.goto("/device-test")
    one.button("meeting.test.start").click()
    expect(one.told(one.t("meeting.advice.unsupported"))).to_be_visible()


def test_a_network_that_blocks_the_socket_is_named_and_the_way_in_opens_by_itself(
    citizen: Attend, kavala: Office
) -> None:
    eleni = a_person()
    booking = book_now(kavala, eleni)
    one = citizen(eleni, expected=CUT)
    is_blocked = True

    def line(socket: WebSocketRoute) -> None:
        if is_blocked:
            socket.close(code=1011)
        else:
            socket.connect_to_server()

    one.page.route_web_socket(re.compile("/api/meetings/socket"), line)
    one.to_check(booking)
    one.join()
    expect(one.told(one.t("meeting.socket.blocked"))).to_be_visible()

    is_blocked = False

    one.see("meeting.waiting.title")
    expect(one.told(one.t("meeting.socket.blocked"))).to_have_count(0)


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        ("NotFoundError", "meeting.advice.none"),
        ("NotAllowedError", "meeting.advice.denied.chrome"),
        ("NotReadableError", "meeting.advice.in_use"),
    ],
)
def test_without_camera_and_microphone_there_is_advice_and_one_goes_on(
    citizen: Attend, official: Attend, kavala: Office, error: str, advice: str
) -> None:
    eleni = a_person("Ελένη Αθέατη")
    booking = book_now(kavala, eleni)
    one, other = citizen(eleni), official()
    one.page.add_init_script(
        f"navigator.mediaDevices.getUserMedia = async () => {{ throw new DOMException('no', '{error}'); }}"
    )
    one.to_check(booking)
    expect(one.told(one.t(advice))).to_be_visible()
    expect(one.told(one.t("meeting.problem.without.both"))).to_be_visible()
    assert barriers(one.page, ["check without devices"]) == []

    one.join()
    one.see("meeting.waiting.title")
    other.to_desk()
    other.admit(eleni)

    one.moves()
    expect(other.page.get_by_text(f"Κλειστή κάμερα: {eleni.name}")).to_be_visible()
    other.write("Σας ακούω γραπτά")
    one.reads("Σας ακούω γραπτά")


def test_a_line_that_carries_little_away_is_told_before_the_call(citizen: Attend) -> None:
    one = citizen()
    line = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 100_000}
    one.page.context.new_cdp_session(one.page).send("Network.emulateNetworkConditions", line)
    one.page.goto("/device-test")
    one.button("meeting.test.start").click()
    expect(one.page.get_by_text("Η εικόνα ίσως διακόπτεται.")).to_be_visible(timeout=30_000)
    expect(one.page.get_by_text(re.compile(r"^Λήψη [\d.,]+ Mbit/s, αποστολή 0,\d Mbit/s, "))).to_be_visible()

"""The teleconference of somebody on the way: networks come and go."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.browser.chromium import start_chromium
from tests.browser.meeting_walk import WITH_CAMERA, Attendee, book_now, in_call
from tests.browser.networks import Telephone
from tests.browser.office import Office
from tests.browser.people import a_person

LOST = "WebSocket|ERR_"
"""What a browser's console says of a network that went away."""
LOST_WORDS = "Η κλήση συνεχίζεται"
"""What the page says of it."""


@pytest.fixture
def moving(playwright: Playwright, phone: Telephone) -> Iterator[Browser]:
    """A browser on the telephone."""
    with start_chromium(playwright, has_camera=True, on=phone) as browser:
        yield browser


@pytest.fixture
def call(
    moving: Browser, visit: Callable[..., Page], cameras: list[Browser], kavala: Office
) -> tuple[Attendee, Attendee]:
    """Somebody on the telephone, and the official."""
    eleni = a_person("Ελένη Ταξιδιώτισσα")
    booking = book_now(kavala, eleni)
    one = Attendee(visit(eleni, browser=moving, expected=LOST, **WITH_CAMERA))
    other = Attendee(visit(browser=cameras[1], official="georgios", **WITH_CAMERA))
    in_call(eleni, booking, one, other)
    return one, other


@pytest.mark.parametrize("change", ["network", "address"])
def test_after_a_change_of_network_the_same_call_goes_on(
    call: tuple[Attendee, Attendee], phone: Telephone, change: str
) -> None:
    one, other = call
    made, welcomes = one.connections(), len(one.heard("welcome"))

    if change == "network":
        phone.change_network(1)
    else:
        phone.change_address(0, 9)

    one.is_welcomed(welcomes + 1)
    for side in call:
        side.moves()
    expect(one.page.get_by_text(LOST_WORDS)).to_have_count(0)
    assert [welcome["state"] for welcome in one.heard("welcome")[welcomes:]] == ["admitted"]
    assert (one.connections(), len(other.heard("peer_left"))) == (made, 0)
    one.write("Άλλαξα δίκτυο")
    other.reads("Άλλαξα δίκτυο")


def test_a_network_that_falls_silent_is_noticed_and_the_call_comes_back_with_it(
    call: tuple[Attendee, Attendee], phone: Telephone
) -> None:
    one, other = call

    phone.fall_silent()
    expect(one.page.get_by_text(LOST_WORDS)).to_be_visible()
    expect(one.page.get_by_text(one.t("meeting.chat.later"))).to_be_visible()
    phone.speak_again()

    expect(one.page.get_by_text(LOST_WORDS)).to_have_count(0)
    for side in call:
        side.moves()
    other.write("Σας βλέπω πάλι")
    one.reads("Σας βλέπω πάλι")


def test_two_sockets_cut_at_once_lose_neither_picture_nor_word(
    visit: Callable[..., Page], cameras: list[Browser], kavala: Office
) -> None:
    eleni = a_person("Ελένη Διπλοκομμένη")
    booking = book_now(kavala, eleni)
    one = Attendee(visit(eleni, browser=cameras[0], **WITH_CAMERA))
    other = Attendee(visit(browser=cameras[1], official="georgios", **WITH_CAMERA))
    in_call(eleni, booking, one, other)
    made = [side.connections() for side in (one, other)]
    welcomes = [len(side.heard("welcome")) for side in (one, other)]

    for side in (one, other):
        side.cut_socket()

    for side, before in zip((one, other), welcomes, strict=True):
        side.is_welcomed(before + 1)
        expect(side.page.get_by_text(LOST_WORDS)).to_have_count(0)
        side.moves()
    one.write("Ακούγομαι;")
    other.reads("Ακούγομαι;")
    assert [side.connections() for side in (one, other)] == made

"""What an official needs in each call is in sight on a small desk's screen, whoever came and whatever is written."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.meeting_walk import WITH_CAMERA, Attendee
from tests.browser.office import Office
from tests.browser.people import Person, a_person
from tests.browser.site import Site

SMALL_DESK = {"viewport": {"width": 1280, "height": 720}}
OFFICIAL = "ΓΕΩΡΓΙΟΣ ΝΙΚΟΛΑΪΔΗΣ"
# Stories that run at the same time bring people of their own to the same day.
_MORE_WAIT = {"el": r"Περιμέν\S+ \d+ ακόμη", "en": r"\d+ more (is|are) waiting"}

# Not cut off by the window, nor by a part of the page that scrolls.
_IS_IN_SIGHT = """element => {
    const box = element.getBoundingClientRect();
    if (!box.height || box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight) return false;
    for (let around = element.parentElement; around; around = around.parentElement) {
        if (getComputedStyle(around).overflowY === "visible") continue;
        const frame = around.getBoundingClientRect();
        if (box.top < frame.top - 1 || box.bottom > frame.bottom + 1) return false;
    }
    return true;
}"""


# The text of what is chosen, its padding and the arrow: a browser counts no indent.
_CUTS_ITS_CHOICE = """select => {
    const look = getComputedStyle(select);
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = look.font;
    const text = pen.measureText(select.selectedOptions[0].text).width;
    const around = ["paddingLeft", "paddingRight", "borderLeftWidth", "borderRightWidth", "textIndent"];
    return text + around.reduce((sum, side) => sum + parseFloat(look[side]), 0) + 16 > select.offsetWidth;
}"""


def the_way(site: Site, person: Person, *, by_link: bool) -> str:
    """The link of the person's mail, if that is how they come."""
    if not by_link:
        return ""
    found = re.search(r"/meeting\?link=\S+", site.wait_for_mail(person.email).text)
    assert found
    return found[0]


def is_in_sight(place: Locator) -> bool:
    """Whether all of it is, without scrolling."""
    expect(place).to_be_visible()
    return bool(place.evaluate(_IS_IN_SIGHT))


@pytest.mark.parametrize(("language", "by_link"), [("el", False), ("en", False), ("el", True)])
def test_the_official_s_tools_need_no_scrolling(
    visit: Callable[..., Page], cameras: list[Browser], kavala: Office, site: Site, language: str, *, by_link: bool
) -> None:
    eleni = a_person("Ελένη Παπακωνσταντινοπούλου-Χατζηγεωργίου")
    booking = kavala.book(
        eleni, language=language, served_person="other", person_name=OFFICIAL, subject="Πιστοποιητικό " * 30
    )
    kavala.begins_in(booking, 5)
    one = Attendee(visit(None if by_link else eleni, browser=cameras[0], **WITH_CAMERA), language)
    other = Attendee(visit(browser=cameras[1], official="georgios", **WITH_CAMERA, **SMALL_DESK), language)
    one.page.goto(the_way(site, eleni, by_link=by_link) or f"{one.base}/meeting?reference={booking.reference}")
    one.join()
    one.see("meeting.waiting.title")
    other.to_desk()
    line = other.in_line(eleni)
    expect(line.get_by_text(other.t("meeting.served.other", name=OFFICIAL))).to_be_visible()
    expect(line.locator(".strip__name")).to_have_text(eleni.last_name_first)
    other.admit(eleni)
    one.sees_call()
    for number in range(12):
        one.write(f"{number} " + "Καλημέρα σας " * 10)
    other.reads("11 Καλημέρα")

    known = "booked_by" if by_link else "confirmed"
    tools = [
        other.page.get_by_text(other.t(f"meeting.official.{known}", name=eleni.name)),
        other.page.get_by_text(other.t("meeting.served.other", name=OFFICIAL)),
        other.button("meeting.official.ask_document"),
        other.page.get_by_label(other.t("meeting.identity.label")),
        other.button("meeting.identity.confirm"),
        other.button("meeting.phone.go_on"),
        other.button("meeting.invite.open"),
        other.button("meeting.end.open"),
        other.button("meeting.chat.fold"),
        other.page.get_by_text(re.compile(rf"{re.escape(other.t('day_line.nobody'))}|{_MORE_WAIT[language]}")),
        other.page.get_by_role("link", name=other.t("day_line.open")),
    ]
    if by_link:
        tools.append(other.page.get_by_text(other.t("meeting.official.link_only")))
    writing = [other.page.get_by_label(other.t("meeting.chat.label")), other.button("meeting.chat.send")]
    assert [tool for tool in tools + writing if not is_in_sight(tool)] == []
    assert not other.page.get_by_label(other.t("meeting.identity.label")).evaluate(_CUTS_ITS_CHOICE)

    for width, height in ((1280, 720), (360, 800)):
        other.page.set_viewport_size({"width": width, "height": height})
        for fact in (other.page.locator("#call-facts"), other.page.get_by_text("Πιστοποιητικό Πιστοποιητικό")):
            fact.scroll_into_view_if_needed()
            assert [place for place in [fact, *writing] if not is_in_sight(place)] == []
        other.button("meeting.invite.open").click()
        name = other.page.get_by_label(other.t("meeting.invite.name"), exact=True)
        assert [place for place in [name, *writing] if not is_in_sight(place)] == []
        other.button("meeting.invite.open").click()
    other.page.set_viewport_size({"width": 1280, "height": 720})
    other.page.locator(".side__read").evaluate("element => element.scrollTo(0, 0)")

    other.button("meeting.chat.fold").click()
    expect(other.page.get_by_role("log")).to_be_hidden()
    one.write("Με ακούτε;")
    expect(other.page.get_by_text(other.t("meeting.chat.unread.one", n=1)).first).to_be_visible()
    other.button("meeting.chat.unfold").click()
    other.reads("Με ακούτε;")

    other.button("meeting.end.open").click()
    outcomes = [other.page.get_by_role("radio", name=other.t("meeting.outcome.no_show"))]
    tools += [*outcomes, other.button("meeting.end.confirm")]
    assert [tool for tool in tools if not is_in_sight(tool)] == []
    other.page.set_viewport_size({"width": 360, "height": 740})
    assert is_in_sight(outcomes[0])
    other.page.keyboard.press("Escape")
    expect(other.button("meeting.end.open")).to_be_focused()

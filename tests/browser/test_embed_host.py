"""Our elements in pages of others, which mean no good or do not know better."""

from typing import Any

from playwright.sync_api import Browser, Frame, Page, expect

from tests.browser.barriers import barriers
from tests.browser.host_page import BOOK, FRAME, HOSTILE, open_host_page, play_site

LINK = f'<a href="{BOOK}/m/kavala">Κλείστε ραντεβού</a>'
BODY = f"""
<h1>Δήμος Καβάλας</h1>
<my-dimoslive id="wizard" municipality="kavala" service="certificates" loading="eager">{LINK}</my-dimoslive>
<my-dimoslive-next municipality="kavala" service="certificates" for="wizard"></my-dimoslive-next>
<my-dimoslive id="dialog" municipality="kavala" display="dialog"></my-dimoslive>
<my-dimoslive id="wrong" municipality="Καβάλα">{LINK}</my-dimoslive>
<my-dimoslive id="refused" municipality="drama" loading="eager"></my-dimoslive>
"""
NEXT = {
    "name": {"el": "Πιστοποιητικά", "en": "Certificates"},
    "items": [
        {
            "starts_at": "2026-11-26T08:00:00Z",
            "ends_at": "2026-11-26T08:10:00Z",
            "mode": "in_person",
            "booking_url": f"{BOOK}/m/kavala?service=certificates",
        }
    ],
    "none_until": None,
    "next_release_at": None,
    "paused": False,
    "notice": None,
}
ANSWERS: dict[str, Any] = {
    "/api/v1/municipalities/kavala/services/certificates/next": NEXT,
    "/embed/check": {"standing": "not-listed", "line": "https://www.town.test is not listed for drama."},
}
_FORGE = """() => {
    const frame = wizard.shadowRoot.querySelector("iframe");
    const booked = { dimoslive: 1, type: "booked", service: null, mode: "video" };
    const hello = { dimoslive: 1, type: "hello" };
    for (let at = 0; at < 10000; at++) frame.contentWindow.postMessage(booked, "*");
    for (const data of [booked, hello]) {
        window.postMessage(data, "*");
        const claimed = { data, source: frame.contentWindow, origin: frame.src.split("/embed")[0] };
        window.dispatchEvent(new MessageEvent("message", claimed));
    }
}"""


def test_the_elements_hold_in_a_hostile_page(chromium: Browser) -> None:
    context = chromium.new_context(
        viewport={"width": 800, "height": 700}, timezone_id="Europe/Athens", reduced_motion="reduce"
    )
    said: list[str] = []
    context.on("console", lambda message: said.append(message.text))
    # A frame that is refused loads the browser's own page, which says nothing.
    frames = {"/embed/services": FRAME}
    asked = play_site(context, ANSWERS | frames)
    context.route(f"{BOOK}/embed/services?m=drama", lambda route: route.fulfill(body="", content_type="text/html"))
    page = open_host_page(context, BODY, css=HOSTILE)
    they_show_themselves(page)
    # The script came after the page: the elements began once, and not anew with each of their attributes.
    reasons = page.evaluate("told.filter(([name]) => name === 'fallback').map(([, { reason }]) => reason)")
    assert reasons == ["invalid", "blocked"]
    nothing_is_forged(page)
    it_moves_its_own_people_only(page)
    a_time_opens_the_wizard(page)
    it_is_moved_and_changed(page)
    assert [line for line in said if "myDimosLive" in line] == [
        'myDimosLive: <my-dimoslive> municipality="Καβάλα" is none.',
        "myDimosLive: https://www.town.test is not listed for drama.",
    ]
    assert [line for line in said if "Content Security Policy" in line] == []
    assert asked.count("/embed/check") == 1
    context.close()


def test_axe_finds_nothing_around_the_elements(chromium: Browser) -> None:
    with chromium.new_context(viewport={"width": 320, "height": 700}) as context:
        play_site(context, ANSWERS | {"/embed/services": FRAME})
        page = open_host_page(
            context,
            BODY.replace("drama", "kavala"),
            css="body { font: 18px serif } a { display: inline-block; padding: 8px 0 }",
        )
        expect(page.locator("#wizard")).to_have_attribute("state", "ready")
        expect(page.locator("my-dimoslive-next")).to_have_attribute("state", "ready")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert barriers(page, ["host"]) == []


def they_show_themselves(page: Page) -> None:
    """Whatever the host unsets; where nothing can be shown there is a link."""
    expect(page.locator("#wizard")).to_have_attribute("state", "ready")
    assert page.locator("#wizard iframe").get_attribute("title") == "Κράτηση ραντεβού – Δήμος Καβάλας"
    assert _box(page, "#wizard iframe") == (800, 300)
    expect(page.locator("#wizard > a")).to_be_hidden()
    expect(page.get_by_text("Πέμπτη 26 Νοεμβρίου, 10:00 π.μ., φυσική παρουσία")).to_be_visible()
    expect(page.locator("#wrong")).to_have_attribute("reason", "invalid")
    expect(page.locator("#wrong > a")).to_be_visible()
    expect(page.locator("#refused")).to_have_attribute("reason", "blocked")
    expect(page.locator("#refused a")).to_have_attribute("href", f"{BOOK}/m/drama")


def nothing_is_forged(page: Page) -> None:
    """What another script says is not heard, and the frame's own line stays."""
    page.evaluate(_FORGE)
    assert _frame(page).evaluate("heard.length") == 1
    assert page.evaluate("told.filter(([name]) => name === 'booked')") == []
    _frame(page).evaluate("say({ type: 'booked', service: 'certificates', mode: 'video', reference: 'K7PM3XQ9' })")
    _frame(page).evaluate("say({ type: 'booked', service: 'certificates', mode: 'video' })")
    expect(page.locator("#wizard")).to_have_attribute("state", "booked")
    booked = {"municipality": "kavala", "service": "certificates", "mode": "video"}
    assert page.evaluate("told.filter(([name]) => name === 'booked')") == [["booked", booked]]


def it_moves_its_own_people_only(page: Page) -> None:
    """A step reveals its heading to whoever is in the frame."""
    _frame(page).evaluate("grow()")
    expect(page.locator("#wizard")).to_have_attribute("state", "ready")
    expect(page.locator("#wizard iframe")).to_have_css("height", "1200px")
    page.evaluate("window.scrollTo(0, 400)")
    _frame(page).evaluate("say({ type: 'reveal', y: 0 })")
    _frame(page).evaluate("say({ type: 'height', px: 1100 })")
    expect(page.locator("#wizard iframe")).to_have_css("height", "1100px")
    assert page.evaluate("scrollY") == 400
    _frame(page).get_by_role("heading").focus()
    page.evaluate("window.scrollTo(0, 900)")
    _frame(page).evaluate("say({ type: 'reveal', y: 0 })")
    expect(page.locator("#wizard iframe")).to_be_in_viewport(ratio=0.6)


def a_time_opens_the_wizard(page: Page) -> None:
    """On the same page, with its service and mode, and the focus in it; a dialog opens and closes, by its frame too."""
    page.evaluate("wizard.service = 'transfer'")
    page.get_by_text("Πέμπτη 26 Νοεμβρίου").click()
    expect(page.locator("#wizard")).to_have_attribute("mode", "in_person")
    dialog = page.locator("#dialog")
    dialog.get_by_role("button", name="Κλείστε ραντεβού").click()
    expect(dialog).to_have_attribute("state", "ready")
    _frame(page, "#dialog").evaluate("say({ type: 'close' })")
    expect(dialog).to_have_attribute("state", "idle")
    dialog.get_by_role("button", name="Κλείστε ραντεβού").click()
    dialog.get_by_role("button", name="Κλείσιμο").click()
    expect(dialog).to_have_attribute("state", "idle")


def it_is_moved_and_changed(page: Page) -> None:
    """Elsewhere in the page it begins anew; a colour reaches the frame that is there."""
    page.evaluate("document.querySelector('main').append(wizard)")
    expect(page.locator("#wizard")).to_have_attribute("state", "ready")
    page.evaluate("wizard.accent = '#7a1f2b'")
    frame = _frame(page)
    frame.wait_for_function("() => heard.some((message) => message.accent === '#7a1f2b')", polling=50)


def _frame(page: Page, place: str = "#wizard") -> Frame:
    handle = page.locator(f"{place} iframe").element_handle()
    frame = handle.content_frame()
    assert frame is not None
    return frame


def _box(page: Page, place: str) -> tuple[int, int]:
    box = page.locator(place).bounding_box()
    assert box is not None
    return round(box["width"]), round(box["height"])

"""Where the visitor's system chooses the colours, nothing is said by them: each state differs in shape.

Compared are borders, outlines, underlines and drawn marks, never a colour: what holds here holds in black and white.
"""

from collections.abc import Callable, Iterable

from playwright.sync_api import Browser, Page, expect

from tests.browser.meeting_tour import meeting_tour
from tests.browser.meeting_walk import WITH_CAMERA, Attendee
from tests.browser.office import Office
from tests.browser.people import a_person
from tests.browser.tour import booking_tour, bookings_tour, public_tour, simulator_tour
from tests.browser.walk import Walk

FORCED = {"forced_colors": "active"}

STEPS = {
    ".steps .is-now": ".steps li:not(.is-now)",
    ".day.is-chosen": ".day:not(.is-chosen)",
    ".day.is-today": ".day:not(.is-today)",
    ".day.is-free:not(.is-chosen)": ".day.is-none",
    ".day.is-few:not(.is-chosen)": ".day:is(.is-free, .is-none)",
    ".legend .few": ".legend i:not(.few)",
    ".legend .today": ".legend i:not(.today)",
    ".t.is-chosen": ".t:not(.is-chosen)",
    ".mode.is-chosen": ".mode:not(.is-chosen)",
    ".choice.is-chosen": ".choice:not(.is-chosen)",
    ".month__button[aria-disabled=true]": ".month__button:not([aria-disabled=true])",
    ".govgr-error-input": ".govgr-input:not(.govgr-error-input)",
    ".govgr-btn-primary": ".govgr-btn-secondary",
}
PICKER = {".picker__option.is-active": ".picker__option:not(.is-active)"}
_PLAIN = ".ctl:not(.is-lit, .is-off, .is-end)"
MEETING = {".ctl.is-lit": _PLAIN, ".ctl.is-off": _PLAIN, ".ctl.is-end": _PLAIN}

_SHAPES = """
const sides = ["Top", "Right", "Bottom", "Left"];
const ground = () => getComputedStyle(document.body).backgroundColor;
const hasBorder = (style, side) => parseFloat(style[`border${side}Width`]) > 0 &&
    !["none", "hidden"].includes(style[`border${side}Style`]) && style[`border${side}Color`] !== ground();
const part = (element, pseudo) => {
    const style = getComputedStyle(element, pseudo);
    if (pseudo && style.content === "none") return null;
    const borders = sides.filter(side => hasBorder(style, side))
        .map(side => [side, style[`border${side}Width`], style[`border${side}Style`]]);
    return [borders, style.outlineStyle, style.outlineWidth, style.textDecorationLine, pseudo && style.content,
        pseudo && style.borderRadius];
};
const shape = element => JSON.stringify([null, "::before", "::after"].map(pseudo => part(element, pseudo)));
const isShown = element => element.checkVisibility({visibilityProperty: true}) && !element.closest(".skip");
const all = selector => [...document.querySelectorAll(selector)].filter(isShown);
"""
_ALIKE = f"""pairs => {{ {_SHAPES}
    const seen = [], alike = [];
    for (const [on, off] of Object.entries(pairs)) {{
        const [here, there] = [all(on), all(off)];
        if (here.length && there.length) seen.push(on);
        const shapes = new Set(there.map(shape));
        if (here.some(one => shapes.has(shape(one)))) alike.push(`${{on}} like ${{off}}`);
    }}
    return [seen, alike];
}}"""
_WITHOUT_EDGE = f"""() => {{ {_SHAPES}
    const hasEdge = element => sides.some(side => hasBorder(getComputedStyle(element), side)) ||
        getComputedStyle(element).textDecorationLine.includes("underline");
    return all("button:not(.day.is-none), .govgr-btn, .mini, .card, .hold.is-bar, .notice, .zone")
        .filter(element => !hasEdge(element)).map(element => element.outerHTML.slice(0, 120));
}}"""
_FOCUS_IS_OUTLINED = """() => {
    const style = getComputedStyle(document.activeElement);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
}"""


def test_the_steps_say_nothing_by_colour(visit: Callable[..., Page], kavala: Office) -> None:
    eleni = a_person()
    few = next(slots for slots in kavala.free_days().values() if len(slots) > 5)
    for slot in few[2:]:
        kavala.fill(slot)
    page = visit(eleni, expected="404", **FORCED)

    seen = said_by_colour(page, booking_tour(page, "el", eleni, kavala), STEPS)
    said_by_colour(page, bookings_tour(page, "el", eleni, kavala), STEPS)

    assert sorted(set(STEPS) - seen) == []


def test_public_pages_and_the_simulator_say_nothing_by_colour(visit: Callable[..., Page]) -> None:
    page = visit(expected="404|422", **FORCED)

    seen = said_by_colour(page, public_tour(page, "el"), PICKER)
    said_by_colour(page, simulator_tour(page, "el"), STEPS)

    assert seen == set(PICKER)


def test_the_meeting_and_the_desk_say_nothing_by_colour(
    visit: Callable[..., Page], cameras: list[Browser], kavala: Office
) -> None:
    eleni, seen = a_person("Ελένη Αντιθεσοπούλου"), set[str]()
    one = Attendee(visit(eleni, cameras[0], **WITH_CAMERA, **FORCED))
    other = Attendee(visit(browser=cameras[1], official="georgios", **WITH_CAMERA, **FORCED))

    for place, page in meeting_tour(one, other, eleni, kavala):
        if place == "citizen's call":
            one.switch("microphone")
            expect(page.locator(".ctl.is-off")).to_have_count(1)
        seen |= said_by_colour(page, [place], MEETING)

    assert seen == set(MEETING)


def test_the_focus_is_outlined_wherever_it_goes(visit: Callable[..., Page], kavala: Office) -> None:
    page = visit(a_person(), **FORCED)
    walk = Walk(page)
    walk.to_calendar()

    stops = 0
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement !== document.body"):
        assert page.evaluate(_FOCUS_IS_OUTLINED), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        stops += 1
        page.keyboard.press("Tab")
    assert stops > 15


def said_by_colour(page: Page, places: Iterable[str], pairs: dict[str, str]) -> set[str]:
    """Fails with what looks alike or has no edge; returns the states that were seen beside their opposites."""
    seen, found = set[str](), []
    for place in places:
        occurred, alike = page.evaluate(_ALIKE, pairs)
        seen |= set(occurred)
        found += [f"{place}: {one}" for one in [*alike, *page.evaluate(_WITHOUT_EDGE)]]
    assert found == []
    return seen

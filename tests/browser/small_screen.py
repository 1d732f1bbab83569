"""A phone's screen, and what does not fit it."""

from collections.abc import Iterable

from playwright.sync_api import Page

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
FOR_DEVELOPERS = ("mail", "simulator")
"""Pages that citizens never see must fit, but are not made for thumbs."""
# Links within a sentence may be as high as its line; a box or a circle is hit at its label too.
_TOO_SMALL = """() => {
    const shown = element => element.checkVisibility({visibilityProperty: true});
    const isInText = element => element.matches("p .as-link") ||
        element.tagName === "A" && getComputedStyle(element).display === "inline";
    const target = element => ["radio", "checkbox"].includes(element.type) ? element.labels[0] || element : element;
    const targets = "a[href], button, input:not([type=hidden]), textarea, select, summary, [role=option]";
    return [...document.querySelectorAll(targets)]
        .filter(element => shown(element) && !element.disabled && !isInText(element) && !element.closest(".skip"))
        .map(target)
        .filter(element => element.getBoundingClientRect().height < 44)
        .map(element => element.outerHTML.slice(0, 120));
}"""
# A name against its field, or a heading against what is above it.
_GLUED = """() => {
    const pairs = [
        ...[...document.querySelectorAll("label + :is(input, textarea, select)")].map(one => [one, 4]),
        ...[...document.querySelectorAll("main .plain h2")].map(one => [one, 20]),
    ];
    return pairs.filter(([below, least]) => {
        const above = below.previousElementSibling || below.parentElement.previousElementSibling;
        const [upper, lower] = [above, below].map(element => element?.getBoundingClientRect());
        return below.checkVisibility() && upper?.height && lower.top - upper.bottom < least && upper.top < lower.top;
    }).map(([below]) => below.outerHTML.slice(0, 120));
}"""


def misfits(page: Page, places: Iterable[str]) -> list[str]:
    """Places that are wider than the screen, what is too small to be hit, and what touches what is above it."""
    found = []
    for place in places:
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 360:
            found.append(f"{place}: {width} pixels wide")
        if not place.startswith(FOR_DEVELOPERS):
            found += [f"{place}: too small: {element}" for element in page.evaluate(_TOO_SMALL)]
            found += [f"{place}: glued to what is above: {element}" for element in page.evaluate(_GLUED)]
    return found

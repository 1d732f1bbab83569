"""A phone of 360 pixels: nothing is cut off, everything can be hit with a thumb."""

from collections.abc import Callable, Iterable

from playwright.sync_api import Page, expect

from tests.browser.office import Office
from tests.browser.people import a_person
from tests.browser.site import Site
from tests.browser.tour import booking_tour, bookings_tour, mail_tour, public_tour, simulator_tour

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


def test_public_pages_fit(visit: Callable[..., Page]) -> None:
    page = visit(expected="404", **PHONE)

    assert misfits(page, public_tour(page, "el")) == []
    assert misfits(page, public_tour(page, "en")) == []


def test_steps_fit(visit: Callable[..., Page], kavala: Office) -> None:
    eleni = a_person("Ελένη Παπακωνσταντινοπούλου-Χατζηγεωργίου")
    page = visit(eleni, **PHONE)

    assert misfits(page, booking_tour(page, "el", eleni, kavala)) == []


def test_bookings_mails_and_the_simulator_fit(visit: Callable[..., Page], site: Site, kavala: Office) -> None:
    eleni = a_person()
    kavala.book(eleni, subject="Μια λέξη: " + "α" * 200)
    page = visit(eleni, expected="404|422", **PHONE)

    assert misfits(page, mail_tour(page, "el", site, eleni)) == []
    assert misfits(page, bookings_tour(page, "el", eleni, kavala)) == []
    assert misfits(page, simulator_tour(page, "el")) == []


def test_the_menu_opens_and_leads_to_the_bookings(visit: Callable[..., Page]) -> None:
    eleni = a_person()
    page = visit(eleni, **PHONE)
    page.goto("/")
    link = page.get_by_role("link", name="Τα ραντεβού μου").and_(page.get_by_role("banner").get_by_role("link"))
    expect(page.get_by_text("Μενού", exact=True)).to_be_visible()
    expect(link).to_have_count(0)

    menu = page.get_by_text("Μενού", exact=True)
    place = menu.bounding_box()
    assert place
    menu.tap()

    assert menu.bounding_box() == place
    for item in page.get_by_role("banner").get_by_role("navigation").get_by_role("link").all():
        box = item.bounding_box()
        assert box
        assert box["y"] >= place["y"] + place["height"]
    expect(page.get_by_text(eleni.name).filter(visible=True)).to_be_visible()
    assert misfits(page, ["menu"]) == []
    link.tap()
    expect(page.get_by_role("heading", name="Τα ραντεβού μου")).to_be_visible()


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

"""The whole booking without a mouse; the focus is always seen, and stands where the next thing is."""

import re
from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Locator, Page, expect

from dimoslive.i18n.dates import full_day
from tests.browser.office import Office
from tests.browser.people import a_person
from tests.browser.walk import SUBJECT, Walk

_HAS_FOCUS = "element => element === document.activeElement"
_IS_SEEN = """() => {
    const element = document.activeElement;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== "none")
        && box.width > 0 && box.height > 0;
}"""


def test_a_citizen_books_with_the_keyboard_alone(  # noqa: PLR0915  # one way, from the first page to the last
    visit: Callable[..., Page], kavala: Office
) -> None:
    page, eleni = visit(), a_person()
    walk = Walk(page)
    days = list(kavala.free_days())

    page.goto("/")
    picker = page.get_by_role("combobox", name="Επιλέξτε Δήμο")
    tab_to(page, picker)
    page.keyboard.type("καβ")
    expect(page.get_by_role("option", name="ΔΗΜΟΣ ΚΑΒΑΛΑΣ")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name="Κλείστε ραντεβού")
    expect(link).to_be_visible()
    press_at(page, link, "Enter")
    walk.see("sign_in.title")
    expect(page.locator("main input[name=next]")).not_to_have_value("/")
    press_at(page, page.get_by_role("main").get_by_role("button", name="Σύνδεση με TAXISnet"), "Space")
    expect(page.get_by_role("heading", name="Σύνδεση με δοκιμαστικό λογαριασμό")).to_be_visible()
    press_at(page, page.locator("summary"), "Enter")
    for name, text in (("ΑΦΜ", eleni.afm), ("Όνομα", eleni.first_name), ("Επώνυμο", eleni.last_name)):
        tab_to(page, page.get_by_role("textbox", name=name))
        page.keyboard.type(text)
    page.keyboard.press("Enter")

    walk.see("mode.title")
    press_at(page, walk.button("mode.video"), "Space")
    expect(walk.button("mode.video")).to_have_attribute("aria-pressed", "true")
    expect(walk.button("mode.video")).to_be_focused()
    press_at(page, walk.button("continue"), "Enter")

    walk.see("calendar.title")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    tab_to(page, walk.day(days[0]))
    while not walk.day(days[1]).evaluate(_HAS_FOCUS):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(walk.day(days[1])).to_have_attribute("aria-pressed", "true")
    expect(walk.day(days[1])).to_be_focused()
    time = walk.time(next(slot for slot in kavala.free_days()[days[1]] if len(slot.desk_ids) > 1))
    press_at(page, time, "Space")
    expect(time).to_have_attribute("aria-pressed", "true")
    press_at(page, walk.button("continue"), "Enter")

    walk.see("details.title")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    press_at(page, page.get_by_role("radio", name="για εμένα"), "ArrowDown")
    expect(page.get_by_role("radio", name="για άλλο πρόσωπο")).to_be_checked()
    for name, text in (("person_name", "Νίκος Γεωργίου"), ("email", eleni.email), ("phone", "691 234 5678")):
        tab_to(page, walk.field(name))
        page.keyboard.type(text)
    press_at(page, walk.button("continue"), "Enter")
    summary = page.get_by_role("alert", name="Διορθώστε τα παρακάτω")
    expect(summary).to_be_focused()
    press_at(page, summary.get_by_role("link"), "Enter")
    expect(walk.field("subject")).to_be_focused()
    page.keyboard.type(SUBJECT)
    press_at(page, walk.button("continue"), "Enter")

    walk.see("consent.title")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    press_at(page, page.get_by_role("checkbox", name="Διάβασα και κάνω την παραπάνω δήλωση"), "Space")
    press_at(page, walk.button("consent.book"), "Enter")

    title = page.get_by_role("heading", name="Επερχόμενη κράτηση για")
    expect(title).to_be_focused()
    assert [row.person_name for row in kavala.bookings_of(eleni)] == ["Νίκος Γεωργίου"]
    press_at(page, page.get_by_role("button", name="Ακύρωση κράτησης", exact=True), "Enter")
    expect(page.get_by_role("heading", name="Να ακυρωθεί το ραντεβού;")).to_be_focused()
    press_at(page, page.get_by_role("button", name="Ναι, ακύρωση"), "Enter")
    expect(page.get_by_role("heading", name="Κράτηση για", level=1)).to_be_focused()


def test_the_first_key_leads_past_the_header(visit: Callable[..., Page]) -> None:
    page = visit()
    page.goto("/faq")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Μετάβαση στο περιεχόμενο")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_role("main")).to_be_focused()


def test_keys_walk_the_days_of_a_month_without_the_server(visit: Callable[..., Page], kavala: Office) -> None:
    page = visit(a_person())
    walk = Walk(page)
    walk.to_calendar()
    # A month in which every day can be walked: the one after the first free day's.
    walk.button("calendar.next_month").click()
    first = (next(iter(kavala.free_days())).replace(day=28) + timedelta(days=4)).replace(day=1)
    monday = next(day for n in range(7, 14) if (day := first + timedelta(days=n)).weekday() == 0)
    expect(walk.day(monday)).to_be_visible()
    expect(page.locator("[data-on][tabindex='0']")).to_have_count(1)
    page.context.set_offline(True)

    walk.day(monday).focus()
    for key, days in (
        ("ArrowRight", 1),
        ("ArrowDown", 8),
        ("ArrowLeft", 7),
        ("ArrowUp", 0),
        ("End", 6),
        ("Home", 0),
    ):
        page.keyboard.press(key)
        expect(walk.day(monday + timedelta(days=days))).to_be_focused()
    expect(page.locator("[data-on][tabindex='0']")).to_have_count(1)
    expect(walk.day(monday)).to_have_attribute("tabindex", "0")


def test_page_keys_and_arrows_lead_into_other_months_and_keep_the_focus(
    visit: Callable[..., Page], kavala: Office
) -> None:
    page = visit(a_person())
    walk = Walk(page)
    day = next(iter(kavala.free_days()))
    after = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    same = min(after + timedelta(days=day.day - 1), (after + timedelta(days=31)).replace(day=1) - timedelta(days=1))

    walk.to_calendar()
    walk.day(day).focus()
    page.keyboard.press("PageDown")
    expect(walk.day(same)).to_be_focused()
    page.keyboard.press("PageUp")
    expect(walk.day(day)).to_be_focused()
    walk.day(after - timedelta(days=1)).focus()
    page.keyboard.press("ArrowRight")
    expect(walk.day(after)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(walk.day(after - timedelta(days=1))).to_be_focused()
    page.keyboard.press("PageUp")
    expect(walk.day(after - timedelta(days=1))).to_be_focused()
    last = walk.button("calendar.next_month")
    while last.get_attribute("aria-disabled") != "true":
        title = page.locator("#month-title").inner_text()
        last.press("Enter")
        expect(page.locator("#month-title")).not_to_have_text(title)
    expect(last).to_be_focused()


def test_the_grid_tells_today_the_chosen_day_and_a_day_that_is_full(visit: Callable[..., Page], kavala: Office) -> None:
    page = visit(a_person())
    walk = Walk(page)
    day = next(iter(kavala.free_days()))
    walk.to_calendar()

    expect(page.locator("[aria-current=date]")).to_have_accessible_name(re.compile(full_day(kavala.today(), "el")))
    chosen = page.get_by_role("gridcell", selected=True)
    expect(chosen).to_have_count(1)
    expect(chosen.get_by_role("button")).to_have_accessible_name(re.compile(f"^{full_day(day, 'el')}, "))
    full = page.get_by_role("button", name="καμία διαθέσιμη ώρα").first
    full.focus()
    page.keyboard.press("Enter")
    expect(full).to_be_focused()
    expect(full).to_have_attribute("aria-pressed", "false")
    expect(walk.day(day)).to_have_attribute("aria-pressed", "true")


def test_a_link_within_the_site_leads_the_focus_to_the_heading(visit: Callable[..., Page]) -> None:
    page = visit()
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).not_to_be_focused()

    press_at(page, page.get_by_role("contentinfo").get_by_role("link", name="Όροι χρήσης"), "Enter")

    expect(page.get_by_role("heading", level=1, name="Όροι χρήσης")).to_be_focused()
    assert page.evaluate("scrollY") == 0


def tab_to(page: Page, wanted: Locator, limit: int = 80) -> None:
    """Press Tab until it has the focus; on the way the focus must be seen."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        assert page.evaluate(_IS_SEEN), page.evaluate("document.activeElement.outerHTML.slice(0, 300)")
        if wanted.evaluate(_HAS_FOCUS):
            return
    raise AssertionError(f"Tab does not reach {wanted}")


def press_at(page: Page, wanted: Locator, key: str) -> None:
    """Go there and press a key."""
    tab_to(page, wanted)
    page.keyboard.press(key)

"""A day is closed: seen before, decided, applied, followed, undone; by keyboard alone. And a desk is away."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.i18n.dates import desk_clock
from tests.browser.barriers import barriers
from tests.browser.office import Office
from tests.browser.people import a_person
from tests.browser.small_screen import PHONE, misfits


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def reach(page: Page, name: str) -> None:
    """By the key that goes on, as whoever has no mouse."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if name in (page.evaluate("document.activeElement.textContent") or ""):
            return
    raise AssertionError(f"{name} is not reached")


def test_a_day_is_closed_and_opened_again_by_keyboard(visit: Callable[..., Page], kavala: Office) -> None:
    first, second = a_person("Ξανθίππη Δροσοπούλου"), a_person("Μενέλαος Κατσαρός")
    slot, later = kavala.quiet_times(6)[2], kavala.quiet_times(6)[4]
    for person, time in ((first, slot), (second, later)):
        kavala.book(person, time)
    day = local_day(slot.starts_at, ATHENS)
    page = visit(official="maria")
    page.goto("/admin/closures/new?m=kavala")
    start = page.get_by_label("Από, ημερομηνία")
    expect(start).to_be_visible()
    assert barriers(page, ["form"]) == []
    start.fill(day.isoformat())
    page.get_by_label("Από, ώρα").fill(desk_clock(later.starts_at))
    page.get_by_label("Έως, ημερομηνία").fill(day.isoformat())
    page.get_by_label("Έως, ώρα").fill("8:00")
    page.get_by_label("Αιτία", exact=True).fill("Διακοπή νερού στο κτίριο")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="Έως")).to_be_visible()
    page.get_by_label("Έως, ώρα").fill("00:00")
    reach(page, "Δείτε τι αλλάζει")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Κλείσιμο:")
    expect(page.locator(".saycount")).to_contain_text("1 ραντεβού: 1 με email")
    row = page.get_by_role("row").filter(has_text="ΚΑΤΣΑΡΟΣ")
    expect(row).to_contain_text("ίδια ημέρα")
    expect(page.locator(".mail")).to_contain_text("Διακοπή νερού στο κτίριο")
    assert barriers(page, ["plan"]) == []
    reach(page, "Άλλη ώρα")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    places = dialog.get_by_label("Ώρα και θέση")
    chosen = places.locator("option").nth(1).inner_text()
    places.select_option(index=1)
    # At once: what is chosen does not jump back until the server has answered.
    assert places.locator("option:checked").inner_text() == chosen
    assert barriers(page, ["dialog"]) == []
    reach(page, "Μετακίνηση εδώ")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(row).to_contain_text(chosen.split(" · ")[0])
    reach(page, "Εφαρμογή")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name=re.compile("Εφαρμόστηκε"))).to_be_focused()
    expect(row).to_contain_text("μετακινήθηκε", timeout=15_000)
    [booking] = kavala.bookings_of(second)
    assert desk_clock(booking.starts_at) == chosen.split(" · ")[0]
    page.get_by_role("button", name="Αναίρεση όλων").press("Enter")
    expect(page.get_by_role("heading", name="Αναιρέθηκαν όλα")).to_be_focused()
    expect(row).to_contain_text("αναιρέθηκε", timeout=15_000)
    [booking] = kavala.bookings_of(second)
    assert booking.starts_at == later.starts_at


def test_a_desk_is_away_and_its_people_go_to_the_other_on_a_phone(visit: Callable[..., Page], kavala: Office) -> None:
    person = a_person("Πολυξένη Βαλσαμάκη")
    slot = kavala.quiet_times(8)[3]
    kavala.book(person, slot)
    [booking] = kavala.bookings_of(person)
    day = local_day(slot.starts_at, ATHENS)
    page = visit(official="maria", **PHONE)
    page.goto("/en/admin/absences?m=kavala")
    page.get_by_role("link", name="Add").first.click()
    expect(page.get_by_label("From, date")).to_be_visible()
    assert misfits(page, ["form"]) == []
    page.locator(f"#desk_{booking.desk_id}").check()
    page.get_by_label("From, date").fill(day.isoformat())
    page.get_by_label("Until, date").fill(day.isoformat())
    page.get_by_role("button", name="See what changes").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Absence")
    expect(page.get_by_role("row").filter(has_text="ΒΑΛΣΑΜΑΚΗ")).to_contain_text("same time, other desk")
    assert misfits(page, ["plan"]) == []
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("row").filter(has_text="ΒΑΛΣΑΜΑΚΗ")).to_contain_text("moved", timeout=15_000)
    [moved] = kavala.bookings_of(person)
    assert moved.starts_at == booking.starts_at
    assert moved.desk_id != booking.desk_id
    assert barriers(page, ["applied"]) == []
    page.get_by_role("button", name="Undo all").click()
    expect(page.get_by_role("heading", name="All was undone")).to_be_focused()

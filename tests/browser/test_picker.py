"""The picker of municipalities: what is said of what it finds, and what is seen of the one that is chosen."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect


def picker(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Επιλέξτε Δήμο")


def test_the_count_said_aloud_is_that_of_all_matches(visit: Callable[..., Page]) -> None:
    page = visit()
    page.goto("/")

    picker(page).fill("Αττική")

    expect(page.get_by_role("option")).to_have_count(8)
    said = page.locator(".picker").get_by_role("status")
    expect(said).to_have_text("Βρέθηκαν 66 δήμοι. Εμφανίζονται οι 8 πρώτοι. Γράψτε περισσότερα γράμματα.")
    picker(page).fill("Αττικ ή Πεντέλη")
    expect(said).to_have_text(re.compile("Δεν βρέθηκε"))
    picker(page).fill("Μελίσσια")
    expect(said).to_have_text("Βρέθηκε 1 δήμος")
    expect(page.get_by_role("option", name="ΔΗΜΟΣ ΠΕΝΤΕΛΗΣ")).to_be_visible()


def test_the_active_option_is_told_from_the_others_without_colours(visit: Callable[..., Page]) -> None:
    page = visit()
    page.emulate_media(forced_colors="active")
    page.goto("/")
    picker(page).fill("Αττική")
    options = page.get_by_role("option")
    expect(options).to_have_count(8)

    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")

    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(options.nth(1)).to_have_css("outline-style", "solid")
    expect(options.nth(1)).to_have_css("outline-width", "4px")
    expect(options.nth(0)).to_have_css("outline-style", "none")


@pytest.mark.parametrize("retry", ["press", "type"])
def test_a_list_that_did_not_come_is_fetched_again(visit: Callable[..., Page], retry: str) -> None:
    page = visit(expected="503")
    page.route("**/api/municipalities", lambda route: route.fulfill(status=503))
    page.goto("/")
    picker(page).fill("καβ")
    expect(page.locator(".picker").get_by_role("status")).to_contain_text("δεν φορτώθηκε")

    page.unroute("**/api/municipalities")
    if retry == "press":
        page.get_by_role("button", name="Δοκιμάστε ξανά").click()
    else:
        picker(page).press_sequentially("α")

    expect(page.get_by_role("option", name="ΔΗΜΟΣ ΚΑΒΑΛΑΣ")).to_be_visible()


def test_english_pages_name_places_in_english(visit: Callable[..., Page]) -> None:
    page = visit(locale="en-GB")
    page.goto("/en")

    page.get_by_role("combobox", name="Choose a municipality").fill("πατρα")
    expect(page.get_by_role("option")).to_have_text(re.compile("Municipality of Patras.*Regional unit: Achaea"))

    page.goto("/en/m/kavala")
    expect(page.get_by_text("Regional unit: Kavala")).to_be_visible()
    expect(page).to_have_title("Municipality of Kavala – myDIMOSLive")
    page.goto("/en/municipalities")
    expect(page.get_by_role("listitem").filter(has_text="Municipality of Ioannina")).to_contain_text(
        "Regional unit: Ioannina"
    )

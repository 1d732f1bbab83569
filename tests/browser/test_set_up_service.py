"""A municipality adds a service with a desk, pauses it, opens it again, and takes both back."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.barriers import barriers
from tests.browser.small_screen import PHONE, misfits


def save(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^(Αποθήκευση|Save)$")).click()


def delete(page: Page, words: str) -> None:
    page.get_by_role("button", name=words).click()
    page.get_by_role("dialog").get_by_role("button", name=words).click()


def test_a_service_is_set_up_paused_and_taken_back(visit: Callable[..., Page]) -> None:
    maria, athanasia = visit(official="maria"), visit(official="athanasia", **PHONE)
    maria.goto("/admin/desks?m=kavala")
    expect(maria.get_by_role("heading", level=1)).to_have_text("Θέσεις")
    assert barriers(maria, ["list"]) == []
    maria.get_by_role("link", name="Προσθήκη").click()
    maria.get_by_label("Όνομα", exact=True).fill("Θυρίδα Ελέγχου")
    assert barriers(maria, ["form"]) == []
    save(maria)
    expect(maria.locator("#settings-saved")).to_be_focused()
    desk = maria.url

    # All that is wrong is said, nothing typed is lost, and the usual values do for the rest.
    maria.goto("/admin/services/new?m=kavala")
    name, duration = maria.get_by_label("Όνομα", exact=True), maria.get_by_label("Διάρκεια")
    name.fill("Έλεγχος Πινακίδων")
    duration.fill("7")
    save(maria)
    expect(maria.get_by_role("alert").filter(has_text="Διάρκεια")).to_be_focused()
    expect(name).to_have_value("Έλεγχος Πινακίδων")
    duration.fill("15")
    maria.get_by_label(re.compile("Θυρίδα Ελέγχου")).check()
    assert barriers(maria, ["form"]) == []
    save(maria)
    expect(maria.locator("#settings-saved")).to_be_focused()
    expect(maria.get_by_label("Διεύθυνση σελίδας")).to_have_value("elegchos-pinakidon")
    expect(maria.get_by_text("Δεν έχει ωράριο: δεν προσφέρεται καμία ώρα.")).to_be_visible()
    service = maria.url

    maria.get_by_role("link", name="Παύση").click()
    expect(maria.get_by_label("Μήνυμα", exact=True)).to_have_value("Προσωρινά δεν γίνονται νέες κρατήσεις.")
    assert barriers(maria, ["pause"]) == []
    maria.get_by_role("button", name="Παύση").click()
    expect(maria.get_by_text("Η υπηρεσία είναι σε παύση.")).to_be_visible()

    # A colleague reads it in English on a phone, and opens it again.
    athanasia.goto("/en" + re.sub(r"^.*?(?=/admin)", "", service).partition("?")[0] + "?m=kavala")
    expect(athanasia.get_by_label("Duration")).to_have_value("15")
    assert misfits(athanasia, ["form"]) == []
    athanasia.get_by_role("button", name="Reopen").click()
    expect(athanasia.get_by_text("The service takes bookings again.")).to_be_visible()
    athanasia.get_by_role("link", name="‹ Services").click()
    expect(athanasia.get_by_role("heading", level=1)).to_have_text("Services")
    expect(athanasia.locator(".skeleton")).to_have_count(0)
    assert misfits(athanasia, ["list"]) == []

    maria.goto(service.partition("&")[0])
    delete(maria, "Διαγραφή")
    expect(maria.get_by_role("heading", level=1)).to_have_text("Υπηρεσίες")
    maria.goto(desk.partition("&")[0])
    delete(maria, "Διαγραφή")
    expect(maria.get_by_role("heading", level=1)).to_have_text("Θέσεις")
    expect(maria.get_by_role("link", name="Θυρίδα Ελέγχου")).to_have_count(0)

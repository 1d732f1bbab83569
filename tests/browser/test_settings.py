"""A municipality sets itself up: a department is added, and two people change one at the same time."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from dimoslive.i18n import texts_of
from tests.browser.barriers import barriers
from tests.browser.small_screen import PHONE, misfits

LIST = "/admin/departments?m=kavala"


def open_list(page: Page, language: str = "el") -> None:
    page.goto(("/en" if language == "en" else "") + LIST)
    expect(page.get_by_role("heading", level=1)).to_have_text(texts_of(language)("settings.nav.departments"))
    expect(page.locator(".skeleton")).to_have_count(0)


def save(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^(Αποθήκευση|Save)$")).click()


def test_two_who_change_one_department_are_asked_and_nothing_typed_is_lost(visit: Callable[..., Page]) -> None:
    maria, athanasia = visit(official="maria"), visit(official="athanasia", **PHONE)
    maria.goto("/desk?m=kavala")
    maria.get_by_role("navigation", name="Πλοήγηση υπαλλήλων").get_by_role("link", name="Ρυθμίσεις").click()
    maria.get_by_role("navigation", name="Πλοήγηση ρυθμίσεων").get_by_role("link", name="Τμήματα").click()
    expect(maria.get_by_role("heading", name="Τμήματα", level=1)).to_be_visible()
    assert barriers(maria, ["list"]) == []

    # A new one: its English is suggested, and leaving it unsaved asks once.
    maria.get_by_role("link", name="Προσθήκη").click()
    maria.get_by_label("Όνομα", exact=True).fill("Γραφείο Δοκιμών")
    english = maria.get_by_label("Όνομα στα αγγλικά")
    english.focus()
    expect(english).to_have_value("Grafeio Dokimon")
    expect(maria.get_by_text("προτεινόμενο", exact=True)).to_be_visible()
    expect(maria.get_by_text("Δεν έχουν αποθηκευτεί: Όνομα")).to_be_visible()
    maria.once("dialog", lambda dialog: dialog.dismiss())
    maria.get_by_role("link", name="Άκυρο").click()
    expect(english).to_have_value("Grafeio Dokimon")
    save(maria)
    expect(maria.locator("#settings-saved")).to_be_focused()
    expect(maria.get_by_role("heading", level=1)).to_have_text("Γραφείο Δοκιμών")
    maria.get_by_role("button", name="Διαγραφή").click()
    maria.get_by_role("dialog").get_by_role("button", name="Διαγραφή").click()
    expect(maria.get_by_role("heading", level=1)).to_have_text("Τμήματα")
    expect(maria.get_by_role("link", name="Γραφείο Δοκιμών")).to_have_count(0)

    # The same department, open at both: a phone in English and a desk in Greek.
    open_list(athanasia, "en")
    assert misfits(athanasia, ["list"]) == []
    athanasia.locator("table a").first.click()
    expect(athanasia).to_have_url(re.compile(r"/admin/departments/\d+"))
    address = re.sub(r"^.*/en(?=/admin)", "", athanasia.url)
    maria.goto(address)
    phone = maria.get_by_label("Τηλέφωνο")
    expect(phone).to_be_visible()
    athanasia.get_by_label("Telephone").fill("2510 111111")
    athanasia.get_by_label("Email").fill("grafeio@kavala.example")
    assert misfits(athanasia, ["form"]) == []
    save(athanasia)
    expect(athanasia.locator("#settings-saved")).to_be_focused()
    phone.fill("2510 222222")
    save(maria)
    expect(maria.get_by_role("heading", name="Άλλαξε και από άλλον")).to_be_focused()
    expect(maria.get_by_text(re.compile("Άλλαξε στο μεταξύ από άλλον.*Email"))).to_be_visible()
    assert barriers(maria, ["conflict"]) == []
    maria.get_by_label(re.compile("Κρατώ το δικό μου: Τηλέφωνο")).check()
    save(maria)
    expect(maria.locator("#settings-saved")).to_be_focused()
    expect(maria.get_by_label("Τηλέφωνο")).to_have_value("+302510222222")
    expect(maria.get_by_label("Email")).to_have_value("grafeio@kavala.example")
    assert barriers(maria, ["form"]) == []


def test_a_refusal_is_seen_also_from_the_end_of_a_long_page(visit: Callable[..., Page]) -> None:
    maria = visit(official="maria", **PHONE)
    open_list(maria)
    maria.locator("table a").first.click()
    maria.get_by_role("button", name="Αρχειοθέτηση").click()
    maria.get_by_role("dialog").get_by_role("button", name="Αρχειοθέτηση").click()
    problem = maria.locator("#settings-problem")
    expect(problem).to_contain_text("ενεργές υπηρεσίες")
    expect(problem).to_be_focused()
    expect(problem).to_be_in_viewport()
    assert barriers(maria, ["refused"]) == []

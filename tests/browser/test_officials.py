"""An official is entered, changed and ended by the municipality itself, and the history tells it."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.barriers import barriers
from tests.browser.office import Office
from tests.browser.people import a_person
from tests.browser.small_screen import PHONE, misfits


def test_an_official_is_entered_changed_and_ended(visit: Callable[..., Page]) -> None:
    page = visit(official="maria")
    page.goto("/admin/officials?m=kavala")
    expect(page.get_by_role("row").filter(has_text="εσείς")).to_have_count(1)
    assert barriers(page, ["list"]) == []
    page.get_by_role("link", name="Προσθήκη").click()
    page.get_by_label("ΑΦΜ", exact=True).fill("148362575")
    page.get_by_label("Επώνυμο").fill("Τσουκαλάς")
    page.get_by_label("Όνομα", exact=True).fill("Αριστοτέλης")
    page.get_by_role("button", name="Αποθήκευση").click()
    expect(page.get_by_role("alert").filter(has_text="ΑΦΜ")).to_be_visible()
    assert barriers(page, ["refused"]) == []
    page.get_by_label("ΑΦΜ", exact=True).fill("148362574")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Τσουκαλάς Αριστοτέλης")
    expect(page.get_by_text("ΑΦΜ ******574")).to_be_visible()
    page.get_by_label("Ρόλος").select_option("administrator")
    page.get_by_role("button", name="Αποθήκευση").click()
    expect(page.get_by_text("Ρόλος: Υπάλληλος → Διαχειριστής δήμου")).to_be_visible()
    page.get_by_role("button", name="Τερματισμός…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Αποσυνδέεται αμέσως")
    assert barriers(page, ["dialog"]) == []
    dialog.get_by_role("button", name="Τερματισμός").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Υπάλληλοι")
    expect(page.get_by_role("row").filter(has_text="Τσουκαλάς")).to_have_count(0)

    phone = visit(official="maria", **PHONE)
    phone.goto("/admin/history?m=kavala&kind=official")
    line = phone.get_by_role("listitem").filter(has_text="Τερματισμός υπαλλήλου").filter(has_text="Τσουκαλάς").first
    line.get_by_text("Λεπτομέρειες").click()
    expect(line).to_contain_text("Ρόλος: Διαχειριστής δήμου")
    assert misfits(phone, ["history"]) == []
    assert barriers(phone, ["history"]) == []
    with phone.expect_download() as file:
        phone.get_by_role("button", name="Λήψη αρχείου CSV").click()
    assert file.value.suggested_filename.endswith(".csv")


def test_an_end_that_lacks_an_answer_can_be_given_it_at_once(visit: Callable[..., Page], kavala: Office) -> None:
    slot = kavala.quiet_times(9)[2]
    for name in ("Ευτέρπη Λιάπη", "Θεόφιλος Ράπτης"):
        kavala.book(a_person(name), slot)
    page = visit(official="maria")
    page.goto("/admin/officials?m=kavala")
    page.get_by_role("link", name="ΝΙΚΟΛΑΪΔΗΣ").click()
    page.get_by_role("button", name="Τερματισμός…").click()
    end = page.get_by_role("dialog").get_by_role("button", name="Τερματισμός")
    successor = page.get_by_role("dialog").get_by_role("combobox").first
    end.click()
    # The browser itself asks for the choice; no answer of the server will come that would free the press.
    expect(successor).to_be_focused()
    expect(end).not_to_have_attribute("aria-busy", "true")
    successor.select_option(label="ΟΙΚΟΝΟΜΟΥ ΜΑΡΙΑ")
    expect(end).not_to_have_attribute("aria-disabled", "true")
    page.get_by_role("dialog").get_by_role("button", name="Άκυρο").click()
    expect(page.get_by_role("dialog")).to_have_count(0)

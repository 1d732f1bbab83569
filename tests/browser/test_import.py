"""A municipality imports its services from a file that has mistakes."""

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path

from playwright.sync_api import Page, expect

import dimoslive
from tests.browser.barriers import barriers
from tests.browser.small_screen import PHONE, misfits

FILE = Path(dimoslive.__file__).parent / "http" / "dev" / "files" / "services.csv"


def send(page: Page, language: str = "") -> None:
    page.goto(f"{language}/admin/import?m=ioannina&kind=services")
    # In a tab that had this page before, what it asked for then is shown until it is answered.
    expect(page.locator("input[name=kind][value=services]")).to_be_checked()
    page.locator("#file").set_input_files(FILE)
    page.get_by_role("button", name="Look at the file" if language else "Δείτε το αρχείο").click()


def test_services_are_imported_from_a_file_with_mistakes(visit: Callable[..., Page]) -> None:
    page = visit(official="spyridon", accept_downloads=True)
    page.goto("/admin/import?m=ioannina&kind=services")
    expect(page.get_by_role("heading", level=1)).to_have_text("Εισαγωγή")
    for summary in page.locator("section summary").all():
        summary.click()
    assert barriers(page, ["send"]) == []
    send(page)
    look_at_the_file(page)
    page.get_by_role("link", name="Δείτε τι θα γίνει").click()
    judge_the_rows(page)
    page.get_by_role("button", name="Εισαγωγή των σωστών").click()
    expect(page.get_by_role("heading", name="Η εισαγωγή έγινε")).to_be_focused()
    expect(page.get_by_text("6 νέες εγγραφές")).to_be_visible()
    assert barriers(page, ["done"]) == []
    once_more_on_a_phone(visit(official="spyridon", **PHONE))


def look_at_the_file(page: Page) -> None:
    """As it was understood, and in another encoding as it was not."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Έτσι διαβάζεται το αρχείο")
    expect(page.locator(".facts")).to_contain_text("UTF-8")
    expect(page.get_by_role("cell", name="Βοήθεια στο Σπίτι")).to_be_visible()
    assert barriers(page, ["read"]) == []
    page.get_by_text("Άλλη κωδικοποίηση").click()
    page.get_by_label("Κωδικοποίηση").select_option("utf-16")
    page.get_by_role("button", name="Ανάγνωση ξανά").click()
    expect(page.locator("#import-read")).to_be_focused()
    expect(page.get_by_role("alert").filter(has_text="Καμία επικεφαλίδα")).to_be_visible()
    assert barriers(page, ["unreadable"]) == []
    page.get_by_label("Κωδικοποίηση").select_option("utf-8")
    page.get_by_role("button", name="Ανάγνωση ξανά").click()
    expect(page.get_by_role("cell", name="Βοήθεια στο Σπίτι")).to_be_visible()


def judge_the_rows(page: Page) -> None:
    """Each row with its verdict; nothing is imported yet."""
    expect(page.get_by_role("link", name="Όλες (10)")).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("row").filter(has_text="=SUM(A1:A9)")).to_contain_text("τύπος λογιστικού φύλλου")
    assert barriers(page, ["rows"]) == []
    page.get_by_role("link", name="σφάλμα (4)").click()
    expect(page.locator("tbody tr")).to_have_count(4)
    with page.expect_download() as download:
        page.get_by_role("link", name="Αποθήκευση της αναφοράς").click()
    saved = list(csv.reader(StringIO(download.value.path().read_text("utf-8-sig"), newline=""), delimiter=";"))
    assert [line[1] for line in saved[1:]].count("σφάλμα") == 4
    assert ["8", "σφάλμα", "Όνομα στα ελληνικά", "'=SUM(A1:A9)"] in [line[:4] for line in saved]


def once_more_on_a_phone(phone: Page) -> None:
    """The same file, in English: there is nothing left to import."""
    phone.goto("/en/admin/import?m=ioannina")
    expect(phone.locator(".skeleton")).to_have_count(0)
    assert misfits(phone, ["send"]) == []
    send(phone, "/en")
    expect(phone.get_by_role("heading", level=1)).to_have_text("How the file is read")
    assert misfits(phone, ["read"]) == []
    phone.get_by_role("link", name="See what would happen").click()
    expect(phone.get_by_role("link", name="same (6)")).to_be_visible()
    assert misfits(phone, ["rows"]) == []
    assert barriers(phone, ["rows"]) == []
    expect(phone.get_by_text("No row can be imported")).to_be_visible()
    expect(phone.get_by_role("button", name="Import")).to_have_count(0)

"""A municipality's programs are told, and an official's calendar program fetches: each address is shown once."""

from collections.abc import Callable

import httpx2
from playwright.sync_api import Page, expect

from tests.browser.barriers import barriers
from tests.browser.site import Site
from tests.browser.small_screen import misfits


def test_a_webhook_is_made_tried_and_looked_after_and_a_calendar_is_fetched(
    visit: Callable[..., Page], site: Site
) -> None:
    maria = visit(official="maria", permissions=["clipboard-read", "clipboard-write"])
    maria.goto("/admin/webhooks?m=kavala")
    expect(maria.get_by_text("Κανένα πρόγραμμα δεν ειδοποιείται ακόμη.")).to_be_visible()
    maria.get_by_role("link", name="Προσθήκη").first.click()

    # What leads inside is refused, and nothing typed is lost.
    maria.get_by_label("Όνομα", exact=True).fill("Σύστημα ουράς")
    maria.get_by_label("Διεύθυνση", exact=True).fill("https://127.0.0.1/rantevou")
    maria.get_by_role("button", name="Αποθήκευση").click()
    expect(maria.get_by_role("link", name="Διεύθυνση: Γράψτε το όνομα ενός διακομιστή")).to_be_visible()
    maria.get_by_label("Διεύθυνση", exact=True).fill("https://hooks.kavala.invalid/rantevou")
    maria.get_by_role("button", name="Αποθήκευση").click()

    secret = maria.get_by_role("textbox", name="Το μυστικό")
    expect(maria.get_by_role("heading", name="Το μυστικό")).to_be_focused()
    written = secret.input_value()
    assert written.startswith("whsec_")
    maria.get_by_role("button", name="Αντιγραφή").click()
    expect(maria.get_by_text("Αντιγράφηκε.")).to_be_visible()
    assert maria.evaluate("navigator.clipboard.readText()") == written
    assert barriers(maria, ["webhook"]) == []
    maria.reload()
    expect(maria.get_by_role("heading", name="Σύστημα ουράς", level=1)).to_be_visible()
    expect(secret).to_have_count(0)

    # Nobody has this name: the log says so.
    maria.get_by_role("button", name="Δοκιμή").click()
    expect(maria.get_by_text("Το μήνυμα δοκιμής στάλθηκε.")).to_be_visible()
    maria.get_by_role("link", name="Αρχείο παραδόσεων").click()
    expect(maria.get_by_role("heading", name="Παραδόσεις: Σύστημα ουράς")).to_be_visible()
    failed = maria.get_by_text("Το όνομα δεν βρέθηκε")
    while not failed.count():
        maria.get_by_role("button", name="Ανανέωση").click()
        maria.wait_for_timeout(200)
    assert barriers(maria, ["webhook log"]) == []
    maria.set_viewport_size({"width": 360, "height": 740})
    assert misfits(maria, ["webhook log"]) == []

    maria.goto("/desk/me?m=kavala")
    maria.get_by_role("button", name="Νέα διεύθυνση").click()
    expect(maria.get_by_role("heading", name="Η νέα διεύθυνση")).to_be_focused()
    address = maria.get_by_label("Διεύθυνση του ημερολογίου").input_value()
    webcal = maria.get_by_role("link", name="Άνοιγμα στο πρόγραμμα ημερολογίου").get_attribute("href") or ""
    assert webcal.partition(":")[2] == address.partition(":")[2]
    assert barriers(maria, ["account"]) == []
    fetched = httpx2.get(address, headers={"User-Agent": "Thunderbird/128.0"})
    assert fetched.content.startswith(b"BEGIN:VCALENDAR")
    maria.reload()
    expect(maria.get_by_text("από Thunderbird")).to_be_visible()
    assert misfits(maria, ["account"]) == []
    maria.get_by_role("button", name="Τερματισμός Οι θέσεις μου").click()
    expect(maria.get_by_text("Δεν υπάρχει διεύθυνση ακόμη.")).to_be_visible()

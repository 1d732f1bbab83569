"""A municipality gives a program a key: made, copied, rotated and revoked."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.barriers import barriers
from tests.browser.small_screen import PHONE, misfits

LIST = "/admin/keys?m=kavala"


def shown(page: Page) -> str:
    """The secret that stands on the page."""
    return page.get_by_label(re.compile("^(Το κλειδί|The key)$")).input_value()


def asked_with(page: Page, secret: str) -> int:
    """What a program with this key is answered."""
    return page.request.get("/api/v1/key", headers={"Authorization": f"Bearer {secret}"}).status


def test_a_key_is_made_copied_rotated_and_revoked(visit: Callable[..., Page]) -> None:
    maria = visit(official="maria", permissions=["clipboard-read", "clipboard-write"])
    maria.goto("/admin?m=kavala")
    maria.get_by_role("navigation", name="Πλοήγηση ρυθμίσεων").get_by_role("link", name="Κλειδιά").click()
    expect(maria.get_by_text("Δεν υπάρχει ακόμη κλειδί")).to_be_visible()
    maria.get_by_role("link", name="Νέο κλειδί").click()
    name = maria.get_by_label("Όνομα")
    name.fill("Τηλεφωνικό κέντρο")
    maria.get_by_role("button", name="Δημιουργία κλειδιού").click()
    expect(maria.get_by_text("Επιλέξτε τουλάχιστον ένα").first).to_be_visible()
    expect(name).to_have_value("Τηλεφωνικό κέντρο")
    assert barriers(maria, ["form"]) == []
    maria.get_by_label("Διαβάζει ραντεβού, χωρίς πρόσωπα").check()
    maria.get_by_role("button", name="Δημιουργία κλειδιού").click()

    expect(maria.get_by_role("heading", name="Αντιγράψτε το κλειδί τώρα")).to_be_focused()
    first = shown(maria)
    maria.get_by_role("button", name="Αντιγραφή").click()
    expect(maria.get_by_text("Αντιγράφηκε.")).to_be_visible()
    assert maria.evaluate("navigator.clipboard.readText()") == first
    assert asked_with(maria, first) == 200
    maria.get_by_role("link", name="Το αντέγραψα").click()
    assert barriers(maria, ["list"]) == []
    # The next one begins empty: it gets no right that was ticked for another.
    maria.get_by_role("link", name="Νέο κλειδί").click()
    expect(maria.get_by_label("Όνομα")).to_have_value("")
    expect(maria.get_by_label("Διαβάζει ραντεβού, χωρίς πρόσωπα")).not_to_be_checked()

    # The same key on a telephone, in English.
    phone = visit(official="maria", **PHONE)
    phone.goto(f"/en{LIST}")
    phone.get_by_role("link", name="Τηλεφωνικό κέντρο").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Τηλεφωνικό κέντρο")
    assert misfits(phone, ["form"]) == []
    phone.get_by_role("button", name="Rotate").click()
    phone.get_by_role("dialog").get_by_role("button", name="Rotate").click()
    expect(phone.get_by_role("heading", name="Copy the key now")).to_be_focused()
    second = shown(phone)
    assert misfits(phone, ["secret"]) == []
    assert [asked_with(phone, one) for one in (first, second)] == [200, 200]
    phone.get_by_role("button", name="I have copied it").click()
    expect(phone.get_by_text("Former secret")).to_be_visible()
    phone.get_by_role("button", name="Revoke").click()
    phone.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    expect(phone.get_by_text("The key was revoked and is not valid any more.")).to_be_visible()
    assert [asked_with(phone, one) for one in (first, second)] == [401, 401]

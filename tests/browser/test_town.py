"""A municipality shows itself: crest, colour and pause on its pages, and a declaration that changes under a citizen."""

import re
from collections.abc import Callable
from io import BytesIO

from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.barriers import barriers
from tests.browser.office import Office
from tests.browser.people import a_person
from tests.browser.site import Site
from tests.browser.small_screen import PHONE, misfits
from tests.browser.walk import Walk

PLACE = "ioannina"


def a_crest() -> bytes:
    kept = BytesIO()
    Image.new("RGB", (200, 240), "#7a1f2b").save(kept, "PNG")
    return kept.getvalue()


def test_a_municipality_shows_itself_and_a_declaration_changes_under_a_citizen(
    visit: Callable[..., Page], site: Site
) -> None:
    spyridon, office = visit(official="spyridon"), Office.of(site.context, PLACE, "benefits")
    stratos = a_person("Στράτος Καλλέργης")
    citizen = visit(stratos, **PHONE)
    show_itself(spyridon)
    Walk(citizen).to_consent(stratos, office.quiet_times(1)[1], municipality=PLACE, service="benefits")
    expect(citizen.get_by_role("img", name=re.compile("^Έμβλημα"))).to_be_visible()
    publish(spyridon)
    declare_anew(citizen)
    [booking] = office.bookings_of(stratos)
    assert booking.consent_version.endswith("+ioannina.1")
    pause_and_reopen(spyridon, citizen)


def show_itself(spyridon: Page) -> None:
    """Colour and crest."""
    spyridon.goto(f"/admin/municipality?m={PLACE}")
    color = spyridon.get_by_label("Χρώμα του δήμου")
    color.fill("#ffcc00")
    color.blur()
    expect(spyridon.get_by_text("Δεν διαβάζεται πάνω σε λευκό.")).to_be_visible()
    color.fill("#7a1f2b")
    spyridon.get_by_role("button", name="Αποθήκευση").click()
    expect(spyridon.locator("#settings-saved")).to_be_focused()
    assert barriers(spyridon, ["form"]) == []
    spyridon.get_by_label("Εικόνα του εμβλήματος").set_input_files(
        {"name": "crest.png", "mimeType": "image/png", "buffer": a_crest()}
    )
    spyridon.get_by_role("button", name="Αποστολή εικόνας").click()
    expect(spyridon.get_by_text("Το έμβλημα αποθηκεύτηκε.")).to_be_visible()


def publish(spyridon: Page) -> None:
    """What the municipality adds, seen once more before it is declared."""
    spyridon.goto(f"/admin/declarations?m={PLACE}")
    spyridon.get_by_label("Κείμενο", exact=True).fill("Φέρνω αποδεικτικό κατοικίας.")
    spyridon.get_by_label("Κείμενο στα αγγλικά").fill("I bring proof of residence.")
    spyridon.get_by_role("button", name="Αποθήκευση χωρίς δημοσίευση").click()
    expect(spyridon.locator("#settings-saved")).to_be_focused()
    spyridon.get_by_role("button", name="Δημοσίευση νέας έκδοσης").click()
    dialog = spyridon.get_by_role("dialog")
    expect(dialog.get_by_text("I bring proof of residence.")).to_be_visible()
    dialog.get_by_role("button", name="Δημοσίευση νέας έκδοσης").click()
    expect(spyridon.get_by_text(re.compile(r"Δημοσιεύτηκε η έκδοση .*\+ioannina\.1"))).to_be_visible()
    assert barriers(spyridon, ["declarations"]) == []


def declare_anew(citizen: Page) -> None:
    """The page was opened before: the new text stands there, over an empty box."""
    citizen.get_by_role("checkbox").check()
    citizen.get_by_role("button", name="Κράτηση").click()
    expect(citizen.get_by_text("Η δήλωση άλλαξε· διαβάστε την ξανά.")).to_be_visible()
    expect(citizen.get_by_role("checkbox")).not_to_be_checked()
    assert misfits(citizen, ["consent"]) == []
    citizen.get_by_role("checkbox").check()
    citizen.get_by_role("button", name="Κράτηση").click()
    expect(citizen).to_have_url(re.compile("/booking/confirmation"))


def pause_and_reopen(spyridon: Page, citizen: Page) -> None:
    """Said on the public page, and over with a press."""
    spyridon.goto(f"/admin/municipality?m={PLACE}")
    spyridon.get_by_label("Μήνυμα προς τους πολίτες", exact=True).fill("Μετακομίζουμε στο νέο δημαρχείο.")
    spyridon.get_by_label("Μήνυμα προς τους πολίτες στα αγγλικά").fill("We are moving to the new town hall.")
    spyridon.get_by_role("button", name="Παύση").click()
    expect(spyridon.locator("#settings-saved")).to_be_focused()
    citizen.goto(f"/en/m/{PLACE}")
    expect(citizen.get_by_text("We are moving to the new town hall.")).to_be_visible()
    assert citizen.locator("main").evaluate("one => getComputedStyle(one).getPropertyValue('--accent')") == "#7a1f2b"
    expect(citizen.get_by_role("link", name=re.compile("^Book"))).to_have_count(0)
    assert barriers(citizen, ["municipality"]) == []
    assert misfits(citizen, ["municipality"]) == []
    spyridon.get_by_role("button", name="Άνοιγμα ξανά").click()
    expect(spyridon.get_by_text("Ο δήμος δέχεται ξανά νέα ραντεβού.")).to_be_visible()
    citizen.reload()
    expect(citizen.get_by_role("link", name=re.compile("^Book")).first).to_be_visible()

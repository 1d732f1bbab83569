"""An administrator lets a site in, copies what the webmaster pastes, and sees how it looks."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.barriers import barriers
from tests.browser.small_screen import misfits

PLACE = "ioannina"
TYPED, MEANT = "http://town.gr/page", "https://town.gr"


def test_an_administrator_embeds_the_booking(visit: Callable[..., Page]) -> None:
    spyridon = visit(official="spyridon", viewport={"width": 1280, "height": 900})
    spyridon.context.grant_permissions(["clipboard-read", "clipboard-write"])
    spyridon.goto(f"/admin/embed?m={PLACE}")
    let_in(spyridon)
    copy(spyridon)
    see(spyridon)
    assert barriers(spyridon, ["embedding"]) == []
    spyridon.set_viewport_size({"width": 360, "height": 740})
    assert misfits(spyridon, ["embedding"]) == []
    take_out(spyridon)


def let_in(page: Page) -> None:
    """What was typed is no site; the one that was meant is."""
    page.get_by_label("Διεύθυνση ιστοτόπου").fill(TYPED)
    page.get_by_role("button", name="Προσθήκη", exact=True).click()
    expect(page.get_by_label("Διεύθυνση ιστοτόπου")).to_be_focused()
    expect(page.get_by_label("Διεύθυνση ιστοτόπου")).to_have_value(TYPED)
    page.get_by_role("button", name=f"Προσθήκη {MEANT}").click()
    expect(page.locator("#settings-saved")).to_be_focused()
    expect(page.get_by_role("row", name=MEANT)).to_contain_text("όχι τις τελευταίες 30 ημέρες")


def copy(page: Page) -> None:
    """The texts follow the choices; tabs are led by arrows, and a copy is said aloud."""
    page.get_by_label("Τι", exact=True).select_option("next")
    first = page.get_by_role("tab", name="Με script")
    first.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    expect(page.get_by_role("tab", name="WordPress")).to_be_focused()
    panel = page.get_by_role("tabpanel", name="WordPress")
    text = panel.get_by_label("Κείμενο για αντιγραφή").first
    expect(text).to_have_value(re.compile(f'<my-dimoslive-next municipality="{PLACE}" service="'))
    panel.get_by_role("button", name="Αντιγραφή").first.click()
    expect(panel.get_by_role("status").first).to_have_text("Αντιγράφηκε.")
    assert page.evaluate("navigator.clipboard.readText()") == text.input_value()


def see(page: Page) -> None:
    """The real element, at the width of a phone and of a tablet."""
    element = page.locator("my-dimoslive-next")
    expect(element).to_have_attribute("municipality", PLACE)
    assert element.evaluate("element => element.parentElement.offsetWidth") == 320
    page.get_by_role("radio", name="Ταμπλέτα (768)").check()
    assert element.evaluate("element => element.parentElement.offsetWidth") == 768


def take_out(page: Page) -> None:
    """Asked before."""
    page.get_by_role("button", name=f"Αφαίρεση {MEANT}").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(MEANT)
    dialog.get_by_role("button", name="Αφαίρεση").click()
    expect(page.get_by_text("Δεν επιτρέπεται ακόμη κανένας ιστότοπος.")).to_be_visible()

"""What people type, and what nobody should: errors at the field, and text that stays text."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.office import Office
from tests.browser.people import a_person
from tests.browser.walk import SUBJECT, Walk

SCRIPT = "<script>document.title='hacked'</script><img src=x onerror=alert(1)>"


def test_errors_stand_in_a_summary_with_the_focus_and_at_each_field(visit: Callable[..., Page], kavala: Office) -> None:
    eleni = a_person()
    page = visit(eleni)
    walk = Walk(page)
    walk.to_details(kavala.quiet_times(3)[0])
    walk.fill_in(email="eleni", phone="12")

    walk.button("continue").click()

    summary = page.get_by_role("alert", name="Διορθώστε τα παρακάτω")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("listitem")).to_have_count(3)
    for name, words in (("email", "σωστή μορφή"), ("phone", "δεν είναι έγκυρος"), ("subject", "Γράψτε το θέμα")):
        field = walk.field(name)
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_accessible_description(re.compile(words))
        summary.get_by_role("link", name=words).click()
        expect(field).to_be_focused()
    expect(walk.field("email")).to_have_value("eleni")
    walk.fill_in(email=eleni.email, phone="691 234 5678", subject=SUBJECT)
    walk.go_on("consent.title")


def test_mistakes_go_as_they_are_mended_and_move_neither_the_focus_nor_a_press(
    visit: Callable[..., Page], kavala: Office
) -> None:
    eleni = a_person()
    page = visit(eleni)
    walk = Walk(page)
    walk.to_details(kavala.quiet_times(3)[0])
    walk.fill_in(email="eleni", phone="12")
    walk.button("continue").click()
    mistakes = page.get_by_role("alert", name=walk.t("field.summary")).get_by_role("listitem")
    expect(mistakes).to_have_count(3)

    walk.field("email").fill(eleni.email)
    page.keyboard.press("Tab")
    expect(mistakes).to_have_count(2)
    expect(walk.field("email")).to_have_attribute("aria-invalid", "false")
    expect(walk.field("phone")).to_be_focused()
    walk.field("phone").fill("\u202a+30 (0) 691 234 5678\u202c")
    walk.field("subject").fill(SUBJECT)
    expect(mistakes).to_have_count(1)
    expect(walk.field("subject")).to_be_focused()
    expect(walk.field("phone")).to_have_value("\u202a+30 (0) 691 234 5678\u202c")
    # The last one goes with the press itself, slowly, and the button stays where it is until the finger is up.
    button = walk.button("continue")
    button.hover()
    place = button.bounding_box()
    page.mouse.down()
    expect(walk.field("subject")).not_to_be_focused()
    assert button.bounding_box() == place
    page.mouse.up()
    walk.see("consent.title")


def test_a_subject_of_ten_thousand_letters_is_refused_in_words_and_kept(
    visit: Callable[..., Page], kavala: Office
) -> None:
    eleni = a_person()
    page = visit(eleni)
    walk = Walk(page)
    walk.to_details(kavala.quiet_times(3)[0])
    walk.fill_in(email=eleni.email, phone="691 234 5678", subject="α" * 10_000)

    walk.button("continue").click()

    expect(walk.told("Το θέμα έχει 10000 χαρακτήρες, ενώ επιτρέπονται έως 1000")).to_be_visible()
    page.reload()
    expect(walk.field("subject")).to_have_value("α" * 10_000)

    # In the middle of a word, too.
    walk.field("address").fill("Ομονοίας")
    page.reload()
    expect(walk.field("address")).to_have_value("Ομονοίας")
    walk.field("address").fill("Ομονοίας 5")
    page.get_by_role("link", name="English").press("Enter")
    page.wait_for_url("**/en/booking/details")
    expect(Walk(page, "en").field("address")).to_have_value("Ομονοίας 5")
    Walk(page, "en").field("help_needed").fill("Αμαξίδιο")
    page.get_by_role("link", name="Back").click()
    kavala.wait_until_kept(eleni, help_needed="Αμαξίδιο")


def test_a_script_in_every_field_is_refused_or_shown_as_text(visit: Callable[..., Page], kavala: Office) -> None:
    eleni = a_person()
    page = visit(eleni)
    walk = Walk(page)
    walk.to_details(kavala.quiet_times(3)[0])
    walk.pick("για άλλο πρόσωπο")
    walk.fill_in(person_name=SCRIPT, email=SCRIPT, phone=SCRIPT, address=SCRIPT, subject=SCRIPT, help_needed=SCRIPT)
    walk.button("continue").click()
    summary = page.get_by_role("alert", name="Διορθώστε τα παρακάτω")
    expect(summary.get_by_role("listitem")).to_have_count(2)

    walk.fill_in(email=eleni.email, phone="691 234 5678")
    walk.go_on("consent.title")
    expect(page.get_by_role("definition").filter(has_text=SCRIPT)).to_have_count(4)
    walk.book()

    expect(page.get_by_role("definition").filter(has_text=SCRIPT)).to_have_count(2)
    page.get_by_role("button", name="Ακύρωση κράτησης", exact=True).click()
    page.get_by_role("textbox", name="Λόγος ακύρωσης").fill(SCRIPT * 10)
    page.get_by_role("button", name="Ναι, ακύρωση").click()
    expect(page.get_by_role("textbox", name="Λόγος ακύρωσης")).to_have_accessible_description(
        re.compile("επιτρέπονται έως 500")
    )
    page.get_by_role("textbox", name="Λόγος ακύρωσης").fill(SCRIPT)
    page.get_by_role("button", name="Ναι, ακύρωση").click()
    expect(page.get_by_text("Το ραντεβού ακυρώθηκε")).to_be_visible()
    assert "hacked" not in page.title()


def test_a_press_without_a_choice_says_what_is_missing(visit: Callable[..., Page], kavala: Office) -> None:
    eleni = a_person()
    page = visit(eleni)
    walk = Walk(page)
    walk.to_mode("heraklion")
    walk.button("continue").click()
    expect(walk.told("Επιλέξτε πρώτα υπηρεσία.")).to_be_visible()
    walk.pick("Μεταδημότευση")
    walk.button("continue").click()
    expect(walk.told("Επιλέξτε πρώτα τρόπο")).to_be_visible()
    walk.to_calendar()
    walk.button("continue").click()
    expect(walk.told("Επιλέξτε πρώτα ώρα.")).to_be_visible()
    walk.to_consent(eleni, kavala.quiet_times(3)[1])

    page.get_by_role("button", name="Κράτηση", exact=True).click()

    expect(walk.told("σημειώστε το τετράγωνο της δήλωσης")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Διάβασα και κάνω την παραπάνω δήλωση")).to_be_focused()
    assert kavala.bookings_of(eleni) == []

"""Nothing typed or chosen is lost: going back and forth, reloading, another window."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n.dates import month_title
from tests.browser.office import Office
from tests.browser.people import a_person
from tests.browser.walk import SUBJECT, Walk

TYPED = {
    "email": "eleni@",
    "phone": "123",
    "address": "Ομονοίας 5",
    "subject": SUBJECT,
    "help_needed": "Πρόσβαση με αμαξίδιο",
}


def expect_typed(walk: Walk, **changed: str) -> None:
    walk.see("details.title")
    for name, text in (TYPED | changed).items():
        expect(walk.field(name)).to_have_value(text)


def test_back_forward_and_reload_keep_what_was_typed_right_or_wrong(visit: Callable[..., Page], kavala: Office) -> None:
    page = visit(a_person())
    walk = Walk(page)
    walk.to_details(kavala.quiet_times(4)[0])
    walk.fill_in(**TYPED)
    page.keyboard.press("Tab")

    page.go_back()
    walk.see("calendar.title")
    page.go_forward()
    expect_typed(walk)
    page.reload()
    expect_typed(walk)
    walk.button("continue").click()
    expect(page.get_by_role("heading", name="Διορθώστε τα παρακάτω")).to_be_visible()
    page.reload()
    expect_typed(walk)


def test_a_reload_in_the_middle_of_a_word_keeps_it(visit: Callable[..., Page], kavala: Office) -> None:
    eleni = a_person()
    page = visit(eleni)
    walk = Walk(page)
    walk.to_details(kavala.quiet_times(4)[0])

    walk.field("subject").press_sequentially("Πιστοποι")
    kavala.wait_until_kept(eleni, subject="Πιστοποι")
    page.reload()

    walk.see("details.title")
    expect(walk.field("subject")).to_have_value("Πιστοποι")


def test_the_way_back_from_the_declaration_keeps_everything_and_asks_again_to_agree(
    visit: Callable[..., Page], kavala: Office
) -> None:
    eleni = a_person()
    page = visit(eleni)
    walk = Walk(page)
    slot = kavala.quiet_times(4)[0]
    walk.to_consent(eleni, slot)
    page.get_by_role("checkbox", name="Διάβασα και κάνω την παραπάνω δήλωση").check()

    page.reload()
    expect(page.get_by_role("checkbox", name="Διάβασα και κάνω την παραπάνω δήλωση")).not_to_be_checked()
    page.get_by_role("main").get_by_role("link", name="αλλαγή Θέμα").click()
    expect_typed(walk, email=eleni.email, phone="691 234 5678", address="", help_needed="")
    walk.fill_in(subject="Άλλο θέμα")
    walk.go_on("consent.title")
    expect(page.get_by_text("Άλλο θέμα")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="αλλαγή Ημερομηνία και ώρα").first.click()
    walk.see("calendar.title")
    expect(walk.time(slot)).to_have_attribute("aria-pressed", "true")


def test_another_window_stands_where_the_first_does_and_cannot_jump_ahead(
    visit: Callable[..., Page], kavala: Office
) -> None:
    eleni = a_person()
    page = visit(eleni)
    walk = Walk(page)
    walk.to_details(kavala.quiet_times(4)[0])
    walk.fill_in(**TYPED)
    page.keyboard.press("Tab")
    expect(page.get_by_text("Φόρτωση")).to_have_count(0)
    other = Walk(page.context.new_page())

    other.page.goto("/booking/consent")

    expect(other.page).to_have_url(f"{kavala.context.public_url}/booking/details")
    expect_typed(other)
    other.fill_in(email=eleni.email, phone="691 234 5678")
    other.go_on("consent.title")
    other.book()
    # The first window is looked at again.
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    told = walk.told(walk.t("error.booked_elsewhere"))
    expect(told).to_be_visible()
    expect(page.get_by_role("timer")).to_have_count(0)
    walk.button("continue").click()
    walk.see("municipality.title")
    expect(told).to_be_visible()
    page.get_by_role("link", name=walk.t("problem.move_instead")).click()
    expect(page.get_by_role("definition").filter(has_text=SUBJECT)).to_be_visible()


def test_steps_that_are_not_open_yet_lead_to_the_one_that_is(visit: Callable[..., Page]) -> None:
    page = visit(a_person())
    walk = Walk(page)

    for path in ("calendar", "details", "consent"):
        page.goto(f"/booking/{path}")
        expect(page).to_have_url(re.compile("/booking/municipality$"))
    walk.see("municipality.title")


def test_an_agreed_contact_is_filled_in_the_next_time(
    visit: Callable[..., Page], kavala: Office, debts: Office
) -> None:
    eleni = a_person()
    page = visit(eleni)
    walk = Walk(page)
    walk.to_details(kavala.quiet_times(4)[1])
    walk.fill_in(email=eleni.email, phone="691 234 5678", subject=SUBJECT)
    page.get_by_role("checkbox", name="Να αποθηκευτούν").check()
    walk.go_on("consent.title")
    walk.book()

    page.get_by_role("button", name="Νέα κράτηση", exact=True).click()
    walk.see("municipality.title")
    walk.to_details(debts.quiet_times(4)[0], municipality="heraklion", service="debts")

    expect(walk.field("email")).to_have_value(eleni.email)
    expect(walk.field("phone")).to_have_value("691 234 5678")
    expect(walk.field("subject")).to_have_value("")


def test_nothing_of_the_last_calendar_is_shown_in_that_of_another_service(
    visit: Callable[..., Page], kavala: Office, debts: Office
) -> None:
    page = visit(a_person())
    walk = Walk(page)
    walk.to_calendar()
    walk.show_month(local_day(kavala.quiet_times(-1)[0].starts_at, ATHENS))
    walk.to_mode(municipality="heraklion", service="debts")
    walk.button(f"mode.{Mode.VIDEO}").click()
    page.evaluate("""() => {
        window.titles = [];
        new MutationObserver(() => {
            const title = document.getElementById("month-title");
            if (title) window.titles.push(title.innerText);
        }).observe(document.body, {subtree: true, childList: true, characterData: true});
    }""")

    walk.go_on("calendar.title")
    expect(page.locator("#month-title")).to_be_visible()

    first_free = min(debts.free_days(Mode.VIDEO))
    assert set(page.evaluate("window.titles")) == {month_title(first_free, "el")}

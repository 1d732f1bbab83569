"""A caller gets a time: found, warned of, put beside another, moved; by keyboard alone and on a phone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select
from sqlmodel import col

from dimoslive.db.engine import reading
from dimoslive.db.tables.booking import BookingRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.i18n import LANGUAGES, texts_of
from dimoslive.i18n.dates import staff_clock
from tests.browser.barriers import barriers
from tests.browser.office import Office

PHONE = {"width": 360, "height": 740}


@dataclass
class Keys:
    """An official who never touches the mouse; each key that types nothing is counted."""

    page: Page
    presses: list[str] = field(default_factory=list)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.presses.append(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)


def new_booking(page: Page, language: str = "el") -> None:
    """The page with its first free times."""
    page.goto(f"{'/en' if language == 'en' else ''}/desk/new?m=kavala")
    expect(page.get_by_label(texts_of(language)("desk_names.last_name"), exact=True)).to_be_focused()


def fill(page: Page, name: str, phone: str, language: str = "el") -> None:
    t = texts_of(language)
    given, _, surname = name.partition(" ")
    page.get_by_label(t("desk_names.last_name"), exact=True).fill(surname)
    page.get_by_label(t("arrange.name"), exact=True).fill(given)
    page.get_by_role("textbox", name=t("arrange.phone"), exact=True).fill(phone)
    page.get_by_label(t("arrange.subject"), exact=True).fill("Βεβαίωση εγγραφής")


def book(page: Page, language: str = "el") -> None:
    page.get_by_role("button", name=texts_of(language)("arrange.book"), exact=True).click()


def summary(page: Page) -> Locator:
    return page.locator(".sum__big")


def row_of(office: Office, name: str) -> BookingRow:
    with reading(office.context.db) as tx:
        query = select(BookingRow).where(col(BookingRow.person_name) == name).order_by(col(BookingRow.id).desc())
        return tx.scalars(query.limit(1)).one()


def test_a_caller_gets_the_first_free_time_by_keyboard_alone(visit: Callable[..., Page], kavala: Office) -> None:
    page = visit(official="georgios")
    page.goto("/desk?m=kavala")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Νοεμβρίου")
    keys = Keys(page)
    keys.press("Tab", "Tab")
    expect(page.locator(".skip").nth(1)).to_be_focused()
    keys.press("Enter")
    expect(page.get_by_label("Επώνυμο", exact=True)).to_be_focused()
    expect(summary(page)).to_contain_text("Σήμερα")

    keys.type("Βέργος")
    keys.press("Tab")
    keys.type("Κυριάκος")
    keys.press("Tab")
    keys.type("2100000081")
    keys.press("Tab", "Tab")
    keys.type("Βεβαίωση εγγραφής")
    keys.press("Tab", "Tab")
    expect(page.get_by_role("checkbox", name="Ενημερώθηκε")).to_be_focused()
    keys.press("Space", "Control+Enter")

    expect(page.get_by_role("heading", name="Κλείστηκε")).to_be_focused()
    assert len(keys.presses) <= 12
    row = row_of(kavala, "Κυριάκος Βέργος")
    expect(page.locator(".arrange__number strong")).to_have_text(f"{row.reference[:4]}-{row.reference[4:]}")
    assert (row.status, row.source) == ("booked", "phone")


def test_enter_in_a_field_books_nothing_and_a_refusal_loses_nothing(visit: Callable[..., Page]) -> None:
    page = visit(official="georgios")
    new_booking(page)
    fill(page, "Άννα Ρήγα", "12")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    book(page)
    problems = page.get_by_role("alert").filter(has_text="Ενημερώστε τον πολίτη")
    expect(problems).to_be_focused()
    expect(page.get_by_label("Επώνυμο", exact=True)).to_have_value("Ρήγα")
    expect(page.get_by_label("Θέμα", exact=True)).to_have_value("Βεβαίωση εγγραφής")
    page.get_by_role("textbox", name="Τηλέφωνο", exact=True).fill("2100000041")
    page.get_by_role("checkbox", name="Ενημερώθηκε").check()
    book(page)
    expect(page.get_by_role("heading", name="Κλείστηκε")).to_be_visible()


def test_the_same_telephone_warns_and_over_capacity_wants_a_reason(visit: Callable[..., Page], kavala: Office) -> None:
    page = visit(official="georgios")
    for name in ("Ζωή Αργύρου", "Νίκη Αργύρου"):
        new_booking(page)
        fill(page, name, "2100000051")
        page.keyboard.press("Tab")
        page.get_by_role("checkbox", name="Ενημερώθηκε").check()
        if name.startswith("Νίκη"):
            expect(page.get_by_text("Έχει ήδη ραντεβού").first).to_be_visible()
            page.get_by_text("Άλλη ώρα").click()
            first = row_of(kavala, "Ζωή Αργύρου")
            page.get_by_label("Θέση").select_option(str(first.desk_id))
            page.get_by_label("Ώρα", exact=True).fill(_wall(first))
            page.get_by_label("Διάρκεια").focus()
            reason = page.get_by_label("Υπεράριθμο: γράψτε γιατί")
            expect(reason).to_be_visible()
            book(page)
            expect(page.get_by_role("alert").filter(has_text="Έχει ήδη ραντεβού")).to_be_focused()
            page.get_by_role("checkbox", name="Και νέα κράτηση").check()
            reason.fill("Ήρθαν μαζί")
        book(page)
        expect(page.get_by_role("heading", name="Κλείστηκε")).to_be_visible()
    beside = row_of(kavala, "Νίκη Αργύρου")
    assert (beside.starts_at, beside.staff_reason) == (row_of(kavala, "Ζωή Αργύρου").starts_at, "Ήρθαν μαζί")
    assert beside.desk_id != row_of(kavala, "Ζωή Αργύρου").desk_id


def _wall(row: BookingRow) -> str:
    return staff_clock(row.starts_at)


def test_who_stands_at_the_counter_is_booked_for_now_and_waits(visit: Callable[..., Page], kavala: Office) -> None:
    page, t = visit(official="georgios"), texts_of("el")
    new_booking(page)
    page.get_by_text(t("desk_names.served.business"), exact=True).click()
    book(page)
    expect(page.locator("#error-summary")).to_be_focused()
    page.get_by_text(t("desk_names.served.self"), exact=True).click()
    expect(page.get_by_label(t("desk_names.last_name"), exact=True)).to_have_value("")

    fill(page, "Άννα Περαστικού", "")
    page.get_by_text(t("arrange.source.counter"), exact=True).click()
    page.get_by_text(t("arrange.way.now"), exact=True).click()
    page.get_by_role("checkbox", name=t("arrange.told")).check()
    expect(summary(page)).to_contain_text("Σήμερα")
    for reason in ("hours_reason", "capacity_reason"):
        if (field := page.get_by_label(t(f"arrange.{reason}"), exact=True)).count():
            field.fill("Ήρθε χωρίς ραντεβού")
    book(page)

    expect(page.get_by_role("heading", name=t("arrange.booked"))).to_be_focused()
    assert row_of(kavala, "Άννα Περαστικού").status == BookingStatus.WAITING


def test_a_move_shows_both_times_and_keeps_the_place_until_the_press(
    visit: Callable[..., Page], kavala: Office
) -> None:
    page = visit(official="georgios", viewport=PHONE)
    new_booking(page)
    fill(page, "Ηλίας Μόσχος", "2100000061")
    page.get_by_role("checkbox", name="Ενημερώθηκε").check()
    book(page)
    expect(page.get_by_role("heading", name="Κλείστηκε")).to_be_visible()
    before = row_of(kavala, "Ηλίας Μόσχος")

    page.goto(f"/desk/booking/{before.reference}/move?m=kavala")
    expect(page.get_by_text("Δεν έχει επιλεγεί ώρα.")).to_be_visible()
    page.locator(".pick").nth(4).click()
    expect(summary(page)).to_contain_text("Θυρίδα")
    expect(page.locator(".arrange__old")).to_contain_text(_wall(before))
    page.get_by_role("button", name="Μετακίνηση", exact=True).click()
    expect(page.get_by_role("heading", name="Μετακινήθηκε")).to_be_focused()
    expect(page.get_by_text("Μπήκε στα τηλεφωνήματα.")).to_be_visible()
    assert row_of(kavala, "Ηλίας Μόσχος").starts_at != before.starts_at

    page.goto(f"/desk/booking/{before.reference}/move?m=kavala")
    page.get_by_text("Τηλεδιάσκεψη", exact=True).click()
    expect(page.get_by_role("radio", name="Η ίδια ώρα")).to_be_checked()
    expect(summary(page)).to_contain_text(_wall(row_of(kavala, "Ηλίας Μόσχος")))
    page.get_by_role("button", name="Μετακίνηση", exact=True).click()
    expect(page.get_by_role("heading", name="Μετακινήθηκε")).to_be_focused()
    assert row_of(kavala, "Ηλίας Μόσχος").mode == "video"

    page.goto(f"/desk/booking/{before.reference}/desk?m=kavala")
    page.locator(".pick").first.click()
    page.get_by_role("button", name="Αλλαγή θέσης").click()
    expect(page.get_by_role("heading", name="Άλλαξε θέση")).to_be_focused()
    assert row_of(kavala, "Ηλίας Μόσχος").desk_id != before.desk_id


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_have_no_barriers(visit: Callable[..., Page], kavala: Office, language: str) -> None:
    page, t = visit(official="georgios"), texts_of(language)
    name = f"Δοκιμή {language}"

    def places() -> Iterator[str]:
        new_booking(page, language)
        yield "new booking"
        for way in ("calendar", "other", "now"):
            page.get_by_text(t(f"arrange.way.{way}"), exact=True).click()
            expect(page.get_by_role("radio", name=t(f"arrange.way.{way}"))).to_be_checked()
            yield way
        page.get_by_text(t("arrange.way.first"), exact=True).click()
        book(page, language)
        expect(page.locator("#error-summary")).to_be_focused()
        yield "mistakes"
        fill(page, name, "2100000071" if language == "el" else "2100000072", language)
        page.get_by_role("checkbox", name=t("arrange.told")).check()
        book(page, language)
        expect(page.get_by_role("heading", name=t("arrange.booked"))).to_be_visible()
        yield "booked"
        reference = row_of(kavala, name).reference
        for last in ("move", "desk"):
            page.goto(f"{'/en' if language == 'en' else ''}/desk/booking/{reference}/{last}?m=kavala")
            expect(page.locator(".pick").first).to_be_visible()
            yield last

    assert barriers(page, places()) == []

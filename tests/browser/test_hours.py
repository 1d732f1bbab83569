"""A municipality changes its hours: by the keyboard, seen before it is saved, and asked why a time is not offered."""

from collections.abc import Callable
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from dimoslive.domain.scheduling.holidays import is_national_holiday
from dimoslive.i18n.dates import day_of_month
from dimoslive.i18n.desk_dates import desk_date
from tests.browser.barriers import barriers
from tests.browser.office import Office
from tests.browser.small_screen import PHONE, misfits


def test_hours_are_changed_by_the_keyboard_and_shown_before_they_hold(
    visit: Callable[..., Page], kavala: Office
) -> None:
    ahead = [kavala.today() + timedelta(days=days) for days in range(7, 400)]
    saturday = next(day for day in ahead if day.weekday() == 5 and not is_national_holiday(day))
    holiday = next(day for day in ahead if is_national_holiday(day))
    maria = visit(official="maria", viewport={"width": 1280, "height": 1000})
    maria.goto("/admin/hours?m=kavala")
    service = maria.locator("table.list a")
    expect(service).to_be_visible()
    assert barriers(maria, ["list"]) == []
    service.focus()
    maria.keyboard.press("Enter")
    expect(maria.get_by_role("group", name="Δευτέρα").get_by_label("Δευτέρα, από")).to_have_value("8:30")
    total = maria.locator(".endbar__say")
    expect(total).to_contain_text("130 θέσεις την εβδομάδα, 4 την ώρα στο μέγιστο")

    # Saturday mornings, typed without a mouse.
    add_saturday(maria, "9:00", "13:05")
    expect(total).to_contain_text("146 θέσεις")
    expect(maria.get_by_text("τα τελευταία 5 λεπτά μένουν κενά")).to_be_visible()
    assert barriers(maria, ["draft"]) == []
    maria.once("dialog", lambda dialog: dialog.dismiss())
    maria.get_by_role("link", name="Ωράριο").last.click()
    expect(total).to_contain_text("146 θέσεις")
    apply(maria, "Δεν επηρεάζεται κανένα ραντεβού.")
    assert why_not(maria, saturday, "9:00", "προσφέρεται.")
    assert barriers(maria, ["saved"]) == []

    # A day of its own, and a holiday that says its name.
    dates = visit(official="athanasia", **PHONE)
    dates.goto("/en/admin/hours?m=kavala")
    assert misfits(dates, ["list"]) == []
    dates.locator("table.list a").click()
    expect(dates.get_by_label("Monday, from")).to_be_visible()
    assert misfits(dates, ["week"]) == []
    dates.get_by_role("link", name="By date").click()
    expect(dates.get_by_role("table")).to_be_visible()
    assert misfits(dates, ["month"]) == []
    assert barriers(dates, ["month"]) == []
    expect(dates.locator(".mon__day[aria-current=date]")).to_contain_text(day_of_month(kavala.today(), "en"))
    dates.goto(dates.url + f"&month={holiday:%Y-%m}&day={holiday}")
    expect(dates.get_by_role("heading", name=day_of_month(holiday, "en"))).to_be_visible()
    dates.get_by_label("with other hours").check()
    dates.get_by_label(f"{day_of_month(holiday, 'en')}, from").fill("9:00")
    dates.get_by_label(f"{day_of_month(holiday, 'en')}, to").fill("10:00")
    dates.get_by_role("button", name="See what changes").click()
    expect(dates.locator("#error-summary")).to_be_focused()
    assert misfits(dates, ["day"]) == []
    assert barriers(dates, ["day"]) == []

    # Saturdays are closed again.
    maria.get_by_role("button", name="Αφαίρεση Σάββατο 9:00").click()
    expect(maria.get_by_role("button", name="Προσθήκη διαστήματος Σάββατο")).to_be_focused()
    apply(maria, "Χάνονται")
    assert why_not(maria, saturday, "9:00", "εκτός ωραρίου")


def add_saturday(page: Page, opens: str, closes: str) -> None:
    page.get_by_role("button", name="Προσθήκη διαστήματος Σάββατο").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Σάββατο, από")).to_be_focused()
    page.keyboard.type(opens)
    page.keyboard.press("Tab")
    page.keyboard.type(closes)
    page.keyboard.press("Tab")


def apply(page: Page, says: str) -> None:
    page.get_by_role("button", name="Δείτε τι αλλάζει").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Τι αλλάζει")).to_be_focused()
    expect(page.locator(".hours-changes")).to_contain_text(says)
    assert barriers(page, ["changes"]) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#settings-saved")).to_be_focused()


def why_not(page: Page, day: date, clock: str, says: str) -> bool:
    page.get_by_label("Ημερομηνία").fill(desk_date(day))
    page.get_by_label("Ώρα").fill(clock)
    page.keyboard.press("Enter")
    expect(page.locator(".why__answer")).to_contain_text(says)
    return True

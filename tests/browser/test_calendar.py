"""Choosing a time: somebody is faster, the time is kept for a while, the visitor is far away."""

import re
from collections.abc import Callable
from datetime import date, datetime

from playwright.sync_api import Page, expect

from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.i18n.dates import clock, full_day, month_title, zone_offset
from tests.browser.office import Office
from tests.browser.people import a_person
from tests.browser.walk import SUBJECT, Walk

MELBOURNE = "Australia/Melbourne"


def test_when_somebody_was_faster_the_list_is_made_anew_and_what_was_typed_stays(
    visit: Callable[..., Page], kavala: Office
) -> None:
    eleni = a_person()
    page = visit(eleni)
    walk = Walk(page)
    slots = kavala.quiet_times(2)
    day = local_day(slots[0].starts_at, ATHENS)
    free = len(kavala.free_days()[day])
    walk.to_details(slots[0])
    walk.fill_in(email=eleni.email, subject=SUBJECT)
    page.get_by_role("link", name="Πίσω").click()
    walk.see("calendar.title")
    # The list of before stands there until the way back is answered: leafing waits for that answer.
    walk.choose_day(kavala.quiet_times(3)[0])
    walk.choose_day(slots[3])
    expect(walk.time(slots[3])).to_be_visible()

    kavala.fill(slots[3])
    walk.time(slots[3]).click()

    expect(walk.told("Η ώρα αυτή μόλις κλείστηκε")).to_be_visible()
    expect(walk.time(slots[3])).to_have_count(0)
    expect(walk.day(day)).to_have_accessible_name(f"{full_day(day, 'el')}, {free - 1} διαθέσιμες ώρες")
    expect(walk.time(slots[0])).to_have_attribute("aria-pressed", "true")
    walk.time(slots[4]).click()
    expect(walk.time(slots[4])).to_have_attribute("aria-pressed", "true")
    walk.go_on("details.title")
    expect(walk.field("email")).to_have_value(eleni.email)
    expect(walk.field("subject")).to_have_value(SUBJECT)


def test_the_last_free_time_stays_in_the_list_for_the_one_who_holds_it(
    visit: Callable[..., Page], kavala: Office
) -> None:
    page = visit(a_person())
    walk = Walk(page)
    slot = kavala.quiet_times(2)[5]
    kavala.hold(a_person("Νίκος Γεωργίου"), slot)
    walk.to_calendar()

    walk.choose_time(slot)

    page.reload()
    expect(walk.time(slot)).to_have_attribute("aria-pressed", "true")


def test_a_day_without_a_free_time_cannot_be_chosen_and_months_can_be_leafed(
    visit: Callable[..., Page], kavala: Office
) -> None:
    page = visit(a_person())
    walk = Walk(page)
    days = kavala.free_days()
    first, last = min(days), max(days)

    walk.to_calendar()

    expect(walk.day(first)).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="καμία διαθέσιμη ώρα").first).to_be_disabled()
    expect(walk.button("calendar.previous_month")).to_be_disabled()
    walk.show_month(last)
    expect(walk.day(last)).to_be_enabled()
    expect(walk.button("calendar.next_month")).to_be_disabled()
    walk.button("calendar.previous_month").click()
    expect(page.get_by_role("heading", name=month_title(last, "el"), exact=True)).to_have_count(0)
    page.get_by_role("button", name="προβολή σε λίστα").click()
    times = page.get_by_role("region", name="Διαθέσιμες ώρες σε λίστα")
    expect(times.get_by_role("heading", level=2)).to_have_count(5)
    times.get_by_role("button", name="Περισσότερες ημέρες").click()
    expect(times.get_by_role("heading", level=2)).to_have_count(10)


def test_a_kept_time_counts_down_and_can_be_kept_longer_once(visit: Callable[..., Page], kavala: Office) -> None:
    eleni = a_person()
    page = visit(eleni)
    walk = Walk(page)
    walk.to_details(kavala.quiet_times(3)[1])
    timer = page.get_by_role("timer")

    expect(timer).to_have_text(re.compile("9:5"))
    before = timer.inner_text()
    expect(timer).not_to_have_text(before)
    page.get_by_role("button", name="Χρειάζομαι περισσότερο χρόνο").click()

    expect(timer).to_have_text(re.compile("19:"))
    expect(page.get_by_role("button", name="Χρειάζομαι περισσότερο χρόνο")).to_have_count(0)
    hold = kavala.hold_of(eleni)
    assert hold.hold_extended


def test_a_visitor_in_melbourne_sees_both_times_and_can_switch(visit: Callable[..., Page], kavala: Office) -> None:
    eleni = a_person()
    page = visit(eleni, timezone_id=MELBOURNE)
    walk = Walk(page)
    slot = kavala.quiet_times(5)[0]
    there, here = clock(slot.starts_at, "el", MELBOURNE), clock(slot.starts_at, "el")

    walk.to_calendar()
    walk.show_month(_on(slot.starts_at))
    walk.day(_on(slot.starts_at)).click()

    expect(page.get_by_text(f": {zone_offset(slot.starts_at, MELBOURNE)}).")).to_be_visible()
    time = page.get_by_role("button", name=f"{there}, ώρα Ελλάδας {here}", exact=True)
    time.click()
    expect(time).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Εμφάνιση σε ώρα Ελλάδας").click()
    expect(page.get_by_text(f": {zone_offset(slot.starts_at)}).")).to_be_visible()
    expect(walk.time(slot)).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Εμφάνιση σε τοπική ώρα").click()
    expect(time).to_have_attribute("aria-pressed", "true")

    walk.go_on("details.title")
    walk.fill_in(email=eleni.email, phone="+61 491 570 156", subject=SUBJECT)
    walk.go_on("consent.title")
    expect(page.get_by_text(f"{there} (τοπική σας ώρα, {zone_offset(slot.starts_at, MELBOURNE)})")).to_be_visible()
    expect(page.get_by_text(f"{here} (ώρα Ελλάδας, {zone_offset(slot.starts_at)})")).to_be_visible()
    walk.book()
    [row] = kavala.bookings_of(eleni)
    assert (row.starts_at, row.visitor_zone) == (slot.starts_at, MELBOURNE)


def _on(instant: datetime) -> date:
    return local_day(instant, MELBOURNE)

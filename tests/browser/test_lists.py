"""What stands beside an official's day: last week's loose ends, the telephone, the week, paper and files."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.desk import CallTaskRow
from dimoslive.db.tables.official import StaffSessionRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.i18n import Texts, texts_of
from dimoslive.urls import localized
from tests.browser.barriers import barriers
from tests.browser.office import Office
from tests.browser.people import a_person

# Each telling of the story has its own, as what one leaves behind the other would find.
CALLED = {"el": "Μαρία Τηλεφώνου", "en": "Άννα Καλούσα"}
SCREENS = {"el": {"width": 1280, "height": 900}, "en": {"width": 360, "height": 740}}


@pytest.mark.parametrize("language", SCREENS)
def test_an_official_settles_last_week_phones_looks_ahead_and_takes_the_day_along(
    visit: Callable[..., Page], kavala: Office, language: str
) -> None:
    t, eleni, nikos = texts_of(language), a_person("Ελένη Ξεχασμένη"), a_person(CALLED[language])
    listed = " ".join(reversed(nikos.name.split()))
    kavala.put_in_the_past(kavala.book(eleni))
    moved = kavala.book(nikos)
    to_phone(kavala, moved)
    page = visit(official="georgios", viewport=SCREENS[language], accept_downloads=True)

    def open_list(name: str, more: str = "") -> None:
        page.goto(localized(f"/desk/{name}", language) + f"?m=kavala{more}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator(".skeleton")).to_have_count(0)

    open_list("unrecorded")
    settle(page, eleni.last_name, t)
    assert barriers(page, ["settled"]) == []

    open_list("calls")
    row = page.get_by_role("listitem").filter(has_text=listed)
    expect(row.get_by_role("link", name="691 234 5678")).to_have_attribute("href", "tel:+306912345678")
    assert barriers(page, ["calls"]) == []
    expect(page.locator(".calls > li[tabindex='0']")).to_have_count(1)
    row.focus()
    expect(row.get_by_role("button").last).to_have_attribute("tabindex", "0")
    page.keyboard.press("Enter")
    expect(page.locator("#booking-title")).to_be_visible()
    open_list("calls")
    row.get_by_role("button", name=f"{t('calls.no_answer')} {nikos.name}").click()
    expect(page.get_by_role("status").filter(has_text=t("lists.undo"))).to_contain_text(t("calls.no_answer"))
    row.get_by_role("button", name=f"{t('calls.told')} {nikos.name}").click()
    expect(page.get_by_role("row").filter(has_text=listed)).to_be_visible()
    page.get_by_role("button", name=t("lists.undo")).click()
    expect(row).to_be_visible()

    open_list("week")
    expect(page.get_by_role("link", name=t("week.this"))).to_have_attribute("aria-current", "date")
    assert barriers(page, ["week"]) == []
    title = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name=t("week.next")).click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(title)

    day = moved.period.starts_at.date().isoformat()
    prints_the_day(page, localized("/desk", language) + f"?m=kavala&date={day}", listed, t)

    works_at_its_desk(kavala, moved)
    open_list("export", f"&date={day}")
    assert barriers(page, ["export"]) == []
    page.get_by_label(t("export.until")).fill("αύριο")
    page.get_by_role("button", name="CSV").click()
    expect(page.get_by_label(t("export.until"))).to_have_value("αύριο")
    expect(page.get_by_text(t("export.not_a_date"))).to_be_focused()
    page.get_by_label(t("export.until")).fill(page.get_by_label(t("export.from")).input_value())
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    assert listed in download.value.path().read_text(encoding="utf-8-sig")


def prints_the_day(page: Page, day: str, listed: str, t: Texts) -> None:
    """In a tab of its own; telephones are on paper only where they are asked for."""
    page.goto(day)
    expect(page.locator(".skeleton")).to_have_count(0)
    if not page.get_by_role("button", name=t("day.print"), exact=True).is_visible():
        page.get_by_text(t("day.actions")).click()
    with page.expect_popup() as opened:
        page.get_by_role("button", name=t("day.print"), exact=True).click()
    paper = opened.value
    expect(paper.get_by_text(listed)).to_be_visible()
    expect(paper.get_by_text("691 234 5678")).to_have_count(0)
    paper.get_by_label(t("print.with_phones")).check()
    paper.get_by_role("button", name=t("print.refresh")).click()
    expect(paper.get_by_role("row").filter(has_text=listed)).to_contain_text("691 234 5678")
    assert barriers(paper, ["print"]) == []
    paper.close()


def to_phone(office: Office, booking: Booking) -> None:
    """It was moved, and the citizen has no address."""
    was_at = booking.period.starts_at - timedelta(hours=1)
    with transaction(office.context.db) as tx:
        tx.add(
            CallTaskRow(
                municipality_id=booking.service.municipality_id,
                booking_id=booking.id,
                kind="moved",
                facts=json.dumps({"starts_at": was_at.isoformat(), "mode": booking.mode.value}),
                created_at=office.context.clock.now(),
            )
        )


def works_at_its_desk(office: Office, booking: Booking) -> None:
    """The official said so today."""
    with transaction(office.context.db) as tx:
        desk_id = tx.get_one(BookingRow, booking.id).desk_id
        tx.execute(update(StaffSessionRow).values(desk_id=desk_id, desk_on=office.today()))


def settle(page: Page, name: str, t: Callable[..., str]) -> None:
    """All of the day that has this person; the answer stays, and can be taken back."""
    day = page.get_by_role("region").filter(has_text=name.upper().replace("Έ", "Ε"))
    day.get_by_role("button", name=t("unrecorded.all_of_day")).click()
    expect(day.get_by_role("checkbox").first).to_be_checked()
    assert barriers(page, ["unrecorded"]) == []
    page.get_by_role("button", name=t("unrecorded.no_show"), exact=True).click()
    expect(page.get_by_role("button", name=t("lists.undo"))).to_be_visible()
    expect(day).to_have_count(0)

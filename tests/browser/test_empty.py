"""Places with nothing in them say so, and lead on."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update
from sqlmodel import col

from dimoslive.db.engine import transaction
from dimoslive.db.queries.catalogue import all_municipalities
from dimoslive.db.tables.catalogue import MunicipalityRow, ServiceRow
from dimoslive.i18n import LANGUAGES
from dimoslive.seeds.demo import OfferedDepartment, OfferedService, join
from tests.browser.people import a_person
from tests.browser.site import Site
from tests.browser.walk import Walk

DRAMA = 9002


def joins(site: Site, municipality_id: int, at: datetime | None) -> None:
    with transaction(site.context.db) as tx:
        tx.execute(update(MunicipalityRow).where(col(MunicipalityRow.id) == municipality_id).values(joined_at=at))


@pytest.fixture
def drama(site: Site) -> Iterator[str]:
    """Has joined, and offers nothing yet."""
    joins(site, DRAMA, site.context.clock.now())
    yield "drama"
    joins(site, DRAMA, None)


@pytest.fixture
def never_open(site: Site, drama: str) -> Iterator[str]:
    """A service of Drama without opening hours."""
    service = OfferedService("Πρωτόκολλο", "Registry", "never-open", 10, "PV", weekdays=())
    with transaction(site.context.db) as tx:
        [made] = join(tx, DRAMA, site.context.clock.now(), [OfferedDepartment("Τμήμα", "Department", [service])])
        service_id = made.id
    yield service.slug
    with transaction(site.context.db) as tx:
        tx.get_one(ServiceRow, service_id).is_active = False


@pytest.fixture
def nobody(site: Site) -> Iterator[None]:
    """No municipality has joined."""
    with transaction(site.context.db) as tx:
        joined = {row.id: row.joined_at for row in all_municipalities(tx) if row.joined_at}
    for municipality_id in joined:
        joins(site, municipality_id, None)
    # Later than any other story: what was read for all is known for seconds.
    site.clock.advance(hours=3)
    yield
    for municipality_id, at in joined.items():
        joins(site, municipality_id, at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_municipality_without_services_says_so_and_whom_to_ask(
    visit: Callable[..., Page], drama: str, language: str
) -> None:
    page = visit()
    walk = Walk(page, language)

    page.goto(f"{walk.base}/m/{drama}")

    expect(page.get_by_text(walk.t("municipality.no_services"))).to_be_visible()
    expect(page.get_by_text(walk.t("municipality.not_joined_what"))).to_be_visible()
    expect(page.get_by_text(walk.t("municipality.no_contact"))).to_be_visible()
    expect(page.get_by_role("link", name=walk.t("municipality.book"))).to_have_count(0)
    page.get_by_role("main").get_by_role("link", name=walk.t("layout.municipalities")).click()
    walk.see("municipalities.title")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_wizard_leads_on_from_a_municipality_without_services(
    visit: Callable[..., Page], drama: str, language: str
) -> None:
    page = visit(a_person())
    walk = Walk(page, language)

    page.goto(f"{walk.base}/booking/mode?municipality={drama}")

    expect(page.get_by_text(walk.t("municipality.no_services"))).to_be_visible()
    expect(walk.button("continue")).to_have_count(0)
    asked = page.get_by_role("link", name=walk.t("mode.contact_municipality"))
    expect(asked).to_have_attribute("href", f"{walk.base}/m/{drama}")
    page.get_by_role("link", name=walk.t("mode.other_municipality")).click()
    walk.see("municipality.title")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_those_that_joined_says_that_there_is_none(
    visit: Callable[..., Page], nobody: None, language: str
) -> None:
    page = visit()
    walk = Walk(page, language)

    page.goto(f"{walk.base}/municipalities")

    expect(page.get_by_text(walk.t("municipalities.none_joined"))).to_be_visible()
    expect(page.get_by_role("combobox", name=walk.t("picker.label"))).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_calendar_without_times_leads_to_another_service_or_mode(
    visit: Callable[..., Page], drama: str, never_open: str, language: str
) -> None:
    page = visit(a_person())
    walk = Walk(page, language)

    walk.to_calendar(municipality=drama, service=never_open)

    expect(page.get_by_role("heading", name=walk.t("calendar.no_times_title"))).to_be_visible()
    page.get_by_role("link", name=walk.t("calendar.other_way")).click()
    walk.see("mode.title")

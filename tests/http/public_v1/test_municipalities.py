"""Municipalities and services as programs of others read them."""

from datetime import timedelta
from typing import Any

import httpx2
import pytest
from sqlalchemy import event

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import MunicipalityRow, ServiceRow
from dimoslive.db.tables.settings import ServiceSlugRow
from dimoslive.http.public_v1.kept import LIST_SECONDS
from dimoslive.seeds.municipalities import seed_municipalities
from dimoslive.urls import API_V1
from tests.http.site import Site
from tests.support.world import NOW

LIST = f"{API_V1}/municipalities"


@pytest.fixture
def all_of_them(site: Site) -> None:
    """The ministry's list; the test's own town is in it by another name."""
    with transaction(site.context.db) as tx:
        tx.get_one(MunicipalityRow, site.town.municipality.id).slug = "another"
        tx.flush()
        seed_municipalities(tx)


def an_addition(number: int) -> MunicipalityRow:
    """Its name stands before all others."""
    names: dict[str, Any] = dict.fromkeys(
        ("name_el", "name_en", "name_upper_el", "short_name_el", "short_name_en", "regional_unit_el"), f"Αα{number}"
    )
    return MunicipalityRow(
        id=9900 + number, slug=f"added-{number}", regional_unit_en="", region_el="", region_en="", **names
    )


async def slugs(browser: httpx2.AsyncClient, query: str = "") -> list[str]:
    return [one["slug"] for one in (await browser.get(f"{LIST}{query}")).json()["items"]]


async def test_pages_together_are_the_whole_list_while_others_are_added(site: Site, all_of_them: None) -> None:
    browser = site.browser()
    whole = await slugs(browser)
    assert len(whole) > 300
    found: list[str] = []
    address = f"{LIST}?limit=90"
    for number in range(10):
        answer = await browser.get(address)
        found += [one["slug"] for one in answer.json()["items"]]
        if answer.json()["next_cursor"] is None:
            assert "Link" not in answer.headers
            break
        address = answer.headers["Link"].removeprefix("<").partition(">")[0]
        with transaction(site.context.db) as tx:
            tx.add(an_addition(number))
        site.town.clock.advance(seconds=LIST_SECONDS)
    assert found == whole


async def test_a_search_has_pages_too(site: Site, all_of_them: None) -> None:
    browser = site.browser()
    whole = await slugs(browser, "?q=agia")
    first = (await browser.get(f"{LIST}?q=agia&limit=2")).json()
    rest = await slugs(browser, f"?q=agia&limit=400&cursor={first['next_cursor']}")
    assert [one["slug"] for one in first["items"]] + rest == whole
    assert len(whole) > 2


async def test_a_cursor_is_good_for_its_own_question_and_for_a_day(site: Site, all_of_them: None) -> None:
    browser = site.browser()
    cursor = (await browser.get(f"{LIST}?limit=1&joined=false")).json()["next_cursor"]
    assert (await browser.get(f"{LIST}?joined=false&cursor={cursor}")).status_code == 200
    for query in (f"cursor={cursor}", f"joined=false&cursor={cursor}x", "cursor=e30.x", "joined=false&cursor=W10.x"):
        answer = await browser.get(f"{LIST}?{query}")
        assert (answer.status_code, answer.json()["code"]) == (422, "cursor_invalid"), query
    site.town.clock.advance(hours=24, seconds=1)
    assert (await browser.get(f"{LIST}?joined=false&cursor={cursor}")).status_code == 422


async def test_it_is_narrowed_by_name_region_and_whether_one_can_book(site: Site, all_of_them: None) -> None:
    browser = site.browser()
    assert (await slugs(browser, "?q=xania"))[0] == "chania"
    assert await slugs(browser, "?q=Χανιά&joined=true") == []
    assert await slugs(browser, "?joined=true") == ["another"]
    of_crete = await slugs(browser, "?region=CRETE")
    assert len(of_crete) == 24
    assert of_crete == await slugs(browser, "?region=Κρητης")


async def test_the_body_of_the_list_is_made_once_as_long_as_nothing_changes(site: Site) -> None:
    browser, made = site.browser(), []
    event.listen(site.context.db, "before_cursor_execute", lambda *_: made.append(1))
    first = await browser.get(LIST)
    for _ in range(5):
        await browser.get(LIST)
    # It is read once a second at most.
    assert len(made) == 2  # the beginning of the transaction is counted, too
    with transaction(site.context.db) as tx:
        tx.get_one(MunicipalityRow, site.town.municipality.id).paused_at = NOW + timedelta(minutes=10)
    site.town.clock.advance(seconds=LIST_SECONDS)
    assert (await browser.get(LIST)).headers["ETag"] == first.headers["ETag"]
    site.town.clock.advance(minutes=10)
    paused = await browser.get(LIST)
    assert paused.headers["ETag"] != first.headers["ETag"]
    assert paused.json()["items"][0]["paused"] is True


async def test_one_says_what_its_page_says(site: Site) -> None:
    with transaction(site.context.db) as tx:
        row = tx.get_one(MunicipalityRow, site.town.municipality.id)
        row.phone, row.paused_at, row.pause_message_el = "+30 2513 500100", NOW, "Μετακομίζουμε"
        row.pause_until = NOW + timedelta(days=1)
    found = (await site.browser().get(f"{LIST}/kavala")).json()
    assert (found["phone"], found["email"], found["crest_url"]) == ("+30 2513 500100", None, None)
    assert (found["paused"], found["notice"]) == (True, {"el": "Μετακομίζουμε", "en": ""})
    assert found["notice_until_at"] == "2026-11-21T08:00:00Z"
    assert found["departments"] == [
        {
            "name": {"el": "Τμήμα Δημοτολογίου", "en": "Civil Registry"},
            "address": {"el": "Κύπρου 10", "en": "10 Kyprou Street"},
        }
    ]
    assert found["modes"] == ["video", "in_person", "phone"]
    assert {one["version"] for one in found["declaration_versions"]} == {"2026-12"}


async def test_one_that_is_not_published_is_as_unknown_as_none(site: Site, service: str) -> None:
    with transaction(site.context.db) as tx:
        tx.get_one(MunicipalityRow, site.town.municipality.id).joined_at = NOW + timedelta(days=1)
    browser = site.browser()
    assert await slugs(browser) == ["kavala"]
    assert await slugs(browser, "?joined=true") == []
    for address in (f"{LIST}/kavala", f"{LIST}/kavala/services", service, f"{service}/times", f"{service}/next"):
        answer = await browser.get(address)
        unknown = await browser.get(address.replace("kavala", "atlantis"))
        assert answer.status_code == unknown.status_code == 404
        assert answer.json() | {"instance": ""} == unknown.json() | {"instance": ""}


async def test_services_are_listed_without_their_texts_and_narrowed(site: Site) -> None:
    only_video = site.town.another_service(modes="V")
    browser, address = site.browser(), f"{LIST}/kavala/services"
    whole = (await browser.get(address)).json()["items"]
    assert [one["slug"] for one in whole] == [site.town.service.slug, only_video.slug]
    assert not {"documents", "instructions"} & whole[0].keys()
    by_phone = (await browser.get(f"{address}?mode=phone&department=δημοτολ")).json()["items"]
    assert [one["slug"] for one in by_phone] == [site.town.service.slug]
    assert (await browser.get(f"{address}?department=Tax")).json()["items"] == []
    first = (await browser.get(f"{address}?limit=1")).json()
    second = (await browser.get(f"{address}?limit=1&cursor={first['next_cursor']}")).json()
    assert ([one["slug"] for one in second["items"]], second["next_cursor"]) == ([only_video.slug], None)


async def test_a_service_tells_its_rules_and_what_to_bring(site: Site, service: str) -> None:
    with transaction(site.context.db) as tx:
        row = tx.get_one(ServiceRow, site.town.service.id)
        row.documents_en, row.paused_at, row.pause_message_en = "Identity card\n\nA photograph\n", NOW, "Back soon"
        row.reopens_on = (NOW + timedelta(days=3)).date()
    found: dict[str, Any] = (await site.browser().get(service)).json()
    assert found["documents"]["en"] == ["Identity card", "A photograph"]
    assert (found["duration_minutes"], found["step_minutes"], found["release_at"]) == (10, 10, "08:00")
    assert (found["paused"], found["notice"]["en"], found["reopens_on"]) == (True, "Back soon", "2026-11-23")
    assert found["weekly_hours"][4] == {
        "weekday": 5,
        "opens": "08:30",
        "closes": "15:00",
        "valid_from": None,
        "valid_until": None,
    }


async def test_an_address_that_a_service_had_leads_to_it(site: Site, service: str) -> None:
    with transaction(site.context.db) as tx:
        former = ServiceSlugRow(
            municipality_id=site.town.municipality.id, slug="as-it-was", service_id=site.town.service.id or 0
        )
        tx.add(former)
    found = (await site.browser().get(f"{LIST}/kavala/services/as-it-was")).json()
    assert found["slug"] == site.town.service.slug

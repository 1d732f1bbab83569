"""Search engines find the public pages, and none of the others."""

from urllib.robotparser import RobotFileParser

import pytest
from defusedxml.ElementTree import fromstring

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import MunicipalityRow
from tests.http.site import Site
from tests.support.world import a_municipality

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.mark.parametrize("language", ["", "/en"])
async def test_pages_for_everybody_are_open_and_all_others_are_closed(site: Site, language: str) -> None:
    answer = await site.browser().get("/robots.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    rules = RobotFileParser()
    rules.parse(answer.text.splitlines())
    for path in ("/", "/m/kavala", "/m/kavala?service=a", "/booking/mode", "/faq"):
        assert rules.can_fetch("*", f"{language}{path}"), path
    for path in ("/embed/services", "/b/secret", "/desk", "/desk/me", "/admin/desks", "/platform"):
        assert not rules.can_fetch("*", f"{language}{path}"), path
    for path in ("/auth/sign-in", "/feeds/secret/mydimoslive.ics", "/api/municipalities"):
        assert not rules.can_fetch("*", path), path
    assert rules.site_maps() == [f"{site.context.public_url}/sitemap.xml"]


async def test_the_map_has_published_municipalities_and_services_in_both_languages(site: Site) -> None:
    with transaction(site.context.db) as tx:
        a_municipality(tx, "Δράμας", slug="drama").joined_at = None
    answer = await site.browser().get("/sitemap.xml")
    assert answer.headers["Content-Type"] == "application/xml"
    url, service = site.context.public_url, site.town.service.slug
    found = {one.findtext(f"{SITEMAP}loc", ""): one for one in fromstring(answer.content)}
    paths = [
        "/",
        "/en",
        "/figures",
        "/en/figures",
        *(f"{prefix}/m/kavala{query}" for query in ("", f"?service={service}") for prefix in ("", "/en")),
    ]
    assert sorted(found) == sorted(url + path for path in paths)
    links = {link.get("hreflang"): link.get("href") for link in found[f"{url}/m/kavala"].findall(f"{XHTML}link")}
    assert links == {"el": f"{url}/m/kavala", "en": f"{url}/en/m/kavala"}


async def test_the_map_is_made_once_for_all_who_ask_within_ten_minutes(site: Site) -> None:
    browser = site.browser()
    first = await browser.get("/sitemap.xml")
    known = await browser.get("/sitemap.xml", headers={"If-None-Match": first.headers["ETag"]})
    assert known.status_code == 304
    with transaction(site.context.db) as tx:
        tx.get_one(MunicipalityRow, site.town.municipality.id).joined_at = None
    assert (await browser.get("/sitemap.xml")).content == first.content
    site.town.clock.advance(minutes=10)
    assert b"kavala" not in (await browser.get("/sitemap.xml")).content

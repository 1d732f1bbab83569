"""What other sites load: small, with our address in it, and kept by browsers for an hour."""

import base64
from hashlib import sha384

import brotli
import pytest

from dimoslive.services.embed.make_script import BUILT, BUILT_FOR, make_script
from dimoslive.urls import pinned_script_path
from tests.http.site import Site

MAX_BYTES = 6_000
"""Of both elements, as they travel."""


def test_the_script_with_both_elements_travels_in_six_kilobytes() -> None:
    assert len(make_script("https://rendezvous.municipality.example.gov.gr").bodies["br"]) < MAX_BYTES


@pytest.mark.parametrize(("accepted", "way"), [("gzip, deflate, br;q=0.9", "br"), ("gzip", "gzip"), ("identity", None)])
async def test_it_has_our_address_however_it_travels(site: Site, accepted: str, way: str | None) -> None:
    answer = await site.browser().get("/embed.js", headers={"Accept-Encoding": accepted})
    assert (answer.status_code, answer.headers.get("Content-Encoding")) == (200, way)
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.headers["Cache-Control"] == "public, max-age=3600, stale-while-revalidate=86400"
    assert BUILT_FOR in BUILT.read_text(encoding="utf-8")
    assert BUILT_FOR not in answer.text
    assert site.context.public_url in answer.text


async def test_who_has_it_gets_it_once(site: Site) -> None:
    browser = site.browser()
    etag = (await browser.get("/embed.js")).headers["ETag"]
    again = await browser.get("/embed.js", headers={"If-None-Match": etag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)


async def test_a_pinned_script_is_kept_for_good_and_checked_by_the_browser(site: Site) -> None:
    browser, made = site.browser(), make_script(site.context.public_url)
    answer = await browser.get(pinned_script_path(made.pin), headers={"Origin": "https://www.town.gr"})
    assert (answer.status_code, answer.text) == (200, (await browser.get("/embed.js")).text)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    # A browser checks only what the page around may read.
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert made.integrity == "sha384-" + base64.b64encode(sha384(answer.content).digest()).decode()
    for pin in ("0" * 16, "x"):
        assert (await browser.get(pinned_script_path(pin))).status_code in (404, 422)


def test_another_address_is_another_script() -> None:
    one, other = make_script("https://a.example.gr"), make_script("https://b.example.gr")
    assert one.etag != other.etag
    assert b"https://b.example.gr" in brotli.decompress(other.bodies["br"])

"""What other sites load: small, with our address in it, and kept by browsers for an hour."""

import brotli
import pytest

from dimoslive.http.embed.script import BUILT, BUILT_FOR, script_for
from tests.http.site import Site

MAX_BYTES = 6_000
"""Of both elements, as they travel."""


def test_the_script_with_both_elements_travels_in_six_kilobytes() -> None:
    assert len(script_for("https://rendezvous.municipality.example.gov.gr").bodies["br"]) < MAX_BYTES


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


def test_another_address_is_another_script() -> None:
    one, other = script_for("https://a.example.gr"), script_for("https://b.example.gr")
    assert one.etag != other.etag
    assert b"https://b.example.gr" in brotli.decompress(other.bodies["br"])

"""A crest is sent from our own page by whoever may, and served to everybody by its hash."""

from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from PIL import Image

from dimoslive.cookies import staff_cookie_name
from dimoslive.ports import Identity
from tests.http.site import Site
from tests.support.meeting import NIKOS, ZOE, enter_foreign_official, staff_token
from tests.support.settings import enter_administrator, enter_head

CREST = "/api/municipalities/kavala/crest.png"
OURS = {"Sec-Fetch-Site": "same-origin"}


def a_picture(side: int = 120) -> bytes:
    kept = BytesIO()
    Image.new("RGB", (side, side), "navy").save(kept, "PNG")
    return kept.getvalue()


def signed_in(site: Site, identity: Identity = NIKOS) -> httpx2.AsyncClient:
    browser = site.browser()
    browser.cookies.set(staff_cookie_name(site.context.public_url), staff_token(site.town, identity))
    return browser


async def send(browser: httpx2.AsyncClient, content: bytes, headers: dict[str, str] | None = None) -> httpx2.Response:
    form = {"m": "kavala", "language": "en"}
    files = {"file": ("c.png", content)}
    return await browser.post("/api/admin/crest", data=form, files=files, headers=OURS if headers is None else headers)


def led_to(answer: httpx2.Response) -> dict[str, list[str]]:
    assert answer.status_code == 303
    where = urlsplit(answer.headers["Location"])
    assert where.path == "/en/admin/municipality"
    return parse_qs(where.query)


async def test_a_crest_is_served_by_its_hash_and_known_again(site: Site) -> None:
    enter_administrator(site.town)
    anybody, browser = site.browser(), signed_in(site)
    assert (await anybody.get(CREST)).status_code == 404
    assert led_to(await send(browser, a_picture())) == {"m": ["kavala"], "crest": ["kept"]}
    answer = await anybody.get(CREST)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    etag = answer.headers["ETag"]
    by_hash = await anybody.get(f"{CREST}?v={etag.strip(chr(34))}", headers={"If-None-Match": etag})
    assert (by_hash.status_code, by_hash.content) == (304, b"")
    assert "immutable" in by_hash.headers["Cache-Control"]
    assert "immutable" not in (await anybody.get(f"{CREST}?v=other")).headers["Cache-Control"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", {"crest": ["file_is_empty"]}),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", {"crest": ["not_an_image"]}),
        (a_picture(40), {"crest": ["image_size"], "width": ["40"], "height": ["40"]}),
        (a_picture() + b"\0" * 512 * 1024, {"crest": ["image_too_large"]}),
    ],
)
async def test_what_is_wrong_leads_back_with_the_reason(site: Site, content: bytes, said: dict[str, list[str]]) -> None:
    enter_administrator(site.town)
    assert led_to(await send(signed_in(site), content)) == {"m": ["kavala"]} | said


async def test_another_site_and_another_municipality_s_administrator_send_nothing(site: Site) -> None:
    enter_administrator(site.town)
    assert (await send(signed_in(site), a_picture(), {"Sec-Fetch-Site": "cross-site"})).status_code == 403
    enter_foreign_official(site.town)
    assert (await send(signed_in(site, ZOE), a_picture())).status_code in {403, 404}
    assert "/desk/sign-in" in (await send(site.browser(), a_picture())).headers["Location"]
    assert (await site.browser().get(CREST)).status_code == 404


async def test_a_head_sends_none(site: Site) -> None:
    enter_head(site.town)
    assert (await send(signed_in(site), a_picture())).status_code in {403, 404}


@pytest.mark.parametrize("slug", ["unknown", "KAVALA", "%00", "..%2f..", "a" * 90])
async def test_what_has_no_crest_is_not_found(site: Site, slug: str) -> None:
    assert (await site.browser().get(f"/api/municipalities/{slug}/crest.png")).status_code == 404

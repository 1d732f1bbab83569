from collections.abc import AsyncIterator

from tests.http.site import Site


async def test_a_body_of_more_than_a_megabyte_is_refused(site: Site) -> None:
    browser = site.browser()
    just = await browser.post("/type", content=b"x" * 1024 * 1024)
    assert just.text == str(1024 * 1024)
    over = await browser.post("/type", content=b"x" * (1024 * 1024 + 1))
    assert (over.status_code, over.json()) == (413, {"code": "too_large"})
    assert over.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_body_that_hides_its_length_is_refused_all_the_same(site: Site) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(17):
            yield b"x" * 64 * 1024

    answer = await site.browser().post("/type", content=pieces())
    assert answer.status_code == 413


async def test_a_query_of_more_than_8_kilobytes_is_refused(site: Site) -> None:
    browser = site.browser()
    assert (await browser.get("/", params={"q": "x" * 8190})).status_code == 200
    over = await browser.get("/", params={"q": "x" * 8191})
    assert (over.status_code, over.json()) == (414, {"code": "too_long"})
    assert over.headers["X-Content-Type-Options"] == "nosniff"

from collections.abc import AsyncIterator

from dimoslive.http.middleware.request_size import MAX_BODY_SIZE
from tests.http.site import Site


async def test_a_body_of_more_than_a_file_and_its_form_is_refused(site: Site) -> None:
    browser = site.browser()
    just = await browser.post("/type", content=b"x" * MAX_BODY_SIZE)
    assert just.text == str(MAX_BODY_SIZE)
    over = await browser.post("/type", content=b"x" * (MAX_BODY_SIZE + 1))
    assert (over.status_code, over.json()) == (413, {"code": "too_large"})
    assert over.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_person_is_told_on_a_page_that_a_file_is_too_large(site: Site) -> None:
    sent = {"file": ("αρχείο.csv", b"x" * (MAX_BODY_SIZE + 1))}
    answer = await site.browser().post("/api/admin/import", files=sent, headers={"Accept": "text/html"})
    assert answer.status_code == 413
    assert "Πολύ μεγάλο αρχείο" in answer.text


async def test_a_body_that_hides_its_length_is_refused_all_the_same(site: Site) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(18):
            yield b"x" * 64 * 1024

    answer = await site.browser().post("/type", content=pieces())
    assert answer.status_code == 413


async def test_a_query_of_more_than_8_kilobytes_is_refused(site: Site) -> None:
    browser = site.browser()
    assert (await browser.get("/", params={"q": "x" * 8190})).status_code == 200
    over = await browser.get("/", params={"q": "x" * 8191})
    assert (over.status_code, over.json()) == (414, {"code": "too_long"})
    assert over.headers["X-Content-Type-Options"] == "nosniff"

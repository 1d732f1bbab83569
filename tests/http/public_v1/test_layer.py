"""What every request to the API must keep to, and what every answer carries."""

import logging
import re
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from dimoslive.http.public_v1.app import ApiFirst
from dimoslive.http.public_v1.body import read_json
from dimoslive.http.public_v1.layer import ApiLayer
from dimoslive.http.public_v1.problems import ApiProblem
from dimoslive.urls import API_V1
from tests.http.site import VISITOR, Site, development
from tests.support.database import counting
from tests.support.world import Town

ABROAD = {"Origin": "https://news.example"}
LIST = f"{API_V1}/municipalities"
UNSTORABLE = ("%00", "%ed%a0%80", "%ff")


def code_of(answer: httpx2.Response) -> str:
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert problem["type"].endswith(f"/api/problems/{problem['code']}")
    return str(problem["code"])


@pytest.mark.parametrize("bad", UNSTORABLE)
async def test_what_cannot_be_stored_is_refused_in_path_and_query(site: Site, bad: str) -> None:
    browser = site.browser()
    for address, at in ((f"{LIST}/kav{bad}", "path"), (f"{LIST}?q=kav{bad}", "query"), (f"{LIST}?{bad}=1", "query")):
        answer = await browser.get(address)
        assert (answer.status_code, code_of(answer)) == (422, "invalid_value")
        assert answer.json()["errors"][0]["at"] == at


async def test_a_parameter_that_nobody_knows_is_named_if_it_is_a_plain_word(site: Site) -> None:
    browser = site.browser()
    answer = await browser.get(f"{LIST}?joinde=1")
    assert (answer.status_code, code_of(answer)) == (422, "unknown_parameter")
    assert answer.json()["errors"][0]["at"] == "query.joinde"
    assert "script" not in (await browser.get(f"{LIST}?<script>=1")).text


async def test_values_that_were_sent_are_not_repeated(site: Site) -> None:
    assert "sesame" not in (await site.browser().get(f"{LIST}?limit=sesame")).text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
async def test_another_method_is_told_which_there_are(site: Site, method: str) -> None:
    answer = await site.browser().request(method, LIST)
    assert (answer.status_code, code_of(answer)) == (405, "method_not_allowed")
    assert answer.headers["Allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("application/json", 200),
        ("text/html,application/xhtml+xml,*/*;q=0.8", 200),
        ("application/*", 200),
        ("text/html", 406),
        ("application/json;q=0", 406),
        ("*/*, application/json;q=0, application/problem+json;q=0", 406),
    ],
)
async def test_who_takes_no_json_is_told(site: Site, accept: str, status: int) -> None:
    answer = await site.browser().get(LIST, headers={"Accept": accept})
    assert answer.status_code == status


async def test_a_head_has_the_headers_and_no_body(site: Site) -> None:
    browser = site.browser()
    whole, head = await browser.get(LIST), await browser.head(LIST)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("ETag", "Content-Length", "Cache-Control"):
        assert head.headers[name] == whole.headers[name]


async def test_an_answer_that_is_known_is_not_sent_again(site: Site, times: str, service: str) -> None:
    browser = site.browser()
    for address in (API_V1, LIST, f"{LIST}/kavala", f"{LIST}/kavala/services", service, times, f"{service}/next"):
        first = await browser.get(address)
        assert first.status_code == 200, address
        again = await browser.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b""), address
        for name in ("ETag", "Cache-Control", "Access-Control-Allow-Origin"):
            assert again.headers[name] == first.headers[name], address


async def test_any_page_may_read_what_is_public(site: Site) -> None:
    for address, status in ((LIST, 200), (f"{LIST}/atlantis", 404), (f"{LIST}?limit=0", 422)):
        answer = await site.browser().get(address, headers=ABROAD)
        assert answer.status_code == status
        assert answer.headers.get_list("Access-Control-Allow-Origin") == ["*"]
        assert "RateLimit" in answer.headers["Access-Control-Expose-Headers"]
        assert "Access-Control-Allow-Credentials" not in answer.headers
        assert len(answer.headers.get_list("Vary")) == 1


async def test_a_browser_that_asks_first_is_let_in_for_a_day(site: Site) -> None:
    headers = ABROAD | {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "if-none-match"}
    answer = await site.browser().options(LIST, headers=headers)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Access-Control-Max-Age"] == "86400"
    refused = await site.browser().options(LIST, headers=headers | {"Access-Control-Request-Method": "DELETE"})
    assert refused.status_code == 405


async def test_the_language_of_a_problem_is_the_reader_s(site: Site) -> None:
    browser = site.browser()
    for wanted, language, title in (
        ("el-GR, en;q=0.5", "el", "Δεν βρέθηκε"),
        ("de, el;q=0.2", "el", "Δεν βρέθηκε"),
        ("el;q=0.1, en", "en", "Not found"),
        ("de", "en", "Not found"),
        ("", "en", "Not found"),
        ("el;q=x", "en", "Not found"),
    ):
        answer = await browser.get(f"{LIST}/atlantis", headers={"Accept-Language": wanted})
        assert (answer.headers["Content-Language"], answer.json()["title"]) == (language, title), wanted
        assert answer.headers["Vary"] == "Accept-Encoding, Accept-Language"


async def test_a_request_has_an_id_that_a_proxy_of_ours_may_have_given(town: Town, site: Site, tmp_path: Path) -> None:
    given = {"X-Request-Id": "from-the-proxy-1"}
    own = await site.browser().get(f"{LIST}/atlantis", headers=given)
    assert re.fullmatch("[0-9a-f]{32}", own.headers["X-Request-Id"])
    assert own.json()["instance"] == f"urn:request:{own.headers['X-Request-Id']}"
    behind = Site(town, development(tmp_path, trusted_proxies=1)).browser()
    assert (await behind.get(LIST, headers=given)).headers["X-Request-Id"] == "from-the-proxy-1"
    odd = await behind.get(LIST, headers={"X-Request-Id": "no blanks\there"})
    assert re.fullmatch("[0-9a-f]{32}", odd.headers["X-Request-Id"])


async def test_a_mistake_of_ours_is_found_in_the_log_by_its_id(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    site.lose_database()
    with caplog.at_level(logging.ERROR):
        answer = await site.browser().get(f"{LIST}/kavala")
    assert (answer.status_code, code_of(answer)) == (500, "unexpected")
    assert answer.headers["X-Request-Id"] in caplog.text
    assert "sqlite" not in answer.text.lower()


async def test_who_asks_too_often_waits_and_others_do_not(site: Site, times: str) -> None:
    browser = site.browser()
    left = [(await browser.get(times)).headers["RateLimit"] for _ in range(2)]
    assert [re.findall(r"r=(\d+)", one) for one in left] == [["239"], ["238"]]
    for _ in range(238):
        await browser.get(times)
    refused = await browser.get(times)
    assert (refused.status_code, code_of(refused)) == (429, "too_many_requests")
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert refused.headers["RateLimit-Policy"] == '"times";q=240;w=60'
    assert refused.headers["RateLimit"].startswith('"times";r=0;')
    assert (await site.browser("198.51.100.4").get(times)).status_code == 200
    assert (await browser.get(LIST)).headers["RateLimit"].startswith('"public";r=599;')


async def test_a_read_writes_nothing(site: Site, times: str) -> None:
    with counting(site.context.db) as statements:
        for address in (LIST, f"{LIST}/kavala", times, "/api/municipalities"):
            assert (await site.browser().get(address)).status_code == 200
    assert statements
    assert [statement for statement, _ in statements if not statement.lstrip().startswith("SELECT")] == []


async def test_what_is_not_of_the_api_goes_to_the_site(site: Site) -> None:
    browser = site.browser()
    assert (await browser.get(f"{API_V1}x")).json() == {"code": "not_found"}
    assert code_of(await browser.get(f"{API_V1}/nothing")) == "not_found"
    assert isinstance(site._app, ApiFirst)


def posting(site: Site) -> httpx2.AsyncClient:
    """An API that takes a body and gives it back."""
    api = FastAPI(openapi_url=None)

    async def echo(body: dict[str, Any]) -> dict[str, Any]:
        return body

    api.add_api_route("/", echo, methods=["POST"])
    app = ApiLayer(api, site.context, development(Path()))
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app, client=(VISITOR, 1)), base_url="https://api.example")


@pytest.mark.parametrize(
    ("body", "kind", "code"),
    [
        (b'{"a": ["\xce\xb1"]}', "application/json; charset=utf-8", ""),
        (b'{"a": 1}', "text/plain", "unsupported_media_type"),
        (b"a=1", "application/x-www-form-urlencoded", "unsupported_media_type"),
        (b'{"a": ', "application/json", "malformed_json"),
        (b'{"a": NaN}', "application/json", "malformed_json"),
        (b'{"a": "\xff"}', "application/json", "malformed_json"),
        (b"[" * 50_000, "application/json", "malformed_json"),
        (b'{"a": ' + b"9" * 5_000 + b"}", "application/json", "malformed_json"),
        (b'{"a": "\\u0000"}', "application/json", "invalid_value"),
        (b'{"\\ud800": 1}', "application/json", "invalid_value"),
        (b'{"a": ' + b"[" * 30 + b"]" * 30 + b"}", "application/json", "invalid_value"),
        (b'{"a": "' + b"x" * 70_000 + b'"}', "application/json", "too_large"),
    ],
)
async def test_a_body_is_json_that_can_be_stored(site: Site, body: bytes, kind: str, code: str) -> None:
    answer = await posting(site).post("/", content=body, headers={"Content-Type": kind})
    assert (code_of(answer) if code else answer.status_code) == (code or 200)


async def test_a_body_without_a_length_is_not_read_beyond_what_is_allowed() -> None:
    sent = 0

    async def endless() -> dict[str, Any]:
        nonlocal sent
        sent += 1
        return {"type": "http.request", "body": b"x" * 8192, "more_body": True}

    with pytest.raises(ApiProblem, match="too_large"):
        await read_json({"type": "http", "headers": []}, endless)
    assert sent == 9

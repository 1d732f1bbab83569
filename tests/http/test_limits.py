from pathlib import Path

import pytest

from dimoslive.domain.people.client_address import client_address
from dimoslive.services.access.limit_attempts import RateLimit, limit_attempts
from tests.http.site import VISITOR, Site, development
from tests.support.world import Town

LIMITED = [
    (RateLimit.SIGN_IN, "/auth/sign-in", 303),
    (RateLimit.LINK, "/api/links/none/calendar.ics", 404),
]


@pytest.mark.parametrize(("limit", "address", "usual"), LIMITED)
async def test_an_address_that_asks_too_often_is_refused(
    site: Site, limit: RateLimit, address: str, usual: int
) -> None:
    browser = site.browser()
    for _ in range(limit.value.attempts - 1):
        limit_attempts(site.context, limit, VISITOR)
    assert (await browser.get(address)).status_code == usual

    refused = await browser.get(address)

    assert (refused.status_code, refused.json()) == (429, {"code": "too_many_attempts"})
    assert refused.headers["Retry-After"] == str(int(limit.value.window.total_seconds()))
    assert (await site.browser("198.51.100.4").get(address)).status_code == usual
    site.town.clock.advance(seconds=limit.value.window.total_seconds())
    assert (await browser.get(address)).status_code == usual


async def test_a_person_who_is_refused_reads_why(site: Site) -> None:
    for _ in range(RateLimit.SIGN_IN.value.attempts):
        limit_attempts(site.context, RateLimit.SIGN_IN, VISITOR)
    answer = await site.browser().get("/auth/sign-in", headers={"Accept": "text/html"})
    assert answer.status_code == 429
    assert "Πάρα πολλές προσπάθειες" in answer.text


async def test_a_forwarded_address_that_nobody_vouches_for_changes_nothing(site: Site) -> None:
    for _ in range(RateLimit.LINK.value.attempts):
        limit_attempts(site.context, RateLimit.LINK, VISITOR)
    headers = {"X-Forwarded-For": "198.51.100.4"}
    assert (await site.browser().get("/api/links/x/calendar.ics", headers=headers)).status_code == 429


async def test_behind_a_proxy_each_visitor_is_counted_alone(town: Town, tmp_path: Path) -> None:
    site = Site(town, development(tmp_path, trusted_proxies=1))
    for _ in range(RateLimit.LINK.value.attempts):
        limit_attempts(site.context, RateLimit.LINK, VISITOR)
    behind = site.browser("10.0.0.1")
    address = "/api/links/x/calendar.ics"
    assert (await behind.get(address, headers={"X-Forwarded-For": VISITOR})).status_code == 429
    assert (await behind.get(address, headers={"X-Forwarded-For": "198.51.100.4"})).status_code == 404


@pytest.mark.parametrize(
    ("proxies", "forwarded", "counted"),
    [
        (0, [], "10.0.0.1"),
        (0, ["198.51.100.4"], "10.0.0.1"),
        (1, [], "10.0.0.1"),
        (1, ["198.51.100.4"], "198.51.100.4"),
        (1, ["invented, 198.51.100.4"], "198.51.100.4"),
        (1, ["invented", "198.51.100.4"], "198.51.100.4"),
        (2, ["invented, 198.51.100.4, 10.0.0.2"], "198.51.100.4"),
        (2, ["198.51.100.4"], "198.51.100.4"),
        (1, ["2001:db8:1:2:3:4:5:6"], "2001:db8:1:2::/64"),
        (1, ["::ffff:198.51.100.4"], "198.51.100.4"),
    ],
)
def test_an_address_is_who_the_last_trusted_proxy_saw(proxies: int, forwarded: list[str], counted: str) -> None:
    headers = [(b"x-forwarded-for", line.encode()) for line in forwarded]
    visit = {"headers": headers, "client": ("10.0.0.1", 50_000)}
    assert client_address(visit, proxies) == counted

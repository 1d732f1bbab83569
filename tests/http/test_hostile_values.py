"""Whatever stands in an address, there is no mistake of ours in the answer."""

import logging
from urllib.parse import quote

import pytest

from tests.http.site import Site

VALUES = (
    "x",
    "9" * 5000,
    "-1",
    "\0",
    "\n",
    "\x1b[31m",
    "%",
    "١٢",
    "²",
    "\u202e",
    "../../etc/passwd",
    "'; DROP TABLE x",
    "1e9",
)
ADDRESSES = (
    "/api/links/{}/calendar.ics",
    "/api/bookings/{}/calendar.ics",
    "/api/{}",
    "/auth/{}",
    "/figures?q={}&region={}&mode={}&sort={}&open={}",
    "/api/v1/figures/days-to-next?region={}&service={}&cursor={}",
    "/api/v1/figures/days-to-next.csv?region={}&service={}",
    "/auth/sign-in?next={}",
    "/auth/staff/sign-in?next={}",
    "/auth/callback?state={}&code={}&error={}",
    "/auth/staff/callback?state={}&code={}",
)


@pytest.mark.parametrize("address", ADDRESSES)
async def test_no_value_makes_an_address_fail(site: Site, caplog: pytest.LogCaptureFixture, address: str) -> None:
    browser = site.browser()
    for value in (*(quote(one, safe="") for one in VALUES), "%ff%fe", "%ED%A0%80", "%"):
        answer = await browser.get(address.replace("{}", value))
        assert answer.status_code < 500, value
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []

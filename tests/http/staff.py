"""An official's way through the sign-in."""

from urllib.parse import parse_qs, urlsplit

import httpx2


async def staff_sign_in(
    browser: httpx2.AsyncClient, *, code: str = "nikos", to: str = "/desk?day=today"
) -> httpx2.Response:
    """To the provider and back; the answer is the callback's."""
    return await browser.get(await staff_way_back(browser, code=code, to=to))


async def staff_way_back(browser: httpx2.AsyncClient, *, code: str = "nikos", to: str) -> str:
    """Where the provider sends the browser after the sign-in."""
    begun = await browser.get("/auth/staff/sign-in", params={"next": to})
    [state] = parse_qs(urlsplit(begun.headers["Location"]).query)["state"]
    return f"/auth/staff/callback?state={state}&code={code}"

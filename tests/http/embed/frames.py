"""A frame's sign-in, as the frame and its window do it."""

import base64
import hashlib
import re
from dataclasses import dataclass

import httpx2

from tests.http.site import Site

OURS = {"Sec-Fetch-Site": "same-origin"}
VERIFIER = "v" * 43
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()


@dataclass(frozen=True)
class Framed:
    """A browser: its window is the site's own page, its frame stands in another site, with cookies of its own."""

    window: httpx2.AsyncClient
    frame: httpx2.AsyncClient

    @classmethod
    def of(cls, site: Site) -> "Framed":
        return cls(site.browser(), site.browser())

    async def begin(self, **query: str) -> httpx2.Response:
        """The window's first address."""
        return await self.window.get("/embed/sign-in", params={"m": "kavala", "challenge": CHALLENGE} | query)

    async def come_back(self, **query: str) -> httpx2.Response:
        """Through the simulator, and back to the callback."""
        begun = await self.begin(**query)
        decided = await self.window.post(begun.headers["Location"], data={"decision": "pick", "person": "eleni"})
        return await self.window.get(decided.headers["Location"])

    async def take(self, code: str, verifier: str = VERIFIER, **headers: str) -> httpx2.Response:
        """The frame shows the code."""
        given = {"code": code, "verifier": verifier}
        return await self.frame.post("/embed/session", json=given, headers=headers or OURS)

    async def name(self, m: str = "kavala") -> str:
        """Who is signed in in the frame."""
        return str((await self.frame.get("/embed/session", params={"m": m}, headers=OURS)).json()["name"])


def code_of(answer: httpx2.Response) -> str:
    """What the return page hands to the frame."""
    found = re.search(r'data-code="([\w-]{43})"', answer.text)
    assert found is not None, answer.text
    return found[1]

"""What the addresses of frames and of their windows say, checked."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import parse_qs, urlsplit

from fastapi import Depends, Query, Request

from dimoslive.domain.booking.frame_wish import FrameWish, is_challenge, read_wish
from dimoslive.urls import embed_path, language_of, localized, step_path

_MAX_LENGTH = 200
Word = Annotated[str, Query(max_length=_MAX_LENGTH)]


@dataclass(frozen=True, slots=True)
class AskedSignIn:
    """A sign-in beside a frame: for what, in which language, and by whose challenge the frame is known again."""

    wish: FrameWish
    language: str
    challenge: str
    goes_on: bool = False
    """The browser keeps nothing in frames: the booking goes on in the window, in a session of the site's own."""

    @property
    def again(self) -> str:
        """The address to begin it once more."""
        return self._page("sign-in")

    @property
    def return_to(self) -> str:
        """Where it leads back to; it says the same."""
        return self._page("return")

    @property
    def goes_on_at(self) -> str:
        """The address that a press to go on in the window is posted to."""
        return self._page("continue")

    @property
    def on_the_site(self) -> str:
        """The booking outside of any frame, with the same choice."""
        return booking_address(self.wish, self.language)

    def _page(self, name: str) -> str:
        more = {"challenge": self.challenge, "go_on": "1" if self.goes_on else ""}
        return embed_path(name, self.language, **self.wish.query, **more)


def booking_address(wish: FrameWish, language: str) -> str:
    """The wizard on the site itself, with what was chosen in a frame."""
    if not wish.municipality:
        return localized("/municipalities", language)
    asked = [f"municipality={wish.municipality}"]
    asked += [f"{name}={word}" for name, word in (("service", wish.service), ("mode", wish.mode)) if word]
    return f"{step_path('mode', language)}?{'&'.join(asked)}"


async def _wish(m: Word = "", service: Word = "", mode: Word = "", step: Word = "") -> FrameWish:
    return read_wish(m, service, mode, step)


WishDep = Annotated[FrameWish, Depends(_wish)]


async def _asked(request: Request, wish: WishDep, challenge: Word = "", go_on: Word = "") -> AskedSignIn:
    known = challenge if is_challenge(challenge) else ""
    return AskedSignIn(wish, language_of(request.url.path), known, goes_on=go_on == "1")


AskedDep = Annotated[AskedSignIn, Depends(_asked)]


def asked_of(address: str) -> AskedSignIn:
    """What an address that we signed says."""
    parts = urlsplit(address)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    wish = read_wish(*(query.get(name, "") for name in ("m", "service", "mode", "step")))
    challenge = query.get("challenge", "")
    return AskedSignIn(wish, language_of(parts.path), challenge if is_challenge(challenge) else "")

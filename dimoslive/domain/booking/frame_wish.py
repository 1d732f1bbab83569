"""What somebody has chosen in a frame before signing in: it travels in addresses, and is checked where it arrives."""

import re
from dataclasses import dataclass

from dimoslive.domain.scheduling.mode import Mode

_SLUG = re.compile(r"[a-z0-9-]{2,80}")
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
_STEPS = ("mode", "calendar", "details", "consent")
_MODES = tuple(mode.value for mode in Mode)


@dataclass(frozen=True, slots=True)
class FrameWish:
    """A municipality, perhaps a service and a mode by their slug and word, and the step to go on with."""

    municipality: str
    service: str = ""
    mode: str = ""
    step: str = ""

    @property
    def query(self) -> dict[str, str]:
        """As addresses say it; what is empty is left out."""
        words = {"m": self.municipality, "service": self.service, "mode": self.mode, "step": self.step}
        return {name: word for name, word in words.items() if word}


def read_wish(m: str, service: str = "", mode: str = "", step: str = "") -> FrameWish:
    """What of these could be one; whether there is such a municipality or service, the database says."""
    return FrameWish(
        municipality=m if _SLUG.fullmatch(m) else "",
        service=service if _SLUG.fullmatch(service) else "",
        mode=mode if mode in _MODES else "",
        step=step if step in _STEPS else "",
    )


def is_challenge(text: str) -> bool:
    """Whether it has the form of a frame's challenge: SHA-256 in base64url."""
    return _CHALLENGE.fullmatch(text) is not None

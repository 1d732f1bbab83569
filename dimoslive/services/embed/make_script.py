"""The script that brings our elements into the pages of other sites, with our own address built in."""

import base64
import gzip
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256, sha384
from pathlib import Path

import brotli

BUILT = Path(__file__).parents[3] / "assets" / "embed.js"
BUILT_FOR = "https://dimoslive.invalid"
"""What stands in the script for our address: `frontend/embed/site.ts`."""


@dataclass(frozen=True, slots=True)
class Script:
    """The script by the way in which it travels."""

    etag: str
    pin: str
    """16 hexadecimal digits: another script has another pin."""
    integrity: str
    """As the attribute of this name has it."""
    bodies: dict[str, bytes]


@lru_cache(maxsize=4)
def make_script(public_url: str) -> Script:
    """Made once for an address."""
    plain = BUILT.read_text(encoding="utf-8").replace(BUILT_FOR, public_url).encode()
    digest = sha256(plain).hexdigest()
    return Script(
        # Weak, because the same script goes out compressed and not.
        etag=f'W/"{digest[:32]}"',
        pin=digest[:16],
        integrity=f"sha384-{base64.b64encode(sha384(plain).digest()).decode()}",
        bodies={"": plain, "gzip": gzip.compress(plain, 9, mtime=0), "br": brotli.compress(plain)},
    )

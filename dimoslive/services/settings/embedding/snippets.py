"""What a webmaster pastes, made for a municipality: the texts that the page and the recipes show."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Literal
from urllib.parse import urlencode

import segno

from dimoslive.i18n import texts_of
from dimoslive.services.embed.make_script import make_script
from dimoslive.urls import EMBED_SCRIPT, embedded_services_path, municipality_path, pinned_script_path

What = Literal["wizard", "service", "next", "link"]
Display = Literal["inline", "dialog"]
FRAME_HEIGHT = 760


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be shown where; empty is the usual. ``service`` and ``mode`` are words of addresses."""

    municipality: str
    what: What = "wizard"
    service: str = ""
    mode: str = ""
    language: str = "el"
    display: Display = "inline"
    accent: str = ""


def script_snippet(site: str, wish: Wish) -> str:
    """The script and an element, with the link that is there without them."""
    return _element(site, wish, {"src": f"{site}{EMBED_SCRIPT}"})


def pinned_snippet(site: str, wish: Wish) -> str:
    """The same with the script of this version alone, which browsers check; empty for a link, which has none."""
    if wish.what == "link":
        return ""
    script = make_script(site)
    pinned = {"src": f"{site}{pinned_script_path(script.pin)}", "integrity": script.integrity}
    return _element(site, wish, pinned | {"crossorigin": "anonymous"})


def _element(site: str, wish: Wish, script: Mapping[str, str]) -> str:
    if wish.what == "link":
        return link_snippet(site, wish)
    display = wish.display if wish.what != "next" else "inline"
    shown = {
        "municipality": wish.municipality,
        "service": wish.service,
        "mode": wish.mode,
        "lang": "" if wish.language == "el" else wish.language,
        "display": "" if display == "inline" else display,
        "accent": wish.accent,
    }
    name = "my-dimoslive-next" if wish.what == "next" else "my-dimoslive"
    return (
        f"<script async{_attributes(script)}></script>\n<{name}{_attributes(shown)}>{link_snippet(site, wish)}</{name}>"
    )


def frame_snippet(site: str, wish: Wish) -> str:
    """A plain frame of the wizard, for editors that drop scripts."""
    title = texts_of(wish.language)("embedding.frame_title")
    query = _query({"m": wish.municipality, "service": wish.service, "mode": wish.mode})
    shown = {
        "src": f"{site}{embedded_services_path(wish.language)}{query}",
        "title": title,
        "style": f"width:100%;height:{FRAME_HEIGHT}px;border:0",
        "loading": "lazy",
    }
    return f"<iframe{_attributes(shown)}></iframe>"


def link_snippet(site: str, wish: Wish) -> str:
    """A link to the site itself."""
    words = texts_of(wish.language)("embedding.link_words")
    return f"<a{_attributes({'href': booking_address(site, wish)})}>{escape(words)}</a>"


def booking_address(site: str, wish: Wish) -> str:
    """For mails and printed matter."""
    query = _query({"service": wish.service, "mode": wish.mode})
    return f"{site}{municipality_path(wish.municipality, wish.language)}{query}"


def qr_code(address: str) -> str:
    """The address as an image for printed matter: SVG, as a `data:` address. A sixth of it may be spoilt."""
    code = segno.make_qr(address, error="m")
    return str(code.svg_data_uri(scale=8, light="#fff"))


def shortcode(wish: Wish) -> str:
    """For the plug-in of WordPress."""
    shown = {
        "municipality": wish.municipality,
        "service": wish.service,
        "mode": wish.mode,
        "lang": "" if wish.language == "el" else wish.language,
        "display": "" if wish.display == "inline" or wish.what == "next" else wish.display,
        "accent": wish.accent,
        "show": "next" if wish.what == "next" else "",
    }
    return f"[mydimoslive{_attributes(shown)}]"


def policy_lines(site: str) -> tuple[str, ...]:
    """What a host's own content policy has to let in."""
    return tuple(f"{rule} {site}" for rule in ("script-src", "frame-src", "connect-src"))


def _attributes(values: Mapping[str, str]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in values.items() if value)


def _query(values: Mapping[str, str]) -> str:
    asked = urlencode({name: value for name, value in values.items() if value})
    return f"?{asked}" if asked else ""

"""Relays for media that finds no direct way: which ones, and the right to use them for a while.

The credentials are those of coturn's ``use-auth-secret``, from the draft "A REST API For Access To TURN Services".
"""

import base64
import hmac
from datetime import datetime, timedelta


def ice_servers(
    turn_urls: list[str], turn_secret: str, user: str, now: datetime, lifetime: timedelta
) -> list[dict[str, str | list[str]]]:
    """What ``RTCPeerConnection`` takes as ``iceServers``; none without a relay. ``user`` shows in the relay's log."""
    if not turn_urls:
        return []
    username = f"{int((now + lifetime).timestamp())}:{user}"
    # The draft knows no other hash.
    digest = hmac.digest(turn_secret.encode(), username.encode(), "sha1")
    relays: dict[str, str | list[str]] = {
        "urls": turn_urls,
        "username": username,
        "credential": base64.b64encode(digest).decode(),
    }
    stun = list(dict.fromkeys(filter(None, map(_stun_url, turn_urls))))
    return [{"urls": stun}, relays] if stun else [relays]


def _stun_url(turn_url: str) -> str | None:
    # A relay answers STUN at its UDP port too; browsers ask STUN servers by UDP.
    scheme, _, rest = turn_url.partition(":")
    address, _, transport = rest.partition("?")
    return f"stun:{address}" if scheme == "turn" and transport in ("", "transport=udp") else None

"""The right to use the TURN relay, for the length of a meeting."""

from datetime import timedelta

from dimoslive.context import Parts
from dimoslive.crypto import token_hash
from dimoslive.integrations.video.turn import ice_servers

RELAY_FOR = timedelta(hours=3)


def offer_relay(parts: Parts, booking_id: int, person: str) -> list[dict[str, str | list[str]]]:
    """What ``RTCPeerConnection`` takes as ``iceServers``; none without a relay in the settings."""
    # The name stands in the relay's log: it must tell nobody anything.
    user = token_hash(f"{booking_id}:{person}:{parts.turn_secret}")[:16]
    return ice_servers(list(parts.turn_urls), parts.turn_secret, user, parts.clock.now(), RELAY_FOR)

"""The right to use the TURN relay, for the length of a meeting."""

from datetime import timedelta

from dimoslive.context import AppContext
from dimoslive.crypto import token_hash
from dimoslive.integrations.video.turn import ice_servers

RELAY_FOR = timedelta(hours=3)


def offer_relay(context: AppContext, booking_id: int, person: str) -> list[dict[str, str | list[str]]]:
    """What ``RTCPeerConnection`` takes as ``iceServers``; none without a relay in the settings."""
    # The name stands in the relay's log: it must tell nobody anything.
    user = token_hash(f"{booking_id}:{person}:{context.turn_secret}")[:16]
    return ice_servers(list(context.turn_urls), context.turn_secret, user, context.clock.now(), RELAY_FOR)

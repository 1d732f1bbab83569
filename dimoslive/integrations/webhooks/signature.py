"""The signature of Standard Webhooks 1.0: the receiver knows by it who sent a message, when, and that it is whole."""

import base64
import hmac
import secrets
from collections.abc import Iterable

_PREFIX = "whsec_"


def new_secret() -> str:
    """256 random bits, in the form that receivers' libraries take."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def signed_headers(message_id: str, seconds: int, body: bytes, secret_words: Iterable[str]) -> dict[str, str]:
    """The three headers of one attempt, with a signature by each secret."""
    signed = f"{message_id}.{seconds}.".encode() + body
    signatures = (
        base64.b64encode(hmac.digest(base64.b64decode(secret.removeprefix(_PREFIX)), signed, "sha256")).decode()
        for secret in secret_words
    )
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": " ".join(f"v1,{signature}" for signature in signatures),
    }

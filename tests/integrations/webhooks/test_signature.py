"""Receivers check our messages by the specification's own library."""

from datetime import UTC, datetime

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from dimoslive.integrations.webhooks.signature import new_secret, signed_headers

BODY = '{"type":"webhook.test","data":{"municipality":"kavala","δ":"ή"}}'.encode()


def headers_now(*secrets: str) -> dict[str, str]:
    # The library compares with the machine's clock.
    return signed_headers("evt_1_2", int(datetime.now(UTC).timestamp()), BODY, secrets)


def test_each_of_two_secrets_verifies_while_both_hold() -> None:
    former, new, other = new_secret(), new_secret(), new_secret()
    headers = headers_now(new, former)
    for secret in (former, new):
        assert Webhook(secret).verify(BODY, headers)["data"]["municipality"] == "kavala"
    with pytest.raises(WebhookVerificationError):
        Webhook(other).verify(BODY, headers)


@pytest.mark.parametrize("forged", [{"webhook-id": "evt_2_2"}, {"webhook-signature": "v1,AAAA"}])
def test_what_was_changed_on_the_way_does_not_verify(forged: dict[str, str]) -> None:
    secret = new_secret()
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(BODY, headers_now(secret) | forged)
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(BODY.replace(b"kavala", b"drama!"), headers_now(secret))


def test_secrets_are_256_bits_and_never_the_same() -> None:
    assert len({new_secret() for _ in range(50)}) == 50
    assert len(new_secret()) == len("whsec_") + 44

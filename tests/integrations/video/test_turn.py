from datetime import datetime, timedelta

import pytest

from dimoslive.integrations.clock import SystemClock
from dimoslive.integrations.video.turn import ice_servers
from tests.integrations.video.coturn import Coturn
from tests.integrations.video.turn_client import TurnRefused, allocate
from tests.support.builders import utc

HOUR = timedelta(hours=1)
NOW = utc("2026-11-24 07:08")
UDP = "turn:relay.example:3478"


def servers(*urls: str) -> list[dict[str, str | list[str]]]:
    return ice_servers(list(urls), "north", "meeting-17", NOW, HOUR)


def test_without_a_relay_browsers_get_none() -> None:
    assert servers() == []


def test_the_credential_is_the_one_that_coturn_computes() -> None:
    # printf %s 1795507680:meeting-17 | openssl dgst -sha1 -hmac north -binary | base64
    assert servers(UDP) == [
        {"urls": ["stun:relay.example:3478"]},
        {
            "urls": [UDP],
            "username": "1795507680:meeting-17",
            "credential": "lUjoiQZeeflueQD1Mg1P3EJ5h+0=",
        },
    ]


@pytest.mark.parametrize(
    ("urls", "stun"),
    [
        ((UDP, f"{UDP}?transport=udp", f"{UDP}?transport=tcp"), ["stun:relay.example:3478"]),
        (("turn:a.example", "turn:b.example"), ["stun:a.example", "stun:b.example"]),
        (("turn:[2001:db8::1]:3478",), ["stun:[2001:db8::1]:3478"]),
    ],
)
def test_a_relay_with_an_udp_port_is_asked_for_ones_own_address_too(urls: tuple[str, ...], stun: list[str]) -> None:
    first, relays = servers(*urls)
    assert first == {"urls": stun}
    assert relays["urls"] == list(urls)


def test_a_relay_without_an_udp_port_is_a_relay_only() -> None:
    urls = ["turns:relay.example:5349?transport=tcp", "turn:relay.example:443?transport=tcp"]
    assert [server["urls"] for server in servers(*urls)] == [urls]


def allocated(coturn: Coturn, secret: str, now: datetime) -> tuple[str, int]:
    *_, relay = ice_servers([coturn.url], secret, "meeting-17", now, HOUR)
    return allocate(coturn.address, str(relay["username"]), str(relay["credential"]))


@pytest.mark.slow
def test_a_real_relay_lends_an_address_to_who_has_the_credentials(coturn: Coturn) -> None:
    host, port = allocated(coturn, coturn.secret, SystemClock().now())
    assert host == "127.0.0.1"
    assert port not in (0, coturn.address[1])


@pytest.mark.slow
def test_a_real_relay_refuses_credentials_of_another_secret(coturn: Coturn) -> None:
    with pytest.raises(TurnRefused) as refused:
        allocated(coturn, "another secret", SystemClock().now())
    assert refused.value.number == 401


@pytest.mark.slow
def test_a_real_relay_refuses_credentials_whose_time_is_over(coturn: Coturn) -> None:
    with pytest.raises(TurnRefused) as refused:
        allocated(coturn, coturn.secret, SystemClock().now() - 2 * HOUR)
    assert refused.value.number == 401

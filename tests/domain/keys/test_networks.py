"""From which networks a key may be used."""

import pytest

from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.keys.networks import MAX_NETWORKS, is_within, parse_networks


def test_networks_are_read_one_a_line_each_once_and_an_address_is_a_network_of_one() -> None:
    assert parse_networks("192.0.2.7/24\n2001:db8::/32  198.51.100.4\n192.0.2.0/24") == (
        "192.0.2.0/24",
        "2001:db8::/32",
        "198.51.100.4/32",
    )
    assert parse_networks(" \n ") == ()


@pytest.mark.parametrize("line", ["192.0.2.0/33", "dimos.gr", "0x7f.1", "192.0.2", "2001:db8::/129", "١٩٢.0.2.1"])
def test_what_is_no_network_is_named(line: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_networks(f"192.0.2.0/24\n{line}")
    assert (refused.value.code, refused.value.params["line"]) == ("not_a_network", line)


def test_there_are_at_most_twenty() -> None:
    parse_networks("\n".join(f"192.0.2.{number}" for number in range(MAX_NETWORKS)))
    with pytest.raises(InvalidInput, match="too_many_networks"):
        parse_networks("\n".join(f"192.0.2.{number}" for number in range(MAX_NETWORKS + 1)))


@pytest.mark.parametrize(
    ("address", "is_inside"),
    [
        ("192.0.2.9", True),
        ("::ffff:192.0.2.9", True),
        ("192.0.3.9", False),
        ("2001:db8:1::5", True),
        ("2001:db9::5", False),
        ("", False),
        ("testclient", False),
    ],
)
def test_an_address_lies_in_one_of_them_or_in_none(address: str, is_inside: bool) -> None:
    assert is_within(address, ["192.0.2.0/24", "2001:db8::/32"]) is is_inside

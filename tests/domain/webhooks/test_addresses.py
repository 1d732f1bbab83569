"""Nobody makes the server call what is inside."""

from ipaddress import ip_network

import pytest

from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.webhooks.addresses import is_allowed, parse_webhook_url

GLOBAL = ("8.8.8.8", "2606:4700::1111", "2a00:1450:4001::1", "64:ff9b::808:808", "2002:808:808::1", "::ffff:8.8.8.8")
INSIDE = (
    *("127.0.0.1", "127.255.255.254", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254"),  # noqa: S104  # not bound to
    *("100.64.0.1", "192.0.0.1", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.51.100.1", "203.0.113.1"),
    *("224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00::1"),
    *("fec0::1", "ff02::1", "100::1", "2001:db8::1", "3fff::1", "5f00::1", "2001:2::1"),
    # Wrapped: mapped, compatible, NAT64, 6to4, Teredo.
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1"),
    *("2002:7f00:1::", "2002:a00:1::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:0:a00:1::f5ff:fffe"),
    *("", "localhost", "1.2.3", "0x7f.1"),
)


@pytest.mark.parametrize("address", GLOBAL)
def test_an_address_of_the_internet_is_called(address: str) -> None:
    assert is_allowed(address)


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_is_never_called(address: str) -> None:
    assert not is_allowed(address)


def test_operators_admit_networks_of_a_town_hall_but_never_the_machine_itself() -> None:
    everything = [ip_network("0.0.0.0/0"), ip_network("::/0")]
    for address in ("10.1.2.3", "::ffff:10.1.2.3", "192.168.1.1", "fd00::1"):
        assert is_allowed(address, everything)
    for address in ("127.0.0.1", "::1", "::ffff:127.0.0.1", "169.254.169.254", "fe80::1", "0.0.0.0", "224.0.0.1"):  # noqa: S104  # not bound to
        assert not is_allowed(address, everything)
    assert not is_allowed("10.1.2.3", [ip_network("10.2.0.0/16")])


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("https://hooks.dimos.gr", "https://hooks.dimos.gr/"),
        (" HTTPS://Hooks.Dimos.GR./a?b=c ", "https://hooks.dimos.gr/a?b=c"),
        ("https://hooks.dimos.gr:443/", "https://hooks.dimos.gr/"),
        ("https://hooks.dimos.gr:8443/x", "https://hooks.dimos.gr:8443/x"),
        ("https://δήμος.gr/", "https://xn--jxalzmp.gr/"),
    ],
)
def test_an_address_is_written_in_one_way(typed: str, written: str) -> None:
    assert parse_webhook_url(typed, own_host="book.dimos.gr", ports=(443, 8443)) == written


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("http://hooks.dimos.gr/", "webhook_not_https"),
        ("ftp://hooks.dimos.gr/", "webhook_not_https"),
        ("https:///hooks.dimos.gr", "webhook_not_https"),
        ("https://hooks.dimos.gr/#a", "webhook_not_https"),
        ("https://hooks.dimos.gr/a b", "webhook_not_https"),
        ("https://hooks.dimos.gr/\r\nHost: evil", "webhook_not_https"),
        ("https://hooks.dimos.gr\\@evil.gr/", "webhook_not_https"),
        ("https://user@hooks.dimos.gr/", "webhook_with_user"),
        ("https://127.0.0.1/", "webhook_not_a_name"),
        ("https://2130706433/", "webhook_not_a_name"),
        ("https://0177.0.0.1/", "webhook_not_a_name"),
        ("https://0x7f.0.0.0x1/", "webhook_not_a_name"),
        ("https://127.1/", "webhook_not_a_name"),
        ("https://①②⑦.⓪.⓪.①/", "webhook_not_a_name"),
        ("https://127。0。0。1/", "webhook_not_a_name"),
        ("https://[::1]/", "webhook_not_a_name"),
        ("https://[::ffff:127.0.0.1]/", "webhook_not_a_name"),
        ("https://localhost/", "webhook_not_a_name"),
        ("https://localhost./", "webhook_not_a_name"),
        ("https://a..gr/", "webhook_not_a_name"),
        ("https://hooks.dimos.gr:٤٤٣/", "webhook_not_a_name"),
        ("https://hooks.dimos.gr:22/", "webhook_port"),
        ("https://hooks.dimos.gr:0/", "webhook_port"),
        ("https://BOOK.dimos.gr./", "webhook_refused"),
        ("https://printer.local/", "webhook_refused"),
        ("https://a.localhost/", "webhook_refused"),
        (f"https://hooks.dimos.gr/{'a' * 300}", "too_long"),
    ],
)
def test_what_is_no_address_of_a_receiver_says_what_is_wrong(typed: str, code: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        parse_webhook_url(typed, own_host="book.dimos.gr", ports=(443,))
    assert (refusal.value.field, refusal.value.code) == ("url", code)

"""A setting with a form of its own is read once, at the start: it is put right or refused in one line, never later."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from icalendar import Calendar

from dimoslive.domain.booking.booking import Booking
from dimoslive.integrations.mail.booking_mail import booking_mail
from dimoslive.settings import Settings, WrongSettings, load_settings
from dimoslive.urls import MailLinks
from tests.integrations.booked import a_booking
from tests.support.builders import at


def settings(**values: Any) -> Settings:
    return Settings(_env_file=None, **values)


@pytest.mark.parametrize(
    ("written", "name", "address"),
    [
        ("Δήμος Καβάλας, ραντεβού <noreply@kavala.gr>", "Δήμος Καβάλας, ραντεβού", "noreply@kavala.gr"),
        ('"Δήμος Καβάλας, ραντεβού" <noreply@kavala.gr>', "Δήμος Καβάλας, ραντεβού", "noreply@kavala.gr"),
        ('Office; (Kavala): "the" one\\ <noreply@kavala.gr>', 'Office; (Kavala): "the" one\\', "noreply@kavala.gr"),
        ("noreply@kavala.gr", "", "noreply@kavala.gr"),
        ("  <noreply@Kavala.GR> ", "", "noreply@kavala.gr"),
        ("myDimosLive <noreply@localhost>", "myDimosLive", "noreply@localhost"),
        ("Δήμος <noreply@δήμος.gr>", "Δήμος", "noreply@xn--jxalzmp.gr"),
    ],
)
def test_the_sender_is_one_address_in_the_mail_and_in_the_invitation(written: str, name: str, address: str) -> None:
    mail = a_mail(settings(mail_from=written).mail_from)
    [sender] = mail["From"].addresses
    assert (sender.display_name, sender.addr_spec) == (name, address)
    [event] = Calendar.from_ical(invitation_of(mail)).events
    assert event["ORGANIZER"] == f"mailto:{address}"


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("info@kavala.gr", ["info@kavala.gr"]),
        ("Γραφείο, ραντεβού <info@kavala.gr>", None),
        ("a@kavala.gr, b@kavala.gr", None),
        ("info", None),
    ],
)
def test_an_answer_goes_to_the_one_address_of_the_municipality_or_nowhere(
    written: str, answer: list[str] | None
) -> None:
    mail = a_mail("noreply@kavala.gr", a_booking(municipality_email=written))
    reply_to = mail["Reply-To"]
    assert (reply_to and [one.addr_spec for one in reply_to.addresses]) == answer


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("mail_from", "Δήμος Καβάλας"),
        ("mail_from", "a@kavala.gr, b@kavala.gr"),
        ("mail_from", "Δήμος <a@kavala.gr>, Δήμος <b@kavala.gr>"),
        ("mail_from", "Δήμος <noreply>"),
        ("mail_from", "Δήμος\nBcc: all@kavala.gr <a@kavala.gr>"),
        ("mail_from", "=?utf-8?q?x?= <a@kavala.gr>"),
        ("mail_from", "Δήμος <δήμος@kavala.gr>"),
        ("mail_from", ""),
        ("support_email", "help"),
        ("support_email", "a@kavala.gr, b@kavala.gr"),
        ("support_email", "Help <a@kavala.gr>"),
        ("public_url", "https://kavala.gr/rendezvous"),
        ("public_url", "https://kavala.gr?x=1"),
        ("public_url", "https://kavala.gr#top"),
        ("public_url", "https://user:word@kavala.gr"),
        ("public_url", "https://kavala.gr:https"),
        ("public_url", "https://"),
        ("public_url", "https://kava la.gr"),
        ("public_url", "https://kavala_.gr"),
        ("public_url", "ftp://kavala.gr"),
        ("jitsi_url", "https://meet.gr/room?x=1"),
        ("jitsi_url", "https:///room"),
        ("gsis_base_url", "oauth2.gsis.gr"),
        ("gsis_base_url", "https://"),
        ("database_url", "postgresql+psycopg://u:secret@host:port/db"),
        ("database_url", "postgresql+psycopg://u:se@cret@host/db"),
        ("database_url", "postgresql+psycopg://u:secret@host"),
        ("database_url", "postgresql+psycopg://"),
        ("database_url", "sqlite:///"),
        ("database_url", "sqlite:///:memory:"),
        ("database_url", "mysql://u:secret@host/db"),
        ("redis_url", "localhost:6379"),
        ("redis_url", "redis://"),
        ("redis_url", "redis://:secret@host:port/0"),
        ("redis_url", "redis://:se/cret@host/0"),
        ("redis_url", "redis://host/name"),
        ("smtp_url", "mail.kavala.gr"),
        ("smtp_url", "smtp://"),
        ("smtp_url", "smtp://u:secret@host:port"),
        ("smtp_url", "smtp://u:se/cret@host"),
        ("smtp_url", "smtp://u:se#cret@host"),
        ("smtp_url", "smtp://u:secret@host?starttls=0"),
        ("smtp_url", "smtp://host?starttls=maybe"),
        ("turn_urls", "turn://relay.gr:3478"),
        ("turn_urls", "turn:relay.gr:port"),
        ("turn_urls", "turn:relay.gr:99999"),
        ("turn_urls", "turn:relay.gr?transport=tls"),
        ("turn_urls", "turn:relay.gr, stun:relay.gr"),
        ("turn_urls", "turn:"),
    ],
)
def test_what_cannot_work_is_refused_at_the_start_in_one_line_without_its_secrets(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any, name: str, value: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(f"DIMOSLIVE_{name.upper()}", value)
    monkeypatch.setenv("DIMOSLIVE_TURN_SECRET", "word")
    with pytest.raises(WrongSettings) as refused:
        load_settings()
    said = str(refused.value)
    assert said.startswith(f"DIMOSLIVE_{name.upper()}: ")
    assert "\n" not in said
    assert "cret" not in said


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("public_url", "https://Kavala.GR/", "https://kavala.gr"),
        ("public_url", "https://kavala.gr:443", "https://kavala.gr"),
        ("public_url", "http://kavala.gr:80/", "http://kavala.gr"),
        ("public_url", "https://kavala.gr:8443", "https://kavala.gr:8443"),
        ("public_url", "http://[::1]:3000", "http://[::1]:3000"),
        ("public_url", "https://δήμος.gr", "https://xn--jxalzmp.gr"),
        ("jitsi_url", "https://meet.gr/kavala/", "https://meet.gr/kavala"),
        ("gsis_base_url", "https://oauth2.gsis.gr/", "https://oauth2.gsis.gr"),
        ("database_url", "postgresql+psycopg://u:p%2Fw@host:5433/db", "postgresql+psycopg://u:p%2Fw@host:5433/db"),
        ("database_url", "postgresql+psycopg:///db?host=/run/pg", "postgresql+psycopg:///db?host=/run/pg"),
        ("redis_url", "rediss://:word@host:6380/1", "rediss://:word@host:6380/1"),
        ("redis_url", "redis://localhost", "redis://localhost"),
        ("redis_url", "unix:///run/redis.sock", "unix:///run/redis.sock"),
        ("support_email", " Help@Kavala.gr", "Help@kavala.gr"),
        ("turn_urls", "turn:relay.gr:3478, turns:[2001:db8::1]:5349?transport=tcp",
         "turn:relay.gr:3478, turns:[2001:db8::1]:5349?transport=tcp"),
    ],
)  # fmt: skip
def test_what_can_be_put_right_is(name: str, value: str, read: str) -> None:
    assert getattr(settings(**{name: value, "turn_secret": "word"}), name) == read


def test_without_an_address_of_its_own_the_site_is_where_a_browser_finds_it() -> None:
    assert [settings(port=port).public_url for port in (3000, 80)] == ["http://localhost:3000", "http://localhost"]


def a_mail(mail_from: str, booking: Booking | None = None) -> EmailMessage:
    """As a recipient's program reads it."""
    links = MailLinks(*["https://dimos.example/x"] * 6)
    now, message_id = at("2026-11-01 11:30"), "<outbox-17@dimos.example>"
    sent = booking_mail("booked", booking or a_booking(), links, mail_from=mail_from, message_id=message_id, now=now)
    return message_from_bytes(sent.as_bytes(), policy=policy.default)


def invitation_of(mail: EmailMessage) -> str:
    """The calendar's part."""
    [part] = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    return str(part.get_content())


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"oidc_issuer": "https://idp.example"}, "DIMOSLIVE_OIDC_CLIENT_ID is needed for OpenID Connect"),
        ({"oidc_client_id": "dimos"}, "DIMOSLIVE_OIDC_ISSUER is needed for OpenID Connect"),
        (
            {"oidc_issuer": "https://idp.example", "oidc_client_id": "dimos"},
            "DIMOSLIVE_OIDC_CLIENT_SECRET is needed for OpenID Connect",
        ),
        ({"oidc_vouches_for_email": True}, "DIMOSLIVE_OIDC_ISSUER is needed for OpenID Connect"),
        ({"oidc_issuer": "idp.example"}, "must begin with http:// or https://"),
        ({"oidc_issuer": "https://idp.example/?tenant=1"}, "must be an address without user, ? and #"),
        ({"oidc_issuer": f"https://idp.example/{'x' * 300}"}, "must have 300 characters at most"),
    ],
)
def test_openid_connect_is_set_up_whole_or_not_at_all(values: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValueError, match=re.escape(problem)):
        settings(**values)


def test_an_issuer_is_kept_letter_for_letter() -> None:
    whole = {"oidc_client_id": "dimos", "oidc_client_secret": "secret"}
    for issuer in ("https://dimos.auth.example/", "https://login.example/TENANT-1/v2.0"):
        assert settings(oidc_issuer=issuer, **whole).oidc_issuer == issuer


def test_ports_and_networks_of_webhooks_are_read_once() -> None:
    read = settings(webhook_ports="443, 8443", webhook_networks="10.1.2.0/24, fd00::/8")
    assert read.allowed_ports == (443, 8443)
    assert [str(one) for one in read.admitted_networks] == ["10.1.2.0/24", "fd00::/8"]
    assert (settings().allowed_ports, settings().admitted_networks) == ((443,), ())


@pytest.mark.parametrize(
    "wrong",
    [
        *({"webhook_ports": text} for text in ("0", "65536", "https", "٤٤٣", "-1")),
        *({"webhook_networks": text} for text in ("10.1.2.3/24", "localhost", "127.0.0.0/8", "::1", "169.254.0.0/16")),
    ],
)
def test_what_is_no_port_or_no_network_of_a_town_hall_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="must"):
        settings(**wrong)

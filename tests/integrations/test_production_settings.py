"""Production starts with nothing that is meant for a developer's machine, and sends no secret in clear."""

import pytest
from pydantic import ValidationError

from dimoslive.settings import WrongSettings, load_settings
from tests.http.site import production

REDIS = "DIMOSLIVE_REDIS_URL must be rediss:// with a password to reach another machine"
SMTP = "DIMOSLIVE_SMTP_URL must be smtps://, or have starttls=1, to reach another machine"


OPENID = {"oidc_client_id": "dimos", "oidc_client_secret": "secret"}


def nowhere(name: str) -> str:
    return f"DIMOSLIVE_{name} must name a host that others can reach, in production"


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("gsis_base_url", "https://test.gsis.gr", "DIMOSLIVE_GSIS_BASE_URL must not be test.gsis.gr in production"),
        ("gsis_base_url", "https://TEST.gsis.gr/", "DIMOSLIVE_GSIS_BASE_URL must not be test.gsis.gr in production"),
        ("gsis_base_url", "http://oauth2.gsis.gr", "DIMOSLIVE_GSIS_BASE_URL must begin with https:// in production"),
        ("oidc_issuer", "http://idp.example", "DIMOSLIVE_OIDC_ISSUER must begin with https:// in production"),
        ("oidc_issuer", "https://localhost", nowhere("OIDC_ISSUER")),
        ("smtp_url", "smtp://mail.example", SMTP),
        ("smtp_url", "smtp://192.0.2.1:25", SMTP),
        ("smtp_url", "smtp://mail.example?starttls=0", SMTP),
        ("redis_url", "redis://cache.example", REDIS),
        ("redis_url", "redis://:word@cache.example", REDIS),
        ("redis_url", "rediss://cache.example", REDIS),
        ("redis_url", "redis://192.0.2.1:6379/0", REDIS),
        ("public_url", "https://localhost", nowhere("PUBLIC_URL")),
        ("public_url", "https://127.0.0.1:8443", nowhere("PUBLIC_URL")),
        ("public_url", "https://[::1]", nowhere("PUBLIC_URL")),
        ("jitsi_url", "https://localhost", nowhere("JITSI_URL")),
        ("mail_from", "myDimosLive <noreply@localhost>", nowhere("MAIL_FROM")),
        ("support_email", "support@localhost", nowhere("SUPPORT_EMAIL")),
    ],
)
def test_what_is_unsafe_or_leads_nowhere_is_refused(name: str, value: str, line: str) -> None:
    with pytest.raises(ValidationError) as refused:
        production(**{name: value}, **(OPENID if name == "oidc_issuer" else {}))
    assert [problem["msg"] for problem in refused.value.errors()] == [f"Value error, {line}"]


def test_relays_that_only_this_machine_reaches_are_refused() -> None:
    with pytest.raises(ValidationError, match="DIMOSLIVE_TURN_URLS must name a host"):
        production(turn_urls="turn:relay.example:3478, turn:127.0.0.1:3478", turn_secret="s")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("smtp_url", "smtp://localhost"),
        ("smtp_url", "smtp://[::1]:25"),
        ("smtp_url", "smtp://mail.example?starttls=1"),
        ("smtp_url", "smtp://user:word@mail.example"),
        ("redis_url", "redis://localhost:6379"),
        ("redis_url", "redis://127.0.0.1"),
        ("redis_url", "unix:///run/redis.sock"),
        ("redis_url", "rediss://:word@cache.example:6380/1"),
    ],
)
def test_what_stays_on_the_machine_or_is_encrypted_is_taken(name: str, value: str) -> None:
    assert production(**{name: value}).is_production


SET = {
    "public_url", "identity", "mail", "mail_from", "support_email", "dpo_email",
    "operator_name", "operator_name_en", "operator_address", "operator_address_en",
}  # fmt: skip


def test_the_start_ends_with_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in production().model_dump(include=SET).items():
        monkeypatch.setenv(f"DIMOSLIVE_{name.upper()}", str(value))
    monkeypatch.setenv("DIMOSLIVE_ENV", "production")
    for name, value in {"SECRET_KEY": "x" * 40, "GSIS_CLIENT_ID": "c", "GSIS_CLIENT_SECRET": "s"}.items():
        monkeypatch.setenv(f"DIMOSLIVE_{name}", value)
    monkeypatch.setenv("DIMOSLIVE_SMTP_URL", "smtps://mail.example")
    with pytest.raises(WrongSettings, match=r"^DIMOSLIVE_GSIS_BASE_URL must not be test.gsis.gr in production$"):
        load_settings()

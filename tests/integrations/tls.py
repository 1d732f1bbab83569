"""How often the HTTP client makes ready for TLS."""

import ssl

import httpcore2
import pytest

from dimoslive.integrations.tls import tls_context


def contexts_made(monkeypatch: pytest.MonkeyPatch) -> list[ssl.SSLContext]:
    """Those that are made from now on."""
    tls_context.cache_clear()
    made: list[ssl.SSLContext] = []
    make = httpcore2.default_ssl_context

    def making(**words: bool) -> ssl.SSLContext:
        made.append(make(**words))
        return made[-1]

    monkeypatch.setattr(httpcore2, "default_ssl_context", making)
    return made


def assert_checks_certificates(context: ssl.SSLContext) -> None:
    """Nobody else can pass for the other side."""
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2

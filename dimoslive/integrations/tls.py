"""What our HTTP clients need for TLS."""

import ssl
from functools import cache

import httpx2


@cache
def tls_context() -> ssl.SSLContext:
    """One for all: to read the certificates of all authorities takes tens of milliseconds, which all wait."""
    return httpx2.create_ssl_context()

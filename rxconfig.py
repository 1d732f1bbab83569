"""Reflex's configuration; everything that an operator sets is in `dimoslive.settings`."""

import os

# Before Reflex is imported: it would else download its own package manager.
os.environ.setdefault("REFLEX_USE_NPM", "1")

import reflex as rx
from reflex.constants import StateManagerMode

from dimoslive.settings import load_settings
from dimoslive.ui.shared.frontend import Frontend

settings = load_settings()
if settings.redis_url:
    # Without these two, Redis brings more workers than cores and a lock taken anew for each event.
    os.environ.setdefault("GRANIAN_WORKERS", str(os.cpu_count() or 1))
    os.environ.setdefault("REFLEX_OPLOCK_ENABLED", "1")

config = rx.Config(
    app_name="dimoslive",
    frontend_port=settings.port,
    backend_port=settings.port,
    api_url=settings.public_url,
    deploy_url=settings.public_url,
    trusted_proxy_hops=settings.trusted_proxies,
    cors_allowed_origins=[settings.public_url],
    # Open pages hold what citizens type: it stays in memory, or in Redis, and is never written to a disk.
    state_manager_mode=StateManagerMode.REDIS if settings.redis_url else StateManagerMode.MEMORY,
    redis_url=settings.redis_url or None,
    telemetry_enabled=False,
    show_built_with_reflex=False,
    # The design system is drawn for light pages.
    default_color_mode="light",
    frontend_compression_formats=["brotli", "gzip"],
    plugins=[Frontend()],
    disable_plugins=[rx.plugins.SitemapPlugin],
)

"""The browser of the stories."""

from playwright.sync_api import Browser, Playwright

from tools.chromium import chromium_on_path

# No sandbox, as containers run tests as root; no calls home.
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def start_chromium(playwright: Playwright) -> Browser:
    """The system's Chromium, else Playwright's own."""
    return playwright.chromium.launch(executable_path=chromium_on_path(), args=_FLAGS)

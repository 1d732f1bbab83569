"""The browser of the tests: the Chromium on PATH, else Debian's package, else the one that Playwright brings."""

import shutil
import sys

from tools.apt import as_root, install, run, succeeds

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SHELL = "chromium-headless-shell"
"""The same browser without windows and menus of its own: it opens a page in half of the time."""


def chromium_on_path() -> str | None:
    """The path of an installed Chromium that starts; None leaves the choice to Playwright."""
    paths = (shutil.which(name) for name in NAMES)
    return next((path for path in paths if path and succeeds([path, "--version"])), None)


def shell_on_path() -> str | None:
    """The path of the shell, else of the whole browser, else None."""
    path = shutil.which(SHELL)
    return path if path and succeeds([path, "--version"]) else chromium_on_path()


def main() -> None:
    """Install a Chromium where there is none."""
    if chromium_on_path() is None:
        install("chromium")
    if shutil.which(SHELL) is None:
        # Not every system has it, and all works without it.
        install(SHELL)
    path = chromium_on_path()
    if path is None:
        # Playwright brings the browser alone; the system's libraries that it needs come from apt.
        libraries = [] if as_root() is None else ["--with-deps"]
        if not run([sys.executable, "-m", "playwright", "install", *libraries, "chromium"]):
            sys.exit("No Chromium: install the system's package `chromium`, then run this again.")
    print("Chromium:", path or "Playwright's own", flush=True)


if __name__ == "__main__":
    main()

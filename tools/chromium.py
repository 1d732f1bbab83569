"""The browser of the tests: the Chromium on PATH, else Debian's package, else the one that Playwright brings."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium_on_path() -> str | None:
    """The path of an installed Chromium that starts; None leaves the choice to Playwright."""
    paths = (shutil.which(name) for name in NAMES)
    return next((path for path in paths if path and _succeeds([path, "--version"])), None)


def main() -> None:
    """Install a Chromium where there is none."""
    root = _as_root()
    if chromium_on_path() is None and root is not None:
        apt_get = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
        if _run([*apt_get, "update"]):
            _run([*apt_get, "install", "--yes", "--no-install-recommends", "chromium"])
    path = chromium_on_path()
    if path is None:
        # Playwright brings the browser alone; the system's libraries that it needs come from apt.
        libraries = [] if root is None else ["--with-deps"]
        if not _run([sys.executable, "-m", "playwright", "install", *libraries, "chromium"]):
            sys.exit("No Chromium: install the system's package `chromium`, then run this again.")
    print("Chromium:", path or "Playwright's own", flush=True)


def _as_root() -> list[str] | None:
    # What to put before apt-get; None where it is missing or would ask for a password.
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if shutil.which("sudo") and _succeeds(["sudo", "-n", "true"]) else None


def _run(command: list[str]) -> bool:
    print("+", *command, flush=True)
    return subprocess.run(command, check=False).returncode == 0


def _succeeds(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


if __name__ == "__main__":
    main()

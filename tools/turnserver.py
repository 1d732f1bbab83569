"""The relay of the tests: the coturn on PATH, else Debian's package."""

import shutil

from tools import apt


def turnserver_on_path() -> str | None:
    """The path of an installed coturn that starts."""
    path = shutil.which("turnserver")
    return path if path and apt.succeeds([path, "--version"]) else None


def main() -> None:
    """Install coturn where there is none; without it the tests of the relay are skipped, and say so."""
    if turnserver_on_path() is None:
        apt.install("coturn")
    print("Relay:", turnserver_on_path() or "none; install the system's package `coturn`", flush=True)


if __name__ == "__main__":
    main()

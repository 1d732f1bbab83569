"""The message server of the tests: the Redis on PATH, else Debian's package."""

import shutil

from tools import apt


def redis_server_on_path() -> str | None:
    """The path of an installed Redis that starts."""
    path = shutil.which("redis-server")
    return path if path and apt.succeeds([path, "--version"]) else None


def main() -> None:
    """Install Redis where there is none; without it the tests of several processes are skipped, and say so."""
    if redis_server_on_path() is None:
        apt.install("redis-server")
    print("Redis:", redis_server_on_path() or "none; install the system's package `redis-server`", flush=True)


if __name__ == "__main__":
    main()

"""Debian's packages, where they can be installed without asking anybody."""

import os
import shutil
import subprocess


def install(package: str) -> bool:
    """Install a package; False where apt is missing, would ask for a password, or fails."""
    root = as_root()
    if root is None:
        return False
    apt_get = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    return run([*apt_get, "update"]) and run([*apt_get, "install", "--yes", "--no-install-recommends", package])


def as_root() -> list[str] | None:
    """What to put before apt-get; None where it is missing or would ask for a password."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if shutil.which("sudo") and succeeds(["sudo", "-n", "true"]) else None


def run(command: list[str]) -> bool:
    """Run and show a command; whether it succeeded."""
    print("+", *command, flush=True)
    return subprocess.run(command, env=unshifted(), check=False).returncode == 0


def succeeds(command: list[str]) -> bool:
    """Whether a command can be run and succeeds within a minute, shown to nobody."""
    try:
        return subprocess.run(command, env=unshifted(), capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def unshifted() -> dict[str, str]:
    """The environment for the system's programs: with the machine's clock, which some of them cannot do without."""
    return {name: value for name, value in os.environ.items() if name != "LD_PRELOAD"}

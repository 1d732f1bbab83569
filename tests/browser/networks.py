"""A browser between two networks, as a telephone is between Wi-Fi and mobile data: namespaces, wired up."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.chromium import chromium_on_path


@dataclass(frozen=True)
class Telephone:
    """A namespace with two ways to this machine, of which one is up. ``browser`` starts Chromium inside it."""

    name: str
    router: str
    browser: Path
    site: str
    """This machine's address, as seen from there."""
    networks: tuple[str, str]
    """The first three numbers of each network's addresses."""

    @property
    def flags(self) -> list[str]:
        """The site keeps its name, and with it its secure context, and is found across the network."""
        return [f"--host-resolver-rules=MAP localhost {self.site}"]

    def change_network(self, to: int) -> None:
        """One network goes, and its address with it, as the other comes; nobody says goodbye."""
        _run("ip", "-n", self.name, "link", "set", f"net{1 - to}", "down")
        _run("ip", "-n", self.name, "address", "flush", "dev", f"net{1 - to}")
        self._bring_up(to, 2)

    def change_address(self, network: int, last: int) -> None:
        """The same network gives another address, as after a change of access point or lease."""
        _run("ip", "-n", self.name, "address", "flush", "dev", f"net{network}")
        self._bring_up(network, last)

    def fall_silent(self) -> None:
        """All looks well from the telephone, and nothing arrives any more."""
        _run("ip", "-n", self.router, "route", "add", "blackhole", self.site)

    def speak_again(self) -> None:
        """As it was, if it had fallen silent."""
        _run("ip", "-n", self.router, "route", "flush", "type", "blackhole")

    def _bring_up(self, network: int, last: int) -> None:
        _run("ip", "-n", self.name, "address", "add", f"{self.networks[network]}.{last}/24", "dev", f"net{network}")
        _run("ip", "-n", self.name, "link", "set", f"net{network}", "up")
        _run("ip", "-n", self.name, "route", "replace", "default", "via", f"{self.networks[network]}.1")


def can_wire_networks() -> bool:
    """Whether this machine lets us: for root, where the system has namespaces."""
    if os.geteuid() != 0 or shutil.which("ip") is None:
        return False
    name = f"dimos-try-{os.getpid()}"
    if subprocess.run(["ip", "netns", "add", name], capture_output=True, check=False).returncode:
        return False
    _run("ip", "netns", "delete", name)
    return True


@contextmanager
def line_to_a_router() -> Iterator[str]:
    """A router behind this machine, by the number that `telephone` wants; it goes with the block.

    This machine gets an address by it and loses it again. A browser drops what it loads at that moment, also another
    worker's, so this is done before the first browser starts and after the last has ended.
    """
    number = _free_number()
    router, line = f"dimos-router-{number}", f"dimos{number}"
    with ExitStack() as stack:
        _run("ip", "netns", "add", router)
        stack.callback(_run, "ip", "netns", "delete", router)
        _run("ip", "-n", router, "link", "set", "lo", "up")
        # As on the way through any provider: nothing leaves a network under the address of another.
        for setting in ("net.ipv4.ip_forward=1", "net.ipv4.conf.all.rp_filter=1"):
            _run("ip", "netns", "exec", router, "sysctl", "--quiet", "--write", setting)
        _run("ip", "link", "add", line, "type", "veth", "peer", "name", "site", "netns", router)
        stack.callback(_run, "ip", "link", "delete", line)
        _run("ip", "address", "add", f"198.18.{number}.1/30", "dev", line)
        # No address of its own making, which would come a second later: a change of network as well.
        _run("ip", "link", "set", line, "addrgenmode", "none", "up")
        _run("ip", "-n", router, "address", "add", f"198.18.{number}.2/30", "dev", "site")
        _run("ip", "-n", router, "link", "set", "site", "up")
        for network in _networks_of(number):
            _run("ip", "route", "add", f"{network}.0/24", "via", f"198.18.{number}.2")
        yield number


@contextmanager
def telephone(number: str, folder: Path) -> Iterator[Telephone]:
    """Two networks behind the router of this ``number``, and a telephone in them; both go with the block.

    ``folder`` gets the program that starts the browser.
    """
    phone, router, networks = f"dimos-phone-{number}", f"dimos-router-{number}", _networks_of(number)
    with ExitStack() as stack:
        _run("ip", "netns", "add", phone)
        stack.callback(_run, "ip", "netns", "delete", phone)
        _run("ip", "-n", phone, "link", "set", "lo", "up")
        for at, network in enumerate(networks):
            net = f"net{at}"
            _run("ip", "-n", router, "link", "add", net, "type", "veth", "peer", "name", net, "netns", phone)
            _run("ip", "-n", router, "address", "add", f"{network}.1/24", "dev", net)
            _run("ip", "-n", router, "link", "set", net, "up")
        program = folder / "chromium"
        program.write_text(f'#!/bin/sh\nexec ip netns exec {phone} {chromium_on_path()} "$@"\n')
        program.chmod(0o755)
        yield Telephone(phone, router, program, f"198.18.{number}.1", networks)


def _networks_of(number: str) -> tuple[str, str]:
    return f"198.18.{int(number) + 1}", f"198.18.{int(number) + 2}"


def _free_number() -> str:
    """Of a block of those set aside for trials of networks (RFC 2544), which no other run has, broken off or not."""
    for number in range(0, 256, 4):
        taken = subprocess.run(
            ["ip", "route", "show", "root", f"198.18.{number}.0/22"], capture_output=True, text=True, check=True
        )
        if not taken.stdout.strip():
            return str(number)
    raise RuntimeError("no network of 198.18.0.0/16 is free: `ip route` shows what an earlier run left")


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip()}")

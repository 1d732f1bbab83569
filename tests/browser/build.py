"""The site as browsers load it: built once for all servers of the tests, and anew only when its sources change."""

import fcntl
import hashlib
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "test-results"
"""Not in the repository. The build stays there, for the next workers and the next run."""
BUILT = RESULTS / "web"
BUILT_FOR = "localhost:59999"
"""What the build takes for the site's address; each server's copy says its own."""
BUILD_WITHIN = 600
"""Seconds; the first build installs the front end's packages."""

_SOURCES = ("assets", "dimoslive", "frontend/components", "frontend/desk", "frontend/meeting", "reflex.lock")
_FILES = ("requirements.txt", "rxconfig.py")


def build_once(environment: Mapping[str, str], say: Callable[[str], None]) -> None:
    """See to it that `BUILT` is what the sources make; of several workers one builds and the others wait."""
    RESULTS.mkdir(exist_ok=True)
    with (RESULTS / "building").open("w") as building:
        fcntl.flock(building, fcntl.LOCK_EX)
        stamp, sources = BUILT / "built-from", _fingerprint()
        if stamp.exists() and stamp.read_text() == sources:
            return
        stamp.unlink(missing_ok=True)
        _build(environment, say)
        stamp.write_text(sources)


def copy_build(folder: Path, url: str) -> None:
    """The part of the build that a server needs, for the server at this address (``http://localhost:8000``)."""
    scheme, _, address = url.partition("://")
    client = folder / "build" / "client"
    shutil.copytree(BUILT / "backend", folder / "backend")
    shutil.copytree(BUILT / "build" / "client", client)
    for path in client.rglob("*"):
        if path.suffix in (".html", ".js") and BUILT_FOR in (text := path.read_text(encoding="utf-8")):
            if scheme == "https":
                text = text.replace(f"http://{BUILT_FOR}", url).replace(f"ws://{BUILT_FOR}", f"wss://{address}")
            path.write_text(text.replace(BUILT_FOR, address), encoding="utf-8")
            for packed in (".br", ".gz"):
                path.with_name(path.name + packed).unlink(missing_ok=True)


def _build(environment: Mapping[str, str], say: Callable[[str], None]) -> None:
    log, began, told = RESULTS / "build.log", time.monotonic(), 0.0
    export = [sys.executable, "-m", "reflex", "export", "--env", "prod", "--frontend-only", "--no-zip"]
    with log.open("w") as output:
        build = subprocess.Popen(export, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
        while build.poll() is None:
            waited = time.monotonic() - began
            if waited > BUILD_WITHIN:
                build.kill()
            elif waited - told >= 10:
                told = waited
                say(f"building the site, {waited:.0f} s …")
            time.sleep(0.5)
    if build.returncode:
        raise RuntimeError(f"the site was not built:\n{log.read_text(errors='replace')[-4000:]}")
    say(f"the site is built after {time.monotonic() - began:.0f} s")


def _fingerprint() -> str:
    """Of all that the build is made of."""
    digest = hashlib.sha256()
    for path in _made_of():
        content = path.read_bytes()
        digest.update(f"{path.relative_to(ROOT)} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def _made_of() -> Iterator[Path]:
    yield from (ROOT / name for name in _FILES)
    for folder in _SOURCES:
        yield from (
            path for path in sorted((ROOT / folder).rglob("*")) if path.is_file() and path.parent.name != "__pycache__"
        )

"""Writes into requirements files, below the direct packages, what those need in turn, at the installed versions."""

import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

MARK = "# ---- what these need in turn: written by `make pin`, not by hand ----"


def main(paths: list[Path]) -> None:
    """Rewrite the files in order; what an earlier file names is left out of the later ones."""
    known: set[str] = set()
    for path in paths:
        upper = path.read_text().partition(MARK)[0].rstrip()
        direct = list(_requirements(upper))
        known |= {canonicalize_name(requirement.name) for requirement in direct}
        below = _needed_by(direct) - known
        known |= below
        lines = sorted(f"{distribution(name).name}=={distribution(name).version}" for name in below)
        path.write_text("\n".join([upper, "", MARK, *sorted(lines, key=str.lower), ""]))


def _requirements(text: str) -> Iterator[Requirement]:
    for line in text.splitlines():
        if line.strip() and not line.startswith(("#", "-")):
            yield Requirement(line.partition(" #")[0])


def _needed_by(direct: Iterable[Requirement]) -> set[str]:
    found: set[str] = set()
    seen: set[tuple[str, frozenset[str]]] = set()
    open_ones = list(direct)
    while open_ones:
        requirement = open_ones.pop()
        key = (canonicalize_name(requirement.name), frozenset(requirement.extras))
        if key in seen:
            continue
        seen.add(key)
        for line in distribution(requirement.name).requires or []:
            needed = Requirement(line)
            # Without an extra a marker is judged with the empty one.
            if needed.marker is None or any(
                needed.marker.evaluate({"extra": extra}) for extra in ("", *requirement.extras)
            ):
                found.add(canonicalize_name(needed.name))
                open_ones.append(needed)
    return found


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])

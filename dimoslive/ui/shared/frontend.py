"""The browser's own code in `frontend/`, as Reflex takes it in: the sources as they are, built along with the pages."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import reflex as rx

SOURCES = Path(__file__).parents[3] / "frontend"
_SHIPPED = ("components", "desk", "meeting")
"""All else in the folder is for those who work on it."""


class Frontend(rx.plugins.Plugin):
    """Lays the modules into the folder of the build, outside of what is served as it is."""

    def get_static_assets(self, **_context: Any) -> list[tuple[Path, str | bytes]]:
        """The modules: where in the build, and their text."""
        return [
            (Path("frontend", path.relative_to(SOURCES)), path.read_text(encoding="utf-8"))
            for path in shipped_modules()
        ]


def frontend_module(name: str) -> str:
    """What a component names as its library, for a module such as ``components/alarm.tsx``."""
    if not (SOURCES / name).is_file():
        raise FileNotFoundError(SOURCES / name)
    return f"$/frontend/{PurePosixPath(name)}"


def shipped_modules() -> Iterator[Path]:
    """What the browser gets, tests aside."""
    for folder in _SHIPPED:
        for path in sorted((SOURCES / folder).rglob("*")):
            if path.suffix in (".ts", ".tsx") and ".test." not in path.name:
                yield path

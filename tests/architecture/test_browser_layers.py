"""Which room of the browser's code may import which: upper ones lower ones, and neighbours do not know each other."""

import re
from pathlib import Path

MEETING = Path(__file__).parents[2] / "frontend" / "meeting"
FLOORS = [{"views"}, {"room"}, {"media", "peer", "signalling"}, {"", "protocol"}]
"""The top one first; what lies in no room is for all."""
IMPORTED = re.compile(r'from "(\.[^"]+)"')


def test_the_meeting_s_rooms_import_downwards() -> None:
    modules = sorted(path for path in MEETING.rglob("*") if path.suffix in (".ts", ".tsx"))
    assert len(modules) > 40

    upwards = [
        f"{_room(module)} -> {_room(target)} in {module.relative_to(MEETING)}"
        for module in modules
        for target in _imported(module)
        if target.is_relative_to(MEETING) and not _may_import(_room(module), _room(target))
    ]

    assert upwards == []


def test_all_rooms_have_their_floor() -> None:
    assert {path.name for path in MEETING.iterdir() if path.is_dir()} == set().union(*FLOORS) - {""}


def _imported(module: Path) -> list[Path]:
    return [(module.parent / name).resolve() for name in IMPORTED.findall(module.read_text(encoding="utf-8"))]


def _room(module: Path) -> str:
    folder = module.parent.relative_to(MEETING).as_posix()
    return "" if folder == "." else folder


def _may_import(room: str, other: str) -> bool:
    return room == other or _floor(room) < _floor(other) or _floor(room) == _floor(other) == len(FLOORS) - 1


def _floor(room: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if room in rooms)

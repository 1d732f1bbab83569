"""Open days of the desk hear of everything: whoever writes what a day shows also announces it."""

import ast
from pathlib import Path

import pytest

import dimoslive

SERVICES = Path(dimoslive.__file__).parent / "services"
WRITES = {
    "BookingRow", "MeetingRow", "ClosureRow", "AbsenceRow", "DeskDelayRow", "meeting_of", "claim_ticks",
    "release_claims", "end_holds", "let_go", "let_go_of_hold", "take_slot", "hand_over_claims", "note_end",
    "forget_admission", "claim_admission", "erase_persons", "change_status", "correct_status",
}  # fmt: skip
"""By these a service changes what a day shows, if it writes at all."""
ANNOUNCES = {
    "record_change", "announce_day", "announce_day_at", "announce_day_of", "announce_days_of",
    "let_go", "let_go_of_hold", "end_holds", "take_slot", "send_back", "enter_booking",
}  # fmt: skip
SILENT = {
    "booking/record_change.py": "what the others announce by",
    "outbox/still_reminds.py": "reads a booking, and drops a mail that is not true any more",
    "upkeep/close_rooms.py": "closes the providers' rooms: no day shows them",
    "upkeep/erase_old_data.py": "changes days of weeks ago by the thousand; an open one reads itself again in a minute",
}


def writing_services() -> list[Path]:
    return [path for path in sorted(SERVICES.rglob("*.py")) if "transaction" in names(path) and WRITES & calls(path)]


def names(path: Path) -> set[str]:
    return {node.id for node in ast.walk(parsed(path)) if isinstance(node, ast.Name)}


def calls(path: Path) -> set[str]:
    """Whatever is called, or passed to the session to be read and changed."""
    found = {node.func.id for node in _calls(path) if isinstance(node.func, ast.Name)}
    passed = (argument for node in _calls(path) for argument in node.args)
    return found | {argument.id for argument in passed if isinstance(argument, ast.Name)}


def _calls(path: Path) -> list[ast.Call]:
    return [node for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)]


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def test_the_walk_finds_what_it_is_for() -> None:
    found = {str(path.relative_to(SERVICES)) for path in writing_services()}

    assert found > {
        "upkeep/expire_holds.py",
        "draft/release_hold.py",
        "desk/press_booking.py",
        "desk/state_delay.py",
        "meeting/note_absence.py",
        "booking/confirm_booking.py",
    }


@pytest.mark.parametrize("path", writing_services(), ids=lambda path: str(path.relative_to(SERVICES)))
def test_whoever_writes_what_a_day_shows_announces_it(path: Path) -> None:
    assert ANNOUNCES & calls(path) or str(path.relative_to(SERVICES)) in SILENT

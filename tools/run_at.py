"""``python -m tools.run_at '2026-12-31 23:58' COMMAND …``: a command, with all that it starts, as if it were then."""

import os
import shutil
import sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tools import apt

GREECE = ZoneInfo("Europe/Athens")


def ahead(wall: str, now: datetime) -> int:
    """The seconds from now to a wall time in Greece."""
    return round((datetime.fromisoformat(wall).replace(tzinfo=GREECE) - now).total_seconds())


def main(wall: str, *command: str) -> None:
    """Install Debian's ``faketime`` where it is missing, and become the command; without one, install alone."""
    if shutil.which("faketime") is None and not apt.install("faketime"):
        sys.exit("No clock to shift: install the system's package `faketime`, then run this again.")
    if not command:
        return
    # Dates of files stay as they are: what was compiled is not compiled again. The clock that waiting is measured by
    # is shifted too, and goes on as ever: where it stays behind, every sleep of Python's fails.
    environment = {**os.environ, "NO_FAKE_STAT": "1"}
    shift = f"{ahead(wall, datetime.now(UTC)):+d}s"
    os.execvpe("faketime", ["faketime", "-f", shift, *command], environment)  # noqa: S606  # the command takes our place


if __name__ == "__main__":
    main(*sys.argv[1:])

"""``python -m benchmarks``: measures what is promised about speed, with the floor beside it in the same run.

A whole run rewrites ``benchmarks/results.md``; one with parts or ``--quick`` only prints. Nothing fails on a number:
machines differ, and a target that is missed stands in the table.
"""

import argparse
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from benchmarks.api import api
from benchmarks.day_on_screen import day_on_screen
from benchmarks.desk_day import desk_day
from benchmarks.embed import embed
from benchmarks.figures import figures
from benchmarks.flood import flood
from benchmarks.free_times import free_times
from benchmarks.last_time import last_time
from benchmarks.meeting_pictures import meeting_pictures
from benchmarks.meetings import meetings
from benchmarks.municipality_page import municipality_page
from benchmarks.open_days import open_days
from benchmarks.page_weight import page_weight
from benchmarks.plans import plans
from benchmarks.program_bookings import program_bookings
from benchmarks.reminders import reminders
from benchmarks.report import Row, table
from benchmarks.run import Run
from benchmarks.wizard_event import wizard_event

PARTS: dict[str, Callable[[Run], Iterator[Row]]] = {
    "desk_day": desk_day,
    "figures": figures,
    "free_times": free_times,
    "reminders": reminders,
    "api": api,
    "program_bookings": program_bookings,
    "last_time": last_time,
    "plans": plans,
    "meetings": meetings,
    "wizard_event": wizard_event,
    "open_days": open_days,
    "day_on_screen": day_on_screen,
    "municipality_page": municipality_page,
    "embed": embed,
    "flood": flood,
    "page_weight": page_weight,
    "meeting_pictures": meeting_pictures,
}
RESULTS = Path(__file__).parent / "results.md"


def main() -> None:
    """Measure the parts named, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", choices=[*PARTS, []], help=", ".join(PARTS))
    parser.add_argument("--quick", action="store_true", help="small numbers: does it run at all?")
    given = parser.parse_args()
    # An ended run takes its server and browser with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with ExitStack() as exits:
        run = Run(exits, quick=given.quick)
        rows = [row for name in given.parts or PARTS for row in _measured(run, name)]
    text = table(rows, run.versions)
    print(f"\n{text}")
    if not (given.parts or given.quick):
        RESULTS.write_text(f"# Measured by `make bench`\n\n{text}\n", encoding="utf-8")


def _measured(run: Run, name: str) -> Iterator[Row]:
    print(f"== {name}", flush=True)
    try:
        for row in PARTS[name](run):
            print(row.as_line(), flush=True)
            yield row
    except Exception as problem:  # noqa: BLE001  # a part that cannot run here must not hide the others
        traceback.print_exc()
        yield Row(name, f"not measured: {type(problem).__name__}")


main()

"""The meeting's modules one by one, as a browser can read them: TypeScript without its types."""

import subprocess
import sysconfig
from functools import cache
from pathlib import Path

from dimoslive.ui.shared.frontend import SOURCES

_STRIP = """
import { stripTypeScriptTypes } from "node:module";
process.stdout.write(stripTypeScriptTypes(await new Response(process.stdin).text()));
"""


@cache
def module_script(name: str) -> str:
    """The script of a module of the meeting, such as ``peer/peers.ts``."""
    node = Path(sysconfig.get_path("scripts"), "node")
    source = (SOURCES / "meeting" / name).read_text(encoding="utf-8")
    command = [str(node), "--no-warnings", "--input-type=module", "--eval", _STRIP]
    return subprocess.run(command, input=source, capture_output=True, check=True, encoding="utf-8").stdout

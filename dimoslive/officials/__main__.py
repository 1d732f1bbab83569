"""``python -m dimoslive.officials``: officials, entered by whoever runs the installation."""

import sys

from dimoslive.bootstrap import build
from dimoslive.officials.command import run
from dimoslive.settings import load_settings

sys.stdout.write(run(build(load_settings()), sys.argv[1:]) + "\n")

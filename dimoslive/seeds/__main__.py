"""``python -m dimoslive.seeds``: the municipalities, and in development a demo; a second run that day changes nothing.

``town`` stops before the living day, for who wants an empty town; ``anew`` removes what the demo made, and makes it for
this hour.
"""

import sys

from dimoslive.bootstrap import build
from dimoslive.seeds.seed import Wish, seed
from dimoslive.settings import load_settings


def main() -> None:
    """Fill the database of the settings."""
    settings = load_settings()
    wish = Wish(sys.argv[1]) if len(sys.argv) > 1 else Wish.DAY
    sys.stdout.write(seed(build(settings), wish, is_production=settings.is_production) + "\n")


main()

"""The address of a service that was given none."""

import re
from collections.abc import Collection
from itertools import count

from dimoslive.i18n.search_key import latin_key

_MAX_LENGTH = 60


def new_slug(name_el: str, taken: Collection[str]) -> str:
    """Its name in Latin letters, with a number behind it where another service has that already."""
    words = re.sub("[^a-z0-9]+", "-", latin_key(name_el)).strip("-")
    base = words[:_MAX_LENGTH].rstrip("-")
    base = base if len(base) > 1 else "service"
    if base not in taken:
        return base
    return next(slug for number in count(2) if (slug := f"{base}-{number}") not in taken)

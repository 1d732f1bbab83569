"""What is said of a receiver on more than one page."""

from datetime import datetime

from dimoslive.i18n import Texts
from dimoslive.i18n.desk_dates import desk_moment


def off_words(at: datetime | None, because: str, zone: str, t: Texts) -> str:
    """Why it was switched off by itself, and when; empty for one that was not."""
    return t(f"webhooks.was_off.{because}", at=desk_moment(at, zone)) if at and because else ""

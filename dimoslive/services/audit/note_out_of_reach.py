"""An official reached for what is not theirs, or is nothing: one line in the log of security, without any person."""

import logging

from dimoslive.domain.people.principals import Official

_log = logging.getLogger("dimoslive.security")


def note_out_of_reach(official: Official, where: str) -> None:
    """Say by which handler or route. Whose it was, or whether it is at all, is not said: the log may be read."""
    _log.warning("out of reach: %s, official %s", where, official.id)

"""What may stand in the log. It holds for every logger, also those of the framework and the server below it."""

import logging
import re
import time
import traceback
from types import TracebackType
from typing import Any

MAX_LINE_LENGTH = 1000
MAX_CAUSE_LENGTH = 300
MAX_FRAMES = 8
MAX_CAUSES = 3
MAX_A_MINUTE = 30

PUBLIC_LOGGERS = (
    *("engineio.server", "socketio.server", "reflex.app", "reflex.state"),
    *("dimoslive.browser", "dimoslive.security"),
)
"""Loggers whose lines anybody can cause, by sending nonsense."""

# Addresses of pages' sockets, of mails' links, of calendars, of invitations, and of the way to the provider and back.
_SECRETS = re.compile(
    r"([?&](?:access_token|token|link|guest|code|state)=)[^&#\s\"']+|(/(?:b|links|feeds)/)[^&?#\s\"'/]+"
)

_make = logging.LogRecord


def keep_log_clean() -> None:
    """From now on each line is short, holds nothing that could pass for another line, and no secret."""
    logging.setLogRecordFactory(_clean_record)
    for name in PUBLIC_LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(one, _NoFlood) for one in logger.filters):
            logger.addFilter(_NoFlood())


def _clean_record(*args: Any, **kwargs: Any) -> logging.LogRecord:
    record = _make(*args, **kwargs)
    try:
        message = record.getMessage()
    except (TypeError, ValueError, KeyError):
        message = str(record.msg)
    record.msg, record.args = clean(message, MAX_LINE_LENGTH), None
    if record.exc_info and record.exc_info[1] is not None:
        # Formatters take this instead of writing the exception out themselves, text and all.
        record.exc_text = _trace(record.exc_info[1])
    return record


def clean(text: str, max_length: int) -> str:
    """On one line, cut, its control characters written out, without secrets."""
    cut = _SECRETS.sub(lambda found: f"{found[1] or found[2]}…", text[:max_length])
    shown = "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in cut)
    return f"{shown[:max_length]}…" if len(text) > max_length or len(shown) > max_length else shown


def _trace(error: BaseException | None) -> str:
    """Where it happened, and of the words of an exception, which may be a visitor's, the first few."""
    told: list[str] = []
    while error is not None and len(told) < MAX_CAUSES:
        told.append(f"{_frames(error.__traceback__)}{type(error).__name__}: {clean(str(error), MAX_CAUSE_LENGTH)}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\ncaused by\n".join(told)


def _frames(trace: TracebackType | None) -> str:
    return "".join(traceback.format_tb(trace)[-MAX_FRAMES:])


class _NoFlood(logging.Filter):
    """So many lines a minute and no more."""

    def __init__(self) -> None:
        super().__init__()
        self._minute, self._count = 0, 0

    def filter(self, record: logging.LogRecord) -> bool:
        minute = int(time.monotonic() // 60)
        if minute != self._minute:
            self._minute, self._count = minute, 0
        self._count += 1
        if self._count == MAX_A_MINUTE:
            record.msg = f"{record.msg} (and no more for a minute)"
        return self._count <= MAX_A_MINUTE

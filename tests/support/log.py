"""The log as an operator finds it, of every logger."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from dimoslive.integrations.log import PUBLIC_LOGGERS, keep_log_clean


def said_of_security(caplog: pytest.LogCaptureFixture) -> list[str]:
    """The lines in the log of security."""
    return [record.getMessage() for record in caplog.records if record.name == "dimoslive.security"]


@contextmanager
def written_log() -> Iterator[io.BytesIO]:
    """All its bytes from now on."""
    written = io.BytesIO()
    handler = logging.StreamHandler(io.TextIOWrapper(written, encoding="utf-8", write_through=True))
    factory = logging.getLogRecordFactory()
    keep_log_clean()
    logging.getLogger().addHandler(handler)
    try:
        yield written
    finally:
        logging.getLogger().removeHandler(handler)
        logging.setLogRecordFactory(factory)
        for name in PUBLIC_LOGGERS:
            logging.getLogger(name).filters.clear()

"""Lines of the log: short, one a line, without secrets, whoever writes them."""

import io
import logging
from collections.abc import Iterator

import pytest

from tests.support.log import written_log

LOGGERS = ("granian.access", "engineio.server", "socketio.server", "reflex.app", "uvicorn.error", "dimoslive.x", "root")


@pytest.fixture
def log() -> Iterator[io.BytesIO]:
    with written_log() as written:
        yield written


@pytest.mark.parametrize("name", LOGGERS)
def test_a_line_stays_one_short_line(log: io.BytesIO, name: str) -> None:
    logging.getLogger(name).error("got %s", "a\nb\r\x1b[1m\x00\u2028\u202e\ud800" + "x" * 1_000_000)
    assert log.getvalue().decode().startswith("got a\\nb\\r\\x1b[1m\\x00\\u2028\\u202e\\ud800xxx")
    assert log.getvalue().decode().count("\n") == 1
    assert len(log.getvalue().decode()) < 2048


def test_greek_stays_greek(log: io.BytesIO) -> None:
    logging.getLogger("x").error("δεν εστάλη: %d%%", 5)
    assert log.getvalue().decode() == "δεν εστάλη: 5%\n"


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ('GET /_event/?EIO=4&token=3d3ea7f6-2f4e&transport=websocket HTTP/1.1" 101',
         'GET /_event/?EIO=4&token=…&transport=websocket HTTP/1.1" 101'),
        ("GET /b/Zx-9_abc HTTP/1.1", "GET /b/… HTTP/1.1"),
        ("GET /en/b/Zx-9_abc?do=cancel", "GET /en/b/…?do=cancel"),
        ("GET /api/links/Zx-9_abc/calendar.ics", "GET /api/links/…/calendar.ics"),
        ("GET /meeting?link=Zx-9_abc&now=1", "GET /meeting?link=…&now=1"),
        ("GET /auth/callback?state=abc&code=def", "GET /auth/callback?state=…&code=…"),
    ],
)  # fmt: skip
def test_an_address_loses_its_secrets(log: io.BytesIO, line: str, written: str) -> None:
    logging.getLogger("granian.access").error(line)
    logging.getLogger("granian.access").error("%(path)s", {"path": line})
    assert log.getvalue().decode() == f"{written}\n" * 2


def test_of_an_exception_the_place_is_told_and_few_of_its_words(log: io.BytesIO) -> None:
    try:
        try:
            int("typed\nby a visitor" * 10_000)
        except ValueError as cause:
            raise RuntimeError("x" * 10_000) from cause
    except RuntimeError:
        logging.getLogger("x").exception("failed")
    assert "test_log.py" in log.getvalue().decode()
    assert "typed\\nby a visitor" in log.getvalue().decode()
    assert len(log.getvalue().decode()) < 2048


def test_a_line_that_cannot_be_put_together_is_written_as_it_is(log: io.BytesIO) -> None:
    logging.getLogger("x").error("%d\n", "no number")
    assert log.getvalue().decode() == "%d\\n\n"

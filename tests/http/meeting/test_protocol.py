"""The browser's types and examples of the wire are the server's, which reads and writes the examples."""

import json
import re
from pathlib import Path
from typing import Any, get_args

import pytest

from dimoslive.http.meeting.inbox import read_message
from dimoslive.http.meeting.protocol import Access, BrowserMessage, ServerMessage, from_browser, from_server
from tools.protocol_types import FILES, FOLDER


def examples(name: str) -> list[Any]:
    """Those of one side, from the file that the browser's tests read too."""
    text = (FOLDER / "examples.ts").read_text()
    [lines] = re.findall(rf"const {name}: \w+\[\] = \[\n(.*?)^\];", text, re.DOTALL | re.MULTILINE)
    return [json.loads(line.rstrip(",")) for line in lines.splitlines()]


BROWSER, SERVER, ACCESS = (examples(f"{side}_EXAMPLES") for side in ("BROWSER", "SERVER", "ACCESS"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_browsers_types_are_written_from_the_server_s(file: Path) -> None:
    assert file.read_text() == FILES[file](), "run `make protocol`"


def test_there_is_an_example_of_every_message() -> None:
    assert {type(from_browser.validate_python(one)) for one in BROWSER} == set(get_args(BrowserMessage))
    assert {type(from_server.validate_python(one)) for one in SERVER} == set(get_args(ServerMessage))


@pytest.mark.parametrize("example", BROWSER, ids=json.dumps)
def test_what_a_browser_says_is_read(example: dict[str, Any]) -> None:
    message = read_message(json.dumps(example))
    assert message is not None
    assert message.model_dump(mode="json") == example


@pytest.mark.parametrize("example", SERVER, ids=json.dumps)
def test_what_the_server_says_is_written_with_what_is_known_alone(example: dict[str, Any]) -> None:
    assert json.loads(from_server.validate_python(example).frame()) == example


@pytest.mark.parametrize("example", ACCESS, ids=lambda example: example["state"])
def test_access_is_answered_with_what_is_known_alone(example: dict[str, Any]) -> None:
    assert Access.model_validate(example).model_dump(mode="json", exclude_defaults=True) == example


@pytest.mark.parametrize(
    "more", [{"take_over": "yes"}, {"take_over": 1}, {"take_over": None}, {"take_over": [True]}, {"more": 1}], ids=str
)
def test_a_place_is_taken_over_if_it_is_said_and_never_by_anything_like_it(more: dict[str, Any]) -> None:
    assert read_message(json.dumps(BROWSER[0] | more)) == from_browser.validate_python(BROWSER[0])

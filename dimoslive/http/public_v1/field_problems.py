"""What is wrong with one value of a request."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

FIELD_CODES = (
    "missing", "wrong_form", "too_short", "too_long", "out_of_range", "not_a_choice", "not_text", "unknown_field",
    "unknown_parameter",
)  # fmt: skip
_NAME = re.compile(r"[A-Za-z0-9_]{1,40}", re.ASCII)

_CODE_OF = {
    "missing": "missing",
    "string_too_short": "too_short",
    "too_short": "too_short",
    "string_too_long": "too_long",
    "too_long": "too_long",
    "greater_than": "out_of_range",
    "greater_than_equal": "out_of_range",
    "less_than": "out_of_range",
    "less_than_equal": "out_of_range",
    "enum": "not_a_choice",
    "literal_error": "not_a_choice",
    "string_unicode": "not_text",
}
"""By the words of the library that checks forms; whatever else it finds is of the wrong form."""


class FieldProblem(NamedTuple):
    """Where, such as ``query.from``, and which rule was broken."""

    at: str
    code: str


def field_problem(error: Mapping[str, Any]) -> FieldProblem:
    """What the library found; of names that nobody here gave, only plain ones are said again."""
    places = [str(place) for place in error["loc"]]
    kind = str(error["type"])
    if kind == "extra_forbidden":
        code = "unknown_field" if places[0] == "body" else "unknown_parameter"
    else:
        code = _CODE_OF.get(kind, "wrong_form")
    return FieldProblem(".".join(place for place in places if _NAME.fullmatch(place)), code)

"""Reads the fields of a form: each right value, and all problems at once, in the order in which they are read."""

import re
from collections.abc import Callable, Collection, Mapping

from dimoslive.domain.desk.person import parse_email, parse_phone
from dimoslive.domain.errors import InvalidDetails, InvalidInput
from dimoslive.domain.people.personal_data import clean_line, clean_text

_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")
_NUMBER = re.compile(r"[0-9]{1,9}")
_HOURS = re.compile(r"([0-9]{1,4})(?::([0-5][0-9])|[,.]([0-9]{1,2}))?")
_HTTPS = re.compile(r"https://[^\s/?#@\\]+\.[^\s/?#@\\]+([/?#]\S*)?")


class TypedForm:
    """What a browser sent, or what was merged from two such forms: nothing of it is trusted."""

    def __init__(self, raw: Mapping[str, object]) -> None:
        self._raw = raw
        self.problems: list[InvalidInput] = []

    def line(self, name: str, *, max_length: int, min_length: int = 0, required: bool = True) -> str:
        """One line of text."""
        return self._read(lambda: _long_enough(name, self._line(name, max_length, required), min_length))

    def text(self, name: str, *, max_length: int, min_length: int = 0, required: bool = False) -> str:
        """Several lines."""

        def read() -> str:
            text = clean_text(name, self.raw(name), max_length=max_length, required=required)
            return _long_enough(name, text, min_length)

        return self._read(read)

    def number(self, name: str, *, low: int, high: int, step: int = 1) -> int:
        """A whole number between two bounds, a multiple of the step."""
        return int(self._read(lambda: str(_number(name, self._line(name, 20), low, high, step))) or low)

    def time(self, name: str) -> str:
        """A time of the day in steps of five minutes, as ``08:30``."""
        return self._read(lambda: _time(name, self._line(name, 20)))

    def length(self, name: str, *, high: int, step: int = 5) -> int:
        """Minutes, typed in hours as ``2``, ``1:30`` or ``1,5``; a number that is no text is minutes already."""
        return int(self._read(lambda: str(_length(name, self._raw.get(name), high, step))) or 0)

    def ids(self, name: str, allowed: Collection[int]) -> list[int]:
        """Ticks of several things, each a field ``<name>-<id>``; or a list of their ids, from what was merged."""
        given = self._raw.get(name)
        if isinstance(given, list):
            wanted = {id_ for id_ in given if isinstance(id_, int)}
        else:
            wanted = {int(end) for end in self._ticked(name) if end.isascii() and end.isdecimal() and len(end) < 10}
        if wanted - set(allowed):
            self.refuse(name, "not_a_choice")
        return sorted(wanted & set(allowed))

    def choice(self, name: str, allowed: Collection[str]) -> str:
        """One of several words."""

        def read() -> str:
            if self.raw(name) not in allowed:
                raise InvalidInput(name, "not_a_choice")
            return self.raw(name)

        return self._read(read)

    def flag(self, name: str) -> bool:
        """A tick."""
        return self._raw.get(name) in (True, "on", "true", "1")

    def phone(self, name: str) -> str:
        """E.164, or empty."""
        return self._read(lambda: _at(name, lambda: parse_phone(self.raw(name), is_required=False)))

    def email(self, name: str) -> str:
        """A mail address, or empty."""
        return self._read(lambda: _at(name, lambda: parse_email(self.raw(name))))

    def https(self, name: str, *, max_length: int) -> str:
        """An address of the web, or empty."""

        def read() -> str:
            address = self._line(name, max_length, required=False)
            if address and not _HTTPS.fullmatch(address):
                raise InvalidInput(name, "not_https")
            return address

        return self._read(read)

    def raw(self, name: str) -> str:
        """The field as it was sent, empty if it was not."""
        value = self._raw.get(name, "")
        return "" if value is None else str(value)

    def refuse(self, name: str, code: str, **params: str | int) -> None:
        """A rule between fields is broken; said at one of them, unless that has a problem already."""
        if name not in {problem.field for problem in self.problems}:
            self.problems.append(InvalidInput(name, code, **params))

    def check(self) -> None:
        """Raises `InvalidDetails` if anything was wrong."""
        if self.problems:
            raise InvalidDetails(tuple(self.problems))

    def _ticked(self, name: str) -> list[str]:
        start = f"{name}-"
        return [field.removeprefix(start) for field in self._raw if field.startswith(start) and self.flag(field)]

    def _line(self, name: str, max_length: int, required: bool = True) -> str:
        return clean_line(name, self.raw(name), max_length=max_length, required=required)

    def _read(self, parse: Callable[[], str]) -> str:
        try:
            return parse()
        except InvalidInput as problem:
            self.problems.append(problem)
            return ""


def _long_enough(name: str, text: str, min_length: int) -> str:
    if text and len(text) < min_length:
        raise InvalidInput(name, "too_short", min_length=min_length)
    return text


def _number(name: str, text: str, low: int, high: int, step: int) -> int:
    if not _NUMBER.fullmatch(text):
        raise InvalidInput(name, "not_a_number")
    number = int(text)
    if not low <= number <= high:
        raise InvalidInput(name, "out_of_range", low=low, high=high)
    if number % step:
        raise InvalidInput(name, "not_a_step", step=step)
    return number


def hours_text(minutes: int) -> str:
    """Minutes as a form has them in hours: ``2``, or ``1:30``."""
    hours, rest = divmod(minutes, 60)
    return f"{hours}:{rest:02}" if rest else str(hours)


def _length(name: str, value: object, high: int, step: int) -> int:
    if isinstance(value, int):
        minutes = value
    else:
        found = _HOURS.fullmatch(clean_line(name, "" if value is None else str(value), max_length=20))
        if not found:
            raise InvalidInput(name, "not_hours")
        part = found[3] or ""
        minutes = int(found[1]) * 60 + int(found[2] or 0) + (round(float(f"0.{part}") * 60) if part else 0)
    if not 0 <= minutes <= high:
        raise InvalidInput(name, "too_many_hours", high=high // 60)
    if minutes % step:
        raise InvalidInput(name, "not_a_step_of_minutes", step=step)
    return minutes


def _time(name: str, text: str) -> str:
    found = _TIME.fullmatch(text)
    if not found:
        raise InvalidInput(name, "not_a_time")
    if int(found[2]) % 5:
        raise InvalidInput(name, "not_in_fives", time=text)
    return f"{int(found[1]):02}:{found[2]}"


def _at(name: str, parse: Callable[[], str]) -> str:
    """The problem stands at this field, whatever the parser calls it."""
    try:
        return parse()
    except InvalidInput as problem:
        raise InvalidInput(name, problem.code, **problem.params) from None

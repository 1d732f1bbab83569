"""The catalogue: texts by key, from ``<language>/*.po``."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

from babel.core import Locale
from babel.messages.pofile import read_po

LANGUAGES = ("el", "en")
_FOLDER = Path(__file__).parent


class UnknownText(KeyError):
    """No text stands under this key: a mistake in the program, found when a page is built."""


class Texts:
    """The texts of one language. ``t("key", name=value)`` looks one up and fills in its ``{name}`` places."""

    def __init__(self, language: str, messages: Mapping[str, str | tuple[str, ...]]) -> None:
        self.language = language
        self._messages = messages
        self._plural_rule = Locale(language).plural_form

    def __call__(self, key: str, **params: object) -> str:
        """The text under a key; raises `UnknownText`."""
        message = self._messages.get(key)
        if not isinstance(message, str):
            raise UnknownText(f"{self.language}: {key}")
        return message.format(**params) if params else message

    def count(self, key: str, number: int | Decimal, **params: object) -> str:
        """The text in the form that goes with ``number``, which fills in ``{n}``."""
        forms = self._messages.get(key)
        if not isinstance(forms, tuple):
            raise UnknownText(f"{self.language}: {key} (plural)")
        form = forms[0 if self._plural_rule(number) == "one" else -1]
        return form.format(n=number, **params)

    def has(self, key: str) -> bool:
        """Whether a text stands under the key."""
        return key in self._messages

    def keys(self) -> frozenset[str]:
        """All keys, for the test that compares the languages."""
        return frozenset(self._messages)


def texts_of(language: str) -> Texts:
    """The catalogue of a language, read once; an unknown language gets Greek."""
    # Only known names reach the cache: what a browser says must not fill the memory.
    return _catalogue(language if language in LANGUAGES else LANGUAGES[0])


@cache
def _catalogue(language: str) -> Texts:
    return read_texts(_FOLDER / language, language)


def read_texts(folder: Path, language: str) -> Texts:
    """All ``.po`` files of a folder as one catalogue; `ValueError` when two of them use the same key."""
    messages: dict[str, str | tuple[str, ...]] = {}
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language, abort_invalid=True)
        for message in catalogue:
            if not message.id:
                continue
            key = message.id[0] if isinstance(message.id, (list, tuple)) else message.id
            if key in messages:
                raise ValueError(f"{path.name}: {key} stands twice")
            messages[key] = tuple(message.string) if isinstance(message.string, (list, tuple)) else str(message.string)
    return Texts(language, messages)

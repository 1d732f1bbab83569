"""What the simulated provider remembers (codes and tokens, in memory) and what it answers about a person."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from xml.sax.saxutils import escape

from dimoslive.i18n.search_key import upper_greek
from dimoslive.integrations.identity.persons import Person
from dimoslive.ports import Clock

CODE_LIFETIME = timedelta(minutes=2)
TOKEN_LIFETIME = timedelta(minutes=5)
# Real values are padded to fixed widths like this one.
_WIDTH = 40


@dataclass(frozen=True, slots=True)
class _Grant:
    person: Person
    redirect_uri: str
    expires_at: datetime


class Grants:
    """The codes and tokens of one realm."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._codes: dict[str, _Grant] = {}
        self._tokens: dict[str, _Grant] = {}

    def issue_code(self, person: Person, redirect_uri: str) -> str:
        """A code for one exchange by whoever comes back at ``redirect_uri``."""
        return self._remember(self._codes, person, redirect_uri, CODE_LIFETIME)

    def exchange(self, code: str, redirect_uri: str) -> str | None:
        """An access token for a code; None if it is unknown, used, expired or of another ``redirect_uri``."""
        # Taken away first: a code that was tried once is worth nothing, however the try ends.
        grant = self._codes.pop(code, None)
        if grant is None or grant.redirect_uri != redirect_uri or grant.expires_at <= self._clock.now():
            return None
        return self._remember(self._tokens, grant.person, redirect_uri, TOKEN_LIFETIME)

    def person_of(self, token: str) -> Person | None:
        """The person of an access token; None if it is unknown or expired."""
        grant = self._tokens.get(token)
        return grant.person if grant and grant.expires_at > self._clock.now() else None

    def _remember(self, where: dict[str, _Grant], person: Person, redirect_uri: str, lifetime: timedelta) -> str:
        now = self._clock.now()
        for old in [key for key, grant in where.items() if grant.expires_at <= now]:
            del where[old]
        key = secrets.token_urlsafe(24)
        where[key] = _Grant(person, redirect_uri, now + lifetime)
        return key


def userinfo_xml(person: Person) -> bytes:
    """The provider's answer about a person, with the habits of the real one: padding, capitals, entities."""
    attributes = {
        "userid": person.user_id,
        "taxid": person.afm.digits,
        "lastname": upper_greek(person.last_name),
        "firstname": upper_greek(person.first_name),
        "fathername": upper_greek(person.father_name),
        "mothername": upper_greek(person.mother_name),
        "birthyear": person.birth_year,
    }
    written = " ".join(f'{name}="{_written(value, person)}"' for name, value in attributes.items() if value)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<root>\n  <userinfo {written}/>\n</root>\n'.encode()


def _written(value: str, person: Person) -> str:
    padding = " " * (_WIDTH - len(value)) + ("\n" if person.quirk == "line_break" else "")
    if person.quirk == "numeric_entities":
        return (
            "".join(letter if letter.isascii() and letter.isalnum() else f"&#{ord(letter)};" for letter in value)
            + padding
        )
    return escape(value, {'"': "&quot;"}) + padding

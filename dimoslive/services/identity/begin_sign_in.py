"""Begin a sign-in."""

import re
from dataclasses import dataclass

from dimoslive.context import Parts
from dimoslive.crypto import new_token
from dimoslive.services.identity.sign_in_state import CITIZENS, Realm, note_key, provider_of


@dataclass(frozen=True, slots=True)
class SignInBegun:
    """Where to send the browser, and the note it must bring back, kept under the state's beginning."""

    url: str
    note: str
    key: str


def safe_path(path: str) -> str:
    """The path if it is one of this site, else the front page: a sign-in never sends a browser elsewhere."""
    return path if re.fullmatch(r"/(?![/\\])[\w\-./~%?=&+]{0,400}", path, re.ASCII) else "/"


def begin_sign_in(parts: Parts, return_to: str, realm: Realm = CITIZENS, language: str = "el") -> SignInBegun:
    """Start a sign-in; nothing is stored until the browser comes back."""
    state = new_token()
    url = provider_of(parts, realm).authorization_url(state, parts.public_url + realm.callback, language)
    issued = str(int(parts.clock.now().timestamp()))
    return SignInBegun(url, parts.seal.sign([state, safe_path(return_to), issued, realm.word]), note_key(state))

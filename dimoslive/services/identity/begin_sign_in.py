"""Begin a sign-in."""

import re
from dataclasses import dataclass
from typing import Any

from dimoslive.context import AppContext
from dimoslive.crypto import new_token
from dimoslive.services.identity.auth_realm import CITIZENS, AuthRealm
from dimoslive.services.identity.sign_in_state import state_key


@dataclass(frozen=True, slots=True)
class SignInBegun:
    """Where to send the browser, and the signed state that it must bring back, kept under its key."""

    url: str
    sign_in_state: str
    key: str


def safe_path(path: str) -> str:
    """The path if it is one of this site, else the front page: a sign-in never sends a browser elsewhere."""
    return path if re.fullmatch(r"/(?![/\\])[\w\-./~%?=&+]{0,400}", path, re.ASCII) else "/"


def begin_sign_in(
    context: AppContext, return_to: str, realm: AuthRealm[Any, Any] = CITIZENS, language: str = "el"
) -> SignInBegun:
    """Start a sign-in; nothing is stored until the browser comes back. Raises `SignInUnavailable`."""
    state = new_token()
    url = realm.provider(context).authorization_url(state, context.public_url + realm.callback, language)
    issued = str(int(context.clock.now().timestamp()))
    signed = context.seal.sign([state, safe_path(return_to), issued, realm.key])
    return SignInBegun(url, signed, state_key(state))

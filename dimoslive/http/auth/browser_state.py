"""What a browser keeps of a sign-in under way, and how it is sent on."""

from typing import Any, Literal, TypedDict

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from dimoslive.context import AppContext
from dimoslive.domain.errors import SignInForged
from dimoslive.services.identity.auth_realm import AuthRealm
from dimoslive.services.identity.begin_sign_in import SignInBegun
from dimoslive.services.identity.sign_in_state import SIGN_IN_LENGTH, states_to_drop

# Ours has 43 characters; a provider's code is far below this.
MAX_STATE_LENGTH = 100
MAX_CODE_LENGTH = 2000


class Brought(TypedDict):
    """What a browser brings back from the provider, and the state that it kept for that."""

    sign_in_state: str
    state: str
    code: str
    error: str


def check_lengths(brought: Brought) -> None:
    """Raises `SignInForged` for what no provider sends."""
    if len(brought["state"]) > MAX_STATE_LENGTH or len(brought["code"]) > MAX_CODE_LENGTH:
        raise SignInForged()


class Protection(TypedDict):
    """What guards a cookie that our own site alone reads."""

    secure: bool
    httponly: bool
    samesite: Literal["lax"]


def protection(context: AppContext) -> Protection:
    """Not "strict": the way back from the provider is a link from another site."""
    return {"secure": context.public_url.startswith("https://"), "httponly": True, "samesite": "lax"}


def keep_state(
    answer: Response, request: Request, context: AppContext, realm: AuthRealm[Any, Any], begun: SignInBegun
) -> None:
    """Let the browser keep the state of a sign-in, in the place of those that are too many."""
    for name in states_to_drop(context, states_of(request, realm)):
        answer.delete_cookie(name, path=realm.cookies_at, **protection(context))
    age = int(SIGN_IN_LENGTH.total_seconds())
    name = state_name(realm, begun.key)
    answer.set_cookie(name, begun.sign_in_state, max_age=age, path=realm.cookies_at, **protection(context))


def state_name(realm: AuthRealm[Any, Any], key: str) -> str:
    """The name of the cookie that keeps the state of this key."""
    return f"{realm.state_cookie}_{key}"


def states_of(request: Request, realm: AuthRealm[Any, Any]) -> dict[str, str]:
    """The states of this realm's sign-ins that the browser has."""
    start = state_name(realm, "")
    return {name: state for name, state in request.cookies.items() if name.startswith(start)}


def send_to(address: str) -> RedirectResponse:
    """303, so that a browser follows a posted form with a GET."""
    return RedirectResponse(address, 303, headers={"Cache-Control": "no-store"})

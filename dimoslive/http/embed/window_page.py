"""The window of a frame's sign-in: what it shows when it comes back from the provider, or need not go there."""

import asyncio

from fastapi.responses import HTMLResponse, Response

from dimoslive.context import AppContext
from dimoslive.cookies import window_cookie_name
from dimoslive.domain.errors import DomainError
from dimoslive.domain.people.principals import Citizen
from dimoslive.http.auth.browser_state import Brought, check_lengths, protection
from dimoslive.http.embed.wishes import AskedSignIn, asked_of
from dimoslive.http.pages import page
from dimoslive.http.problems import status_of
from dimoslive.i18n import texts_of
from dimoslive.ports import Identity
from dimoslive.services.embed.frame_sign_in import WINDOW_LENGTH, give_code
from dimoslive.services.identity.auth_realm import FRAMES
from dimoslive.services.identity.finish_sign_in import fetch_identity
from dimoslive.services.identity.sign_in_state import read_sign_in_state

_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    # The frame that opened the window waits for it.
    "Cross-Origin-Opener-Policy": "unsafe-none",
}


def is_beside_a_frame(context: AppContext, sign_in_state: str) -> bool:
    """Whether the sign-in that came back was begun beside a frame."""
    begun = read_sign_in_state(context, sign_in_state)
    return begun is not None and begun.realm == FRAMES.key


async def come_back_to_frame(context: AppContext, brought: Brought, wanted: str) -> Response:
    """The provider sent the window back: no session is made, but a code for the frame. Or it says what went wrong."""
    asked = asked_of(wanted)
    try:
        check_lengths(brought)
        identity, _ = await fetch_identity(context, **brought, realm=FRAMES)
        return await asyncio.to_thread(give_code_page, context, identity, asked)
    except DomainError as problem:
        return problem_page(problem, asked)


def give_code_page(context: AppContext, who: Identity | Citizen, asked: AskedSignIn) -> Response:
    """The page that hands the code to the frame that opened it; raises `NotFound` for the municipality."""
    given = give_code(context, who, asked.wish.municipality, asked.challenge)
    answer = window_page(asked, code=given.code)
    age, name = int(WINDOW_LENGTH.total_seconds()), window_cookie_name(context.public_url)
    answer.set_cookie(name, given.window, max_age=age, path="/", **protection(context))
    return answer


def problem_page(problem: DomainError, asked: AskedSignIn) -> Response:
    """What went wrong, and the way to try again."""
    t = texts_of(asked.language)
    key = next(key for key in (f"sign_in.problem.{problem.code}", f"error.{problem.code}") if t.has(key))
    return window_page(asked, problem=t(key, **problem.params), status=status_of(problem))


def window_page(
    asked: AskedSignIn, *, name: str = "", code: str = "", problem: str = "", status: int = 200
) -> HTMLResponse:
    """Who would go on, the code for the frame, what went wrong; or none of these: then the way to the site is left."""
    return page(
        "embed_window.html",
        asked.language,
        status=status,
        headers=_HEADERS,
        asked=asked,
        name=name,
        code=code,
        problem=problem,
    )

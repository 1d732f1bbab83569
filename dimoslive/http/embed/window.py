"""The window of a frame's sign-in: to the provider, with a session that is there already, and on without its frame."""

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import Response

from dimoslive.context import AppContext
from dimoslive.cookies import window_cookie_name
from dimoslive.domain.errors import DomainError
from dimoslive.domain.frame_errors import FrameCodeMismatch
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Citizen
from dimoslive.http.auth.browser_state import keep_state, protection, send_to
from dimoslive.http.dependencies import ClientAddress, ContextDep, for_anyone
from dimoslive.http.embed.window_page import give_code_page, problem_page, window_page
from dimoslive.http.embed.wishes import AskedDep
from dimoslive.http.same_origin import is_from_our_page
from dimoslive.i18n import LANGUAGES
from dimoslive.services.access.limit_attempts import RateLimit, limit_attempts
from dimoslive.services.embed.find_framed import published_id
from dimoslive.services.embed.frame_sign_in import open_session_in_window
from dimoslive.services.identity.auth_realm import CITIZENS, FRAMES
from dimoslive.services.identity.begin_sign_in import begin_sign_in
from dimoslive.services.identity.sessions import find_principal
from dimoslive.urls import embed_path

router = APIRouter(include_in_schema=False)
_ALLOWED = [for_anyone(Permission.SIGN_IN)]
SIGN_IN, RETURN, GO_ON = (
    [embed_path(name, language) for language in LANGUAGES] for name in ("sign-in", "return", "continue")
)


@router.get(SIGN_IN[0], dependencies=_ALLOWED)
@router.get(SIGN_IN[1], dependencies=_ALLOWED)
def begin(request: Request, context: ContextDep, address: ClientAddress, asked: AskedDep, other: str = "") -> Response:
    """Who is signed in already is asked whether to go on as such; all others are sent to the provider."""
    try:
        published_id(context, asked.wish.municipality)
        if not asked.challenge and not asked.goes_on:
            raise FrameCodeMismatch()
        citizen = _signed_in(request, context)
        if asked.goes_on and citizen is not None:
            return send_to(asked.on_the_site)
        if citizen is not None and not other:
            return window_page(asked, name=citizen.full_name)
        limit_attempts(context, RateLimit.SIGN_IN, address)
        # Where the browser keeps nothing in frames it is the ordinary sign-in, and the wizard goes on in this tab.
        realm, return_to = (CITIZENS, asked.on_the_site) if asked.goes_on else (FRAMES, asked.return_to)
        begun = begin_sign_in(context, return_to, realm, asked.language)
    except DomainError as problem:
        return problem_page(problem, asked)
    answer = send_to(begun.url)
    keep_state(answer, request, context, realm, begun)
    return answer


@router.post(SIGN_IN[0], dependencies=_ALLOWED)
@router.post(SIGN_IN[1], dependencies=_ALLOWED)
def take_session(request: Request, context: ContextDep, asked: AskedDep) -> Response:
    """«Συνέχεια ως …»: the frame gets a code for whoever is signed in here."""
    if not is_from_our_page(request, context):
        raise HTTPException(403)
    citizen = _signed_in(request, context)
    if citizen is None or not asked.challenge:
        return send_to(asked.again)
    try:
        return give_code_page(context, citizen, asked)
    except DomainError as problem:
        return problem_page(problem, asked)


@router.get(RETURN[0], dependencies=_ALLOWED)
@router.get(RETURN[1], dependencies=_ALLOWED)
def come_again(asked: AskedDep) -> Response:
    """The window's address, opened once more: its code is gone, and what is left is the way to the site."""
    return window_page(asked)


@router.post(GO_ON[0], dependencies=_ALLOWED)
@router.post(GO_ON[1], dependencies=_ALLOWED)
def go_on(
    request: Request, context: ContextDep, asked: AskedDep, code: Annotated[str, Form(max_length=100)] = ""
) -> Response:
    """«Συνεχίστε εδώ»: the frame did not answer. The window's own session begins, and the booking goes on in it."""
    if not is_from_our_page(request, context):
        raise HTTPException(403)
    window = request.cookies.get(window_cookie_name(context.public_url), "")
    session_cookie = CITIZENS.session_cookie(context.public_url)
    try:
        token = open_session_in_window(context, code, window, request.cookies.get(session_cookie, ""))
    except DomainError as problem:
        return problem_page(problem, asked)
    answer = send_to(asked.on_the_site)
    answer.set_cookie(session_cookie, token, path="/", **protection(context))
    answer.delete_cookie(window_cookie_name(context.public_url), path="/", **protection(context))
    return answer


def _signed_in(request: Request, context: AppContext) -> Citizen | None:
    return find_principal(context, CITIZENS, request.cookies.get(CITIZENS.session_cookie(context.public_url), ""))

"""The routes of the sign-in. Cookies and addresses are made here; what they mean is `services.identity`'s."""

import asyncio
from typing import Annotated, Any
from urllib.parse import parse_qs, urlsplit

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response

from dimoslive.context import AppContext
from dimoslive.domain.errors import DomainError, SignInForged, SignInUnavailable
from dimoslive.domain.frame_errors import CookiesOff
from dimoslive.domain.people.permissions import Permission
from dimoslive.http.auth.browser_state import (
    Brought,
    check_lengths,
    keep_state,
    protection,
    send_to,
    state_name,
    states_of,
)
from dimoslive.http.dependencies import ClientAddress, ContextDep, for_anyone
from dimoslive.http.embed.window_page import come_back_to_frame, is_beside_a_frame
from dimoslive.http.same_origin import is_from_our_page
from dimoslive.services.access.limit_attempts import RateLimit, limit_attempts
from dimoslive.services.identity.auth_realm import CITIZENS, STAFF, STAFF_OPENID, AuthRealm
from dimoslive.services.identity.begin_sign_in import begin_sign_in, safe_path
from dimoslive.services.identity.finish_sign_in import finish_sign_in, return_path_of
from dimoslive.services.identity.sessions import end_session, find_principal
from dimoslive.services.identity.sign_in_state import state_key
from dimoslive.urls import language_of, localized, sign_in_path


def realm_router(realm: AuthRealm[Any, Any]) -> APIRouter:
    """The routes of a realm: to the provider, and back."""
    router = APIRouter(prefix=realm.path, include_in_schema=False)

    allowed = [for_anyone(Permission.SIGN_IN)]

    @router.get("/sign-in", dependencies=allowed)
    def begin(
        request: Request, context: ContextDep, address: ClientAddress, wish: Annotated[str, Query(alias="next")] = ""
    ) -> RedirectResponse:
        """Send the browser to the provider, with a signed state to bring back."""
        limit_attempts(context, RateLimit.SIGN_IN, address)
        wanted = wish or _wish_of_page(request, context, realm)
        try:
            begun = begin_sign_in(context, wanted, realm, language_of(wanted))
        except SignInUnavailable as problem:
            return send_to(_sign_in_page(realm, problem, safe_path(wanted)))
        answer = send_to(begun.url)
        keep_state(answer, request, context, realm, begun)
        return answer

    @router.get("/callback", dependencies=allowed)
    async def come_back(
        request: Request, context: ContextDep, state: str = "", code: str = "", error: str = ""
    ) -> Response:
        """The provider sent the browser back: open a session, or say on the sign-in page what went wrong.

        The state stays until it is too old: the same address may be opened again, by the way back in the history.
        """
        states, cookie = states_of(request, realm), realm.session_cookie(context.public_url)
        sign_in_state, session = states.get(state_name(realm, state_key(state)), ""), request.cookies.get(cookie, "")
        wanted = return_path_of(context, sign_in_state, states.values(), otherwise=realm.home)
        brought = Brought(sign_in_state=sign_in_state, state=state, code=code, error=error)
        if realm is CITIZENS and is_beside_a_frame(context, sign_in_state):
            return await come_back_to_frame(context, brought, wanted)
        try:
            if not request.cookies:
                raise CookiesOff()
            check_lengths(brought)
            signed_in = await finish_sign_in(context, **brought, old_session=session, realm=realm)
        except DomainError as problem:
            return await asyncio.to_thread(_answer_refusal, problem, context, realm, session, wanted)
        answer = send_to(signed_in.return_to)
        # Without an age the cookie ends with the browser, which matters at a library's computer.
        answer.set_cookie(cookie, signed_in.session_token, path="/", **protection(context))
        return answer

    return router


def add_way_out(router: APIRouter, realm: AuthRealm[Any, Any]) -> APIRouter:
    """The route that ends a session, whichever sign-in of its kind it was opened by."""

    @router.post("/sign-out", dependencies=[for_anyone(Permission.SIGN_IN)])
    def end(request: Request, context: ContextDep) -> RedirectResponse:
        """End the session here, then the provider's own."""
        if not is_from_our_page(request, context):
            raise HTTPException(403)
        cookie = realm.session_cookie(context.public_url)
        answer = send_to(end_session(context, realm, request.cookies.get(cookie, "")))
        answer.delete_cookie(cookie, path="/", **protection(context))
        return answer

    return router


staff_router = add_way_out(realm_router(STAFF), STAFF)
staff_openid_router = realm_router(STAFF_OPENID)
router = add_way_out(realm_router(CITIZENS), CITIZENS)


def _answer_refusal(
    problem: DomainError, context: AppContext, realm: AuthRealm[Any, Any], session: str, wanted: str
) -> RedirectResponse:
    if isinstance(problem, SignInForged) and find_principal(context, realm, session):
        # Nothing is given that the browser does not have: whoever is signed in goes on.
        return send_to(wanted)
    return send_to(_sign_in_page(realm, problem, wanted))


def _sign_in_page(realm: AuthRealm[Any, Any], problem: DomainError, return_to: str) -> str:
    return sign_in_path(language_of(return_to), for_staff=realm.for_staff, problem=problem.code, return_to=return_to)


def _wish_of_page(request: Request, context: AppContext, realm: AuthRealm[Any, Any]) -> str:
    """Where the sign-in page was to lead: its button may be pressed before its script has filled that in."""
    page = urlsplit(request.headers.get("Referer", ""))
    if f"{page.scheme}://{page.netloc}" != context.public_url:
        return realm.home
    return parse_qs(page.query).get("next", [localized(realm.home, language_of(page.path))])[0]

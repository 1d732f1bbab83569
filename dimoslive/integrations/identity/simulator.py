"""A simulator of TAXISnet's OAuth 2.0 provider, for development and tests: the paths and the quirks of the real one."""

import hmac
from collections.abc import Collection
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from dimoslive.integrations.identity.persons import Person
from dimoslive.integrations.identity.simulator_grants import TOKEN_LIFETIME, Grants, userinfo_xml
from dimoslive.integrations.identity.simulator_pages import authorize_page, picked_person, problem_page, typed_person
from dimoslive.ports import Clock

REALMS = ("oauth2server", "oauth2servergov")


def simulator_router(
    clock: Clock, public_base: str, client_id: str, client_secret: str, allowed_redirects: Collection[str]
) -> APIRouter:
    """The simulated provider's routes for both realms, to be mounted under a prefix.

    ``allowed_redirects`` are the registered addresses for sign-in; a logout may return to any page of ``public_base``.
    """
    router = APIRouter(include_in_schema=False)
    for realm in REALMS:
        simulated = _Realm(realm, Grants(clock), public_base.rstrip("/"), client_id, client_secret, allowed_redirects)
        router.include_router(simulated.router(), prefix=f"/{realm}")
    return router


class _Realm:
    """One realm of the provider: its own accounts' page, codes and tokens."""

    def __init__(
        self,
        name: str,
        grants: Grants,
        public_base: str,
        client_id: str,
        client_secret: str,
        allowed_redirects: Collection[str],
    ) -> None:
        self._name = name
        self._grants = grants
        self._public_base = public_base
        self._client_id = client_id
        self._client_secret = client_secret
        self._allowed_redirects = frozenset(allowed_redirects)

    def router(self) -> APIRouter:
        router = APIRouter()
        router.add_api_route("/oauth/authorize", self.show, methods=["GET"])
        router.add_api_route("/oauth/authorize", self.decide, methods=["POST"])
        router.add_api_route("/oauth/token", self.token, methods=["POST"])
        router.add_api_route("/userinfo", self.userinfo, methods=["GET"])
        router.add_api_route("/logout/{client_id}/", self.logout, methods=["GET"])
        return router

    async def show(self, request: Request) -> Response:
        """The page where a person is chosen."""
        return self._wrong_request(request) or authorize_page(self._name, request.query_params)

    async def decide(self, request: Request) -> Response:
        """Send the browser back with a code, or with ``access_denied``."""
        if wrong := self._wrong_request(request):
            return wrong
        form = await request.form()
        decision = _text(form, "decision")
        if decision == "refuse":
            return _send_back(request, error="access_denied", error_description="User denied access")
        if decision == "type":
            typed = {name: _text(form, name) for name in ("afm", "first_name", "last_name")}
            person = typed_person(typed)
            if not isinstance(person, Person):
                return authorize_page(self._name, request.query_params, typed=typed, errors=person)
        else:
            picked = picked_person(_text(form, "person"))
            if picked is None:
                return authorize_page(self._name, request.query_params, errors={"person": "required"})
            person = picked
        return _send_back(request, code=self._grants.issue_code(person, request.query_params["redirect_uri"]))

    async def token(self, request: Request) -> Response:
        """An access token for a code; the client's secret is looked for in the body only."""
        form = await request.form()
        if not self._is_client(_text(form, "client_id"), _text(form, "client_secret")):
            return _error(401, "invalid_client", "Bad client credentials")
        if _text(form, "grant_type") != "authorization_code":
            return _error(400, "unsupported_grant_type", "Unsupported grant type")
        token = self._grants.exchange(_text(form, "code"), _text(form, "redirect_uri"))
        if token is None:
            return _error(400, "invalid_grant", "Invalid authorization code or redirect URI")
        lifetime = int(TOKEN_LIFETIME.total_seconds())
        answer = {"access_token": token, "token_type": "bearer", "expires_in": lifetime, "scope": "read"}
        return JSONResponse(answer, headers={"Cache-Control": "no-store"})

    async def userinfo(self, request: Request) -> Response:
        """The person of the token in the header or, as some installations want it, in the query."""
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer":
            token = request.query_params.get("access_token", "")
        person = self._grants.person_of(token)
        if person is None:
            return _error(401, "invalid_token", "Invalid or expired access token")
        if request.query_params.get("format") != "xml":
            return _error(400, "invalid_request", "The format must be xml")
        return Response(userinfo_xml(person), media_type="text/xml", headers={"Cache-Control": "no-store"})

    async def logout(self, request: Request, client_id: str) -> Response:
        """Send the browser back to a page of the site, and to none but the site's."""
        if client_id != self._client_id:
            return problem_page("unknown_client", request.query_params)
        return_to = request.query_params.get("url", "")
        # The slash matters: without it `https://site.gr.elsewhere.com` would pass for `https://site.gr`.
        if return_to != self._public_base and not return_to.startswith(self._public_base + "/"):
            return problem_page("foreign_return", request.query_params)
        return RedirectResponse(return_to, 303)

    def _wrong_request(self, request: Request) -> Response | None:
        """What is wrong with a request for sign-in: told here unless the return address is known to be the site's."""
        query = request.query_params
        if query.get("client_id") != self._client_id:
            return problem_page("unknown_client", query)
        if query.get("redirect_uri") not in self._allowed_redirects:
            return problem_page("foreign_redirect", query)
        if query.get("response_type") != "code":
            return _send_back(request, error="unsupported_response_type")
        if query.get("scope") != "read":
            return _send_back(request, error="invalid_scope")
        return None

    def _is_client(self, client_id: str, client_secret: str) -> bool:
        given, own = f"{client_id}\n{client_secret}", f"{self._client_id}\n{self._client_secret}"
        return hmac.compare_digest(given.encode(), own.encode())


def _send_back(request: Request, **params: str) -> Response:
    state = request.query_params.get("state")
    if state is not None:
        params["state"] = state
    redirect_uri = request.query_params["redirect_uri"]
    # 303, so that the browser follows a posted form with a GET.
    return RedirectResponse(f"{redirect_uri}{'&' if '?' in redirect_uri else '?'}{urlencode(params)}", 303)


def _error(status: int, error: str, description: str) -> Response:
    content = {"error": error, "error_description": description}
    return JSONResponse(content, status, headers={"Cache-Control": "no-store"})


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""

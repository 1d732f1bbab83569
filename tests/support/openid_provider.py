"""A small OpenID Connect provider, run as a process of its own: ``python -m tests.support.openid_provider PORT CLOCK``.

It checks what a provider must (client, redirect address, PKCE, codes used once), and under ``/control`` a test says who
is known and what is to be wrong.
"""

import asyncio
import base64
import hashlib
import hmac
import json
import secrets
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from granian.constants import Interfaces
from granian.server.embed import Server
from joserfc import jwt
from joserfc.jwk import ECKey

from dimoslive.integrations.clock import ShiftedClock

CLIENT_ID, CLIENT_SECRET = "dimoslive-tests", "secret/of the+tests"


class Provider:
    """Accounts by their key, the keys it signs with, the codes it gave, and what is wrong with its next answers."""

    def __init__(self, issuer: str, clock: ShiftedClock) -> None:
        self.issuer, self.clock = issuer, clock
        self.accounts: dict[str, dict[str, Any]] = {}
        self.keys: list[ECKey] = []
        self.codes: dict[str, dict[str, Any]] = {}
        self.tokens: dict[str, dict[str, Any]] = {}
        self.wrong: dict[str, Any] = {}
        self.counts: dict[str, int] = {}
        self.rotate()

    def rotate(self) -> None:
        """Sign with a new key, and publish it alone."""
        self.keys = [ECKey.generate_key("P-256", {"kid": secrets.token_hex(4), "use": "sig"})]

    def documents(self) -> dict[str, Any]:
        """Where it answers."""
        names = ("authorization", "token", "userinfo", "end_session")
        wrong: dict[str, Any] = self.wrong.get("document", {})
        return (
            {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/jwks"}
            | {f"{name}_endpoint": f"{self.issuer}/{name}" for name in names}
            | wrong
        )

    def id_token(self, grant: dict[str, Any]) -> str:
        """Who signed in, signed; or signed wrongly, if a test says so."""
        now = int(self.clock.now().timestamp())
        usual = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": grant["nonce"]}
        person = {} if self.wrong.get("in_userinfo") else self.accounts[grant["account"]]
        claims = usual | {"sub": self.accounts[grant["account"]]["sub"]} | person
        claims = {name: value for name, value in (claims | self.wrong.get("claims", {})).items() if value is not None}
        if "age" in self.wrong:
            claims |= {"iat": now - self.wrong["age"], "exp": now - self.wrong["age"] + 300}
        if self.wrong.get("sign") == "none":
            parts = [json.dumps(part).encode() for part in ({"alg": "none"}, claims)]
            return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts) + "."
        if self.wrong.get("sign") == "secret":
            return _signed_with_the_secret(claims)
        foreign = self.wrong.get("sign") == "foreign"
        key = ECKey.generate_key("P-256", {"kid": str(self.keys[0].kid)}) if foreign else self.keys[0]
        return jwt.encode({"alg": "ES256", "kid": self.keys[0].kid}, claims, key)


def _signed_with_the_secret(claims: dict[str, Any]) -> str:
    head, body = (json.dumps(part).encode() for part in ({"alg": "HS256"}, claims))
    text = b".".join(base64.urlsafe_b64encode(part).rstrip(b"=") for part in (head, body))
    mac = hmac.new(CLIENT_SECRET.encode(), text, hashlib.sha256).digest()
    return (text + b"." + base64.urlsafe_b64encode(mac).rstrip(b"=")).decode()


def make_app(provider: Provider) -> FastAPI:
    """The provider's addresses."""
    app = FastAPI()

    @app.middleware("http")
    async def count(request: Request, go_on: Any) -> Any:
        provider.counts[request.url.path] = provider.counts.get(request.url.path, 0) + 1
        if provider.wrong.get("is_down") and request.url.path != "/control":
            return Response(status_code=503)
        return await go_on(request)

    _add_documents(app, provider)
    _add_sign_in(app, provider)

    @app.post("/control")
    async def control(request: Request) -> dict[str, int]:
        said = await request.json()
        provider.accounts = said.get("accounts", provider.accounts)
        provider.wrong = said.get("wrong", {})
        if said.get("rotate"):
            provider.rotate()
        return provider.counts

    return app


def _add_documents(app: FastAPI, provider: Provider) -> None:
    @app.get("/.well-known/openid-configuration")
    async def discover() -> dict[str, Any]:
        return provider.documents()

    @app.get("/jwks")
    async def jwks() -> dict[str, Any]:
        unknown = {"kty": "of-the-future", "kid": "x"}
        return {"keys": [unknown, *(key.as_dict(private=False) for key in provider.keys)]}


def _add_sign_in(app: FastAPI, provider: Provider) -> None:
    @app.get("/authorization")
    async def show(request: Request) -> Response:
        buttons = "".join(
            f'<button name="account" value="{key}">{account.get("name", key)}</button>'
            for key, account in provider.accounts.items()
        )
        form = f'<form method="post" action="?{request.url.query}">{buttons}</form>'
        page = f'<html lang="en"><link rel="icon" href="data:,"><title>Provider</title>{form}'
        return HTMLResponse(page)

    @app.post("/authorization")
    async def decide(request: Request) -> Response:
        asked, form = request.query_params, await request.form()
        assert (asked["client_id"], asked["response_type"]) == (CLIENT_ID, "code")
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        code = secrets.token_urlsafe(16)
        provider.codes[code] = dict(asked) | {"account": form["account"]}
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}", 303)

    @app.post("/token")
    async def token(request: Request) -> Response:
        form = await request.form()
        client = base64.b64decode(request.headers.get("Authorization", "Basic ").split()[-1]).decode()
        grant = provider.codes.pop(str(form.get("code")), None)
        if client != f"{CLIENT_ID}:{CLIENT_SECRET}":
            return JSONResponse({"error": "invalid_client"}, 401)
        challenge = hashlib.sha256(str(form.get("code_verifier")).encode()).digest()
        shown = base64.urlsafe_b64encode(challenge).rstrip(b"=").decode()
        if grant is None or grant["redirect_uri"] != form["redirect_uri"] or grant["code_challenge"] != shown:
            return JSONResponse({"error": "invalid_grant"}, 400)
        access = secrets.token_urlsafe(16)
        provider.tokens[access] = grant
        answer = {"access_token": access, "token_type": "Bearer", "id_token": provider.id_token(grant)}
        return JSONResponse(answer | provider.wrong.get("token", {}))

    @app.get("/userinfo")
    async def userinfo(request: Request) -> Response:
        grant = provider.tokens[request.headers["Authorization"].split()[-1]]
        return JSONResponse(provider.accounts[grant["account"]] | provider.wrong.get("userinfo", {}))

    @app.get("/end_session")
    async def end_session(request: Request) -> Response:
        return RedirectResponse(request.query_params["post_logout_redirect_uri"], 303)


async def _serve(port: int, clock: Path) -> None:
    provider = Provider(f"http://127.0.0.1:{port}", ShiftedClock(clock))
    await Server(make_app(provider), address="127.0.0.1", port=port, interface=Interfaces.ASGI).serve()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), Path(sys.argv[2])))

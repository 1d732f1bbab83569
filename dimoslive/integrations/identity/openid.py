"""OpenID Connect: a provider of a municipality's, or of several, for officials."""

import asyncio
import logging
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx2
from authlib.common.urls import add_params_to_uri
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError

from dimoslive.domain.errors import InvalidInput, SignInUnavailable
from dimoslive.domain.people.personal_data import MAX_NAME_LENGTH, EmailAddress, clean_line
from dimoslive.integrations.identity.answers import check_code, checked_token, json_object, read_answer, refuse_error
from dimoslive.integrations.identity.openid_documents import Endpoints, PublishedDocuments
from dimoslive.integrations.identity.userinfo import unreadable
from dimoslive.integrations.tls import tls_context
from dimoslive.ports import Clock, OpenIdentity

SCOPE = "openid email profile"
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"]
"""Signatures by a key that only the provider has: never none, and never one made with the client's secret."""
CLOCK_SKEW = timedelta(minutes=1)
MAX_SUBJECT_LENGTH = 255
_log = logging.getLogger(__name__)

Claims = dict[str, Any]


class OpenIdProvider:
    """An `IdentityProvider` by discovery, authorization code, PKCE and nonce; the id_token is checked here.

    ``secret_of`` makes a secret of words, always the same: nonce and code verifier come from the sign-in's state, which
    is used once, so nothing need be kept. ``vouches_for_email`` says that this issuer gives nobody an address that is
    not theirs, whether it marks it as verified or not.
    """

    def __init__(  # what a provider is set up with, each by its name
        self,
        *,
        issuer: str,
        client_id: str,
        client_secret: str,
        vouches_for_email: bool,
        clock: Clock,
        secret_of: Callable[[str, str], str],
        timeout: float = 8.0,
    ) -> None:
        self._issuer = issuer
        self._client_id = client_id
        self._client_secret = client_secret
        self._vouches_for_email = vouches_for_email
        self._clock = clock
        self._secret_of = secret_of
        self._timeout = timeout
        self._published = PublishedDocuments(issuer, clock, timeout=timeout)
        self._tls = tls_context()

    def authorization_url(self, state: str, redirect_uri: str, language: str = "el") -> str:
        """Where to send the browser to sign in; may ask the provider where that is."""
        query = {
            "response_type": "code",
            "client_id": self._client_id,
            "redirect_uri": redirect_uri,
            "scope": SCOPE,
            "state": state,
            "nonce": self._nonce(state),
            "code_challenge": create_s256_code_challenge(self._verifier(state)),  # type: ignore[no-untyped-call]  # Authlib's
            "code_challenge_method": "S256",
            "ui_locales": language,
        }
        return str(add_params_to_uri(self._published.endpoints().authorization_endpoint, list(query.items())))

    async def fetch_identity(self, code: str, redirect_uri: str, state: str = "") -> OpenIdentity:
        """Exchange the code, check the id_token and read the person.

        Raises `SignInRefused`, `SignInUnavailable` or `SignInUnreadable`, none with a cause: a chained error could take
        a token into a log.
        """
        check_code(code)
        try:
            async with self._clock.timeout(self._timeout):
                endpoints = await asyncio.to_thread(self._published.endpoints)
                async with self._client(endpoints) as client:
                    token = await client.fetch_token(
                        endpoints.token_endpoint,
                        grant_type="authorization_code",
                        code=code,
                        redirect_uri=redirect_uri,
                        code_verifier=self._verifier(state),
                    )
                    claims = await asyncio.to_thread(self._checked, token, self._nonce(state))
                    if endpoints.userinfo_endpoint and not claims.get("email"):
                        claims = await _with_userinfo(client, endpoints.userinfo_endpoint, claims)
        except (httpx2.HTTPError, httpx2.InvalidURL, TimeoutError) as error:
            _log.warning("OpenID Connect provider not reached: %s", type(error).__name__)
            raise SignInUnavailable from None
        return self._person(claims)

    def logout_url(self, return_to: str) -> str:
        """Where to end the provider's own session; back at once where it has no such place, or does not answer."""
        try:
            address = self._published.endpoints().end_session_endpoint
        except SignInUnavailable:
            return return_to
        query = [("client_id", self._client_id), ("post_logout_redirect_uri", return_to)]
        return str(add_params_to_uri(address, query)) if address else return_to

    def _nonce(self, state: str) -> str:
        return self._secret_of("openid nonce", state)

    def _verifier(self, state: str) -> str:
        return self._secret_of("openid code verifier", state)

    def _client(self, endpoints: Endpoints) -> AsyncOAuth2Client:
        # One client for each exchange, because it carries the token; it is dropped with it.
        client = AsyncOAuth2Client(
            client_id=self._client_id,
            client_secret=self._client_secret,
            token_endpoint_auth_method="client_secret_basic"
            if endpoints.takes_secret_in_header
            else "client_secret_post",
            verify=self._tls,
            timeout=self._timeout,
            # Redirects would carry the client's secret or the token to another address.
            follow_redirects=False,
        )
        client.register_compliance_hook("access_token_response", checked_token)
        return client

    def _checked(self, token: dict[str, Any], nonce: str) -> Claims:
        """The id_token's claims: signed by the issuer, for us, for this sign-in, and of now."""
        text = token.get("id_token")
        if not isinstance(text, str):
            raise unreadable("there is no id_token")
        try:
            signed = self._verified(text)
            claims = CodeIDToken(
                signed.claims,
                signed.header,
                {
                    "iss": {"essential": True, "value": self._issuer},
                    "aud": {"essential": True, "value": self._client_id},
                },
                {"nonce": nonce, "client_id": self._client_id, "access_token": token.get("access_token")},
            )
            claims.validate(int(self._clock.now().timestamp()), int(CLOCK_SKEW.total_seconds()))
        except (JoseError, ValueError, TypeError) as error:
            # The reason names a claim or a rule; its text could quote what the token says.
            reason = getattr(error, "error", type(error).__name__)
            raise unreadable(f"the id_token does not hold: {reason} {getattr(error, 'claim', '')}".rstrip()) from None
        subject = claims["sub"]
        if not (isinstance(subject, str) and re.fullmatch(r"[\x20-\x7e]+", subject)):
            raise unreadable("the id_token has no subject")
        if len(subject) > MAX_SUBJECT_LENGTH:
            raise unreadable("the id_token's subject is longer than any")
        return dict(claims)

    def _verified(self, text: str) -> jwt.Token:
        """The id_token, its signature checked by the keys that are known, or else by those of this moment."""
        try:
            return jwt.decode(text, self._published.keys(), algorithms=ALGORITHMS)
        except (JoseError, ValueError):
            return jwt.decode(text, self._published.keys(again=True), algorithms=ALGORITHMS)

    def _person(self, claims: Claims) -> OpenIdentity:
        first_name, last_name = _name(claims, "given_name"), _name(claims, "family_name")
        if not last_name:
            first_name, _, last_name = _name(claims, "name").rpartition(" ")
        return OpenIdentity(self._issuer, claims["sub"], self._vouched_email(claims), first_name, last_name)

    def _vouched_email(self, claims: Claims) -> str:
        # Some providers write the truth as a word.
        is_verified = claims.get("email_verified") in (True, "true")
        if not (is_verified or self._vouches_for_email):
            return ""
        try:
            return EmailAddress.parse(str(claims.get("email") or "")).text.lower()
        except InvalidInput:
            return ""


async def _with_userinfo(client: AsyncOAuth2Client, address: str, claims: Claims) -> Claims:
    """Many providers keep address and name out of the id_token, and tell them to whoever has the access token."""
    body = await read_answer(client, address, "application/json")
    told = json_object(body)
    if told is None:
        raise unreadable("the userinfo is no JSON object")
    refuse_error(told, 200)
    if told.get("sub") != claims["sub"]:
        raise unreadable("the userinfo is another person's")
    return told | claims


def _name(claims: Claims, claim: str) -> str:
    try:
        return clean_line(claim, str(claims.get(claim) or ""), max_length=MAX_NAME_LENGTH // 2 - 1, required=False)
    except InvalidInput:
        return ""

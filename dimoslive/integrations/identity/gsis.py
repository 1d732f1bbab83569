"""TAXISnet: the OAuth 2.0 provider of the General Secretariat of Information Systems (GSIS)."""

import asyncio
import logging
from typing import Literal
from urllib.parse import quote, urlencode

import httpx2
from authlib.integrations.httpx_client import AsyncOAuth2Client

from dimoslive.domain.errors import SignInUnavailable
from dimoslive.integrations.identity.answers import check_code, checked_token, read_answer
from dimoslive.integrations.identity.userinfo import read_userinfo
from dimoslive.integrations.tls import tls_context
from dimoslive.ports import Identity

_PLACEMENT = {"header": "header", "query": "uri"}  # Authlib's words
_log = logging.getLogger(__name__)


class GsisProvider:
    """An `IdentityProvider` for one realm: ``oauth2server`` is the citizens', ``oauth2servergov`` the public servants'.

    ``back_channel_url`` is for token and userinfo where the server reaches the provider under another address than
    browsers do. ``language_parameter`` is for a provider that takes one: TAXISnet documents none. ``timeout`` is in
    seconds and bounds the whole exchange.
    """

    def __init__(  # noqa: PLR0913  # what a provider is set up with, each by its name
        self,
        *,
        base_url: str,
        realm: str,
        client_id: str,
        client_secret: str,
        token_in: Literal["header", "query"] = "header",  # noqa: S107  # a place, not a secret
        back_channel_url: str = "",
        language_parameter: str = "",
        timeout: float = 8.0,
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        self._front = f"{base_url.rstrip('/')}/{realm.strip('/')}"
        self._back = f"{(back_channel_url or base_url).rstrip('/')}/{realm.strip('/')}"
        self._language_parameter = language_parameter
        self._client_id = client_id
        self._client_secret = client_secret
        self._token_placement = _PLACEMENT[token_in]
        self._timeout = timeout
        self._transport = transport
        self._tls = tls_context()

    def authorization_url(self, state: str, redirect_uri: str, language: str = "el") -> str:
        """Where to send the browser to sign in."""
        query = {
            "response_type": "code",
            "client_id": self._client_id,
            "redirect_uri": redirect_uri,
            "scope": "read",
            "state": state,
        }
        if self._language_parameter:
            query[self._language_parameter] = language
        return f"{self._front}/oauth/authorize?{urlencode(query)}"

    async def fetch_identity(
        self,
        code: str,
        redirect_uri: str,
        state: str = "",  # noqa: ARG002  # TAXISnet ties nothing to it
    ) -> Identity:
        """Exchange the code and read the person.

        Raises `SignInRefused`, `SignInUnavailable` or `SignInUnreadable`, none with a cause: a chained error could take
        the token or the person's data into a log.
        """
        check_code(code)
        try:
            async with asyncio.timeout(self._timeout), self._client() as client:
                await client.fetch_token(
                    f"{self._back}/oauth/token",
                    grant_type="authorization_code",
                    code=code,
                    redirect_uri=redirect_uri,
                )
                answer = await read_answer(client, f"{self._back}/userinfo?format=xml", "application/xml, text/xml")
        except (httpx2.HTTPError, httpx2.InvalidURL, TimeoutError) as error:
            _log.warning("identity provider not reached: %s", type(error).__name__)
            raise SignInUnavailable from None
        return read_userinfo(answer)

    def logout_url(self, return_to: str) -> str:
        """Where to send the browser to end the provider's own session; ``return_to`` must be registered there."""
        return f"{self._front}/logout/{quote(self._client_id, safe='')}/?url={quote(return_to, safe='')}"

    def _client(self) -> AsyncOAuth2Client:
        # One client for each exchange, because it carries the token; it is dropped with it.
        client = AsyncOAuth2Client(
            client_id=self._client_id,
            client_secret=self._client_secret,
            token_endpoint_auth_method="client_secret_post",  # noqa: S106  # the name of a method
            scope="read",
            token_placement=self._token_placement,
            verify=self._tls,
            timeout=self._timeout,
            transport=self._transport,
            # Redirects would carry the client's secret or the token to another address.
            follow_redirects=False,
        )
        client.register_compliance_hook("access_token_response", checked_token)
        return client

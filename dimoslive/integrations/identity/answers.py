"""What a provider's back channel may answer, and what of it is an error: the same for all of them."""

import json
import logging
import re
from contextlib import aclosing

import httpx2
from authlib.integrations.httpx_client import AsyncOAuth2Client

from dimoslive.domain.errors import SignInRefused, SignInUnavailable
from dimoslive.integrations.identity.userinfo import MAX_ANSWER_LENGTH, unreadable

_log = logging.getLogger(__name__)


def check_code(code: str) -> None:
    """Raises `SignInRefused` for a code that did not come from a provider: RFC 6749 says what one is made of."""
    if not re.fullmatch(r"[\x20-\x7e]{1,2000}", code):
        _log.warning("a sign-in came back with a code that no provider gives")
        raise SignInRefused


def checked_token(response: httpx2.Response) -> httpx2.Response:
    """The answer to a code, if it has a token in a form that can be used."""
    check_status(response.status_code)
    answer = json_object(response.content)
    if answer is None and response.is_success:
        raise unreadable("the token's is no JSON object")
    answer = answer or {}
    refuse_error(answer, response.status_code)
    # Authlib takes these fields on trust and would fail on others in ways of its own.
    is_bearer = str(answer.get("token_type") or "").lower() == "bearer"
    has_token = re.fullmatch(r"[\x21-\x7e]+", str(answer.get("access_token") or ""))
    has_lifetime = all(str(answer.get(name) or 0).isdecimal() for name in ("expires_in", "expires_at"))
    if not (is_bearer and has_token and has_lifetime):
        raise unreadable("the token's is of another form")
    return response


async def read_answer(client: AsyncOAuth2Client, url: str, accept: str) -> bytes:
    """What the provider says to whoever has the client's token."""
    # Uncompressed: a short answer should not grow long while it is read.
    headers = {"Accept": accept, "Accept-Encoding": "identity"}
    request = client.build_request("GET", url, headers=headers)
    async with aclosing(await client.send(request, auth=client.token_auth, stream=True)) as response:
        check_status(response.status_code)
        answer = b""
        async for chunk in response.aiter_bytes():
            answer += chunk
            if len(answer) > MAX_ANSWER_LENGTH:
                raise unreadable("longer than any")
    # An expired token is answered with JSON, whatever format was asked for.
    refuse_error(json_object(answer) or {}, response.status_code)
    return answer


def check_status(status: int) -> None:
    """Let through success and what may be a refusal; everything else is a provider that does not work."""
    if status not in (200, 400, 401, 403):
        _log.warning("identity provider answers with status %d", status)
        raise SignInUnavailable


def refuse_error(answer: dict[str, object], status: int) -> None:
    """Raises `SignInRefused` for what says that it is an error."""
    if "error" in answer or status != 200:
        # Of the error only the code is logged, cut short: a description may quote a token.
        code = re.sub(r"[^a-z_]", "", str(answer.get("error", "")))[:40]
        _log.warning("identity provider refuses with status %d: %s", status, code or "no code")
        raise SignInRefused


def json_object(body: bytes) -> dict[str, object] | None:
    """The answer as an object; None if it is none."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None

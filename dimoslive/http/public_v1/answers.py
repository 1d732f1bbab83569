"""Public answers: made once, told apart by their ETag, sent compressed to whoever takes it."""

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import brotli
from fastapi import Request, Response
from starlette.datastructures import Headers

from dimoslive.http.etags import is_known
from dimoslive.http.negotiation import encoding_by

_WORTH_COMPRESSING = 500
"""Bytes; a smaller answer fits into one packet anyway."""


@dataclass(frozen=True, slots=True)
class Body:
    """The bytes of an answer. What each encoding makes of them is kept with them."""

    content: bytes
    etag: str
    _encoded: dict[str, bytes] = field(default_factory=dict, compare=False, repr=False)

    def encoded(self, encoding: str) -> bytes:
        """Compressed as ``br`` or ``gzip``."""
        if encoding not in self._encoded:
            self._encoded[encoding] = _compress(self.content, encoding)
        return self._encoded[encoding]


def make_body(content: Mapping[str, Any], *, without: str = "") -> Body:
    """``without`` names a field that may differ between answers that say the same, such as when one was computed."""
    written = _written(content)
    # Taken out of what is written: to write it twice would cost as much again.
    told_apart = written.replace(_written({without: content[without]})[1:-1], b"", 1) if without else b""
    return body_of(written, told_apart_by=told_apart)


def body_of(content: bytes, told_apart_by: bytes = b"") -> Body:
    """The same of what is written already."""
    # Weak, because the same answer goes out compressed and not.
    return Body(content, f'W/"{sha256(told_apart_by or content).hexdigest()[:32]}"')


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that anybody who asks the same gets; ``until`` says how long, nought that it is made each time."""

    body: Body
    headers: dict[str, str]
    media_type: str
    until: float

    def response(self, headers: Headers) -> Response:
        """To a request with these headers: the answer, or that it is known already."""
        answered = {"ETag": self.body.etag} | self.headers
        if is_known(headers.get("If-None-Match", ""), self.body.etag):
            return Response(status_code=304, headers=answered)
        content = self.body.content
        if len(content) >= _WORTH_COMPRESSING and (encoding := encoding_by(headers.get("Accept-Encoding", ""))):
            content, answered["Content-Encoding"] = self.body.encoded(encoding), encoding
        return Response(content, media_type=self.media_type, headers=answered)


def send(
    request: Request,
    body: Body,
    caching: str,
    headers: Mapping[str, str] | None = None,
    *,
    media_type: str = "application/json",
    until: float = 0.0,
) -> Response:
    """Answer a request, and until then whoever else asks the same."""
    answer = Answer(body, {"Cache-Control": caching} | dict(headers or {}), media_type, until)
    if until:
        request.scope["state"]["answer"] = answer
    return answer.response(request.headers)


def _written(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _compress(content: bytes, encoding: str) -> bytes:
    if encoding == "br":
        compressed: bytes = brotli.compress(content, quality=4)
        return compressed
    return gzip.compress(content, 4, mtime=0)

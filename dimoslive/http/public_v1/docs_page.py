"""The page on which the API can be read and tried, made of our own host's files alone."""

from functools import cache
from hashlib import sha256
from importlib.resources import files

from fastapi import APIRouter, Request, Response

from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission
from dimoslive.http.dependencies import for_anyone
from dimoslive.http.pages import page
from dimoslive.http.public_v1.answers import Body, body_of, send
from dimoslive.http.public_v1.index import OPENAPI
from dimoslive.urls import API_DOCS

_KINDS = {"swagger-ui.css": "text/css", "swagger-ui-bundle.js": "text/javascript"}
"""Of the package that brings them."""
_FOR_GOOD = "public, max-age=31536000, immutable"
router = APIRouter(include_in_schema=False)


@router.get(API_DOCS, dependencies=[for_anyone(Permission.VIEW_PUBLIC)])
def docs() -> Response:
    """It is in English, like the names in the API."""
    addresses = {
        name.rpartition(".")[2]: f"{API_DOCS}/{sha256(_file(name).content).hexdigest()[:16]}/{name}" for name in _KINDS
    }
    return page(
        "api_docs.html",
        "en",
        headers={"Cache-Control": "public, max-age=300"},
        openapi=OPENAPI,
        styles=addresses["css"],
        script=addresses["js"],
    )


@router.get(f"{API_DOCS}/{{version}}/{{name}}", dependencies=[for_anyone(Permission.VIEW_PUBLIC)])
def docs_file(request: Request, version: str, name: str) -> Response:
    """One of its files; the address changes with the content."""
    if name not in _KINDS or version != sha256(_file(name).content).hexdigest()[:16]:
        raise NotFound()
    return send(request, _file(name), _FOR_GOOD, {"Vary": "Accept-Encoding"}, media_type=_KINDS[name])


@cache
def _file(name: str) -> Body:
    return body_of(files("swagger_ui").joinpath("static", name).read_bytes())

"""The OpenAPI document: what the routes say, with the problems declared once and an example for every answer."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.openapi.utils import get_openapi

from dimoslive.domain.people.permissions import Permission
from dimoslive.http.public_v1.answers import Body, make_body, send
from dimoslive.http.public_v1.dependencies import for_anyone
from dimoslive.http.public_v1.examples import example_of
from dimoslive.http.public_v1.index import CACHING, NAME, OPENAPI, VERSION
from dimoslive.http.public_v1.problems import MEDIA_TYPE, STATUS_OF
from dimoslive.i18n import texts_of
from dimoslive.urls import problem_path

router = APIRouter(include_in_schema=False)

_OF_ALL = (405, 406, 422, 429, 500, 503)
_WITH_BODY = (400, 413, 415)
_WITH_KEY = (401, 403)
_TAGS = {
    "index": "Where to begin",
    "municipalities": "The 332 municipalities, and those that take bookings here",
    "services": "What a municipality offers",
    "times": "When it can be booked",
    "figures": "How long people wait for a free time",
    "key": "For a municipality's programs: the key that they have",
    "bookings": "For a municipality's programs: read, make, move and cancel bookings",
    "set-up": "For a municipality's programs: desks, hours and closures",
    "webhooks": "What programs are told, at addresses that a municipality's administrators enter",
}
_ABOUT = """Free times and what they belong to, for anybody; bookings, for programs with a municipality's key.

Days and times are those of the municipality's zone, instants are in UTC. Fields may be added at any time; readers pass
over what they do not know. What is absent is `null`. Errors are `application/problem+json` with a `code` that stays.
Every answer says in `RateLimit` how much may still be asked; every public answer has an `ETag`.
"""
_HEADERS = {
    "ETag": ("Tells answers apart; send it back in `If-None-Match`", 'W/"0123456789abcdef"'),
    "RateLimit-Policy": ("How often may be asked, by which rule", '"public";q=600;w=60'),
    "RateLimit": ("How much of it is left, and in how many seconds there is more", '"public";r=593;t=41'),
    "Link": ("The next page of a list, where there is one", '<https://book.example.gr/…>; rel="next"'),
    "Retry-After": ("After so many seconds it is worth trying again", "41"),
    "Allow": ("The methods that the address takes", "GET, HEAD"),
    "WWW-Authenticate": ("How a key is sent", "Bearer"),
    "X-Request-Id": ("Of this request, for questions to us", "7f3c2a90d5e14b1f8a1de3f5b8b6c001"),
}
_OF_EVERY_ANSWER = ("RateLimit-Policy", "RateLimit", "X-Request-Id")
_OF_PROBLEM = {401: ("WWW-Authenticate",), 405: ("Allow",), 429: ("Retry-After",), 503: ("Retry-After",)}


@router.get(OPENAPI, dependencies=[for_anyone(Permission.VIEW_PUBLIC)])
async def openapi(request: Request) -> Response:
    """The document."""
    state = request.app.state
    if not hasattr(state, "openapi_body"):
        state.openapi_body = make_body(describe(request.app))
    body: Body = state.openapi_body
    return send(request, body, CACHING)


def describe(api: FastAPI) -> dict[str, Any]:
    """The document of an application with all its routes."""
    document = get_openapi(
        title=NAME,
        version=VERSION,
        description=_ABOUT,
        routes=api.routes,
        webhooks=api.webhooks.routes,
        servers=[{"url": "/"}],
        tags=[{"name": name, "description": text} for name, text in _TAGS.items()],
    )
    components = document.setdefault("components", {})
    for generated in ("HTTPValidationError", "ValidationError"):
        components.get("schemas", {}).pop(generated, None)
    components.setdefault("schemas", {}).update(_problem_schemas())
    components["responses"] = {
        f"Problem{status}": _problem_response(status) for status in sorted(set(STATUS_OF.values()))
    }
    components["headers"] = {
        name: {"description": text, "schema": {"type": "string"}, "example": example}
        for name, (text, example) in _HEADERS.items()
    }
    for receiver in document.get("webhooks", {}).values():
        # Ours is the question, and a receiver owes no problem of ours.
        receiver["post"]["responses"].pop("422")
        [content] = receiver["post"]["requestBody"]["content"].values()
        content["example"] = example_of(content["schema"], components["schemas"])
    for path, method, operation in _operations(document):
        _complete(path, method, operation, components["schemas"])
    return document


def _operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def _complete(path: str, method: str, operation: dict[str, Any], schemas: Mapping[str, Any]) -> None:
    """Its problems and headers, and an example for each of its answers."""
    is_keyed = bool(operation.get("security"))
    statuses = {int(status) for status in operation["responses"]}
    problems = {status for status in statuses if status >= 400} | set(_OF_ALL)
    problems |= {404} if "{" in path else set()
    problems |= set(_WITH_BODY) if method in ("post", "put", "patch") else set()
    problems |= set(_WITH_KEY) if is_keyed else set()
    for status in sorted(statuses - problems):
        answer = operation["responses"][str(status)]
        is_paged = any(one["name"] == "cursor" for one in operation.get("parameters", []))
        names = [*_OF_EVERY_ANSWER, *(() if is_keyed else ("ETag",)), *(("Link",) if is_paged else ())]
        answer["description"] = operation["summary"]
        answer["headers"] = _headers(names) | answer.get("headers", {})
        for content in answer.get("content", {}).values():
            content.setdefault("example", example_of(content.get("schema", {}), schemas))
    for parameter in operation.get("parameters", []):
        parameter["schema"] = _sendable(parameter["schema"])
        if parameter["in"] == "path" and "examples" in parameter["schema"]:
            # Where it stands the page fills it in for whoever tries the address.
            parameter["example"] = parameter["schema"]["examples"][0]
    if method == "get" and not is_keyed:
        operation["responses"]["304"] = {
            "description": "Not changed since the answer whose `ETag` was sent in `If-None-Match`"
        }
    for status in sorted(problems):
        operation["responses"][str(status)] = {"$ref": f"#/components/responses/Problem{status}"}


def _sendable(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter may be left out, but no address and no header can carry a null: there it would be a word."""
    kinds = [kind for kind in schema.get("anyOf", ()) if kind != {"type": "null"}]
    if len(kinds) != 1:
        return schema
    sendable: dict[str, Any] = kinds[0]
    return sendable | {name: value for name, value in schema.items() if name != "anyOf"}


def _headers(names: Iterable[str]) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _problem_schemas() -> dict[str, Any]:
    error = {
        "type": "object",
        "description": "What is wrong with one value",
        "required": ["at", "code", "detail"],
        "properties": {
            "at": {"type": "string", "description": "Such as `query.from`", "examples": ["query.from"]},
            "code": {"type": "string", "examples": ["out_of_range"]},
            "detail": {"type": "string", "examples": ["It is outside the range that is allowed."]},
        },
    }
    problem = {
        "type": "object",
        "description": "A refusal, as RFC 9457 has it. Values that were sent are never repeated.",
        "required": ["type", "title", "status", "code", "detail", "instance"],
        "properties": {
            "type": {"type": "string", "format": "uri", "description": "A page that explains the code"},
            "title": {"type": "string"},
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "code": {"type": "string", "enum": list(STATUS_OF), "description": "Stays, whatever the language"},
            "detail": {"type": "string"},
            "instance": {"type": "string", "pattern": "^urn:request:[A-Za-z0-9-]{8,64}$"},
            "errors": {"type": "array", "maxItems": 20, "items": {"$ref": "#/components/schemas/FieldProblem"}},
        },
    }
    return {"FieldProblem": error, "Problem": problem}


def _problem_response(status: int) -> dict[str, Any]:
    codes = [code for code, of_code in STATUS_OF.items() if of_code == status]
    return {
        "description": "; ".join(f"`{code}`: {texts_of('en')(f'api_problem.{code}.title')}" for code in codes),
        "headers": _headers((*_OF_EVERY_ANSWER, *_OF_PROBLEM.get(status, ()))),
        "content": {
            MEDIA_TYPE: {
                "schema": {"$ref": "#/components/schemas/Problem"},
                "examples": {code: {"value": _problem_example(code)} for code in codes},
            }
        },
    }


def _problem_example(code: str) -> dict[str, Any]:
    t = texts_of("en")
    return {
        "type": f"https://book.example.gr{problem_path(code)}",
        "title": t(f"api_problem.{code}.title"),
        "status": STATUS_OF[code],
        "code": code,
        "detail": t(f"api_problem.{code}.detail"),
        "instance": "urn:request:7f3c2a90d5e14b1f8a1de3f5b8b6c001",
    }

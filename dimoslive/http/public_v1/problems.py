"""Problems of the API, as `application/problem+json`: each code once, with its status and its words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import Scope

from dimoslive.domain.errors import (
    DeclarationChanged,
    DomainError,
    HoldExpired,
    InvalidDetails,
    InvalidInput,
    NotFound,
    NotOffered,
    NotPossibleNow,
    NotSignedIn,
    Paused,
    SlotTaken,
    TooLate,
    TooManyAttempts,
)
from dimoslive.domain.keys.errors import ScopeMissing, VersionChanged
from dimoslive.http.negotiation import language_for
from dimoslive.http.public_v1.field_problems import FIELD_CODES, FieldProblem, field_problem
from dimoslive.i18n import texts_of
from dimoslive.urls import problem_path

MEDIA_TYPE = "application/problem+json"

STATUS_OF = {
    "malformed_json": 400,
    "idempotency_key_required": 400,
    "key_missing": 401,
    "key_unknown": 401,
    "scope_missing": 403,
    "network_not_allowed": 403,
    "not_found": 404,
    "method_not_allowed": 405,
    "not_acceptable": 406,
    "slot_taken": 409,
    "hold_expired": 409,
    "not_offered": 409,
    "paused": 409,
    "status_changed": 409,
    "too_late": 409,
    "external_id_taken": 409,
    "status_not_allowed": 409,
    "idempotency_in_progress": 409,
    "erased": 410,
    "changed_meanwhile": 412,
    "too_large": 413,
    "unsupported_media_type": 415,
    "invalid_value": 422,
    "unknown_field": 422,
    "unknown_parameter": 422,
    "range_reversed": 422,
    "range_too_long": 422,
    "cursor_invalid": 422,
    "idempotency_mismatch": 422,
    "declaration_outdated": 422,
    "too_many_requests": 429,
    "unexpected": 500,
    "busy": 503,
    "maintenance": 503,
}
"""Every code that the API can answer with. A code that was published stays."""

_CODE_OF: dict[type[DomainError], str] = {
    NotFound: "not_found",
    NotSignedIn: "key_missing",
    SlotTaken: "slot_taken",
    HoldExpired: "hold_expired",
    NotOffered: "not_offered",
    Paused: "paused",
    TooLate: "too_late",
    NotPossibleNow: "status_not_allowed",
    DeclarationChanged: "declaration_outdated",
    TooManyAttempts: "too_many_requests",
    InvalidInput: "invalid_value",
    InvalidDetails: "invalid_value",
    VersionChanged: "changed_meanwhile",
}
_CODE_OF_STATUS = {404: "not_found", 405: "method_not_allowed", 413: "too_large", 503: "maintenance"}


@dataclass(eq=False)
class ApiProblem(Exception):
    """A refusal with its code. ``members`` are further fields of the answer, such as the version that holds now."""

    code: str
    errors: tuple[FieldProblem, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[str, Any] = field(default_factory=dict)
    params: Mapping[str, str | int] = field(default_factory=dict)
    """For the places in the detail's text; never what was typed."""


def problem_at(at: str, code: str, field_code: str = "wrong_form") -> ApiProblem:
    """A problem with one value, such as `body.starts_at`."""
    return ApiProblem(code, errors=(FieldProblem(at, field_code),))


def answer(scope: Scope, problem: ApiProblem) -> Response:
    """A problem as the answer to a request, in the language that was asked for."""
    language = language_for(scope)
    t = texts_of(language)
    public_url = scope["state"]["public_url"]
    content = {
        "type": public_url + problem_path(problem.code),
        "title": t(f"api_problem.{problem.code}.title"),
        "status": STATUS_OF[problem.code],
        "code": problem.code,
        "detail": t(f"api_problem.{problem.code}.detail", **problem.params),
        "instance": f"urn:request:{scope['state']['request_id']}",
        **problem.members,
    }
    if problem.errors:
        content["errors"] = [
            {"at": one.at, "code": one.code, "detail": t(f"api_problem.field.{one.code}")} for one in problem.errors
        ]
    headers = {"Content-Language": language, "Cache-Control": "no-store"} | dict(problem.headers)
    if STATUS_OF[problem.code] == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse(content, STATUS_OF[problem.code], headers=headers, media_type=MEDIA_TYPE)


def of_domain(error: DomainError) -> ApiProblem:
    """What a service's refusal is here."""
    own = error.code if error.code in STATUS_OF else "status_not_allowed"
    code = next((code for kind, code in _CODE_OF.items() if isinstance(error, kind)), own)
    if isinstance(error, Paused):
        return ApiProblem(code, members={"notice": error.messages})
    if isinstance(error, TooManyAttempts):
        return ApiProblem(code, headers={"Retry-After": str(int(error.params["minutes"]) * 60)})
    if isinstance(error, InvalidDetails):
        return ApiProblem(code, tuple(_typed_wrong(one) for one in error.problems))
    if isinstance(error, InvalidInput):
        return ApiProblem(code, (_typed_wrong(error),))
    if isinstance(error, VersionChanged):
        return ApiProblem(code, members={"version": error.params.get("version", 0)})
    return ApiProblem(code, members={"scope": error.params.get("scope", "")} if isinstance(error, ScopeMissing) else {})


def _typed_wrong(problem: InvalidInput) -> FieldProblem:
    return FieldProblem(f"body.{problem.field}", field_code_of(problem))


def field_code_of(problem: InvalidInput) -> str:
    """What the API calls the rule that the domain found broken."""
    code = {"required": "missing", "contact_required": "missing"}.get(problem.code, problem.code)
    return code if code in FIELD_CODES else "wrong_form"


async def answer_problem(request: Request, error: Exception) -> Response:
    """For an `ApiProblem`."""
    assert isinstance(error, ApiProblem)
    return answer(request.scope, error)


async def answer_refusal(request: Request, error: Exception) -> Response:
    """For a `DomainError`."""
    assert isinstance(error, DomainError)
    return answer(request.scope, of_domain(error))


async def answer_http_error(request: Request, error: Exception) -> Response:
    """For what the framework refuses."""
    assert isinstance(error, HTTPException)
    code = _CODE_OF_STATUS.get(error.status_code, "unexpected" if error.status_code >= 500 else "invalid_value")
    return answer(request.scope, ApiProblem(code, headers=error.headers or {}))


async def answer_malformed(request: Request, error: Exception) -> Response:
    """For values of the wrong form; they are not repeated."""
    assert isinstance(error, RequestValidationError)
    found = _in_order(field_problem(one) for one in error.errors())
    code = found[0].code if found[0].code in STATUS_OF else "invalid_value"
    return answer(request.scope, ApiProblem(code, found))


async def answer_unexpected(request: Request, _error: Exception) -> Response:
    """For a mistake of ours; the layer around has written it into the log."""
    return answer(request.scope, ApiProblem("unexpected"))


def _in_order(problems: Iterable[FieldProblem]) -> tuple[FieldProblem, ...]:
    """Each once, at most twenty."""
    return tuple(dict.fromkeys(problems))[:20]

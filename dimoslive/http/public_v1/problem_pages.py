"""The pages that explain the problems of the API to whoever writes a program: a problem's ``type`` is their address."""

from fastapi import APIRouter, Request, Response

from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission
from dimoslive.http.dependencies import for_anyone
from dimoslive.http.negotiation import language_by
from dimoslive.http.pages import page
from dimoslive.http.public_v1.problems import STATUS_OF
from dimoslive.urls import API_DOCS, problem_path

router = APIRouter(include_in_schema=False)


@router.get(problem_path("{code}"), dependencies=[for_anyone(Permission.VIEW_PUBLIC)])
async def explain(request: Request, code: str) -> Response:
    """In both languages, the reader's first."""
    if code not in STATUS_OF:
        raise NotFound()
    language = language_by(request.headers.get("Accept-Language", ""), usual="el")
    headers = {"Cache-Control": "public, max-age=3600", "Vary": "Accept-Language"}
    return page("api_problem.html", language, headers=headers, code=code, status_code=STATUS_OF[code], docs=API_DOCS)

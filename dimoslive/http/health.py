"""The route for monitors."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from dimoslive.domain.people.permissions import Permission
from dimoslive.http.dependencies import ContextDep, for_anyone
from dimoslive.services.upkeep.check_health import database_answers

router = APIRouter(tags=["operation"])
_PUBLIC = [for_anyone(Permission.VIEW_PUBLIC)]


@router.head("/api/health", include_in_schema=False, dependencies=_PUBLIC)
@router.get("/api/health", responses={503: {}}, dependencies=_PUBLIC)
def health(context: ContextDep) -> JSONResponse:
    """Whether the service works; with status 503 the answer names what does not."""
    if database_answers(context):
        return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})
    return JSONResponse({"status": "database"}, 503, headers={"Cache-Control": "no-store"})

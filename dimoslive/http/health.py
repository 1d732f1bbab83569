"""The door for monitors."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from dimoslive.http.dependencies import ContextDep
from dimoslive.services.upkeep.check_health import database_answers

router = APIRouter(tags=["operation"])


@router.head("/api/health", include_in_schema=False)
@router.get("/api/health", responses={503: {}})
def health(context: ContextDep) -> JSONResponse:
    """Whether the service works; with status 503 the answer names what does not."""
    if database_answers(context):
        return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})
    return JSONResponse({"status": "database"}, 503, headers={"Cache-Control": "no-store"})

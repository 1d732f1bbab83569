"""Asked for all that its document allows, and for what it does not, the API answers as the document says."""

from dataclasses import replace

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.types import ASGIApp, Receive, Scope, Send

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import ServiceRow
from dimoslive.http.public_v1.app import make_public_api
from dimoslive.ports import CountedRequest, RequestQuota
from tests.http.site import development
from tests.support.database import SqliteFiles, sqlite_files
from tests.support.programs import a_key
from tests.support.world import a_town
from tools.openapi_document import written

__all__ = ["sqlite_files"]
pytestmark = pytest.mark.slow


class NobodyIsTooMany:
    """A limiter for who asks some thousand times on purpose."""

    async def count(self, quota: RequestQuota, _who: str) -> CountedRequest:
        """It is always the first."""
        return CountedRequest(is_allowed=True, left=quota.requests - 1, more_in=quota.seconds)


FACTS = {"query.mode", "query.from", "query.to", "query.cursor"}
"""A value of the right form may still be refused: what a service offers, the present, and our signature decide."""


class _Site:
    """Takes the requests to the application of the test that runs."""

    app: ASGIApp
    key: str

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


SITE = _Site()
# The key is the test's: one that is left out on purpose would be sent all the same.
CONFIG = schemathesis.Config.from_dict({"generation": {"mode": "all", "with-security-parameters": False}})
schema = schemathesis.openapi.from_dict(written(), config=CONFIG)
schema.app = SITE


@pytest.fixture(scope="module", autouse=True)
def town(sqlite_files: SqliteFiles, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The town that the document's examples name."""
    town = a_town(sqlite_files.renewed(), modes="V")
    with transaction(town.context.db) as tx:
        tx.get_one(ServiceRow, town.service.id).slug = "dimotologio"
    context = replace(town.context, request_limiter=NobodyIsTooMany())
    SITE.key = a_key(town)
    SITE.app = make_public_api(context, development(tmp_path_factory.mktemp("mail")))


@schema.parametrize()
@settings(deadline=None, suppress_health_check=list(HealthCheck))
def test_every_address_answers_as_described(case: schemathesis.Case) -> None:
    is_keyed = "security" in case.operation.definition.raw
    answer = case.call(headers={"Authorization": f"Bearer {SITE.key}"} if is_keyed else {})
    errors = answer.json().get("errors", ()) if answer.status_code == 422 else ()
    # A text of the right length may still hold what cannot be stored; and what a program writes meets many facts.
    refused_by_facts = FACTS & {one["at"] for one in errors} or "not_text" in {one["code"] for one in errors}
    case.validate_response(answer, excluded_checks=[positive_data_acceptance] if refused_by_facts or is_keyed else [])

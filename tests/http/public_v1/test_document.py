"""The API's document, the page that shows it, and the pages of its problems."""

import copy
import re
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from dimoslive.domain.errors import DomainError
from dimoslive.http.public_v1.field_problems import FIELD_CODES
from dimoslive.http.public_v1.problems import STATUS_OF, of_domain
from dimoslive.i18n import LANGUAGES, texts_of
from dimoslive.urls import API_V1
from tests.http.site import Site, production
from tests.support.ports import KnownPersons
from tests.support.world import Town
from tools.openapi_document import breaks, current, written


def test_the_document_is_that_of_the_routes() -> None:
    # `make openapi` writes it, unless somebody's program would break.
    assert written() == current()


def _without(*path: str) -> dict[str, Any]:
    document = copy.deepcopy(written())
    *way, last = path
    place: Any = document
    for step in way:
        place = place[step]
    del place[last]
    return document


LIST, SCHEMAS = ("paths", f"{API_V1}/municipalities", "get"), ("components", "schemas")


@pytest.mark.parametrize(
    "path",
    [
        ("paths", f"{API_V1}/municipalities"),
        (*LIST, "responses", "200"),
        (*SCHEMAS, "Problem"),
        (*SCHEMAS, "Municipality", "properties", "zone"),
        (*SCHEMAS, "Mode", "type"),
    ],
)
def test_what_was_published_does_not_disappear(path: tuple[str, ...]) -> None:
    assert breaks(written(), _without(*path)) != []
    # What is added breaks nobody.
    assert breaks(_without(*path[:-1], path[-1]), written()) == [] or path[-1] == "type"


def test_a_code_and_a_parameter_stay_and_nothing_more_is_needed() -> None:
    document = copy.deepcopy(written())
    document["components"]["schemas"]["Problem"]["properties"]["code"]["enum"].remove("slot_taken")
    assert breaks(written(), document) == ["Problem.code: slot_taken is gone"]
    document = copy.deepcopy(written())
    parameters = document["paths"][f"{API_V1}/municipalities"]["get"]["parameters"]
    parameters[0]["required"] = True
    assert breaks(written(), document) == [f"GET {API_V1}/municipalities needs query.{parameters[0]['name']}"]
    del parameters[0]
    assert len(breaks(written(), document)) == 1


def test_only_the_api_is_in_it_and_no_key_is_asked_for_what_is_public() -> None:
    document = written()
    assert all(path.startswith(API_V1) for path in document["paths"])
    operations = [(path, one) for path, methods in document["paths"].items() for one in methods.values()]
    assert len({one["operationId"] for _, one in operations}) == len(operations)
    for path, operation in operations:
        assert operation["tags"], path
        if "/municipalities" in path:
            assert "security" not in operation
        for parameter in operation.get("parameters", []):
            assert parameter.get("description"), (path, parameter["name"])


def test_each_answer_has_an_example_of_its_own_schema() -> None:
    document = written()
    tried = 0
    for path, methods in document["paths"].items():
        for operation in methods.values():
            for status, answer in operation["responses"].items():
                for content in answer.get("content", {}).values():
                    schema = content["schema"] | {"components": document["components"]}
                    found = [
                        error.message for error in jsonschema_rs.validator_for(schema).iter_errors(content["example"])
                    ]
                    assert found == [], (path, status)
                    tried += 1
    assert tried > 6


def test_every_problem_has_its_words_in_both_languages() -> None:
    for t in map(texts_of, LANGUAGES):
        for code in STATUS_OF:
            for part in ("title", "detail", "remedy"):
                assert t(f"api_problem.{code}.{part}")
        for code in FIELD_CODES:
            assert t(f"api_problem.field.{code}")


def test_every_refusal_of_a_service_has_a_code_of_the_api() -> None:
    for kind in DomainError.__subclasses__():
        error = kind.__new__(kind)
        error.params = {"minutes": 1}
        for name, value in (("messages", {}), ("problems", ()), ("field", "x")):
            setattr(error, name, value)
        assert of_domain(error).code in STATUS_OF


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_type_of_a_problem_is_a_page_that_explains_it(site: Site, language: str) -> None:
    browser = site.browser()
    problem = (await browser.get(f"{API_V1}/municipalities/atlantis")).json()
    answer = await browser.get(problem["type"], headers={"Accept-Language": language})
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    assert "not_found" in answer.text
    assert "Δεν βρέθηκε" in answer.text
    assert (await browser.get("/api/problems/made_up")).status_code == 404


async def test_the_page_of_the_api_is_there_in_production_and_loads_nothing_from_elsewhere(
    town: Town, tmp_path: Path
) -> None:
    browser = Site(town, production(), KnownPersons()).browser()
    answer = await browser.get("/api/docs")
    assert answer.status_code == 200
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    addresses = re.findall(r'(?:src|href|data-openapi)="([^"]+)"', answer.text)
    assert all(address.startswith("/") for address in addresses)
    assert "<script>" not in answer.text
    for address in addresses:
        if address.startswith("/api/"):
            loaded = await browser.get(address)
            assert (loaded.status_code, len(loaded.content) > 1000) == (200, True), address
    assert (await browser.get("/api/docs/0000000000000000/swagger-ui.css")).status_code == 404

"""The simulated provider's pages, and what a person typed into them."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.datastructures import QueryParams

from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.people.personal_data import MAX_NAME_LENGTH, Afm, clean_line
from dimoslive.i18n.texts import LANGUAGES, texts_of
from dimoslive.integrations.identity.persons import CITIZENS, ELENI, GEORGIOS, OFFICIALS, PERSONS, Person

STAFF_REALM = "oauth2servergov"

_pages = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "simulator_pages"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def authorize_page(
    realm: str, query: QueryParams, *, typed: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None
) -> HTMLResponse:
    """The page where one picks or types a person. ``errors`` are codes by field, for ``typed`` values.

    For whom the portal is stands first.
    """
    is_for_staff = realm == STAFF_REALM
    groups = [("citizens", CITIZENS), ("officials", OFFICIALS)]
    return _page(
        "authorize.html",
        query,
        status=422 if errors else 200,
        realm=realm,
        groups=groups[::-1] if is_for_staff else groups,
        chosen=(GEORGIOS if is_for_staff else ELENI).key,
        typed={"afm": "", "first_name": "", "last_name": "", **(typed or {})},
        errors=errors or {},
        max_name_length=MAX_NAME_LENGTH,
    )


def problem_page(problem: str, query: QueryParams) -> HTMLResponse:
    """A page that says why nobody can be sent on; ``problem`` is a key below ``simulator.problem``."""
    return _page("problem.html", query, status=400, problem=problem)


def picked_person(key: str) -> Person | None:
    """The invented person of a key."""
    return next((person for person in PERSONS if person.key == key), None)


def typed_person(typed: Mapping[str, str]) -> Person | dict[str, str]:
    """The person that was typed, or the codes of what is wrong by field."""
    errors: dict[str, str] = {}
    afm, first_name, last_name = None, "", ""
    try:
        afm = Afm.parse(typed["afm"])
    except InvalidInput as error:
        errors["afm"] = error.code
    try:
        first_name = clean_line("first_name", typed["first_name"], max_length=MAX_NAME_LENGTH)
    except InvalidInput as error:
        errors["first_name"] = error.code
    try:
        last_name = clean_line("last_name", typed["last_name"], max_length=MAX_NAME_LENGTH)
    except InvalidInput as error:
        errors["last_name"] = error.code
    if afm is None or errors:
        return errors
    return Person(key="typed", user_id="typed", afm=afm, first_name=first_name, last_name=last_name)


def _page(template: str, query: QueryParams, *, status: int, **values: object) -> HTMLResponse:
    language = query.get("lang", "")
    language = language if language in LANGUAGES else LANGUAGES[0]
    others = [(name, value) for name, value in query.multi_items() if name != "lang"]
    html = _pages.get_template(template).render(
        t=texts_of(language),
        language=language,
        here="?" + urlencode([*others, ("lang", language)]),
        links=[(other, "?" + urlencode([*others, ("lang", other)])) for other in LANGUAGES if other != language],
        **values,
    )
    return HTMLResponse(html, status, headers={"Cache-Control": "no-store"})

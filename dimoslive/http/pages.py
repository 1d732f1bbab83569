"""The few pages that are made on the server, request by request."""

from collections.abc import Mapping
from pathlib import Path

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dimoslive.i18n import LANGUAGES, texts_of

_pages = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(
    template: str, language: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **values: object
) -> HTMLResponse:
    """A page in a language; templates find the texts as ``t`` and those of each in ``all_texts``, this one's first."""
    languages = sorted(LANGUAGES, key=lambda one: one != language)
    html = _pages.get_template(template).render(
        t=texts_of(language), all_texts=[texts_of(one) for one in languages], **values
    )
    return HTMLResponse(html, status, headers={"Cache-Control": "no-store", **(headers or {})})

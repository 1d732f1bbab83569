"""The pages as they are built: in both languages, with every text that they ask for."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import dimoslive
from dimoslive.domain.errors import DomainError
from dimoslive.i18n import LANGUAGES, texts_of
from dimoslive.settings import Settings
from dimoslive.ui.pages import PAGES, Page, not_found_page
from dimoslive.ui.shared.guard import PageState
from dimoslive.urls import language_of, other_language

SETTINGS = Settings(_env_file=None)
SOURCES = Path(dimoslive.__file__).parent


def all_errors(kind: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    for child in kind.__subclasses__():
        yield child
        yield from all_errors(child)


@cache
def built(page: Page, language: str) -> str:
    """What is compiled of a page; many tests look at it, and it takes a while."""
    return str(page.build(texts_of(language), SETTINGS)())


@cache
def input_codes() -> frozenset[str]:
    """What can be wrong with a typed value, as the program says it."""
    calls = (
        node
        for path in SOURCES.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "InvalidInput"
    )
    return frozenset(str(code.value) for call in calls for code in call.args[1:2] if isinstance(code, ast.Constant))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.route)
def test_every_page_builds_in_every_language(page: Page, language: str) -> None:
    assert f'lang:"{language}"' in built(page, language).replace('"lang":', "lang:").replace(" ", "")


def test_no_page_loads_what_others_show_of_their_states() -> None:
    # Reflex writes a script for each module of which pages are built.
    scripts = [page.build(texts_of(language), SETTINGS).__module__ for language in LANGUAGES for page in PAGES]
    assert len(set(scripts)) == len(scripts)


def test_the_page_for_unknown_addresses_builds() -> None:
    title = texts_of("el")("not_found.title").encode("unicode_escape").decode()

    assert title in str(not_found_page()())


def test_the_page_for_unknown_addresses_speaks_both_languages_each_marked_as_such() -> None:
    shown = str(not_found_page()())
    english = texts_of("en")
    part = shown.partition('jsx("section",{lang:"en"}')[2]

    assert [key for key in ("title", "text", "front") if english(f"not_found.{key}") not in part] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_a_title(language: str) -> None:
    titles = [page.title(texts_of(language)) for page in PAGES]

    assert all(title.strip(" –") for title in titles)
    assert titles[1:] == [title for title in titles[1:] if title.endswith(" – myDIMOSLive")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_a_municipality_has_its_name_as_title(language: str) -> None:
    [page] = [page for page in PAGES if page.route == "/m/[slug]"]
    title = str(page.title_on(texts_of(language)))

    assert "municipality_page_state.name" in title
    assert page.title(texts_of(language)).encode("unicode_escape").decode() in title.replace("\\\\u", "\\u")


def test_no_two_pages_have_the_same_address() -> None:
    routes = [page.route_in(language) for language in LANGUAGES for page in PAGES]

    assert len(routes) == len(set(routes))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.route)
def test_each_address_names_its_language_and_its_counterpart(page: Page) -> None:
    greek, english = page.route_in("el"), page.route_in("en")

    assert (language_of(greek), language_of(english)) == ("el", "en")
    assert (other_language(greek), other_language(english)) == (english, greek)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_words(language: str) -> None:
    t = texts_of(language)
    codes = {error.code for error in all_errors()} | input_codes()

    assert codes > {"slot_taken", "required", "too_long"}
    assert sorted(code for code in codes if not t.has(f"error.{code}")) == []


# What refusals are raised with, for the places of their sentences.
PARAMS = {
    "limit": 3,
    "times": 3,
    "minutes": 10,
    "length": 40,
    "max_length": 30,
    "number": 2,
    "code": "1a2b",
    "found": 12_000,
    "scope": "bookings:read",
    "version": 3,
    "by": "Μ. Οικονόμου",
    "at": "10:02",
    "status": "served",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(all_errors()), ids=lambda kind: kind.__name__)
def test_every_refusal_can_be_shown_on_a_page(kind: type[DomainError], language: str) -> None:
    refusal: Any = kind.__new__(kind)
    refusal.messages = {"el": "Έως τη Δευτέρα.", "en": "Until Monday."}
    refusal.params, refusal.at = dict(PARAMS), datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    router = SimpleNamespace(headers=SimpleNamespace(cookie=""))
    page: Any = SimpleNamespace(_language=lambda: language, problem="", problem_link="", router=router)

    PageState._refuse(page, refusal)

    assert page.problem
    assert not re.search(r"[{}]", page.problem)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shown", PAGES, ids=lambda page: page.route)
def test_a_blank_stands_before_words_that_are_only_read_out(shown: Page, language: str) -> None:
    glued = re.findall(
        r'[^ ]"\)?,jsx\("span",\{className:"govgr-visually-hidden"[^}]*\},(?!" )', built(shown, language)
    )
    assert glued == []

"""The long texts of the public pages: complete, alike in both languages, and safe to show."""

import re
from collections import Counter
from pathlib import Path

import pytest

from dimoslive.i18n import LANGUAGES, UnknownText, texts_of
from dimoslive.settings import Settings
from dimoslive.ui.citizen.public import markdown
from dimoslive.ui.citizen.public.facts import page_facts
from dimoslive.ui.citizen.public.markdown import PAGES, page_texts
from dimoslive.ui.shared.markdown import to_html

FOLDER = Path(markdown.__file__).parent / "texts"
SETTINGS = Settings(
    _env_file=None, support_email="help_desk_1@example.gr", dpo_email="dpo_1@example.gr", public_url="https://x.example"
)
PAGES_ELSEWHERE = ("municipalities", "my-bookings", "device-test")

# What a person may rely on, and the pages that must say it in digits.
FACTS = {
    "faq": ("60", "30", "12", "2", "3"),
    "about": ("10", "3130", "386", "4704/2020", "20530", "3030"),
    "privacy": ("4704/2020", "133", "20530", "3030", "3130", "386", "115 23"),
    "terms": ("10", "2", "3"),
    "accessibility": ("4727/2020", "184", "36", "48", "301 549", "2.1", "2.2"),
    "advice": ("10",),
}


def source(name: str, language: str) -> str:
    return (FOLDER / language / f"{name}.md").read_text(encoding="utf-8")


def html(name: str, language: str) -> str:
    return page_texts(name, language, **page_facts(SETTINGS, language))[1]


def links(name: str, language: str) -> list[str]:
    return re.findall(r'href="([^"]+)"', html(name, language))


def numbers(name: str, language: str) -> Counter[str]:
    return Counter(re.findall(r"\d+(?:[./]\d+)*", source(name, language)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_exactly_the_known_pages(language: str) -> None:
    assert {path.stem for path in (FOLDER / language).iterdir()} == set(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_both_languages_have_the_same_levels_of_headings_in_the_same_order(name: str) -> None:
    greek, english = (re.findall(r"^(#+) ", source(name, language), re.MULTILINE) for language in LANGUAGES)

    assert greek == english
    assert greek[0] == "#"
    assert set(greek[1:]) <= {"##", "###"}
    assert len(greek) > 3


@pytest.mark.parametrize("name", PAGES)
def test_both_languages_state_the_same_numbers(name: str) -> None:
    assert numbers(name, "el") == numbers(name, "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "facts"), FACTS.items())
def test_the_rules_stand_on_their_pages(name: str, facts: tuple[str, ...], language: str) -> None:
    text = source(name, language)

    missing = [fact for fact in facts if not re.search(rf"(?<![\d.]){re.escape(fact)}(?!\d)", text)]
    assert missing == []


@pytest.mark.parametrize("name", PAGES)
def test_both_languages_link_to_the_same_pages_each_in_its_own_language(name: str) -> None:
    greek, english = links(name, "el"), links(name, "en")
    internal = [link for link in english if link.startswith("/")]

    assert all(link.startswith("/en/") for link in internal)
    assert [link.removeprefix("/en") for link in english] == greek


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_every_internal_link_leads_to_a_page_that_exists(name: str, language: str) -> None:
    prefix = "/en/" if language == "en" else "/"
    known = {f"{prefix}{page}" for page in (*PAGES, *PAGES_ELSEWHERE)}

    assert {link for link in links(name, language) if link.startswith("/")} <= known


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_no_unfilled_marker_and_does_not_repeat_its_title(name: str, language: str) -> None:
    title, body = page_texts(name, language, **page_facts(SETTINGS, language))

    assert title
    assert "#" not in title
    assert not re.search(r"\{|%7B|<h1", body)
    assert body.startswith(("<h2", "<p"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_anchors_are_in_latin_letters_and_no_two_are_the_same(name: str, language: str) -> None:
    body = html(name, language)
    anchors = re.findall(r'<h[23][^>]* id="([^"]*)"', body)

    assert len(anchors) == len(set(anchors)) == body.count("<h2") + body.count("<h3")
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", anchor) for anchor in anchors)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_called_alike_in_its_title_and_in_the_links_that_lead_to_it(name: str, language: str) -> None:
    assert page_texts(name, language, **page_facts(SETTINGS, language))[0] == texts_of(language)(f"layout.{name}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_support_address_is_shown_and_linked_as_it_is_set(language: str) -> None:
    body = html("contact", language)

    assert 'href="mailto:help_desk_1@example.gr"' in body
    assert ">help_desk_1@example.gr</a>" in body


@pytest.mark.parametrize(("name", "given"), [("contact", {}), ("accessibility", {"support_email": "a@example.gr"})])
def test_a_page_is_not_built_while_one_of_its_markers_has_no_value(name: str, given: dict[str, str]) -> None:
    with pytest.raises(UnknownText):
        page_texts(name, "el", **given)


def test_a_filled_in_value_is_text_and_not_markup() -> None:
    markers = page_facts(SETTINGS, "el") | {"statement_date": "*1* <b>[x](/y)</b>"}

    assert "*1* &lt;b&gt;[x](/y)&lt;/b&gt;" in page_texts("accessibility", "el", **markers)[1]


def test_an_unknown_page_is_refused() -> None:
    with pytest.raises(UnknownText):
        page_texts("../el/about", "el")


def test_an_unknown_language_gets_greek() -> None:
    assert page_texts("about", "fr") == page_texts("about", "el")


def test_markdown_wears_the_classes_of_the_design_system() -> None:
    text = "## Άνοιξη\n\n### b\n\nc [d](/e)\n\n- f\n\n1. g\n"

    assert to_html(text) == (
        '<h2 class="govgr-heading-m" id="anoixi">Άνοιξη</h2>\n'
        '<h3 class="govgr-heading-s" id="b">b</h3>\n'
        '<p class="govgr-body">c <a href="/e" class="govgr-link">d</a></p>\n'
        '<ul class="govgr-list govgr-list--bullet">\n<li class="govgr-list__item">f</li>\n</ul>\n'
        '<ol class="govgr-list govgr-list--number">\n<li class="govgr-list__item">g</li>\n</ol>\n'
    )


def test_html_in_a_text_is_shown_and_not_obeyed() -> None:
    assert "<script" not in to_html("<script>alert(1)</script>")
    assert "<a" not in to_html("[x](javascript:alert(1))")

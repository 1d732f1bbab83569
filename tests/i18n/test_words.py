"""One word a thing, in everything that a person reads."""

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

import dimoslive
from dimoslive.domain.booking.consents import DECLARATION_VERSION
from dimoslive.i18n import LANGUAGES, texts_of
from dimoslive.seeds import demo
from dimoslive.settings import Settings

ROOT = Path(dimoslive.__file__).parent
WRITTEN = sorted(
    [
        *ROOT.glob("ui/citizen/public/texts/*/*.md"),
        *ROOT.glob(f"i18n/declaration_texts/{DECLARATION_VERSION}.*.md"),
        *ROOT.glob("**/*.html"),
        *ROOT.glob("integrations/mail/templates/*.txt"),
    ]
)
MARKUP = re.compile(r"style=\"[^\"]*\"|<style.*?</style>|<[^>]*>|\{[%{#].*?[%}#]\}|\]\([^)]*\)", re.DOTALL)

# What is not said, and the word that is.
OTHER_WORDS = {
    r"(?i)φυλλομετρητ": "πρόγραμμα περιήγησης",
    r"(?i)αριθμ\w+ αναφοράς": "αριθμός κράτησης",
    r"(?i)\bδι[αά]λέ?[γξ]": "επιλέγω",
    r"(?i)\bκρατ(?:ιέ|εί)ται": "δεσμεύεται",
    r"(?i)\bανοιχτ(?:ό|ά|ού|ών) ραντεβού": "ενεργό ραντεβού",
    r"(?i)\bκλήσ\w+ με εικόνα": "βιντεοκλήσεις",
    r"(?i)\b(?:έκβα|εκβά)σ": "αποτέλεσμα",
    r"(?i)\bτσεκάρ": "σημειώνω",
    r"(?i)\be-mail": "email",
    r"(?i)\bweb site": "website",
    r"(?i)\b(?:reference|booking) number": "booking reference",
    r"(?i)\bvideo meeting|\bvideo conference|\bteleconference": "video call",
    r"my(?!DIMOSLive)(?i:dimoslive)": "myDIMOSLive",
    r"(?<=[\w,·] )Δήμο[ςυ]?\b(?! [Α-ΩΆ-Ώ{])": "δήμος, but with a name",
    r"ΦΕΚ [Α-Ω]\b": "Α΄ 133, Β΄ 3030",
    r"(?<=\w)'|\"": "’ and “ ” or « »",
}
# Labels of the manual that citizens know already, and the officials' own word for a time that is held.
KNOWN_LABELS = {"picker.label", "front.title", "desk.status.held"}


def other_words(text: str) -> list[str]:
    """What a text says in a word that is not ours."""
    return [found[0] for pattern in OTHER_WORDS for found in re.finditer(pattern, text)]


def catalogue(language: str) -> Iterator[tuple[str, str]]:
    for key, text in texts_of(language)._messages.items():
        if key not in KNOWN_LABELS:
            yield key, text if isinstance(text, str) else " ".join(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_calls_each_thing_by_one_word(language: str) -> None:
    assert {key: words for key, text in catalogue(language) if (words := other_words(text))} == {}


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: str(path.relative_to(ROOT)))
def test_pages_declarations_and_mails_call_each_thing_by_one_word(path: Path) -> None:
    assert other_words(MARKUP.sub("", path.read_text(encoding="utf-8"))) == []


def test_the_demo_calls_each_thing_by_one_word() -> None:
    departments = [*demo._KAVALA, *demo._HERAKLION, *demo._IOANNINA]
    offered: list[Any] = [*departments, *(service for department in departments for service in department.services)]
    texts = [str(getattr(one, field.name)) for one in offered for field in fields(one) if field.name != "services"]
    assert {text: words for text in texts if (words := other_words(text))} == {}


def test_mails_come_from_the_name_that_citizens_know() -> None:
    assert other_words(Settings.model_fields["mail_from"].default) == []


@pytest.mark.parametrize(
    "text",
    [
        "Ο Δήμος θα σας καλέσει",
        "από τον φυλλομετρητή",
        "Διαλέξτε ώρα",
        "ξεκινήστε διαλέγοντας",
        "Η ώρα κρατιέται",
        "Το e-mail",
        "the citizens' rights",
        "myDimosLive",
        "Your reference number",
    ],
)
def test_a_word_that_is_not_ours_is_noticed(text: str) -> None:
    assert other_words(text)


@pytest.mark.parametrize(
    "text",
    ["Δήμος Καβάλας", "Ο Δήμος Καβάλας", "Δήμος", "Η Αρχή. Δήμος: ποιος;", "δημοτολόγιο", "myDIMOSLive", "διάλειμμα"],
)
def test_a_word_that_is_ours_is_not(text: str) -> None:
    assert other_words(text) == []

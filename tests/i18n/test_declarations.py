"""The declaration's wordings: a text that somebody agreed to never changes under the same version."""

from datetime import UTC, datetime

import pytest

from dimoslive.domain.booking.consents import DECLARATION_VERSION, Consent, Declaration
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n import LANGUAGES, UnknownText
from dimoslive.i18n.declarations import declaration_of

# One line for each wording ever shown. A new wording is a new version with new lines; none is ever changed.
PINNED = {
    ("2026-11", "el", Mode.VIDEO): "239c89589c89599907e57e43070f970b7d6899ce24920f04458e769440d364fb",
    ("2026-11", "en", Mode.VIDEO): "f173534db586f835498859169747a38e3414903b37560b34a7b8366240ec27da",
    ("2026-11", "el", Mode.IN_PERSON): "430af766e4e6b10605fab01530947a088a9f506d2c97170fda4dfb5f3a76787f",
    ("2026-11", "en", Mode.IN_PERSON): "71b7f9898e2dd510fcd54a028a8eebfe48f632eb3d365ebb032e8d3bf2419ed5",
    ("2026-11", "el", Mode.PHONE): "1f6629db41bd785b407a554aa194abc1dd0cad3e95fc8047c283f9392e3eba75",
    ("2026-11", "en", Mode.PHONE): "bc0d01e904dcbfc79b58e07dea19ce427aa0237310246e3db762d46d73cea0b8",
    ("2026-12", "el", Mode.VIDEO): "8431c819896a3e7f97d3ed053c13c07adcd99231af7a02090a84fbc52621b8fd",
    ("2026-12", "en", Mode.VIDEO): "7dcc1423f7c1485aef6ef7faf6107d4d1d228ee08a4303371a1d2f9aa742040d",
    ("2026-12", "el", Mode.IN_PERSON): "7975c816b65c7468b895de5edce46c5c1fbdd8060d7051793b3d6acc96b6e8eb",
    ("2026-12", "en", Mode.IN_PERSON): "2731cf0859937f323acc14131779b63d58c53bf24ff6398d4f2d2303d7f8a657",
    ("2026-12", "el", Mode.PHONE): "4bc5c010629e89d38d8cba6cc8803a872c641676b82597e94312fa1d3fd01713",
    ("2026-12", "en", Mode.PHONE): "1e407395be3b3b96aed440825db7039763f2fe20c966c89e3a1c42b4787b93ef",
}
LAW_OF_VIDEO = ("4704/2020 (Α΄ 133)", "20530 ΕΞ 2020 (Β΄ 3030)", "3130 ΕΞ 2022 (Β΄ 386)")
RECORDING = {"el": "καταγραφή", "en": "recording"}
PRIVACY = {"el": "](/privacy)", "en": "](/en/privacy)"}


@pytest.mark.parametrize(("version", "language", "mode"), PINNED)
def test_a_wording_never_changes_under_the_same_version(version: str, language: str, mode: Mode) -> None:
    assert declaration_of(mode, language, version).sha256 == PINNED[version, language, mode]


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_wording_shown_now_is_pinned_for_every_language_and_mode(language: str, mode: Mode) -> None:
    declaration = declaration_of(mode, language)

    assert (declaration.version, declaration.language, declaration.mode) == (DECLARATION_VERSION, language, mode)
    assert (DECLARATION_VERSION, language, mode) in PINNED


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_the_teleconference_names_its_law_and_forbids_recording(language: str) -> None:
    parts = (*LAW_OF_VIDEO, RECORDING[language])

    assert all(part in declaration_of(Mode.VIDEO, language).text for part in parts)
    for mode in (Mode.IN_PERSON, Mode.PHONE):
        assert not any(part in declaration_of(mode, language).text for part in parts)


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_wording_links_to_the_privacy_page_of_its_language(language: str, mode: Mode) -> None:
    assert declaration_of(mode, language).text.count(PRIVACY[language]) == 1


@pytest.mark.parametrize("mode", Mode)
def test_both_languages_declare_the_same_number_of_things(mode: Mode) -> None:
    greek, english = (declaration_of(mode, language).text.count("\n- ") for language in LANGUAGES)

    assert greek == english >= 3


def test_an_unknown_language_gets_the_greek_wording() -> None:
    assert declaration_of(Mode.VIDEO, "fr") == declaration_of(Mode.VIDEO, "el")


def test_an_unknown_version_is_refused() -> None:
    with pytest.raises(UnknownText):
        declaration_of(Mode.VIDEO, "el", "1999-01")


def test_the_hash_is_that_of_the_text_in_utf_8() -> None:
    # As `printf 'α' | sha256sum` prints it.
    alpha = Declaration("1", "el", Mode.PHONE, "α")

    assert alpha.sha256 == "3e32da9648c78feedcc821d56e483c126dcd270e9fe49973c528e3a88912d557"


def test_a_consent_leads_back_to_its_wording() -> None:
    shown = declaration_of(Mode.VIDEO, "en")
    consent = Consent(shown.version, shown.sha256, shown.language, datetime(2026, 11, 24, 8, 0, tzinfo=UTC))

    assert declaration_of(Mode.VIDEO, consent.language, consent.version).sha256 == consent.text_sha256

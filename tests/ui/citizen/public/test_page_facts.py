"""The terms that pages state are the constants by which the code erases and ends."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from dimoslive.i18n import LANGUAGES
from dimoslive.services.identity import auth_realm, sign_in_state
from dimoslive.services.upkeep import erase_old_data
from dimoslive.settings import Settings
from dimoslive.ui.citizen.public import facts, markdown
from dimoslive.ui.citizen.public.facts import page_facts
from tests.http.site import production

SETTINGS = Settings(_env_file=None)
PRIVACY = [Path(markdown.__file__).parent / "texts" / language / "privacy.md" for language in LANGUAGES]


@pytest.mark.parametrize(
    ("fact", "room", "constant", "term", "stated"),
    [
        ("mail_days", erase_old_data, "MAILS_KEPT", timedelta(days=44), "44"),
        ("search_days", erase_old_data, "SEARCH_WORDS_KEPT", timedelta(days=9), "9"),
        ("draft_days", erase_old_data, "DRAFTS_KEPT", timedelta(days=7), "7"),
        ("attempt_hours", erase_old_data, "ATTEMPTS_KEPT", timedelta(days=2), "48"),
        ("citizen_months", erase_old_data, "CITIZENS_KEPT", timedelta(days=730), "24"),
        ("booking_days", erase_old_data, "BOOKINGS_KEPT", timedelta(days=31), "31"),
        ("booking_most_months", erase_old_data, "BOOKINGS_KEPT_AT_MOST", timedelta(days=730), "24"),
        ("session_hours", auth_realm, "SESSION_LENGTH", timedelta(hours=5), "5"),
        ("session_idle_hours", auth_realm, "SESSION_IDLE", timedelta(hours=1), "1"),
        ("sign_in_minutes", sign_in_state, "SIGN_IN_LENGTH", timedelta(minutes=9), "9"),
        ("staff_session_hours", auth_realm, "STAFF_SESSION_LENGTH", timedelta(hours=6), "6"),
        ("staff_session_extension_hours", auth_realm, "STAFF_SESSION_EXTENSION", timedelta(hours=3), "3"),
    ],
)
def test_a_term_is_stated_as_the_code_keeps_it(
    monkeypatch: pytest.MonkeyPatch, fact: str, room: object, constant: str, term: timedelta, stated: str
) -> None:
    assert getattr(facts, constant) == getattr(room, constant)
    monkeypatch.setattr(facts, constant, term)
    assert page_facts(SETTINGS, "el")[fact] == stated


@pytest.mark.parametrize("path", PRIVACY, ids=LANGUAGES)
def test_no_term_of_the_privacy_policy_is_written_out(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    terms = r"\b\d+ (?:ημέρες|ώρες|λεπτά|μήνες|days|hours|minutes|months)"
    assert re.findall(terms, text) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_installation_is_named_as_its_settings_say(language: str) -> None:
    settings = SETTINGS.model_copy(
        update={"operator_name": "Φορέας Α", "operator_name_en": "Operator A", "dpo_email": "dpo@a.example"}
    )
    stated = page_facts(settings, language)
    assert stated["operator_name"] == {"el": "Φορέας Α", "en": "Operator A"}[language]
    assert stated["dpo_email"] == "dpo@a.example"


@pytest.mark.parametrize(
    "name", ["operator_name", "operator_name_en", "operator_address", "operator_address_en", "dpo_email"]
)
def test_production_does_not_start_before_citizens_can_read_who_runs_it(name: str) -> None:
    assert production().is_production
    with pytest.raises(ValidationError, match=f"DIMOSLIVE_{name.upper()} must be set in production"):
        production(**{name: " "})

from typing import Any

import pytest
from pydantic import ValidationError

from dimoslive.settings import Settings, WrongSettings, load_settings

TEAMS = {
    "teams_tenant": "t",
    "teams_client_id": "c",
    "teams_client_secret": "s",
    "teams_organizer": "o",
}


def settings(**values: Any) -> Settings:
    return Settings(_env_file=None, **values)


def test_the_room_of_our_own_needs_nothing() -> None:
    assert (settings().video, settings().relays) == ("builtin", [])


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"video": "jitsi"}, "DIMOSLIVE_JITSI_URL"),
        ({"jitsi_url": "https://meet.example", "jitsi_app_id": "a"}, "DIMOSLIVE_JITSI_APP_SECRET"),
        ({"jitsi_url": "https://meet.example", "jitsi_app_secret": "s"}, "DIMOSLIVE_JITSI_APP_ID"),
        ({"video": "teams"}, "DIMOSLIVE_TEAMS_TENANT"),
        *(({**TEAMS, "video": "teams", name: ""}, f"DIMOSLIVE_{name.upper()}") for name in TEAMS),
        ({"teams_tenant": "t"}, "DIMOSLIVE_TEAMS_CLIENT_ID"),
        ({"turn_urls": "turn:relay.example"}, "DIMOSLIVE_TURN_SECRET"),
    ],
)
def test_what_a_chosen_provider_lacks_is_named(values: dict[str, str], named: str) -> None:
    with pytest.raises(ValidationError, match=named):
        settings(**values)


@pytest.mark.parametrize(
    "values",
    [
        {"video": "jitsi", "jitsi_url": "https://meet.example"},
        {"video": "jitsi", "jitsi_url": "https://meet.example", "jitsi_app_id": "a", "jitsi_app_secret": "s"},
        {"video": "teams", **TEAMS},
        {"video": "builtin", "jitsi_url": "https://meet.example", **TEAMS},
    ],
)
def test_a_provider_with_all_it_needs_is_taken(values: dict[str, str]) -> None:
    assert settings(**values).video == values["video"]


def test_relays_are_separated_by_commas() -> None:
    both = settings(turn_urls="turn:relay.example:3478, turns:relay.example:5349?transport=tcp,", turn_secret="s")
    assert both.relays == ["turn:relay.example:3478", "turns:relay.example:5349?transport=tcp"]


def test_a_relay_that_is_none_stops_the_start_with_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIMOSLIVE_TURN_URLS", "https://relay.example")
    with pytest.raises(WrongSettings, match=r"^DIMOSLIVE_TURN_URLS: must begin with turn: or turns:[^\n]*$"):
        load_settings()


def test_citizens_in_production_go_to_a_safe_address() -> None:
    production = {
        "env": "production",
        "secret_key": "x" * 32,
        "identity": "gsis",
        "gsis_client_id": "c",
        "gsis_client_secret": "s",
        "mail": "smtp",
        "smtp_url": "smtps://mail.example",
        "gsis_base_url": "https://oauth2.gsis.gr",
        "mail_from": "Δήμος <noreply@dimos.example>",
        "support_email": "help@dimos.example",
        "public_url": "https://dimos.example",
        "operator_name": "Φορέας",
        "operator_name_en": "Operator",
        "operator_address": "Αθήνα",
        "operator_address_en": "Athens",
        "dpo_email": "dpo@dimos.example",
    }
    assert settings(**production, jitsi_url="https://meet.example").jitsi_url == "https://meet.example"
    with pytest.raises(ValidationError, match="DIMOSLIVE_JITSI_URL"):
        settings(**production, jitsi_url="http://meet.example")

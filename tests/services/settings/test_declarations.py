"""What a municipality adds to the declaration: written, published as a version, declared, and kept."""

from typing import Any

import pytest

from dimoslive.db.engine import reading, transaction
from dimoslive.db.tables.desk import AuditEventRow
from dimoslive.domain.booking.consents import DECLARATION_VERSION, Declaration, read_version
from dimoslive.domain.errors import ChangedElsewhere, ChangedMeanwhile, DeclarationChanged, InvalidDetails, NotFound
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n.declarations import declaration_of
from dimoslive.services.booking.current_declaration import declaration_numbered, show_declaration
from dimoslive.services.settings.declarations.open_declarations import OpenDeclarations, open_declarations
from dimoslive.services.settings.declarations.publish_supplement import publish_supplement
from dimoslive.services.settings.declarations.save_supplement import save_supplement
from tests.support.arranging import book_at_desk
from tests.support.meeting import ANNA, enter_foreign_official
from tests.support.settings import enter_administrator, enter_head
from tests.support.world import Town, rows

TEXTS = {"text_el": "Φέρτε αποδεικτικό κατοικίας.", "text_en": "Bring proof of residence."}
OTHERS = {"text_el": "Άλλο κείμενο.", "text_en": "Another text."}


def seen(town: Town, official: Official) -> OpenDeclarations:
    return open_declarations(town.context, official, town.municipality.id)


def write(town: Town, official: Official, **texts: str) -> None:
    save_supplement(town.context, official, town.municipality.id, seen(town, official).opened, texts)


def publish(town: Town, official: Official, **texts: str) -> str:
    write(town, official, **texts)
    version = seen(town, official).opened.version
    return publish_supplement(town.context, official, town.municipality.id, version)


def declared(town: Town, language: str = "el", mode: Mode = Mode.VIDEO) -> Declaration:
    return show_declaration(town.context, town.municipality.id, mode, language)


def test_what_is_only_written_is_declared_by_nobody(town: Town) -> None:
    nikos = enter_administrator(town)
    assert (seen(town, nikos).can_publish, seen(town, nikos).published) == (False, ())
    write(town, nikos, **TEXTS)
    assert (seen(town, nikos).can_publish, seen(town, nikos).next_label) == (True, f"{DECLARATION_VERSION}+kavala.1")
    assert declared(town) == declaration_of(Mode.VIDEO, "el")


def test_a_published_one_follows_the_platform_s_text_in_each_language_and_mode(town: Town) -> None:
    nikos = enter_administrator(town)
    assert publish(town, nikos, **TEXTS) == f"{DECLARATION_VERSION}+kavala.1"
    for language in ("el", "en"):
        for mode in Mode:
            shown, platforms = declared(town, language, mode), declaration_of(mode, language)
            assert (shown.text, shown.supplement) == (platforms.text, TEXTS[f"text_{language}"])
            assert shown.sha256 != platforms.sha256
    [version] = seen(town, nikos).published
    assert (version.published_at, len(version.sha256), version.text["en"]) == (
        town.clock.now(),
        64,
        TEXTS["text_en"],
    )
    assert [event.action for event in rows(town.context.db, AuditEventRow)] == [
        "declaration.added",
        "declaration.published",
    ]


def test_the_booking_keeps_version_and_hash_of_what_was_declared(town: Town) -> None:
    nikos = enter_administrator(town)
    publish(town, nikos, **TEXTS)
    first = declared(town)
    row = town.row(town.confirm(town.hold("09:00"), declaration=first))
    assert (row.consent_version, row.consent_sha256) == (first.version, first.sha256)
    assert publish(town, nikos, **OTHERS) == f"{DECLARATION_VERSION}+kavala.2"
    # The old one is found again by what the booking keeps.
    with reading(town.context.db) as tx:
        assert declaration_numbered(tx, row.consent_version, Mode.VIDEO, "el").sha256 == row.consent_sha256
    assert [one.text["el"] for one in seen(town, nikos).published] == [OTHERS["text_el"], TEXTS["text_el"]]


def test_whoever_read_an_old_one_must_accept_the_new(town: Town) -> None:
    nikos = enter_administrator(town)
    hold = town.hold("09:00")
    publish(town, nikos, **TEXTS)
    with pytest.raises(DeclarationChanged):
        town.confirm(hold)
    assert town.row(town.confirm(hold, declaration=declared(town))).consent_version.endswith("+kavala.1")


def test_what_an_official_tells_is_the_whole_declaration(town: Town) -> None:
    nikos = enter_administrator(town)
    publish(town, nikos, **TEXTS)
    row = town.row(book_at_desk(town, nikos, "09:10", mode=Mode.VIDEO))
    assert (row.consent_version, row.consent_sha256) == (declared(town).version, declared(town).sha256)


def test_one_can_be_taken_back_and_the_platform_s_text_stands_alone(town: Town) -> None:
    nikos = enter_administrator(town)
    publish(town, nikos, **TEXTS)
    publish(town, nikos, text_el="", text_en="")
    assert declared(town) == declaration_of(Mode.VIDEO, "el")
    assert publish(town, nikos, **OTHERS) == f"{DECLARATION_VERSION}+kavala.3"


@pytest.mark.parametrize(
    ("texts", "wrong"),
    [
        ({"text_el": "Κείμενο.", "text_en": ""}, [("text_en", "required")]),
        ({"text_el": "", "text_en": "Text."}, [("text_el", "required")]),
        ({"text_el": "α" * 2001, "text_en": "a\x00"}, [("text_el", "too_long"), ("text_en", "control_character")]),
    ],
)
def test_both_languages_are_given_and_bounded(town: Town, texts: dict[str, str], wrong: list[tuple[str, str]]) -> None:
    nikos = enter_administrator(town)
    with pytest.raises(InvalidDetails) as refused:
        write(town, nikos, **texts)
    assert [one.field for one in refused.value.problems] == [field for field, _ in wrong]


def test_two_who_write_at_once_are_asked_and_nothing_is_published_unseen(town: Town) -> None:
    nikos, anna, place = enter_administrator(town), enter_administrator(town, ANNA), town.municipality.id
    both = seen(town, nikos).opened
    save_supplement(town.context, anna, place, both, OTHERS)
    with pytest.raises(ChangedMeanwhile) as refused:
        save_supplement(town.context, nikos, place, both, TEXTS)
    assert refused.value.conflicts == ("text_el", "text_en")
    shown = seen(town, nikos).opened.version
    write(town, anna, **TEXTS)
    with pytest.raises(ChangedElsewhere):
        publish_supplement(town.context, nikos, place, shown)
    publish_supplement(town.context, nikos, place, shown + 1)
    with pytest.raises(ChangedElsewhere):
        publish_supplement(town.context, nikos, place, shown + 1)


def test_who_opened_a_text_that_was_published_meanwhile_is_asked_too(town: Town) -> None:
    nikos, anna, place = enter_administrator(town), enter_administrator(town, ANNA), town.municipality.id
    write(town, anna, **TEXTS)
    mine = seen(town, nikos).opened
    publish_supplement(town.context, anna, place, mine.version)
    write(town, anna, **OTHERS)
    with pytest.raises(ChangedMeanwhile):
        save_supplement(town.context, nikos, place, mine, {"text_el": "Τρίτο.", "text_en": "A third."})


@pytest.mark.parametrize("enter", [enter_foreign_official, enter_head])
def test_nobody_else_finds_them(town: Town, enter: Any) -> None:
    stranger, place = enter(town), town.municipality.id
    opened = seen(town, enter_administrator(town, ANNA)).opened
    for refused in (
        lambda: seen(town, stranger),
        lambda: save_supplement(town.context, stranger, place, opened, TEXTS),
        lambda: publish_supplement(town.context, stranger, place, 1),
    ):
        with pytest.raises(NotFound):
            refused()


@pytest.mark.parametrize(
    ("label", "read"),
    [
        ("2026-12", ("2026-12", "", 0)),
        ("2026-11+kavala.3", ("2026-11", "kavala", 3)),
        ("2026-11+nea-ionia.12", ("2026-11", "nea-ionia", 12)),
        ("2026-11+../x.1", ("2026-11+../x.1", "", 0)),
    ],
)
def test_a_version_says_whose_it_is(label: str, read: tuple[str, str, int]) -> None:
    assert read_version(label) == read


def test_only_what_is_published_is_found_by_its_number(town: Town) -> None:
    nikos = enter_administrator(town)
    write(town, nikos, **TEXTS)
    with transaction(town.context.db) as tx:
        found = declaration_numbered(tx, f"{DECLARATION_VERSION}+kavala.1", Mode.VIDEO, "el")
    assert found.supplement == ""

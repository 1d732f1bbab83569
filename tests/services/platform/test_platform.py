"""The platform: municipalities and numbers, and whoever runs it sees no person and no booking."""

import asyncio
from dataclasses import asdict

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.db.tables.desk import AuditEventRow
from dimoslive.db.tables.official import OfficialRightRow, OfficialRow
from dimoslive.db.tables.outbox import OutboxRow
from dimoslive.domain.errors import InvalidDetails, NotFound, NotPossibleNow, Paused
from dimoslive.domain.settings.enrolment import EnrolmentState
from dimoslive.services.draft.choose_service import choose_service
from dimoslive.services.identity.auth_realm import STAFF
from dimoslive.services.identity.sessions import find_principal, open_session
from dimoslive.services.outbox.deliver_events import deliver_events
from dimoslive.services.outbox.deliver_staff_mail import STAFF_MAIL
from dimoslive.services.platform.enrol_municipality import enrol_municipality
from dimoslive.services.platform.list_enrolments import list_enrolments, open_enrolment
from dimoslive.services.platform.pause_municipality import pause_municipality, reopen_municipality
from tests.support.meeting import ANNA, NIKOS
from tests.support.setting_up import a_new_municipality, a_platform_administrator, its_administrator, set_all_up
from tests.support.settings import enter_administrator
from tests.support.world import NOW, Town, a_municipality, rows

TYPED = {
    "first_name": "Άννα",
    "last_name": "Λογοθέτη",
    "afm": ANNA.afm.digits,
    "email": "",
    "contact_email": "info@ioannina.example",
}
PAUSE = {
    "reason": "Ζητήθηκε από τον δήμο",
    "pause_message_el": "Δεν δεχόμαστε νέα ραντεβού.",
    "pause_message_en": "We take no new bookings.",
}


def not_enrolled(town: Town) -> None:
    with transaction(town.context.db) as tx:
        a_municipality(tx, "Ιωαννιτών", slug="ioannina").joined_at = None


def test_enrolling_enters_an_administrator_who_can_sign_in_and_is_mailed_the_way_in(town: Town) -> None:
    not_enrolled(town)
    zoe = a_platform_administrator(town)
    done = enrol_municipality(town.context, zoe, "ioannina", TYPED)
    assert (done.person, done.sent_to, done.is_first) == ("Άννα Λογοθέτη", "info@ioannina.example", True)
    [row] = [row for row in rows(town.context.db, MunicipalityRow) if row.slug == "ioannina"]
    assert (row.enrolled_at, row.email, row.joined_at) == (NOW, "info@ioannina.example", None)
    anna = find_principal(town.context, STAFF, open_session(town.context, STAFF, ANNA))
    assert anna is not None
    assert [(right.municipality_id, right.role) for right in anna.rights] == [(row.id, "administrator")]
    assert [(event.action, event.actor) for event in rows(town.context.db, AuditEventRow)] == [
        ("municipality.enrolled", "platform"),
        ("official.entered", "platform"),
    ]

    asyncio.run(deliver_events(town.context, STAFF_MAIL))
    [mail] = town.context.mailer.sent  # type: ignore[attr-defined]  # the tests' own
    assert mail["To"] == "info@ioannina.example"
    body = mail.get_body(("plain",)).get_content()
    for words in (
        "Δήμος Ιωαννιτών",
        "TAXISnet",
        "/desk/sign-in?next=%2Fadmin%3Fm%3Dioannina",
        "/en/desk/sign-in",
        "Sign in",
    ):
        assert words in body
    assert ANNA.afm.digits not in str(mail)
    assert 'lang="en"' in mail.get_body(("html",)).get_content()


def test_enrolling_once_more_adds_an_administrator(town: Town) -> None:
    not_enrolled(town)
    zoe = a_platform_administrator(town)
    enrol_municipality(town.context, zoe, "ioannina", TYPED)
    again = TYPED | {"afm": "", "email": "NIKOS@ioannina.example", "contact_email": "", "last_name": "Δήμου"}
    done = enrol_municipality(town.context, zoe, "ioannina", again)
    assert (done.is_first, done.sent_to) == (False, "NIKOS@ioannina.example")
    [one] = [one for one in list_enrolments(town.context, zoe) if one.municipality.slug == "ioannina"]
    assert (one.administrators, one.state, one.done) == (2, EnrolmentState.PREPARING, 0)
    [*_, added] = rows(town.context.db, OfficialRow)
    assert added.email == "nikos@ioannina.example"


def test_whoever_is_entered_elsewhere_gets_a_right_and_stays_who_they_are(town: Town) -> None:
    not_enrolled(town)
    enter_administrator(town, NIKOS)
    zoe = a_platform_administrator(town)
    typed = TYPED | {"afm": NIKOS.afm.digits, "email": "thief@example.com", "last_name": "Άλλος"}
    enrol_municipality(town.context, zoe, "ioannina", typed)
    [nikos] = [row for row in rows(town.context.db, OfficialRow) if row.last_name == NIKOS.last_name]
    assert nikos.email is None
    assert len(rows(town.context.db, OfficialRightRow)) == 2


@pytest.mark.parametrize(
    ("typed", "problems"),
    [
        ({"last_name": "", "afm": ""}, [("last_name", "required"), ("afm", "afm_or_email")]),
        ({"afm": "123456789"}, [("afm", "invalid_afm")]),
        ({"afm": "094014201"}, [("afm", "company_afm")]),
        ({"email": "no"}, [("email", "invalid_email")]),
        ({"contact_email": ""}, [("contact_email", "required")]),
        ({"first_name": "\x00"}, [("first_name", "control_characters")]),
    ],
)
def test_what_is_typed_wrong_is_said_at_its_field_and_nothing_is_written(
    town: Town, typed: dict[str, str], problems: list[tuple[str, str]]
) -> None:
    not_enrolled(town)
    zoe = a_platform_administrator(town)
    with pytest.raises(InvalidDetails) as refused:
        enrol_municipality(town.context, zoe, "ioannina", TYPED | typed)
    found = [(one.field, one.code) for one in refused.value.problems]
    assert [field for field, _ in found] == [field for field, _ in problems]
    assert [*rows(town.context.db, AuditEventRow), *rows(town.context.db, OutboxRow)] == []


def test_each_municipality_has_one_of_four_states(town: Town) -> None:
    not_enrolled(town)
    drama = a_new_municipality(town)
    zoe = a_platform_administrator(town)

    def states() -> dict[str, tuple[EnrolmentState, int]]:
        found = list_enrolments(town.context, zoe)
        return {one.municipality.slug: (one.state, one.done) for one in found}

    set_all_up(town, its_administrator(town, drama), drama)
    assert states() == {
        "ioannina": (EnrolmentState.NOT_ENROLLED, 0),
        "drama": (EnrolmentState.PREPARING, 5),
        "kavala": (EnrolmentState.OPEN, 5),
    }
    pause_municipality(town.context, zoe, "kavala", PAUSE)
    assert states()["kavala"][0] is EnrolmentState.PAUSED


def test_a_pause_keeps_citizens_from_new_bookings_until_it_is_reopened(town: Town) -> None:
    zoe, service_id = a_platform_administrator(town), town.service.id or 0
    pause_municipality(town.context, zoe, "kavala", PAUSE)
    with pytest.raises(Paused) as refused:
        choose_service(town.context, town.eleni, service_id, "video")
    assert refused.value.messages["en"] == "We take no new bookings."
    with pytest.raises(NotPossibleNow):
        pause_municipality(town.context, zoe, "kavala", PAUSE)
    reopen_municipality(town.context, zoe, "kavala", {"reason": "Ο δήμος είναι έτοιμος"})
    choose_service(town.context, town.eleni, service_id, "video")
    with pytest.raises(NotPossibleNow):
        reopen_municipality(town.context, zoe, "kavala", {"reason": "Ο δήμος είναι έτοιμος"})
    lines = open_enrolment(town.context, zoe, "kavala").history
    assert [(line.action, line.reason) for line in lines] == [
        ("municipality.reopened", "Ο δήμος είναι έτοιμος"),
        ("municipality.paused", "Ζητήθηκε από τον δήμο"),
    ]


def test_a_pause_needs_a_reason_and_words_for_citizens(town: Town) -> None:
    not_enrolled(town)
    zoe = a_platform_administrator(town)
    with pytest.raises(InvalidDetails):
        pause_municipality(town.context, zoe, "kavala", PAUSE | {"reason": "γιατί", "pause_message_en": ""})
    with pytest.raises(NotPossibleNow):
        pause_municipality(town.context, zoe, "ioannina", PAUSE)


def test_the_platform_sees_no_person_of_a_municipality(town: Town) -> None:
    drama = a_new_municipality(town)
    anna = its_administrator(town, drama)
    set_all_up(town, anna, drama)
    town.a_booking("09:00")
    zoe = a_platform_administrator(town)
    seen = str([asdict(one) for one in list_enrolments(town.context, zoe)])
    seen += str([asdict(open_enrolment(town.context, zoe, slug)) for slug in ("kavala", "drama")])
    for word in (ANNA.last_name, town.eleni.last_name, town.eleni.first_name, "Λογοθέτη", "eleni@example.com"):
        assert word not in seen


def test_nobody_else_sees_or_changes_anything_of_the_platform(town: Town) -> None:
    not_enrolled(town)
    nikos = enter_administrator(town)
    for press in (
        lambda: list_enrolments(town.context, nikos),
        lambda: open_enrolment(town.context, nikos, "kavala"),
        lambda: enrol_municipality(town.context, nikos, "ioannina", TYPED),
        lambda: pause_municipality(town.context, nikos, "kavala", PAUSE),
        lambda: reopen_municipality(town.context, nikos, "kavala", PAUSE),
    ):
        with pytest.raises(NotFound):
            press()
    zoe = a_platform_administrator(town)
    for slug in ("atlantis", "", "kavala\0", "x" * 500):
        with pytest.raises(NotFound):
            open_enrolment(town.context, zoe, slug)
        with pytest.raises(NotFound):
            enrol_municipality(town.context, zoe, slug, TYPED)

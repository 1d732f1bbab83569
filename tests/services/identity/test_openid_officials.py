"""Whom an OpenID Connect provider's word makes an official: the address once, issuer and subject from then on."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import Engine

from dimoslive.db.engine import transaction
from dimoslive.db.tables.official import OfficialIdentityRow, OfficialRightRow, OfficialRow, StaffSessionRow
from dimoslive.domain.errors import NotAnOfficial, NotFound
from dimoslive.domain.people.principals import Official
from dimoslive.ports import OpenIdentity
from dimoslive.services.identity.auth_realm import STAFF, STAFF_OPENID
from dimoslive.services.identity.begin_sign_in import begin_sign_in
from dimoslive.services.identity.sessions import end_session, find_principal, open_session
from tests.support.meeting import NIKOS as NIKOS_BY_AFM
from tests.support.ports import KnownPersons
from tests.support.rivals import at_once
from tests.support.world import Town, a_town, rows

NIKOS = OpenIdentity("https://idp.example", "n1", "nikos@kavala.example", "Νίκος", "Δήμου")


@pytest.fixture
def town(db: Engine) -> Town:
    return a_town(db)


def enter_by_email(town: Town, email: str = "nikos@kavala.example", *, afm_hash: str | None = None) -> int:
    """The municipality has entered an address."""
    with transaction(town.context.db) as tx:
        official = OfficialRow(email=email, afm_hash=afm_hash, first_name="Ν.", last_name="Δήμου")
        tx.add(official)
        tx.flush()
        tx.add(OfficialRightRow(official_id=official.id or 0, municipality_id=town.municipality.id))
        return official.id or 0


def came(town: Town, identity: OpenIdentity = NIKOS) -> Official:
    """Signed in."""
    official = find_principal(town.context, STAFF, open_session(town.context, STAFF_OPENID, identity))
    assert official is not None
    return official


def test_the_entered_address_opens_the_first_session_and_binds_the_subject(town: Town) -> None:
    official_id = enter_by_email(town)
    assert came(town).id == official_id
    [bound] = rows(town.context.db, OfficialIdentityRow)
    assert (bound.issuer, bound.subject, bound.official_id) == (NIKOS.issuer, NIKOS.subject, official_id)
    assert came(town).full_name == "Νίκος Δήμου"
    assert len(rows(town.context.db, OfficialIdentityRow)) == 1


def test_an_address_that_the_provider_does_not_answer_for_opens_nothing(town: Town) -> None:
    enter_by_email(town)
    with pytest.raises(NotAnOfficial):
        came(town, replace(NIKOS, email=""))
    assert rows(town.context.db, OfficialIdentityRow) == []
    assert rows(town.context.db, StaffSessionRow) == []


def test_an_unknown_address_opens_nothing(town: Town) -> None:
    enter_by_email(town)
    with pytest.raises(NotAnOfficial):
        came(town, replace(NIKOS, email="nikos@drama.example"))
    assert rows(town.context.db, OfficialIdentityRow) == []


def test_once_bound_a_changed_address_moves_no_rights(town: Town) -> None:
    nikos, anna = enter_by_email(town), enter_by_email(town, "anna@kavala.example")
    came(town)
    # Nikos' account takes Anna's address, or none: he stays Nikos.
    assert came(town, replace(NIKOS, email="anna@kavala.example")).id == nikos
    assert came(town, replace(NIKOS, email="")).id == nikos
    assert came(town, replace(NIKOS, subject="a1", email="anna@kavala.example", last_name="Λογοθέτη")).id == anna


def test_somebody_else_who_gets_the_address_later_gets_no_rights(town: Town) -> None:
    enter_by_email(town)
    came(town)
    with pytest.raises(NotAnOfficial):
        came(town, replace(NIKOS, subject="n2"))
    assert [bound.subject for bound in rows(town.context.db, OfficialIdentityRow)] == ["n1"]


def test_the_same_subject_at_another_issuer_is_another_person(town: Town) -> None:
    enter_by_email(town)
    came(town)
    with pytest.raises(NotAnOfficial):
        came(town, replace(NIKOS, issuer="https://other.example", email=""))


def test_rights_are_asked_for_at_each_sign_in(town: Town) -> None:
    official_id = enter_by_email(town)
    came(town)
    with transaction(town.context.db) as tx:
        tx.delete(tx.get_one(OfficialRightRow, (official_id, town.municipality.id)))
    with pytest.raises(NotAnOfficial):
        came(town)


def test_who_has_no_rights_yet_is_not_bound(town: Town) -> None:
    with transaction(town.context.db) as tx:
        tx.add(OfficialRow(email="nikos@kavala.example", first_name="", last_name=""))
    with pytest.raises(NotAnOfficial):
        came(town)
    assert rows(town.context.db, OfficialIdentityRow) == []


def test_names_that_were_entered_stay_where_the_provider_knows_none(town: Town) -> None:
    enter_by_email(town)
    assert came(town, replace(NIKOS, first_name="", last_name="")).full_name == "Ν. Δήμου"


def test_one_official_may_come_both_ways(town: Town) -> None:
    official_id = enter_by_email(town, afm_hash=town.context.seal.afm_hash(NIKOS_BY_AFM.afm))
    assert came(town).id == official_id
    by_afm = find_principal(town.context, STAFF, open_session(town.context, STAFF, NIKOS_BY_AFM))
    assert by_afm is not None
    assert by_afm.id == official_id
    assert [row.realm for row in rows(town.context.db, StaffSessionRow)] == ["staff_openid", "staff"]


def test_two_tabs_that_sign_in_for_the_first_time_at_once_are_one_person(town: Town) -> None:
    official_id = enter_by_email(town)
    found = at_once([lambda: came(town)] * 4)
    assert [official.id for official in found if isinstance(official, Official)] == [official_id] * 4
    assert len(rows(town.context.db, OfficialIdentityRow)) == 1


def test_a_session_is_ended_at_the_provider_that_opened_it(town: Town) -> None:
    enter_by_email(town, afm_hash=town.context.seal.afm_hash(NIKOS_BY_AFM.afm))
    town.context = replace(town.context, staff_openid=Elsewhere())
    by_openid, by_afm = open_session(town.context, STAFF_OPENID, NIKOS), open_session(town.context, STAFF, NIKOS_BY_AFM)
    assert end_session(town.context, STAFF, by_openid) == "https://idp.example/end?to=https://rendezvous.example/"
    assert urlsplit(end_session(town.context, STAFF, by_afm)).netloc == "identity.example"
    assert rows(town.context.db, StaffSessionRow) == []


def test_a_session_ends_though_its_provider_was_given_up(town: Town) -> None:
    enter_by_email(town)
    token = open_session(town.context, STAFF_OPENID, NIKOS)
    assert end_session(town.context, STAFF, token) == "https://rendezvous.example/"
    assert rows(town.context.db, StaffSessionRow) == []


def test_without_a_provider_there_is_no_such_sign_in(town: Town) -> None:
    with pytest.raises(NotFound):
        begin_sign_in(town.context, "/desk", STAFF_OPENID)


class Elsewhere:
    """A provider of which only the way out is asked."""

    def authorization_url(self, state: str, redirect_uri: str, language: str = "el") -> str:
        raise NotImplementedError

    async def fetch_identity(self, code: str, redirect_uri: str, state: str = "") -> OpenIdentity:
        raise NotImplementedError

    def logout_url(self, return_to: str) -> str:
        """Where to sign out."""
        return f"https://idp.example/end?to={return_to}"


def test_the_way_back_is_its_own(town: Town) -> None:
    town.context = replace(town.context, staff_openid=KnownPersons())  # type: ignore[arg-type]  # nobody comes back
    url = begin_sign_in(town.context, "/desk", STAFF_OPENID).url
    assert parse_qs(urlsplit(url).query)["redirect_uri"] == ["https://rendezvous.example/auth/staff/openid/callback"]

"""«Ένταξη δήμου»: a municipality gets its first administrator, or one more, and a mail with the way in."""

from collections.abc import Mapping
from dataclasses import dataclass

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.rows.roots import RootKind, values_of
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.domain.events import AdministratorEntered
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.personal_data import EmailAddress
from dimoslive.domain.people.principals import Official, StaffRole
from dimoslive.domain.settings.enrolment import parse_administrator
from dimoslive.services.identity.enter_official import RightGiven, WhoIsEntered, enter_in
from dimoslive.services.outbox.publish_event import publish_event
from dimoslive.services.platform.access_platform import access_platform
from dimoslive.services.settings.root_change import Act
from dimoslive.services.settings.save_root import write_root

ENROLMENT = RootKind(MunicipalityRow, "municipality", ("enrolled_at", "email"), has_archive=False)


@dataclass(frozen=True, slots=True)
class Enrolled:
    """Who was entered, and where the way in is sent; ``is_first``: from now on it sets itself up."""

    person: str
    sent_to: str
    is_first: bool


def enrol_municipality(context: AppContext, official: Official, slug: str, raw: Mapping[str, object]) -> Enrolled:
    """One transaction: enrolment, right, log and mail. Raises `InvalidDetails`, `InvalidInput` or `NotFound`."""
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = access_platform(tx, official, slug, Permission.ENROL_MUNICIPALITIES, for_change=True)
        is_first = row.enrolled_at is None
        typed = parse_administrator(raw, needs_contact=is_first and not row.email)
        if is_first:
            changed: dict[str, object] = {"enrolled_at": now.isoformat()}
            if typed.contact_email:
                changed["email"] = typed.contact_email
            before = values_of(tx, ENROLMENT, row)
            write_root(tx, ENROLMENT, row, changed, Act(official, now, row.id), action="enrolled", before=before)
        email = EmailAddress.parse(typed.email) if typed.email else None
        who = WhoIsEntered(typed.afm, email, typed.first_name, typed.last_name)
        entered = enter_in(tx, context, who, RightGiven(StaffRole.ADMINISTRATOR, row.slug), by=official)
        person = f"{typed.first_name} {typed.last_name}".strip()
        event = AdministratorEntered(
            official_id=entered.id or 0,
            municipality_id=row.id,
            municipality_slug=row.slug,
            municipality_name={"el": row.name_el, "en": row.name_en},
            person=person,
            email=typed.email or typed.contact_email or row.email,
            by_afm=typed.afm is not None and entered.afm_hash == context.seal.afm_hash(typed.afm),
        )
        publish_event(tx, event, now)
        return Enrolled(person, event.email, is_first)

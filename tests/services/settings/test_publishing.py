"""A municipality is published at an instant: until then citizens see nothing of it, and those who work there all."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import ClosureRow, MunicipalityRow, ServiceRow
from dimoslive.db.tables.desk import AuditEventRow
from dimoslive.domain.errors import InvalidInput, NotFound, NotOffered, NotPossibleNow, NotReady
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.why_not import Check
from dimoslive.services.catalogue.find_slots import find_slots
from dimoslive.services.catalogue.list_municipalities import list_municipalities
from dimoslive.services.catalogue.show_municipality import show_municipality, show_municipality_with_times
from dimoslive.services.draft.choose_service import choose_service
from dimoslive.services.settings.publishing.preview import preview_page, preview_times
from dimoslive.services.settings.publishing.publish import publish, withdraw_publication
from dimoslive.services.settings.tasks.list_tasks import list_tasks
from tests.support.builders import at
from tests.support.meeting import NIKOS, PETROS, enter_official
from tests.support.setting_up import a_new_municipality, a_platform_administrator, its_administrator, set_all_up
from tests.support.world import NOW, Town, rows

LATER = {"when": "later", "date": "2026-11-23", "clock": "8:00"}


def a_ready_one(town: Town) -> tuple[MunicipalityRow, Official, int]:
    drama = a_new_municipality(town)
    anna = its_administrator(town, drama)
    set_all_up(town, anna, drama, "certificates")
    [service] = [row for row in rows(town.context.db, ServiceRow) if row.name_en == "Registry certificates"]
    return drama, anna, service.id or 0


def joined(town: Town, slug: str) -> bool:
    [one] = [one for one in list_municipalities(town.context) if one.slug == slug]
    return one.has_joined


def test_from_today_citizens_see_and_book_it(town: Town) -> None:
    drama, anna, service_id = a_ready_one(town)
    with pytest.raises(NotOffered):
        choose_service(town.context, town.eleni, service_id, "video")
    assert publish(town.context, anna, drama.id, {"when": "now"}) == NOW
    assert joined(town, "drama")
    page, firsts = show_municipality_with_times(town.context, "drama")
    assert [one.id for one in page.services] == list(firsts) == [service_id]
    assert find_slots(town.context, service_id, Mode.VIDEO).slots
    choose_service(town.context, town.eleni, service_id, "video")


def test_a_date_that_has_not_come_counts_as_not_published_until_it_has(town: Town) -> None:
    drama, anna, service_id = a_ready_one(town)
    assert publish(town.context, anna, drama.id, LATER) == at("2026-11-23 08:00")
    for _ in range(2):
        assert not joined(town, "drama")
        assert show_municipality(town.context, "drama").services == ()
        assert show_municipality_with_times(town.context, "drama")[1] == {}
        with pytest.raises(NotOffered):
            find_slots(town.context, service_id, Mode.VIDEO)
        with pytest.raises(NotOffered):
            choose_service(town.context, town.eleni, service_id, "video")
        town.clock.set(at("2026-11-23 07:59"))
    town.clock.set(at("2026-11-23 08:00"))
    assert joined(town, "drama")
    assert show_municipality(town.context, "drama").services
    assert find_slots(town.context, service_id, Mode.VIDEO).slots
    choose_service(town.context, town.eleni, service_id, "video")


def test_a_date_can_be_set_anew_and_taken_back_until_it_has_come(town: Town) -> None:
    drama, anna, _ = a_ready_one(town)
    publish(town.context, anna, drama.id, LATER)
    publish(town.context, anna, drama.id, LATER | {"date": "2026-11-24"})
    withdraw_publication(town.context, anna, drama.id)
    with pytest.raises(NotPossibleNow):
        withdraw_publication(town.context, anna, drama.id)
    publish(town.context, anna, drama.id, {})
    for press in (publish, lambda *given: withdraw_publication(*given[:3])):
        with pytest.raises(NotPossibleNow):
            press(town.context, anna, drama.id, {})
    actions = [event.action for event in rows(town.context.db, AuditEventRow)][-4:]
    assert actions == [f"municipality.{word}" for word in ("published", "published", "withdrawn", "published")]


@pytest.mark.parametrize(
    ("date", "clock", "problem"),
    [
        ("", "8:00", ("date", "not_a_date")),
        ("2026-11-23", "x", ("clock", "not_a_time")),
        ("2026-11-20", "9:59", ("date", "not_after_now")),
        ("2029-01-01", "8:00", ("date", "date_too_far")),
    ],
)
def test_a_date_of_publishing_is_to_come_and_not_too_far(
    town: Town, date: str, clock: str, problem: tuple[str, str]
) -> None:
    drama, anna, _ = a_ready_one(town)
    with pytest.raises(InvalidInput) as refused:
        publish(town.context, anna, drama.id, {"when": "later", "date": date, "clock": clock})
    assert (refused.value.field, refused.value.code) == problem
    assert not joined(town, "drama")


def test_nothing_is_published_before_all_other_tasks_are_done(town: Town) -> None:
    drama = a_new_municipality(town)
    anna = its_administrator(town, drama)
    with pytest.raises(NotReady):
        publish(town.context, anna, drama.id, {})
    set_all_up(town, anna, drama)
    with transaction(town.context.db) as tx:
        tx.get_one(MunicipalityRow, drama.id).phone = ""
    with pytest.raises(NotReady):
        publish(town.context, anna, drama.id, {})


@pytest.mark.parametrize("who", ["official", "platform", "foreign"])
def test_only_the_municipality_s_administrators_publish_and_preview(town: Town, who: str) -> None:
    drama, _, service_id = a_ready_one(town)
    somebody = {
        "official": lambda: enter_official(town, PETROS, of=drama),
        "platform": lambda: a_platform_administrator(town),
        "foreign": lambda: enter_official(town, NIKOS),
    }[who]()
    for press in (
        lambda: publish(town.context, somebody, drama.id, {}),
        lambda: withdraw_publication(town.context, somebody, drama.id),
        lambda: preview_times(town.context, somebody, drama.id, service_id, "video"),
    ):
        with pytest.raises(NotFound):
            press()
    if who == "official":
        # Whoever works there may look.
        assert preview_page(town.context, somebody, "drama")[0].services
    else:
        with pytest.raises(NotFound):
            preview_page(town.context, somebody, "drama")


def test_the_preview_is_what_citizens_see_once_it_is_published(town: Town) -> None:
    drama, anna, service_id = a_ready_one(town)
    before = preview_page(town.context, anna, "drama")
    times = preview_times(town.context, anna, drama.id, service_id, "video")
    publish(town.context, anna, drama.id, {})
    after = show_municipality_with_times(town.context, "drama")
    assert (before[0].services, before[1]) == (after[0].services, after[1])
    slots = find_slots(town.context, service_id, Mode.VIDEO).slots
    assert times.starts == [int(slot.starts_at.timestamp()) for slot in slots]


@pytest.mark.parametrize(("service", "mode"), [(0, "video"), (10**12, "video"), (None, "phone x"), (None, "")])
def test_a_preview_is_of_the_municipality_s_own_services(town: Town, service: int | None, mode: str) -> None:
    drama, anna, service_id = a_ready_one(town)
    with pytest.raises(NotOffered):
        preview_times(town.context, anna, drama.id, service_id if service is None else service, mode)
    with pytest.raises(NotOffered):
        preview_times(town.context, anna, drama.id, town.service.id or 0, "video")


def test_a_service_without_a_free_time_is_named_with_the_reason(town: Town) -> None:
    drama, anna, service_id = a_ready_one(town)
    with transaction(town.context.db) as tx:
        tx.add(
            ClosureRow(
                municipality_id=drama.id,
                starts_at=NOW - timedelta(days=1),
                ends_at=NOW + timedelta(days=300),
                reason_el="Μετακόμιση",
                reason_en="Moving",
            )
        )
    [gap] = list_tasks(town.context, anna, drama.id).gaps.nothing_free
    assert (gap.id, gap.check) == (service_id, Check.CLOSURE)
    with transaction(town.context.db) as tx:
        tx.execute(delete(ClosureRow))
        tx.get_one(ServiceRow, service_id).staff_reserve = 2
        tx.get_one(ServiceRow, service_id).name_en = "Πιστοποιητικά"
    gaps = list_tasks(town.context, anna, drama.id).gaps
    assert [(one.id, one.check) for one in gaps.nothing_free] == [(service_id, Check.STAFF)]
    assert [one.id for one in gaps.without_english] == [service_id]


def test_after_publishing_the_overview_says_what_waits(town: Town) -> None:
    drama, anna, _ = a_ready_one(town)
    assert list_tasks(town.context, anna, drama.id).attention is None
    publish(town.context, anna, drama.id, {})
    with transaction(town.context.db) as tx:
        tx.add(
            ClosureRow(
                municipality_id=drama.id,
                starts_at=NOW + timedelta(days=1),
                ends_at=NOW + timedelta(days=2),
                reason_el="Τοπική αργία",
                reason_en="Local holiday",
                is_active=False,
            )
        )
    attention = list_tasks(town.context, anna, drama.id).attention
    assert attention is not None
    assert (attention.plans, attention.calls, attention.unrecorded, attention.suggestions) == (0, 0, 0, 1)

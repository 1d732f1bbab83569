"""How each handler of the pages of the set-up is pressed: at which address, after what, with which values."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlmodel import Session, col

from dimoslive.db.tables.catalogue import MunicipalityRow, OpeningHoursRow
from dimoslive.db.tables.official import DeskOfficialRow, OfficialRow
from dimoslive.db.tables.settings import DeclarationSupplementRow, FrameOriginRow
from dimoslive.domain.booking.consents import DECLARATION_VERSION
from dimoslive.domain.people.permissions import Permission
from tests.support.builders import at
from tests.support.two_towns import Target
from tests.ui.rights import FIRST, Case, Effect, Step, after, says

W, S, NO = Effect.WRITES, Effect.SHOWS, Effect.NOTHING
M = "?m={m}"


def _list(name: str) -> str:
    return f"/admin/{name}{M}"


def _one(name: str, thing: str) -> str:
    return f"/admin/{name}/{{{thing}}}{M}"


def _things(name: str) -> Any:
    return lambda at: (str(getattr(at.set_up, name)),)


def _typed(**words: object) -> Any:
    return lambda _: words


def _nothing(_: Target) -> tuple[str, ...]:
    return ()


_ALL = Permission.MANAGE_ALL_OFFICIALS
OF_THE_PAGE = "only opens or closes a part of the page"
USUAL = "only shows what most municipalities have"
NUMBERS = "only shows how much there is"
LATIN = "only says in Latin letters what was typed"
SUGGESTED = says("name_en", "Αίτηση")
ASKED: Step = ("ask", says("archive"))

DEPARTMENT, NEW_DEPARTMENT = _one("departments", "department_id"), _list("departments/new")
SERVICE, NEW_SERVICE = _one("services", "service_id"), _list("services/new")
DESK, NEW_DESK = _one("desks", "desks[0]"), _list("desks/new")
CLOSURE, NEW_CLOSURE = _one("closures", "set_up.closure"), _list("closures/new")
ABSENCE, NEW_ABSENCE = _one("absences", "set_up.absence"), _list("absences/new")
OWN_ABSENCE = "/desk/absence?m={m}"
PLAN, APPLIED = _one("plan", "set_up.plan"), _one("plan", "set_up.applied")
HOURS = _one("hours", "service_id")
DATES = "/admin/hours/{service_id}/dates?m={m}&month=2026-12&day=2026-12-07"
HIT_DATE = "/admin/hours/{service_id}/dates?m={m}&month=2026-12&day=2026-12-01"
OFFICIAL, NEW_OFFICIAL = _one("officials", "set_up.official"), _list("officials/new")
CONTACT, TRIAL = _list("setup/municipality"), _list("setup/publish")
IMPORT = "/admin/import?m={m}&draft={draft}"

_PERIOD = {"from_day": "2026-12-08", "from_time": "12:00", "to_day": "2026-12-08", "to_time": "13:00"}
_CLOSED = {**_PERIOD, "reason_el": "Απογραφή", "reason_en": "Inventory"}


def _closure_here(at: Target) -> dict[str, object]:
    return {**_CLOSED, "department": str(at.department_id)}


def _absence_here(at: Target) -> dict[str, object]:
    return {**_PERIOD, "note": "Άδεια", f"desk_{at.desks[0]}": "on"}


def _desk_here(at: Target) -> dict[str, object]:
    return {"name_el": "Νέα θέση", "name_en": "New desk", "department_id": str(at.department_id)}


def _service_here(at: Target) -> dict[str, object]:
    words = {"name_el": "Νέα αίτηση", "name_en": "New request", "department_id": str(at.department_id)}
    return {**words, f"desk_ids-{at.desks[0]}": "on"}


def _official_here(at: Target) -> dict[str, object]:
    words = {"last_name": "Νέος", "first_name": "Άλλος", "role": "official", "email": "another@example.com"}
    return {**words, f"department_{at.department_id}": "on"}


def _in_person(at: Target) -> tuple[Any, ...]:
    return (f"{at.service_id}:in_person",)


def _town(at: Target) -> tuple[str, ...]:
    return ({"kavala": "Καβάλας", "drama": "Δράμας"}[at.slug],)


def _published(at: datetime | None) -> Any:
    """Published then, or not at all; all else that it needs is there."""

    def given(tx: Session, target: Target) -> None:
        row = tx.get_one(MunicipalityRow, target.municipality_id)
        row.joined_at, row.email = at, "town@example.com"

    return given


def _all_work_here(tx: Session, target: Target) -> None:
    """Every official at the desks of this department, whether they may act for it or not."""
    tx.execute(delete(DeskOfficialRow))
    tx.add_all(
        DeskOfficialRow(desk_id=desk, official_id=id_ or 0)
        for id_ in tx.scalars(select(col(OfficialRow.id)))
        for desk in target.desks
    )


def _without_hours(tx: Session, at: Target) -> None:
    assert at.set_up
    tx.execute(delete(OpeningHoursRow).where(col(OpeningHoursRow.service_id) == at.set_up.spare_service))


def _written_supplement(tx: Session, target: Target) -> None:
    tx.add(
        DeclarationSupplementRow(
            municipality_id=target.municipality_id,
            declaration_version=DECLARATION_VERSION,
            number=1,
            text_el="Ελάτε νωρίτερα.",
            text_en="Come earlier.",
            changed_at=at("2026-11-20 08:00"),
        )
    )


def _to_the_spare_service(at: Target) -> tuple[Any, ...]:
    assert at.set_up
    return ({f"service-{at.set_up.spare_service}": "on"},)


def _item(*values: object) -> Any:
    return lambda at: (str(at.set_up.item), *values)


_OWN: Step = ("submit", lambda at: ({**_PERIOD, f"desk_{at.desks[0]}": "on"},))
_PICKED: Step = ("pick", _item())
_SHUT_EARLY: Step = ("note", says("closes", "1", "12:00"))
"""On Tuesdays, when somebody has booked for later."""
_OPEN_LATE: Step = ("note", says("closes", "0", "16:00"))
_NO_HOURS: Step = ("choose_kind", says("closed"))
_OWN_HOURS: Step = ("choose_kind", says("own"))

_LISTS = {
    f"{state}.{handler}": Case(_list(name), S, says(*args), FIRST if handler == "load" else after())
    for state, name in (
        ("AbsencesState", "absences"),
        ("DepartmentsState", "departments"),
        ("DesksState", "desks"),
        ("HoursListState", "hours"),
        ("OfficialsState", "officials"),
        ("ServicesState", "services"),
    )
    for handler, args in (("load", ()), ("narrow", ("",)))
}
_LISTS |= {name: replace(case, everywhere=_ALL) for name, case in _LISTS.items() if name.startswith("OfficialsState.")}
_MORE = {
    f"{state}.{handler}": Case(_list(name), S, says(True))
    for state, name, handler in (
        ("AbsencesState", "absences", "with_over"),
        ("DepartmentsState", "departments", "with_archived"),
        ("DesksState", "desks", "with_archived"),
        ("ServicesState", "services", "with_archived"),
    )
}
_ACTS = {
    f"{state}.{handler}": Case(_one(name, f"set_up.{which}_{thing}"), effect, args, steps, why)
    for state, name, thing in (
        ("DepartmentState", "departments", "department"),
        ("DeskFormState", "desks", "desk"),
        ("ServiceState", "services", "service"),
    )
    for handler, which, effect, args, steps, why in (
        ("ask", "spare", NO, says("archive"), FIRST, OF_THE_PAGE),
        ("archive", "spare", W, says(), after(ASKED), ""),
        ("delete", "spare", W, says(), after(ASKED), ""),
        ("restore", "archived", W, says(), after(), ""),
    )
}

_TASKS = {
    "SetUpContactState.load": Case(CONTACT, NO, after=FIRST, why="only shows what is public"),
    "SetUpContactState.suggest": Case(CONTACT, NO, SUGGESTED, FIRST, LATIN),
    "SetUpContactState.submit": Case(
        CONTACT, W, form=_typed(address_el="Κύπρου 12", phone="2510000000", email="town@example.com")
    ),
    "SetUpDepartmentsState.load": Case(_list("setup/departments"), NO, after=FIRST, why=USUAL),
    "SetUpDepartmentsState.submit": Case(_list("setup/departments"), W, says({"tick-mayor": "on"})),
    "SetUpServicesState.load": Case(_list("setup/services"), NO, after=FIRST, why=USUAL),
    "SetUpServicesState.submit": Case(_list("setup/services"), W, says({"tick-weddings": "on"})),
    "SetUpDesksState.load": Case(_list("setup/desks"), NO, after=FIRST, why=NUMBERS),
    "SetUpDesksState.add": Case(_list("setup/desks"), W),
    "SetUpHoursState.load": Case(_list("setup/hours"), NO, after=FIRST, why=NUMBERS),
    "SetUpHoursState.set_hours": Case(_list("setup/hours"), W, given=_without_hours),
    "SetUpHoursState.suggest": Case(_list("setup/hours"), NO, why="knows no holiday of a municipality of the tests"),
    "PreviewState.load": Case(TRIAL, S, after=FIRST),
    "PreviewState.choose": Case(TRIAL, S, _in_person),
    "PreviewState.show_month": Case(TRIAL, S, says("2026-12-01")),
    "PreviewState.pick_day": Case(TRIAL, S, says("2026-12-08")),
    "PreviewState.pick_time": Case(TRIAL, S, lambda at: (int(at.slot.partition("@")[0]),)),
    "PublishState.load": Case(TRIAL, NO, after=FIRST, why=NUMBERS),
    "PublishState.publish": Case(TRIAL, W, says({"when": "now"}), given=_published(None)),
    "PublishState.withdraw": Case(TRIAL, W, given=_published(at("2026-12-24 08:00"))),
}
_SITE = "https://old.town.gr"


def _listed_site(tx: Session, target: Target) -> None:
    tx.add(FrameOriginRow(municipality_id=target.municipality_id, origin=_SITE))


_TOWN, _WORDS, _EMBED = _list("municipality"), _list("declarations"), _list("embed")
_PAUSE = {"message_el": "Λόγω μετακόμισης", "message_en": "We are moving house"}
_TASKS |= {
    "MunicipalityState.load": Case(_TOWN, NO, after=FIRST, why="only shows what is public"),
    "MunicipalityState.suggest": Case(_TOWN, NO, says("address_en", "Κύπρου"), FIRST, LATIN),
    "MunicipalityState.weigh": Case(_TOWN, NO, says("30"), FIRST, NUMBERS),
    "MunicipalityState.try_color": Case(_TOWN, NO, says("#ffff00"), FIRST, "only says which colour can be read"),
    "MunicipalityState.submit": Case(_TOWN, W, form=_typed(address_el="Κύπρου 14", phone="2510000000")),
    "MunicipalityState.ask": Case(_TOWN, NO, says("crest"), FIRST, OF_THE_PAGE),
    "MunicipalityState.take_crest_away": Case(_TOWN, NO, why="neither town has a picture"),
    "MunicipalityState.pause": Case(_TOWN, W, says(_PAUSE)),
    "MunicipalityState.reopen": Case(_TOWN, W, after=after(("pause", says(_PAUSE)))),
    "EmbeddingState.load": Case(_EMBED, NO, after=FIRST, why="which sites show it is no secret"),
    "EmbeddingState.add": Case(_EMBED, W, form=_typed(origin="https://www.town.gr")),
    "EmbeddingState.add_site": Case(_EMBED, W, says("https://www.town.gr")),
    "EmbeddingState.ask": Case(_EMBED, NO, says("https://www.town.gr"), FIRST, OF_THE_PAGE),
    "EmbeddingState.remove": Case(_EMBED, W, after=after(("ask", says(_SITE))), given=_listed_site),
    "EmbeddingState.choose": Case(_EMBED, NO, says("what", "next"), FIRST, "only writes what is pasted"),
    "DeclarationsState.load": Case(_WORDS, NO, after=FIRST, why="only shows what is public"),
    "DeclarationsState.suggest": Case(_WORDS, NO, says("text_en", "Λόγια"), FIRST, "is not offered here"),
    "DeclarationsState.submit": Case(_WORDS, W, form=_typed(text_el="Ελάτε.", text_en="Come.")),
    "DeclarationsState.ask": Case(_WORDS, NO, says("publish"), FIRST, OF_THE_PAGE),
    "DeclarationsState.publish": Case(_WORDS, W, given=_written_supplement),
}
_TASKS = {
    name: replace(case, everywhere=Permission.MANAGE_MUNICIPALITY, is_aimed=name == "PreviewState.choose")
    for name, case in _TASKS.items()
}
"""They are about the whole municipality, and not about what is a department's."""

_HOOK, _LOG = _one("webhooks", "set_up.webhook"), "/admin/webhooks/{set_up.webhook}/log" + M
_HEARD = {"name": "Άλλο", "url": "https://hooks.example.gr/other", "events-booking.made": "on", "is_active": "on"}


def _hook(at: Target) -> tuple[str, ...]:
    """What only its own webhook says."""
    return (f"Webhook {at.slug}",)


_WEBHOOKS = {
    "WebhooksState.load": Case(_list("webhooks"), S, after=FIRST),
    "WebhooksState.refresh": Case(_list("webhooks"), S),
    "WebhookState.load": Case(_HOOK, S, after=FIRST),
    "WebhookState.submit": Case(_HOOK, W, form=_typed(name="Άλλο όνομα")),
    "WebhookState.submit a new one": Case(_list("webhooks/new"), W, says(_HEARD), shows=_nothing, is_aimed=False),
    "WebhookState.ask": Case(_HOOK, NO, says("delete"), FIRST, OF_THE_PAGE),
    "WebhookState.rotate": Case(_HOOK, W, says({"hours": "24"})),
    "WebhookState.test": Case(_HOOK, W),
    "WebhookState.delete": Case(_HOOK, W),
    "WebhookLogState.load": Case(_LOG, S, after=FIRST),
    "WebhookLogState.choose_since": Case(_LOG, S, says("168")),
    "WebhookLogState.refresh": Case(_LOG, S),
    "WebhookLogState.send_again": Case(_LOG, W, _things("told")),
    "WebhookLogState.send_failed_again": Case(_LOG, W),
}
_WEBHOOKS = {
    name: replace(case, everywhere=Permission.MANAGE_WEBHOOKS, shows=case.shows if case.shows is _nothing else _hook)
    for name, case in _WEBHOOKS.items()
}

_KEY, _NEW_KEY = _one("keys", "set_up.key"), _list("keys/new")
_KEYS = {
    "KeysState.load": Case(_list("keys"), S, after=FIRST),
    "KeyState.load": Case(_KEY, S, after=FIRST),
    "KeyState.suggest": Case(_KEY, NO, SUGGESTED, FIRST, "there is nothing in two languages"),
    "KeyState.submit": Case(_KEY, W, form=_typed(networks="192.0.2.0/24")),
    "KeyState.submit a new one": Case(
        _NEW_KEY,
        W,
        form=_typed(name="Άλλο πρόγραμμα", scope_read_bookings="on"),
        shows=_nothing,
        is_aimed=False,
    ),
    "KeyState.ask": Case(_KEY, NO, says("revoke"), FIRST, OF_THE_PAGE),
    "KeyState.rotate": Case(_KEY, W, says({"overlap": "7"}), after(("ask", says("rotate")))),
    "KeyState.put_away": Case(_KEY, S),
    "KeyState.revoke": Case(_KEY, W, after=after(("ask", says("revoke")))),
}
_KEYS = {name: replace(case, everywhere=Permission.MANAGE_KEYS) for name, case in _KEYS.items()}

CASES: dict[str, Case] = {
    **_KEYS,
    **_WEBHOOKS,
    **_LISTS,
    **_MORE,
    **_ACTS,
    **_TASKS,
    "OwnAbsenceState.load": Case(OWN_ABSENCE, S, after=FIRST, given=_all_work_here),
    "OwnAbsenceState.submit": Case(OWN_ABSENCE, W, _OWN[1], given=_all_work_here),
    "OwnAbsenceState.apply": Case(OWN_ABSENCE, W, after=after(_OWN), given=_all_work_here),
    "OwnAbsenceState.discard": Case(OWN_ABSENCE, W, after=after(_OWN), given=_all_work_here),
    "OwnAbsenceState.take_back": Case(OWN_ABSENCE, W, _things("absence"), given=_all_work_here),
    "AbsencesState.take_back": Case(_list("absences"), W, _things("absence")),
    "AbsenceState.load": Case(ABSENCE, S, after=FIRST),
    "AbsenceState.submit": Case(ABSENCE, W, form=_typed(note="Νέο σεμινάριο")),
    "AbsenceState.submit a new one": Case(NEW_ABSENCE, W, form=_absence_here),
    "ClosuresState.load": Case(_list("closures"), S, after=FIRST, everywhere=Permission.CLOSE_DEPARTMENT),
    "ClosuresState.narrow": Case(_list("closures"), S, says(""), everywhere=Permission.CLOSE_DEPARTMENT),
    "ClosuresState.with_over": Case(_list("closures"), S, says(True), everywhere=Permission.CLOSE_DEPARTMENT),
    # Not loaded before: all of the municipality see its closures.
    "ClosuresState.confirm": Case(_list("closures"), W, _things("suggestion"), FIRST),
    "ClosuresState.reopen": Case(_list("closures"), W, _things("closure"), FIRST),
    "ClosuresState.copy_year": Case(_list("closures"), W, _things("closure"), FIRST),
    "ClosureState.load": Case(CLOSURE, S, after=FIRST),
    "ClosureState.suggest": Case(CLOSURE, NO, says("reason_en", "Έργα"), FIRST, LATIN),
    "ClosureState.submit": Case(CLOSURE, W, form=_typed(reason_el="Νέα έργα")),
    "ClosureState.submit a new one": Case(NEW_CLOSURE, W, form=_closure_here),
    "ClosureState.submit of all": Case(
        NEW_CLOSURE,
        W,
        form=_typed(**_CLOSED, department=""),
        shows=_nothing,
        needs=Permission.CLOSE_MUNICIPALITY,
        is_aimed=False,
    ),
    "DepartmentState.load": Case(DEPARTMENT, S, after=FIRST),
    "DepartmentState.suggest": Case(DEPARTMENT, NO, SUGGESTED, FIRST, LATIN),
    "DepartmentState.submit": Case(DEPARTMENT, W, form=_typed(address_el="Κύπρου 12")),
    "DepartmentState.submit a new one": Case(
        NEW_DEPARTMENT,
        W,
        form=_typed(name_el="Νέο τμήμα", name_en="New"),
        needs=Permission.MANAGE_DEPARTMENTS,
        everywhere=Permission.MANAGE_DEPARTMENTS,
        is_aimed=False,
    ),
    "DeskFormState.load": Case(DESK, S, after=FIRST),
    "DeskFormState.suggest": Case(DESK, NO, SUGGESTED, FIRST, LATIN),
    "DeskFormState.submit": Case(DESK, W, form=_typed(place_el="Γραφείο 9")),
    # Whoever works for the municipality may get it: they are named.
    "DeskFormState.submit a new one": Case(NEW_DESK, W, form=_desk_here, shows=lambda at: at.persons),
    "ServiceState.load": Case(SERVICE, S, after=FIRST),
    "ServiceState.suggest": Case(SERVICE, NO, SUGGESTED, FIRST, LATIN),
    "ServiceState.resume": Case(_one("services", "set_up.spare_service"), W),
    "ServiceState.submit": Case(SERVICE, W, form=_typed(mail_note_el="Φέρτε ταυτότητα.")),
    # Desks of the whole municipality may serve it: their departments are named.
    "ServiceState.submit a new one": Case(NEW_SERVICE, W, form=_service_here, shows=lambda at: at.persons),
    "ServicePauseState.load": Case(_one("services/pause", "service_id"), S, after=FIRST),
    "ServicePauseState.suggest": Case(_one("services/pause", "service_id"), NO, SUGGESTED, FIRST, LATIN),
    "ServicePauseState.submit": Case(_one("services/pause", "service_id"), W, form=_typed(reopens_on="")),
    "HoursWeekState.load": Case(HOURS, S, after=FIRST),
    "HoursWeekState.add": Case(HOURS, S, says(0)),
    "HoursWeekState.note": Case(HOURS, S, says("opens", "0", "9:00")),
    "HoursWeekState.remove": Case(HOURS, S, says("0")),
    "HoursWeekState.open_validity": Case(HOURS, S, says("0")),
    "HoursWeekState.ask_copy": Case(HOURS, NO, says(0), FIRST, OF_THE_PAGE),
    "HoursWeekState.copy": Case(HOURS, W, _to_the_spare_service, after(_OPEN_LATE, ("ask_copy", says(0)))),
    "HoursWeekState.preview": Case(HOURS, W, after=after(_SHUT_EARLY)),
    "HoursWeekState.answer": Case(HOURS, W, after=after(_SHUT_EARLY), form=_typed()),
    "HoursWeekState.apply": Case(HOURS, W, after=after(_OPEN_LATE)),
    "HoursWeekState.discard": Case(HOURS, S, after=after(_OPEN_LATE)),
    "HoursWeekState.cancel": Case(HOURS, NO, after=FIRST, why="only leads back to the list"),
    "HoursDatesState.load": Case(DATES, S, after=FIRST),
    "HoursDatesState.choose": Case(DATES, S, says("2026-12-08")),
    "HoursDatesState.choose_kind": Case(DATES, S, says("own")),
    "HoursDatesState.tick_holiday": Case(DATES, NO, says(True), FIRST, "only sets a tick of the form"),
    "HoursDatesState.note": Case(DATES, S, says("opens", "2026-12-07-1", "9:00"), after(_OWN_HOURS)),
    "HoursDatesState.add": Case(DATES, S, after=after(_OWN_HOURS)),
    "HoursDatesState.remove": Case(DATES, S, says("2026-12-07-1"), after(_OWN_HOURS)),
    "HoursDatesState.preview": Case(HIT_DATE, W, after=after(_NO_HOURS)),
    "HoursDatesState.answer": Case(HIT_DATE, W, after=after(_NO_HOURS), form=_typed()),
    "HoursDatesState.apply": Case(DATES, W, after=after(_NO_HOURS)),
    "HoursWhyState.ask": Case(
        HOURS,
        S,
        says({"why-date": "2026-11-25", "why-clock": "11:00", "why-mode": "in_person"}),
        FIRST,
        shows=lambda _: ("Τετάρτη 25 Νοεμβρίου, 11:00",),
    ),
    "ImportState.load": Case(IMPORT, S, after=FIRST),
    "ImportState.choose_encoding": Case(IMPORT, W, says({"encoding": "utf-8"})),
    "ImportState.import_all": Case(IMPORT, W),
    "ImportState.import_good": Case(IMPORT, W),
    "OpenPlansState.load": Case(
        _list("closures"), S, after=FIRST, shows=lambda at: (f'"thing": "{at.set_up.plan}"',) if at.set_up else ()
    ),
    "OfficialState.load": Case(OFFICIAL, S, after=FIRST, everywhere=_ALL),
    "OfficialState.suggest": Case(OFFICIAL, NO, SUGGESTED, FIRST, "there is nothing in two languages"),
    "OfficialState.submit": Case(OFFICIAL, W, form=_typed(first_name="Άλλη"), everywhere=_ALL),
    "OfficialState.submit a new one": Case(
        NEW_OFFICIAL, W, form=_official_here, shows=_nothing, everywhere=_ALL, is_aimed=False
    ),
    "OfficialState.ask_end": Case(OFFICIAL, NO, after=FIRST, why=OF_THE_PAGE),
    "OfficialState.leave": Case(OFFICIAL, NO, after=FIRST, why=OF_THE_PAGE),
    "OfficialState.end": Case(OFFICIAL, W, says({}), after(("ask_end", says())), everywhere=_ALL),
    "OverviewState.load": Case("/admin" + M, S, after=FIRST, shows=_town, everywhere=Permission.VIEW_SETTINGS),
    "PlanPageState.load": Case(PLAN, S, after=FIRST),
    "PlanPageState.refresh": Case(APPLIED, S),
    "PlanPageState.decide": Case(PLAN, W, _item("cancel")),
    "PlanPageState.decide_all": Case(PLAN, W, says("keep")),
    "PlanPageState.pick": Case(PLAN, S, _item()),
    "PlanPageState.pick_day": Case(PLAN, S, says("2026-12-09"), after(_PICKED)),
    "PlanPageState.choose_target": Case(PLAN, NO, says("1|1|phone"), FIRST, "only sets a choice of the form"),
    "PlanPageState.leave_picking": Case(PLAN, NO, after=FIRST, why=OF_THE_PAGE),
    "PlanPageState.give_target": Case(PLAN, W, after=after(_PICKED, ("pick_day", says("2026-12-09")))),
    "PlanPageState.write": Case(PLAN, W, says("el", "Το κτίριο κλείνει νωρίς.")),
    "PlanPageState.look_again": Case(PLAN, W),
    "PlanPageState.apply": Case(PLAN, W),
    "PlanPageState.undo": Case(APPLIED, W),
    "PlanPageState.discard": Case(PLAN, W),
    "PlaceFeedsState.load": Case(_list("desks"), S, after=FIRST),
    "PlaceFeedsState.make": Case(_list("desks"), W, lambda at: ({"feed_of": f"desk-{at.desks[0]}"},)),
    "PlaceFeedsState.make of a department": Case(
        _list("desks"), W, lambda at: ({"feed_of": f"department-{at.department_id}"},)
    ),
    "PlaceFeedsState.end": Case(_list("desks"), W, _things("feed")),
    "SetUpHistoryState.load": Case(_list("history"), S, after=FIRST),
    "SettingsFrameState.load": Case("/admin" + M, NO, after=FIRST, why="only says which pages there are"),
}
"""Of all of them: a handler that is not here makes a test fail."""

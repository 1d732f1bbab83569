"""An official's account in finished words."""

from dataclasses import dataclass, field

from dimoslive.domain.scheduling.local_time import ATHENS, to_local
from dimoslive.i18n import Texts
from dimoslive.i18n.dates import short_day
from dimoslive.services.identity.own_account import OwnPlace, OwnSession
from dimoslive.urls import desk_list_path


@dataclass(frozen=True)
class DeskOption:
    """A desk in a list to choose from."""

    value: str
    name: str


@dataclass(frozen=True)
class PlaceLine:
    """A municipality, with the field for the usual desk there."""

    name: str
    role: str
    departments: str
    field: str
    label: str
    usual: str
    absence_href: str
    desks: list[DeskOption] = field(default_factory=list)


@dataclass(frozen=True)
class SessionLine:
    """A browser that is signed in."""

    words: str
    is_this: bool


def show_place(place: OwnPlace, t: Texts) -> PlaceLine:
    """One municipality."""
    language = t.language
    name = place.name[language]
    return PlaceLine(
        name=name,
        role=t(f"staff.role.{place.role}"),
        departments=", ".join(one[language] for one in place.departments) or t("account.all_departments"),
        field=f"desk-{place.municipality_id}",
        label=t("account.usual_desk", municipality=name),
        usual=str(place.usual_desk_id or ""),
        absence_href=f"{desk_list_path('absence', language)}?m={place.slug}",
        desks=[DeskOption(str(desk.id), desk.name[language]) for desk in place.desks],
    )


def show_session(session: OwnSession, t: Texts) -> SessionLine:
    """One session, in Greek time."""
    begun, seen = to_local(session.begun_at, ATHENS), to_local(session.seen_at, ATHENS)
    words = t(
        "account.session",
        begun=f"{short_day(begun.date(), t.language)}, {begun:%-H:%M}",
        seen=f"{short_day(seen.date(), t.language)}, {seen:%-H:%M}",
    )
    way = t("account.by_openid" if session.is_by_openid else "account.by_gsis")
    return SessionLine(f"{words}, {way}", session.is_this)

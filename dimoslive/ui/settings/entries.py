"""The navigation of the set-up: which pages there are, in which order, and who may use each."""

from dataclasses import dataclass

from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official


@dataclass(frozen=True)
class Entry:
    """A page of the set-up; its name in words is the text ``settings.nav.<name>``."""

    name: str
    path: str
    permission: Permission


_P = Permission
ENTRIES = (
    Entry("overview", "/admin", _P.VIEW_SETTINGS),
    Entry("departments", "/admin/departments", _P.EDIT_DEPARTMENT),
    Entry("services", "/admin/services", _P.EDIT_SERVICES),
    Entry("desks", "/admin/desks", _P.MANAGE_DESKS),
    Entry("hours", "/admin/hours", _P.EDIT_SERVICES),
    Entry("closures", "/admin/closures", _P.CLOSE_DEPARTMENT),
    Entry("absences", "/admin/absences", _P.MANAGE_ABSENCES),
    Entry("officials", "/admin/officials", _P.MANAGE_OFFICIALS),
    Entry("municipality", "/admin/municipality", _P.MANAGE_MUNICIPALITY),
    Entry("declarations", "/admin/declarations", _P.MANAGE_MUNICIPALITY),
    Entry("embedding", "/admin/embed", _P.MANAGE_MUNICIPALITY),
    Entry("keys", "/admin/keys", _P.MANAGE_KEYS),
    Entry("webhooks", "/admin/webhooks", _P.MANAGE_WEBHOOKS),
    Entry("import", "/admin/import", _P.IMPORT_SERVICES),
    Entry("history", "/admin/history", _P.VIEW_SETTINGS_HISTORY),
)
"""In this order: overview, departments, services, desks, hours, closures, absences, officials, municipality,
declarations, embedding, keys, webhooks, import, history."""


def entries_of(official: Official, municipality_id: int) -> list[str]:
    """The names of those that somebody may use."""
    return [entry.name for entry in ENTRIES if can(official, entry.permission, municipality_id)]


def has_entry(name: str) -> bool:
    """Whether there is such a page, to be linked to."""
    return any(entry.name == name for entry in ENTRIES)

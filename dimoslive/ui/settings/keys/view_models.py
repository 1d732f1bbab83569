"""Keys in words."""

from dataclasses import dataclass

from dimoslive.domain.keys.lifetime import WARN_DAYS, KeyStatus
from dimoslive.domain.people.principals import Scope
from dimoslive.domain.scheduling.local_time import ATHENS
from dimoslive.i18n import Texts
from dimoslive.i18n.desk_dates import desk_date, desk_moment
from dimoslive.services.settings.keys.list_keys import KeyLine


@dataclass(frozen=True)
class KeyView:
    """A line of the list; ``thing`` is the end of its address."""

    thing: str
    name: str
    shown: str
    scopes: list[str]
    used: str
    requests: str
    ends: str
    tag: str
    """What is to be seen at once: that it has ended, or ends soon."""
    is_active: bool


def scope_word(scope: Scope, t: Texts) -> str:
    """«Ραντεβού χωρίς πρόσωπα»."""
    return t(f"keys.scope.{scope.name.lower()}")


def show_key(line: KeyLine, t: Texts) -> KeyView:
    """A key as the list has it."""
    return KeyView(
        thing=str(line.id),
        name=line.name,
        shown=line.shown,
        scopes=[scope_word(scope, t) for scope in line.scopes],
        used=desk_moment(line.last_used_at, ATHENS) if line.last_used_at else t("keys.never_used"),
        requests=str(line.requests),
        ends=desk_date(line.last_day),
        tag=_tag(line, t),
        is_active=line.status is KeyStatus.ACTIVE,
    )


def facts_of(line: KeyLine, t: Texts) -> list[tuple[str, str]]:
    """What the key's own page says beside its form."""
    view = show_key(line, t)
    made = t("keys.made_by_former", by=line.made_by) if line.is_made_by_former else line.made_by
    facts = {"key": line.shown, "made_by": made, "used": view.used, "requests": view.requests}
    if line.former_until and view.is_active:
        facts["former"] = t("keys.former_until", at=desk_moment(line.former_until, ATHENS))
    return [(t(f"keys.fact.{name}"), text) for name, text in facts.items()]


def _tag(line: KeyLine, t: Texts) -> str:
    if line.status is not KeyStatus.ACTIVE:
        return t(f"keys.status.{line.status}")
    return t.count("keys.ends_in", line.days_left) if line.days_left <= max(WARN_DAYS) else ""

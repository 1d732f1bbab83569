"""What the end of an official leaves behind, in words."""

from dataclasses import dataclass

from dimoslive.i18n import Texts
from dimoslive.services.settings.officials.end_official import DeskLeft
from dimoslive.ui.staff.parts import Choice


@dataclass(frozen=True)
class LeftDeskView:
    """A desk with bookings that nobody works after the end; ``field`` is where it is said who takes it over."""

    field: str
    label: str
    options: list[Choice]


def show_left(desk: DeskLeft, t: Texts) -> LeftDeskView:
    """The question about one desk, and its answers."""
    return LeftDeskView(
        field=f"after-{desk.id}",
        label=t.count("officials.end.desk", desk.bookings, desk=desk.name[t.language]),
        options=[
            Choice("", t("officials.end.choose")),
            *(Choice(str(id_), name) for id_, name in desk.successors.items()),
            Choice("absent", t("officials.end.absence")),
        ],
    )

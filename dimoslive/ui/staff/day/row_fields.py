"""What a line of a day and of those who wait has, as it goes to the browser's own components."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RowPress:
    """Something to press: by ``key`` while the row has the focus, where a letter stands for it."""

    press: str
    label: str
    key: str = ""
    letter: str = ""
    href: str = ""
    """Set where it leads to a page of its own."""


@dataclass(frozen=True)
class DayRow:
    """One line of the list. ``name`` is for looking up, ``spoken`` for sentences and accessible names.

    ``served`` is the typed name, between the words before and after it. ``kind`` is ``done``, ``waiting``, ``in``,
    ``ahead`` or ``held``; ``search`` is what the filter of the day looks in.
    """

    reference: str
    status: str
    starts: int
    time: str
    name: str
    spoken: str
    served_before: str
    served: str
    served_after: str
    subject: str
    help: str
    notes: str
    marks: list[str]
    warning: str
    service: str
    mode: str
    mode_icon: str
    desk: str
    by: str
    tag: str
    tag_class: str
    kind: str
    is_past: bool
    main: RowPress | None
    second: RowPress | None
    menu: list[RowPress]
    phone: str
    phone_shown: str
    href: str
    search: str


@dataclass(frozen=True)
class Strip:
    """Somebody who waits now. ``is_next`` is the next person of my desk, the one filled press of the page."""

    reference: str
    status: str
    time: str
    name: str
    spoken: str
    served_before: str
    served: str
    served_after: str
    help: str
    marks: list[str]
    mode_icon: str
    line: str
    subject: str
    service: str
    since: str
    identity: str
    kind: str
    press: RowPress | None
    href: str
    is_next: bool

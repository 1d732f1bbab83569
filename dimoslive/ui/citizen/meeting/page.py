"""The pages of the teleconference: everything on them happens in the browser, by the modules of `frontend/meeting/`."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.shared.frontend import frontend_module
from dimoslive.ui.shared.layout import page
from dimoslive.urls import desk_path, localized, meeting_path, my_bookings_path, sign_in_path

_ALL = "meeting."
_OFFICIAL = "meeting.for_official."
"""What is said otherwise to an official, under the same names."""


class _MeetingRoom(rx.Component):
    library = frontend_module("meeting/views/meeting_page.tsx")
    tag = "MeetingRoom"

    language: rx.Var[str]
    texts: rx.Var[dict[str, str]]
    links: rx.Var[dict[str, str]]
    as_official: rx.Var[bool]


class _DeviceCheckPage(rx.Component):
    library = frontend_module("meeting/views/device_check_page.tsx")
    tag = "DeviceCheckPage"

    texts: rx.Var[dict[str, str]]
    links: rx.Var[dict[str, str]]


def meeting_page(t: Texts) -> rx.Component:
    """The citizen's way into the meeting, and a guest's; the address names the booking, by reference or link."""
    links = {
        "booking": my_bookings_path(t.language),
        "front": localized("/", t.language),
        "linked": localized("/b/", t.language),
        "sign_in": sign_in_path(t.language),
        "contact": localized("/contact", t.language),
        "advice": localized("/advice", t.language),
    }
    room = _MeetingRoom.create(language=t.language, texts=_texts(t), links=links, as_official=False)
    return page(t, meeting_path("el"), room)


def official_meeting_page(t: Texts, day: rx.Component) -> rx.Component:
    """The same meeting from the other side of the counter, with the day in sight."""
    links = {
        "booking": desk_path(t.language),
        "sign_in": sign_in_path(t.language, for_staff=True),
        "advice": localized("/advice", t.language),
    }
    room = _MeetingRoom.create(
        language=t.language, texts=_texts(t) | _texts(t, _OFFICIAL), links=links, as_official=True
    )
    return page(t, meeting_path("el", for_staff=True), room, has_sign_in=False, beside_mark=day)


def device_test_page(t: Texts) -> rx.Component:
    """Camera, microphone, speaker and line, tried on any day before the appointment."""
    links = {"advice": localized("/advice", t.language)}
    return page(t, "/device-test", _DeviceCheckPage.create(texts=_texts(t), links=links))


def _texts(t: Texts, prefix: str = _ALL) -> dict[str, str]:
    keys = [key for key in sorted(t.keys()) if key.startswith(prefix) and (prefix == _OFFICIAL or _OFFICIAL not in key)]
    return {key.removeprefix(prefix): t(key) for key in keys}

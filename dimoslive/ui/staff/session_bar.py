"""The bar that says when the official's session ends, and offers to stay."""

import reflex as rx

from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import ATHENS, to_local
from dimoslive.i18n import Texts
from dimoslive.services.identity.staff_session import WARNED_BEFORE, SessionEnd, extend_session, see_session
from dimoslive.ui.shared.call import call, context
from dimoslive.ui.shared.components.scripts import alarm, focus_keeper, press_button
from dimoslive.ui.shared.guard import PageState, background, for_official

BAR = "session-bar"


class SessionBarState(PageState, rx.State):
    """Silent until ten minutes before the end; the page itself counts down to that."""

    ends_at: str = ""
    """Empty while there is nothing to say."""
    can_extend: bool = False
    is_extended: bool = False
    seconds: int = 0
    version: int = 0

    @for_official(Permission.MANAGE_OWN_ACCOUNT)
    @background
    async def load(self, official: Official) -> None:
        """Runs with every page, and when it is time to say it."""
        self._show(await call(see_session, official))

    @for_official(Permission.MANAGE_OWN_ACCOUNT)
    async def extend(self, official: Official) -> None:
        """Four hours more."""
        end = await call(extend_session, official)
        self._show(end)
        self.is_extended = not end.can_extend
        self.ends_at = _wall(end)
        self._focus(BAR)

    def _show(self, end: SessionEnd) -> None:
        left = end.ends_at - WARNED_BEFORE - context().clock.now()
        is_near = left.total_seconds() <= 0
        self.ends_at = _wall(end) if is_near else ""
        self.can_extend, self.is_extended = end.can_extend, False
        self.seconds, self.version = 0 if is_near else int(left.total_seconds()) + 1, self.version + 1


def _wall(end: SessionEnd) -> str:
    return f"{to_local(end.ends_at, ATHENS):%-H:%M}"


def session_bar(t: Texts) -> rx.Component:
    """The region is there from the start: assistive technology announces only what changes inside one."""
    s = SessionBarState
    return rx.fragment(
        alarm(s.seconds, s.version, s.load),
        rx.el.div(
            rx.cond(
                s.ends_at != "",
                rx.el.p(
                    rx.el.span(
                        rx.cond(
                            s.is_extended,
                            _with_time(t, "session_bar.extended", s.ends_at),
                            _with_time(t, "session_bar.ends", s.ends_at),
                        ),
                        id=BAR,
                        tab_index=-1,
                    ),
                    rx.cond(
                        s.can_extend,
                        press_button(
                            t, t("session_bar.stay"), ack_count=s.ack_count, on_click=s.extend, class_name="press"
                        ),
                    ),
                    class_name=rx.cond(s.is_extended, "barline is-plain", "barline"),
                ),
            ),
            role="status",
        ),
        focus_keeper(s.focus_target, s.focus_version),
    )


def _with_time(t: Texts, key: str, time: rx.Var) -> rx.Component:
    before, _, after = t(key, time="\n").partition("\n")
    return rx.fragment(before, time, after)

"""What can go wrong at a sign-in beside a frame in another site."""

from dimoslive.domain.errors import DomainError


class FrameCodeUsed(DomainError):
    """The sign-in beside a frame was taken over already, by the frame or by the window."""

    code = "code_used"


class FrameCodeExpired(DomainError):
    """The sign-in beside a frame was taken over too late, or there was none."""

    code = "code_expired"


class FrameCodeMismatch(DomainError):
    """The sign-in beside a frame was begun by another one, or in another browser."""

    code = "code_mismatch"


class CookiesOff(DomainError):
    """The browser brought nothing back of what it was given at the beginning of the sign-in."""

    code = "cookies_off"

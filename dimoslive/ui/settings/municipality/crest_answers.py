"""What became of a picture that was sent, in words. The address is anybody's to write: only what we say is said."""

from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.settings.crest import MAX_CREST_BYTES, MAX_CREST_SIDE, MIN_CREST_SIDE
from dimoslive.i18n import Texts
from dimoslive.i18n.refusals import say
from dimoslive.ui.staff.parts import read_id


def crest_answer(code: str, width: str, height: str, t: Texts) -> str:
    """Why it was not kept; empty if it was, or if none was sent."""
    params: dict[str, dict[str, str | int]] = {
        "file_is_empty": {},
        "not_an_image": {},
        "image_too_large": {"kilobytes": MAX_CREST_BYTES // 1024},
        "image_size": {
            "width": read_id(width) or 0,
            "height": read_id(height) or 0,
            "least": MIN_CREST_SIDE,
            "most": MAX_CREST_SIDE,
        },
    }
    return say(InvalidInput("crest", code, **params[code]), t) if code in params else ""

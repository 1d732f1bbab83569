"""The colour of a municipality: it must be read on white, and white must be read on it."""

import colorsys
import re
from dataclasses import dataclass

from dimoslive.domain.errors import InvalidInput

MIN_CONTRAST = 4.5
_WHITE = 1.0
"""Its relative luminance."""


@dataclass(frozen=True, slots=True, order=True)
class Color:
    """Red, green and blue, each 0 to 255."""

    red: int
    green: int
    blue: int

    @classmethod
    def parse(cls, text: str) -> "Color":
        """``#rrggbb``, the sign may be missing; raises `InvalidInput`."""
        found = re.fullmatch("#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", text.strip().lower())
        if not found:
            raise InvalidInput("accent_color", "not_a_color")
        return cls(*(int(part, 16) for part in found.groups()))

    @property
    def text(self) -> str:
        """``#rrggbb``, in lower case."""
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"

    @property
    def contrast_with_white(self) -> float:
        """From 1 (white) to 21 (black), as WCAG defines it: the same for white text on it and for it on white."""
        red, green, blue = (_linear(part / 255) for part in (self.red, self.green, self.blue))
        return (_WHITE + 0.05) / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)

    @property
    def nearest_readable(self) -> "Color":
        """Itself, or the lightest of the same hue and saturation that can be read."""
        hue, lightness, saturation = colorsys.rgb_to_hls(self.red / 255, self.green / 255, self.blue / 255)
        color = self
        while color.contrast_with_white < MIN_CONTRAST:
            lightness -= 1 / 512
            parts = colorsys.hls_to_rgb(hue, max(0.0, lightness), saturation)
            color = Color(*(round(part * 255) for part in parts))
        return color


def parse_accent_color(text: str) -> Color:
    """A colour that can be read; raises `InvalidInput`, which names the nearest that can."""
    color = Color.parse(text)
    if color.contrast_with_white < MIN_CONTRAST:
        raise InvalidInput("accent_color", "too_pale", nearest=color.nearest_readable.text)
    return color


def _linear(part: float) -> float:
    """Light of an sRGB value."""
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

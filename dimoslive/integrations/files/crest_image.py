"""A municipality's crest: any picture of it made into one small PNG that carries nothing but its pixels."""

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageOps

from dimoslive.domain.errors import InvalidInput

MAX_BYTES = 512 * 1024
MIN_SIDE, MAX_SIDE = 96, 4_000
"""So never more than 16 megapixels."""
STORED_SIDE = 256
_FORMATS = ("PNG", "JPEG", "WEBP")
_BROKEN = (
    OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError, struct.error, zlib.error,
    Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip
"""What Pillow raises for files that are not what they say; its plugins do not agree on one."""


def read_crest(content: bytes) -> bytes:
    """The PNG, its longer side 256 px at most. Raises `InvalidInput` on ``crest`` and nothing else.

    Its size is read from the file's head, so that a picture that would fill the memory is refused before it does.
    """
    if len(content) > MAX_BYTES:
        raise InvalidInput("crest", "image_too_large", kilobytes=MAX_BYTES // 1024)
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as image:
            _check_size(*image.size)
            return _small_png(image)
    except _BROKEN:
        raise InvalidInput("crest", "not_an_image") from None


def _check_size(width: int, height: int) -> None:
    if max(width, height) > MAX_SIDE or min(width, height) < MIN_SIDE:
        raise InvalidInput("crest", "image_size", width=width, height=height, least=MIN_SIDE, most=MAX_SIDE)


def _small_png(image: Image.Image) -> bytes:
    """From the pixels alone: no profile, no place where the photograph was taken, no second frame."""
    upright = ImageOps.exif_transpose(image).convert("RGBA")
    upright.thumbnail((STORED_SIDE, STORED_SIDE), Image.Resampling.LANCZOS)
    bare = Image.frombytes("RGBA", upright.size, upright.tobytes())
    stored = BytesIO()
    bare.save(stored, "PNG", optimize=True)
    return stored.getvalue()

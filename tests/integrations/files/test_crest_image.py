"""A crest is one small picture, whatever was uploaded, or it is refused before it could do harm."""

from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from dimoslive.domain.errors import InvalidInput
from dimoslive.integrations.files.crest_image import MAX_BYTES, read_crest

BLUE = (0, 51, 117)


def a_picture(kind: str = "PNG", size: tuple[int, int] = (300, 200), **saved: object) -> bytes:
    content = BytesIO()
    Image.new("RGB", size, BLUE).save(content, kind, **saved)
    return content.getvalue()


def code_of(content: bytes) -> str:
    with pytest.raises(InvalidInput) as caught:
        read_crest(content)
    assert caught.value.field == "crest"
    return caught.value.code


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_three_formats_become_one_small_png(kind: str) -> None:
    with Image.open(BytesIO(read_crest(a_picture(kind)))) as stored:
        assert (stored.format, stored.size) == ("PNG", (256, 171))
        assert stored.mode == "RGBA"
        pixel = stored.tobytes()[:4]
    # Two of the formats keep colours only nearly.
    assert all(abs(part - wished) <= 3 for part, wished in zip(pixel, (*BLUE, 255), strict=True))


def test_a_small_picture_is_not_blown_up() -> None:
    with Image.open(BytesIO(read_crest(a_picture(size=(96, 96))))) as stored:
        assert stored.size == (96, 96)


def test_what_a_camera_notes_is_dropped_and_its_turn_is_made() -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Camera of somebody", 6
    turned = read_crest(a_picture("JPEG", (200, 100), exif=exif, comment=b"secret place"))
    with Image.open(BytesIO(turned)) as stored:
        assert stored.size == (100, 200)
        assert not stored.getexif()
        assert stored.info == {}
    assert b"somebody" not in turned
    assert b"secret" not in turned


@pytest.mark.parametrize("size", [(95, 300), (300, 95), (4001, 300), (300, 4001)])
def test_a_picture_s_sides_are_bounded(size: tuple[int, int]) -> None:
    assert code_of(a_picture(size=size)) == "image_size"


def test_a_bomb_is_refused_before_it_is_decoded() -> None:
    bomb = BytesIO()
    Image.new("1", (20_000, 20_000)).save(bomb, "PNG")
    assert len(bomb.getvalue()) < MAX_BYTES
    assert code_of(bomb.getvalue()) in {"image_size", "not_an_image"}


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a", b'<svg xmlns="http://www.w3.org/2000/svg"/>', a_picture()[:200], b"\x89PNG\r\n\x1a\n", b"RIFF"],
)
def test_what_is_no_picture_of_these_kinds_is_refused(content: bytes) -> None:
    assert code_of(content) == "not_an_image"


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF"])
def test_other_kinds_are_refused_though_they_are_pictures(kind: str) -> None:
    assert code_of(a_picture(kind)) == "not_an_image"


def test_a_file_s_bytes_are_bounded() -> None:
    assert code_of(a_picture() + b"\0" * MAX_BYTES) == "image_too_large"


@settings(deadline=None)
@given(st.sampled_from(["PNG", "JPEG", "WEBP"]), st.lists(st.tuples(st.integers(0, 700), st.binary(max_size=4))))
def test_a_broken_file_is_read_or_refused(kind: str, damage: list[tuple[int, bytes]]) -> None:
    content = bytearray(a_picture(kind, (96, 96)))
    for place, piece in damage:
        content[place : place + len(piece)] = piece
    with suppress(InvalidInput):
        assert read_crest(bytes(content)).startswith(b"\x89PNG")

"""A municipality's colour can be read, on white and under white."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimoslive.domain.catalogue.accent_color import MIN_CONTRAST, Color, parse_accent_color
from dimoslive.domain.errors import InvalidInput

COLORS = st.builds(Color, *[st.integers(0, 255)] * 3)


@pytest.mark.parametrize("text", ["#003375", "003375", " #003375 ", "#767676"])
def test_a_colour_that_can_be_read_is_taken(text: str) -> None:
    assert parse_accent_color(text).text == "#" + text.strip().lstrip("#")


@pytest.mark.parametrize("text", ["#777777", "#ffff00", "#ffffff", "#4da6ff"])
def test_a_pale_colour_is_refused_with_the_nearest_that_can_be_read(text: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_accent_color(text)
    assert caught.value.code == "too_pale"
    assert parse_accent_color(str(caught.value.params["nearest"]))


@pytest.mark.parametrize("text", ["", "#12345", "#1234567", "blue", "#00337g", "rgb(0,0,0)", "#00337\u0665"])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="not_a_color"):
        parse_accent_color(text)


@pytest.mark.parametrize(("color", "contrast"), [("#ffffff", 1.0), ("#000000", 21.0), ("#767676", 4.54)])
def test_contrast_is_that_of_the_guidelines(color: str, contrast: float) -> None:
    assert Color.parse(color).contrast_with_white == pytest.approx(contrast, abs=0.005)


@given(COLORS)
def test_the_nearest_can_be_read_and_is_itself_where_it_could(color: Color) -> None:
    nearest = color.nearest_readable
    assert nearest.contrast_with_white >= MIN_CONTRAST
    assert (nearest == color) == (color.contrast_with_white >= MIN_CONTRAST)
    assert Color.parse(nearest.text) == nearest


@given(COLORS)
def test_the_nearest_is_no_darker_than_it_must_be(color: Color) -> None:
    nearest = color.nearest_readable
    assert nearest == color or nearest.contrast_with_white < MIN_CONTRAST + 0.3

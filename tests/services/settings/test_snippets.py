"""What a webmaster pastes is what the recipes show, and nothing of it can break out of its page."""

from pathlib import Path

import pytest

from dimoslive.services.settings.embedding.snippets import (
    Wish,
    booking_address,
    frame_snippet,
    link_snippet,
    policy_lines,
    script_snippet,
    shortcode,
)

SITE = "https://book.example.gr"
DOCS = Path(__file__).parents[3] / "docs"
KAVALA = Wish("kavala", "service", service="dimotologio")
IN_ENGLISH = Wish("kavala", "wizard", language="en", display="dialog", accent="#7a1f2b")
NEXT = Wish("kavala", "next", service="dimotologio")


def test_a_service_in_the_page() -> None:
    assert script_snippet(SITE, KAVALA) == (
        '<script async src="https://book.example.gr/embed.js"></script>\n'
        '<my-dimoslive municipality="kavala" service="dimotologio">'
        '<a href="https://book.example.gr/m/kavala?service=dimotologio">Κλείστε ραντεβού</a></my-dimoslive>'
    )


def test_the_whole_booking_in_english_behind_a_button() -> None:
    assert script_snippet(SITE, IN_ENGLISH) == (
        '<script async src="https://book.example.gr/embed.js"></script>\n'
        '<my-dimoslive municipality="kavala" lang="en" display="dialog" accent="#7a1f2b">'
        '<a href="https://book.example.gr/en/m/kavala">Book an appointment</a></my-dimoslive>'
    )
    assert 'src="https://book.example.gr/en/embed/services?m=kavala"' in frame_snippet(SITE, IN_ENGLISH)


def test_ampersands_of_an_address_are_written_as_html_wants_them() -> None:
    wish = Wish("kavala", "service", service="dimotologio", mode="video")
    assert "?m=kavala&amp;service=dimotologio&amp;mode=video" in frame_snippet(SITE, wish)
    assert booking_address(SITE, wish) == "https://book.example.gr/m/kavala?service=dimotologio&mode=video"


def test_nothing_breaks_out_of_an_attribute() -> None:
    odd = Wish("kavala", "service", service='"><script>alert(1)</script>')
    assert "<script>alert" not in script_snippet(SITE, odd) + frame_snippet(SITE, odd) + link_snippet(SITE, odd)


def test_a_link_is_the_same_wherever_it_is_pasted() -> None:
    wish = Wish("kavala", "link")
    assert script_snippet(SITE, wish) == link_snippet(SITE, wish)


@pytest.mark.parametrize("name", ["embedding.md", "embedding.el.md"])
def test_the_recipes_show_what_the_maker_writes(name: str) -> None:
    text = (DOCS / name).read_text(encoding="utf-8")
    for snippet in (
        script_snippet(SITE, KAVALA),
        script_snippet(SITE, NEXT),
        frame_snippet(SITE, Wish("kavala")),
        link_snippet(SITE, KAVALA),
        shortcode(KAVALA),
        shortcode(NEXT),
        "\n".join(policy_lines(SITE)),
    ):
        assert f"\n{snippet}\n```" in text

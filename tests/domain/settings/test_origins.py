"""Which sites may be named to frame a municipality's pages."""

import pytest

from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.settings.origins import MAX_ORIGINS, parse_origins


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("https://www.kavala.gov.gr", "https://www.kavala.gov.gr"),
        ("https://kavala.gov.gr:8443", "https://kavala.gov.gr:8443"),
        ("https://*.kavala.gr", "https://*.kavala.gr"),
        ("HTTPS://WWW.Kavala.GR/", "https://www.kavala.gr"),
        ("https://kavala.gr:443", "https://kavala.gr"),
        ("https://xn--mxaaaj6a.xn--qxam", "https://xn--mxaaaj6a.xn--qxam"),
    ],
)
def test_a_site_is_kept_as_browsers_write_it(line: str, kept: str) -> None:
    assert parse_origins(line) == (kept,)


@pytest.mark.parametrize(
    "line",
    [
        "http://kavala.gr",
        "https://kavala.gr/path",
        "https://kavala.gr?a=1",
        "https://user@kavala.gr",
        "https://*",
        "https://*.gr",
        "https://*.gr:8443",
        "https://www.*.gr",
        "https://localhost",
        "https://kavala.gr:0",
        "https://kavala.gr:65536",
        "https://kavala..gr",
        "https://-kavala.gr",
        "https://10.0.0.1",
        "https://καβάλα.gr",
        "*",
        "'self'",
        "https://kavala.gr;script-src",
    ],
)
def test_what_is_no_site_s_origin_is_named_and_refused(line: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_origins(f"https://drama.gr\n{line}")
    assert (refused.value.code, refused.value.params) == ("not_an_origin", {"line": line})


def test_each_is_kept_once_and_no_more_than_twenty() -> None:
    many = [f"https://s{number}.kavala.gr" for number in range(MAX_ORIGINS)]
    assert parse_origins("\r\n\r\n".join([*many, many[0]])) == tuple(sorted(many))
    with pytest.raises(InvalidInput) as refused:
        parse_origins("\n".join([*many, "https://kavala.gr"]))
    assert refused.value.code == "too_many_origins"


def test_nothing_is_no_site() -> None:
    assert parse_origins(" \n ") == ()

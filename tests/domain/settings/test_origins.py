"""Which sites may be named to frame a municipality's pages."""

import pytest

from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.settings.origins import is_listed, nearest_origin, parse_origin


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://www.kavala.gov.gr", "https://www.kavala.gov.gr"),
        ("https://kavala.gov.gr:8443", "https://kavala.gov.gr:8443"),
        ("https://*.kavala.gr", "https://*.kavala.gr"),
        ("https://*.kavala.gov.gr", "https://*.kavala.gov.gr"),
        (" HTTPS://WWW.Kavala.GR/ ", "https://www.kavala.gr"),
        ("https://kavala.gr:443", "https://kavala.gr"),
        ("https://xn--mxaaaj6a.xn--qxam", "https://xn--mxaaaj6a.xn--qxam"),
    ],
)
def test_a_site_is_kept_as_browsers_write_it(typed: str, kept: str) -> None:
    assert parse_origin(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "http://kavala.gr",
        "https://kavala.gr/path",
        "https://kavala.gr?a=1",
        "https://user@kavala.gr",
        "https://*",
        "https://*.gr",
        "https://*.gr:8443",
        "https://*.gov.gr",
        "https://*.github.io",
        "https://www.*.gr",
        "https://*.*.kavala.gr",
        "https://localhost",
        "https://kavala.gr:0",
        "https://kavala.gr:65536",
        "https://kavala..gr",
        "https://-kavala.gr",
        "https://10.0.0.1",
        "https://[::1]",
        "https://καβάλα.gr",
        "https://kavala.gr https://drama.gr",
        "*",
        "'self'",
        "https://kavala.gr;script-src",
        f"https://{'a.' * 160}gr",
    ],
)
def test_what_is_no_site_s_origin_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_origin(typed)
    assert (refused.value.field, refused.value.code) == ("origin", "not_an_origin")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("http://town.gr/page", "https://town.gr"),
        ("www.town.gr", "https://www.town.gr"),
        ("https://www.town.gr/el/?a=1#b", "https://www.town.gr"),
        ("https://user@town.gr", "https://town.gr"),
        ("http://town.gr:8080/", "https://town.gr:8080"),
        ("https://δήμος.gr", "https://xn--jxalzmp.gr"),
        ("δήμος", ""),
        ("http://[", ""),
        ("10.0.0.1", ""),
        ("", ""),
        ("x" * 5000, ""),
    ],
)
def test_what_somebody_may_have_meant_is_offered(typed: str, meant: str) -> None:
    assert nearest_origin(typed) == meant


@pytest.mark.parametrize(
    ("origin", "is_in"),
    [
        ("https://www.kavala.gr", True),
        ("https://a.b.kavala.gr", True),
        ("https://a.kavala.gr", True),
        ("https://drama.gr", True),
        ("https://kavala.gr", False),
        ("https://evilkavala.gr", False),
        ("https://www.drama.gr", False),
        ("http://drama.gr", False),
        ("https://drama.gr:8443", False),
    ],
)
def test_a_star_stands_for_names_below_and_not_for_the_name_itself(origin: str, *, is_in: bool) -> None:
    assert is_listed(origin, ["https://*.kavala.gr", "https://drama.gr"]) is is_in

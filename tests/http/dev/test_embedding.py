"""The page to try the elements on."""

from dimoslive.http.dev.embedding import EXAMPLE, WRITTEN_FOR
from tests.http.site import Site, production
from tests.support.ports import KnownPersons
from tests.support.world import Town


async def test_the_example_is_shown_with_the_site_s_own_address(site: Site) -> None:
    answer = await site.browser().get("/dev/embedding")
    assert WRITTEN_FOR in EXAMPLE.read_text(encoding="utf-8")
    assert f'src="{site.context.public_url}/embed.js"' in answer.text
    assert "<my-dimoslive-next" in answer.text
    # The window of the sign-in stays this page's, as on other sites.
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin-allow-popups"


async def test_it_is_not_in_production(town: Town) -> None:
    answer = await Site(town, production(), KnownPersons()).browser().get("/dev/embedding")
    assert answer.status_code == 404

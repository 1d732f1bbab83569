"""The simulated provider in the test's own process, with a clock that the test moves."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import httpx2
from fastapi import FastAPI

from dimoslive.integrations.identity.gsis import GsisProvider
from dimoslive.integrations.identity.persons import Person
from dimoslive.integrations.identity.simulator import simulator_router
from tests.support.clock import FrozenClock

SITE = "https://dimos.example"
CALLBACK = f"{SITE}/auth/callback"
# Characters that must survive the form encoding.
SECRET = "s3cret+/=&% ά"


class SimulatedSite:
    """A site with the simulator mounted, seen by a browser and by the adapter."""

    def __init__(self, realm: str = "oauth2server") -> None:
        self.clock = FrozenClock(datetime(2026, 3, 2, 8, 0, tzinfo=UTC))
        self.base = f"{SITE}/simulator/{realm}"
        app = FastAPI()
        app.include_router(
            simulator_router(self.clock, SITE, "dimos-app", SECRET, [CALLBACK]),
            prefix="/simulator",
        )
        self.transport = httpx2.ASGITransport(app=app)
        self.browser = httpx2.AsyncClient(transport=self.transport, base_url=SITE)
        self.realm = realm

    def provider(self, **changes: str) -> GsisProvider:
        """The adapter, set up for this site but for the changes."""
        values = {"base_url": f"{SITE}/simulator", "realm": self.realm, "client_id": "dimos-app"}
        values |= {"client_secret": SECRET, **changes}
        return GsisProvider(**values, transport=self.transport)  # type: ignore[arg-type]  # all of them are strings

    async def press(self, **form: str) -> httpx2.Response:
        """Send a form of the authorize page."""
        url = self.provider().authorization_url("the-state", CALLBACK)
        return await self.browser.post(url, data=form)

    async def code_for(self, person: Person) -> str:
        """The code that comes back when a person is picked."""
        return came_back(await self.press(decision="pick", person=person.key))["code"]

    async def exchange(self, **changes: str) -> httpx2.Response:
        """Post to the token endpoint as the adapter would but for the changes."""
        form = {"grant_type": "authorization_code", "client_id": "dimos-app", "client_secret": SECRET}
        return await self.browser.post(f"{self.base}/oauth/token", data={**form, "redirect_uri": CALLBACK, **changes})


def came_back(answer: httpx2.Response) -> dict[str, str]:
    """The query with which a browser is sent back to the site."""
    assert answer.status_code == 303
    where = urlsplit(answer.headers["location"])
    assert f"{where.scheme}://{where.netloc}{where.path}" == CALLBACK
    return {name: values[0] for name, values in parse_qs(where.query, strict_parsing=True).items()}

"""What programs of others ask by."""

import pytest

from dimoslive.urls import API_V1
from tests.http.site import Site


@pytest.fixture
def service(site: Site) -> str:
    """The address of the town's service."""
    return f"{API_V1}/municipalities/kavala/services/{site.town.service.slug}"


@pytest.fixture
def times(service: str) -> str:
    """The address of its free times by video."""
    return f"{service}/times?mode=video"

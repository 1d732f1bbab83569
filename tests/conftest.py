"""What holds for all tests: the order of the groups, headings in the output, how hard the laws are tried."""

import gc
import logging
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from dimoslive.integrations.log import PUBLIC_LOGGERS
from dimoslive.services.figures import note_search
from dimoslive.services.keys import note_use

# Fast to slow: what fails in a second should not be waited for. Folders that are not named come before the browser.
GROUPS = ("domain", "i18n", "laws", "db", "services", "integrations", "jobs", "http", "ui", "architecture")
LAST = "browser"

# The first example of a law may load a time zone or a catalogue; how long one takes says nothing.
settings.register_profile("dev", deadline=None, max_examples=100)
# The same examples each time: a build that was green stays green.
settings.register_profile("ci", deadline=None, max_examples=50, derandomize=True)
# `make fuzz`: other examples each time, and many.
settings.register_profile("fuzz", deadline=None, max_examples=1_000)
settings.load_profile("dev")

# What a developer has set for the running system is not part of a test.
for name in [name for name in os.environ if name.startswith("DIMOSLIVE_")]:
    del os.environ[name]


def pytest_configure(config: pytest.Config) -> None:
    """Add the headings."""
    config.pluginmanager.register(_Headings(config), "headings")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """All that is made here stays until the end: to look through it again and again for garbage is lost time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.collect()
        gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the groups in order; within a group the order stays."""
    items.sort(key=lambda item: _rank(_group(item.path)))


@pytest.fixture(autouse=True)
def _each_test_has_a_log_of_its_own() -> None:
    """What others have said in this minute must not silence this one: the limit of lines is a filter that stays."""
    for name in PUBLIC_LOGGERS:
        logging.getLogger(name).filters.clear()


@pytest.fixture(autouse=True)
def _no_test_has_the_counts_of_another() -> None:
    """They are counted by the engine, and many tests share one."""
    note_use._uses.clear()
    note_search._searches.clear()


class _Headings:
    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._counts: Counter[str] = Counter()
        self._shown = ""

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self._counts = Counter(_group(item.path) for item in session.items)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        reporter = self._config.pluginmanager.get_plugin("terminalreporter")
        group = _group(item.path)
        if reporter and group != self._shown:
            if self._shown and self._config.get_verbosity() < 0:
                reporter.write("\n")
            self._shown = group
            reporter.ensure_newline()
            reporter.write_sep("-", f"{group}: {self._counts[group]} tests", bold=True)
        return (yield)


def _group(path: Path) -> str:
    parts = path.relative_to(Path(__file__).parent).parts
    return parts[0] if len(parts) > 1 else "others"


def _rank(group: str) -> int:
    if group == LAST:
        return len(GROUPS) + 1
    return GROUPS.index(group) if group in GROUPS else len(GROUPS)

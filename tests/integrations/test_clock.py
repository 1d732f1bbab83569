from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from dimoslive.bootstrap import build
from dimoslive.integrations.clock import SystemClock
from dimoslive.settings import Settings

DAY = timedelta(days=1)


@pytest.mark.parametrize("ahead", [DAY, -DAY])
def test_the_clock_of_an_installation_is_ahead_or_behind_as_its_file_says(tmp_path: Path, ahead: timedelta) -> None:
    (tmp_path / "clock").write_text("0")
    clock = build(Settings(_env_file=None, clock_file=str(tmp_path / "clock"))).clock
    before = SystemClock().now()
    assert before <= clock.now() <= SystemClock().now()

    (tmp_path / "clock").write_text(str(ahead.total_seconds()))

    assert before + ahead <= clock.now() <= SystemClock().now() + ahead
    # What is waited for is not shifted.
    assert clock.monotonic() == pytest.approx(SystemClock().monotonic(), abs=60)


async def test_the_machine_s_clock_waits_and_ends_what_takes_too_long() -> None:
    clock = SystemClock()
    before = clock.monotonic()
    await clock.sleep(0.01)
    assert clock.monotonic() >= before + 0.01
    with pytest.raises(TimeoutError):
        async with clock.timeout(0):
            await clock.sleep(60)
    async with clock.timeout(60):
        await clock.sleep(0)


def test_production_has_no_other_clock_than_the_machine_s() -> None:
    with pytest.raises(ValidationError, match="DIMOSLIVE_CLOCK_FILE is not allowed in production"):
        Settings(
            _env_file=None,
            env="production",
            public_url="https://rendezvous.example",
            secret_key="s" * 32,
            identity="gsis",
            gsis_client_id="client",
            gsis_client_secret="secret",
            mail="smtp",
            smtp_url="smtps://mail.example",
            clock_file="clock",
        )

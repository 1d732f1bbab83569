"""From the event loop to the services: database work runs in threads, so one slow query halts nobody else."""

import asyncio
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from dimoslive.services.parts import Parts

P = ParamSpec("P")
T = TypeVar("T")

_installed: list[Parts] = []


def install(parts: Parts) -> None:
    """Give the pages their services; the app module does this once."""
    _installed[:] = [parts]


def parts() -> Parts:
    """What `install` was given."""
    return _installed[0]


async def call(service: Callable[Concatenate[Parts, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a service in a thread."""
    return await asyncio.to_thread(service, parts(), *args, **kwargs)

"""The six tasks on the way to publishing. What is done is seen from what is there: nobody ticks anything off."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dimoslive.domain.catalogue.publication import is_published


class Task(StrEnum):
    """In the order in which they are shown; they are done in any."""

    MUNICIPALITY = "municipality"
    DEPARTMENTS = "departments"
    SERVICES = "services"
    DESKS = "desks"
    HOURS = "hours"
    PUBLISH = "publish"


class TaskState(StrEnum):
    """How far a task is."""

    NOT_STARTED = "not_started"
    HALF = "half"
    DONE = "done"


MINUTES: Mapping[Task, int] = {
    Task.MUNICIPALITY: 1,
    Task.DEPARTMENTS: 1,
    Task.SERVICES: 2,
    Task.DESKS: 2,
    Task.HOURS: 1,
    Task.PUBLISH: 1,
}
"""How long each takes with the help on its page."""


@dataclass(frozen=True, slots=True)
class SetUpCounts:
    """How much of a municipality is set up; departments, services and desks are those in use."""

    has_address: bool = False
    has_contact: bool = False
    """A telephone number or an address for mails."""
    departments: int = 0
    desks: int = 0
    services: int = 0
    with_mode: int = 0
    with_desk: int = 0
    with_hours: int = 0
    joined_at: datetime | None = None


def states_of(counts: SetUpCounts, now: datetime) -> dict[Task, TaskState]:
    """The state of each task."""
    services = counts.services
    return {
        Task.MUNICIPALITY: _state(
            done=counts.has_address and counts.has_contact, begun=counts.has_address or counts.has_contact
        ),
        Task.DEPARTMENTS: _state(done=counts.departments > 0),
        Task.SERVICES: _state(done=counts.with_mode > 0, begun=services > 0),
        Task.DESKS: _state(done=0 < services == counts.with_desk, begun=counts.desks > 0),
        Task.HOURS: _state(done=0 < services == counts.with_hours, begun=counts.with_hours > 0),
        Task.PUBLISH: _state(done=is_published(counts.joined_at, now), begun=counts.joined_at is not None),
    }


def is_ready(states: Mapping[Task, TaskState]) -> bool:
    """Whether all but publishing is done."""
    return all(state is TaskState.DONE for task, state in states.items() if task is not Task.PUBLISH)


def count_done(states: Mapping[Task, TaskState]) -> int:
    """How many of the six are done."""
    return sum(state is TaskState.DONE for state in states.values())


def minutes_left(states: Mapping[Task, TaskState]) -> int:
    """How long what is not done takes, about."""
    return sum(MINUTES[task] for task, state in states.items() if state is not TaskState.DONE)


def _state(*, done: bool, begun: bool = False) -> TaskState:
    return TaskState.DONE if done else TaskState.HALF if begun else TaskState.NOT_STARTED

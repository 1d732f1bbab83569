"""The overview in words: the tasks, what is missing, and what waits for somebody."""

from collections.abc import Iterable
from dataclasses import dataclass

from dimoslive.domain.scheduling.why_not import Check
from dimoslive.domain.settings.tasks import MINUTES, SetUpCounts, Task, TaskState, count_done, minutes_left
from dimoslive.i18n import Texts
from dimoslive.i18n.desk_dates import desk_moment
from dimoslive.services.settings.publishing.find_gaps import Gaps, NamedService
from dimoslive.services.settings.tasks.list_tasks import Attention, TaskLine, Tasks
from dimoslive.ui.settings.entries import has_entry
from dimoslive.urls import desk_list_path, localized, municipality_path, task_path

_TAGS = {TaskState.NOT_STARTED: "tag is-todo", TaskState.HALF: "tag is-half", TaskState.DONE: "tag is-served"}
_LINES = {TaskState.NOT_STARTED: "is-todo", TaskState.HALF: "is-half", TaskState.DONE: "is-ready"}
_METER = {TaskState.NOT_STARTED: "", TaskState.HALF: "is-part", TaskState.DONE: "is-on"}
_LISTS = {Task.DEPARTMENTS: "departments", Task.SERVICES: "services", Task.DESKS: "desks", Task.HOURS: "hours"}
_MANY = 6
"""So many services are named; the rest is counted."""


@dataclass(frozen=True)
class Way:
    """A link, in words."""

    text: str
    href: str


@dataclass(frozen=True)
class TaskView:
    """A task; ``href`` is empty for whoever may not do it."""

    name: str
    href: str
    hint: str
    who: str
    state: str
    tag: str
    line: str


@dataclass(frozen=True)
class Finding:
    """Something that is missing, or is not, with the ways to mend it."""

    text: str
    ways: list[Way]
    is_fine: bool


def show_tasks(tasks: Tasks, t: Texts) -> list[TaskView]:
    """All six."""
    return [_task(line, tasks, t) for line in tasks.lines]


def show_meter(tasks: Tasks) -> list[str]:
    """A part for each task, those that are done first."""
    order = [TaskState.DONE, TaskState.HALF, TaskState.NOT_STARTED]
    return [_METER[state] for state in sorted(tasks.states.values(), key=order.index)]


def done_words(tasks: Tasks, t: Texts) -> str:
    """«Έτοιμα 3 από 6»."""
    return t("tasks.done", done=count_done(tasks.states), total=len(Task))


def left_words(tasks: Tasks, t: Texts) -> str:
    """«μένουν περίπου 4 λεπτά»."""
    return t.count("tasks.left", minutes_left(tasks.states))


def next_task(tasks: Tasks) -> Task | None:
    """The first that is not done."""
    return next((line.task for line in tasks.lines if line.state is not TaskState.DONE), None)


def show_gaps(gaps: Gaps, slug: str, t: Texts) -> list[Finding]:
    """What keeps citizens from booking; and that the rest is as it should be."""
    if not gaps.services:
        return [
            Finding(t("gaps.no_service"), [Way(t("tasks.name.services"), _task_href(Task.SERVICES, slug, t))], False)
        ]
    found = [
        _gap("without_mode", gaps.without_mode, "services", slug, t),
        _gap("without_desk", gaps.without_desk, "services", slug, t, all_of=(Task.DESKS, gaps.services)),
        _gap("without_hours", gaps.without_hours, "hours", slug, t, all_of=(Task.HOURS, gaps.services)),
        _english(gaps, slug, t),
        *_nothing_free(gaps.nothing_free, slug, t),
    ]
    return [one for one in found if one is not None]


def show_attention(tasks: Tasks, attention: Attention, t: Texts) -> list[Finding]:
    """What waits for somebody, each with the way there; only what there is."""
    language, asked = t.language, f"?m={tasks.slug}"
    closures = localized("/admin/closures", language) + asked
    counted = [
        ("plans", attention.plans, closures),
        ("calls", attention.calls, desk_list_path("calls", language) + asked),
        ("unrecorded", attention.unrecorded, desk_list_path("unrecorded", language) + asked),
        ("suggestions", attention.suggestions, closures),
        ("webhooks", attention.webhooks, localized("/admin/webhooks", language) + asked),
    ]
    found = [
        Finding(t.count(f"attention.{name}", number), [Way(t(f"attention.{name}.way"), href)], False)
        for name, number, href in counted
        if number
    ]
    if attention.officials:
        names = t("attention.officials", names=", ".join(attention.officials))
        ways = [Way(t("settings.nav.officials"), localized("/admin/officials", language) + asked)]
        found.append(Finding(names, ways if has_entry("officials") else [], False))
    return found


def public_way(tasks: Tasks, t: Texts) -> Way:
    """The public page."""
    return Way(f"/m/{tasks.slug}", municipality_path(tasks.slug, t.language))


def task_href(task: Task, slug: str, t: Texts) -> str:
    """The page of a task."""
    return _task_href(task, slug, t)


def _task(line: TaskLine, tasks: Tasks, t: Texts) -> TaskView:
    at = desk_moment(line.at, tasks.zone) if line.at else ""
    return TaskView(
        name=t(f"tasks.name.{line.task}"),
        href=_own_href(line.task, tasks, t),
        hint=_hint(line.task, line.state, tasks.counts, t),
        who=t("tasks.who", by=line.by, at=at) if at else t.count("tasks.takes", MINUTES[line.task]),
        state=t(f"tasks.state.{line.state}"),
        tag=_TAGS[line.state],
        line=_LINES[line.state],
    )


def _own_href(task: Task, tasks: Tasks, t: Texts) -> str:
    """A head has no part in the tasks of the whole municipality, but sees the lists."""
    if tasks.can_manage:
        return _task_href(task, tasks.slug, t)
    entry = _LISTS.get(task, "")
    return f"{localized(f'/admin/{entry}', t.language)}?m={tasks.slug}" if has_entry(entry) else ""


def _task_href(task: Task, slug: str, t: Texts) -> str:
    return f"{task_path(task, t.language)}?m={slug}"


def _hint(task: Task, state: TaskState, counts: SetUpCounts, t: Texts) -> str:
    if state is TaskState.NOT_STARTED or task in (Task.MUNICIPALITY, Task.PUBLISH):
        return t(f"tasks.hint.{task}")
    match task:
        case Task.DEPARTMENTS:
            return t.count("tasks.departments", counts.departments)
        case Task.SERVICES:
            return t.count("tasks.services", counts.services)
        case Task.DESKS:
            return t("tasks.with_desk", done=counts.with_desk, total=counts.services)
    return t("tasks.with_hours", done=counts.with_hours, total=counts.services)


def _gap(
    name: str,
    services: tuple[NamedService, ...],
    page: str,
    slug: str,
    t: Texts,
    all_of: tuple[Task, int] | None = None,
) -> Finding | None:
    if not services:
        return None
    text = t.count(f"gaps.{name}", len(services))
    if all_of and len(services) == all_of[1]:
        return Finding(text, [Way(t(f"tasks.name.{all_of[0]}"), _task_href(all_of[0], slug, t))], False)
    return Finding(text, _ways(services, page, slug, t), False)


def _english(gaps: Gaps, slug: str, t: Texts) -> Finding:
    if gaps.without_english:
        text = t.count("gaps.without_english", len(gaps.without_english))
        return Finding(text, _ways(gaps.without_english, "services", slug, t), False)
    words = t("gaps.english")
    return Finding(t.count("gaps.suggested", gaps.suggested, english=words) if gaps.suggested else words, [], True)


def _nothing_free(services: tuple[NamedService, ...], slug: str, t: Texts) -> list[Finding]:
    return [
        Finding(
            t("gaps.nothing_free", service=one.name[t.language], why=t(f"gaps.because.{one.check or Check.HOURS}")),
            [Way(t("gaps.see_why"), f"{localized(f'/admin/hours/{one.id}', t.language)}?m={slug}")],
            False,
        )
        for one in services
    ]


def _ways(services: Iterable[NamedService], page: str, slug: str, t: Texts) -> list[Way]:
    named = list(services)
    ways = [
        Way(one.name[t.language], f"{localized(f'/admin/{page}/{one.id}', t.language)}?m={slug}")
        for one in named[:_MANY]
    ]
    if len(named) > _MANY:
        rest = t.count("gaps.more", len(named) - _MANY)
        ways.append(Way(rest, f"{localized(f'/admin/{page}', t.language)}?m={slug}"))
    return ways

"""«Επισκόπηση»: the tasks until a municipality is published, and then what waits for somebody."""

import reflex as rx

from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.settings.tasks import Task
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.desk_dates import desk_moment
from dimoslive.services.settings.tasks.list_tasks import Tasks, list_tasks
from dimoslive.ui.settings.overview.view_models import (
    Finding,
    TaskView,
    Way,
    done_words,
    left_words,
    next_task,
    public_way,
    show_attention,
    show_gaps,
    show_meter,
    show_tasks,
    task_href,
)
from dimoslive.ui.settings.state import SettingsPageState
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import for_official


class OverviewState(SettingsPageState, rx.State):
    """Computed with each look: nobody ticks a task off."""

    is_published: bool = False
    lead: str = ""
    done: str = ""
    left: str = ""
    meter: list[str] = []
    tasks: list[TaskView] = []
    findings: list[Finding] = []
    attention: list[Finding] = []
    end: str = ""
    """How citizens see the municipality until it is published."""
    public: Way = Way("", "")
    go_on: Way = Way("", "")

    @for_official(Permission.VIEW_SETTINGS)
    async def load(self, official: Official) -> None:
        """For whoever may set up anything here."""
        place = await self._enter(official, Permission.VIEW_SETTINGS)
        if place is None:
            return
        tasks = await call(list_tasks, official, place.municipality_id)
        self._show(tasks, texts_of(self._language()))
        self.is_loaded = True

    def _show(self, tasks: Tasks, t: Texts) -> None:
        name = tasks.name[t.language]
        self.is_published, self.public = tasks.is_published, public_way(tasks, t)
        self.lead = (
            t("tasks.lead_open", municipality=name) if tasks.is_published else t("tasks.lead", municipality=name)
        )
        self.done, self.left, self.meter = done_words(tasks, t), left_words(tasks, t), show_meter(tasks)
        self.tasks = show_tasks(tasks, t)
        self.findings = show_gaps(tasks.gaps, tasks.slug, t)
        self.attention = show_attention(tasks, tasks.attention, t) if tasks.attention else []
        if tasks.is_published:
            self.findings = [one for one in self.findings if not one.is_fine]
        at = tasks.counts.joined_at
        self.end = t("tasks.opens", at=desk_moment(at, tasks.zone)) if at else t("tasks.until_published")
        task = next_task(tasks) if tasks.can_manage else None
        self.go_on = _go_on(task, tasks.slug, t) if task else Way("", "")


def _go_on(task: Task, slug: str, t: Texts) -> Way:
    return Way(t("tasks.go_on", task=t(f"tasks.name.{task}")), task_href(task, slug, t))

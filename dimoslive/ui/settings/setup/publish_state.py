"""«Προεπισκόπηση και δημοσίευση»: what is missing, and from when on citizens may book."""

import reflex as rx

from dimoslive.domain.errors import InvalidDetails, InvalidInput
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.settings.tasks import Task, TaskState, is_ready
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.desk_dates import desk_moment
from dimoslive.services.settings.publishing.publish import publish, withdraw_publication
from dimoslive.services.settings.tasks.list_tasks import Tasks, list_tasks
from dimoslive.ui.settings.form_state import FieldProblem
from dimoslive.ui.settings.overview.view_models import Finding, TaskView, Way, public_way, show_gaps, show_tasks
from dimoslive.ui.settings.setup.task_state import TaskPageState
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.field_errors import say
from dimoslive.ui.shared.guard import for_official


class PublishState(TaskPageState, rx.State):
    """The checks, and the press."""

    findings: list[Finding] = []
    undone: list[TaskView] = []
    """The tasks without which nothing can be published."""
    can_publish: bool = False
    is_published: bool = False
    opens: str = ""
    """When, if a date was set that has not come yet."""
    public: Way = Way("", "")
    problems: list[FieldProblem] = []
    errors: dict[str, str] = {}

    @for_official(Permission.MANAGE_MUNICIPALITY)
    async def load(self, official: Official) -> None:
        """As it stands now."""
        self.said, self.problems, self.errors = "", [], {}
        place = await self._enter(official, Permission.MANAGE_MUNICIPALITY)
        if place is not None:
            await self._read(official, place.municipality_id)

    @for_official(Permission.MANAGE_MUNICIPALITY)
    async def publish(self, official: Official, form_data: dict) -> None:
        """«Δημοσίευση»."""
        place = await self._workplace(official, Permission.MANAGE_MUNICIPALITY)
        self.problems, self.errors = [], {}
        t = texts_of(self._language())
        try:
            at = await call(publish, official, place.municipality_id, form_data)
        except (InvalidInput, InvalidDetails) as refusal:
            self._say_wrong(refusal, t)
            return
        await self._read(official, place.municipality_id)
        if self.is_published:
            self._say("publish.done")
        else:
            self._say("publish.set", at=desk_moment(at, place.zone))

    @for_official(Permission.MANAGE_MUNICIPALITY)
    async def withdraw(self, official: Official) -> None:
        """A date that was set is set no more."""
        place = await self._workplace(official, Permission.MANAGE_MUNICIPALITY)
        await call(withdraw_publication, official, place.municipality_id)
        await self._read(official, place.municipality_id)
        self._say("publish.withdrawn")

    def _say_wrong(self, refusal: InvalidInput | InvalidDetails, t: Texts) -> None:
        problems = refusal.problems if isinstance(refusal, InvalidDetails) else (refusal,)
        self.errors = {problem.field: say(problem, t) for problem in problems}
        self.problems = [
            FieldProblem(one.field, t("settings.problem", field=t(f"publish.field.{one.field}"), text=say(one, t)))
            for one in problems
        ]
        self._focus("error-summary")

    async def _read(self, official: Official, municipality_id: int) -> None:
        self._show(await call(list_tasks, official, municipality_id), texts_of(self._language()))
        self.is_loaded = True

    def _show(self, tasks: Tasks, t: Texts) -> None:
        self.findings, self.public = show_gaps(tasks.gaps, tasks.slug, t), public_way(tasks, t)
        self.is_published = tasks.is_published
        at = tasks.counts.joined_at
        self.opens = desk_moment(at, tasks.zone) if at and not tasks.is_published else ""
        self.can_publish = is_ready(tasks.states) and not tasks.is_published
        self.undone = [
            view
            for line, view in zip(tasks.lines, show_tasks(tasks, t), strict=True)
            if line.task is not Task.PUBLISH and line.state is not TaskState.DONE
        ]

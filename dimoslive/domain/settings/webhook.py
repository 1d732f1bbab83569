"""A receiver of webhooks, as its form has it."""

from collections.abc import Collection, Mapping

from dimoslive.domain.errors import DomainError, InvalidInput
from dimoslive.domain.settings.typed import TypedForm
from dimoslive.domain.webhooks.addresses import parse_webhook_url
from dimoslive.domain.webhooks.events import CHOOSABLE

MIN_NAME_LENGTH, MAX_NAME_LENGTH = 2, 60
MAX_ENDPOINTS = 10
"""Of a municipality."""
KEEP_FORMER_HOURS = (0, 24, 72, 168)
"""For how long the former secret may go on signing after a new one was made."""


class TooManyWebhooks(DomainError):
    """A municipality has as many receivers as allowed; ``limit`` says how many."""

    code = "too_many_webhooks"


def parse_webhook(raw: Mapping[str, object], *, own_host: str, ports: Collection[int]) -> dict[str, object]:
    """The fields in the order of the form; raises `InvalidDetails`."""
    form = TypedForm(raw)
    values: dict[str, object] = {
        "name": form.line("name", min_length=MIN_NAME_LENGTH, max_length=MAX_NAME_LENGTH),
        "url": _url(form, own_host, ports),
        "events": _events(form, raw),
        "is_active": form.flag("is_active"),
    }
    form.check()
    return values


def _url(form: TypedForm, own_host: str, ports: Collection[int]) -> str:
    try:
        return parse_webhook_url(form.raw("url"), own_host=own_host, ports=ports)
    except InvalidInput as problem:
        form.refuse(problem.field, problem.code, **problem.params)
        return ""


def _events(form: TypedForm, raw: Mapping[str, object]) -> str:
    """Ticks ``events-<type>``, or the types themselves from what was merged."""
    merged = str(raw.get("events") or "").split()
    chosen = [event.value for event in CHOOSABLE if event.value in merged or form.flag(f"events-{event.value}")]
    if not chosen:
        form.refuse("events", "webhook_without_events")
    return " ".join(chosen)

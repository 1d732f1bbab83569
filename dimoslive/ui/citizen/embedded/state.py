"""What every page in a frame knows by itself."""

import re

import reflex as rx

from dimoslive.domain.people.permissions import Permission
from dimoslive.ui.shared.embedding import embedded_slug
from dimoslive.ui.shared.guard import PageState, background, for_anyone


class EmbeddedState(PageState, rx.State):
    """The municipality of the frame, for the links on its pages."""

    slug: str = ""

    @for_anyone(Permission.VIEW_PUBLIC)
    @background
    async def load(self) -> None:
        """Runs with every page in a frame."""
        slug = embedded_slug(self)
        self.slug = slug if re.fullmatch(r"[a-z0-9-]+", slug) else ""

"""A declaration as pages show it."""

from html import escape

from dimoslive.domain.booking.consents import Declaration
from dimoslive.i18n import Texts
from dimoslive.ui.shared.markdown import to_html


def declaration_html(declaration: Declaration, t: Texts) -> str:
    """The platform's text, and under a heading what the municipality adds: as it was typed, and never as HTML."""
    if not declaration.supplement:
        return to_html(declaration.text)
    paragraphs = (escape(part).replace("\n", "<br>") for part in declaration.supplement.split("\n\n"))
    added = "".join(f'<p class="govgr-body">{part}</p>' for part in paragraphs if part)
    return f'{to_html(declaration.text)}<h3 class="govgr-heading-s">{escape(t("declaration.added"))}</h3>{added}'

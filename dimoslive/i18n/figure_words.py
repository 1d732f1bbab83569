"""What figures call their lines and columns, on pages and in files."""

from datetime import date

from dimoslive.domain.figures.asked import Per
from dimoslive.domain.figures.figure import Column, Figure, Head
from dimoslive.i18n.texts import Texts


def head_text(head: Head, per: Per | None, t: Texts) -> str:
    """«31/8», «9/2026» for a month, or the name."""
    if isinstance(head, date):
        return f"{head.month}/{head.year}" if per is Per.MONTH else f"{head.day}/{head.month}"
    return t(f"figures.head.{head}") if isinstance(head, str) else head[t.language]


def corner_text(figure: Figure, name: str, t: Texts) -> str:
    """What stands over the heads of the lines: «Εβδομάδα από», or what else they are."""
    return t(f"figures.corner.{figure.per}" if figure.per else f"figures.{name}.corner")


def column_text(column: Column, name: str, t: Texts) -> str:
    """The name of a column, as table, legend and file call it."""
    return t(f"figures.{name}.{column.name}")

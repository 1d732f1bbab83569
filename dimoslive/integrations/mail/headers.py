"""Headers that arrive as they were written."""

from collections.abc import Mapping
from email.header import Header
from email.headerregistry import HeaderRegistry, UniqueUnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy

from dimoslive.integrations.wording import one_line


class _Subject(UniqueUnstructuredHeader):
    """Written as one run of encoded words.

    The standard library folds word by word, and Python 3.11 loses blanks where Greek meets Latin or a comma.
    """

    def fold(self, *, policy: Policy) -> str:
        """The header's lines."""
        encoded = Header(str(self), "utf-8", header_name="Subject").encode(linesep=policy.linesep)
        return f"Subject: {encoded}{policy.linesep}"


_REGISTRY = HeaderRegistry()
_REGISTRY.map_to_type("subject", _Subject)  # type: ignore[arg-type]  # the registry itself adds the BaseHeader
POLICY = SMTP.clone(header_factory=_REGISTRY)


def write_headers(message: EmailMessage, headers: Mapping[str, str]) -> None:
    """Set each header, in a form in which no value can begin another header."""
    for name, value in headers.items():
        message[name] = one_line(value)

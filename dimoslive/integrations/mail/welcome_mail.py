"""The mail with the way in, for whoever sets up a municipality: which language they read is not known yet."""

from collections.abc import Mapping
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from dimoslive.domain.events import AdministratorEntered
from dimoslive.i18n import LANGUAGES, texts_of
from dimoslive.integrations.mail.headers import POLICY, write_headers
from dimoslive.integrations.wording import one_line

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(disabled_extensions=("txt",), default=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


def welcome_mail(
    event: AdministratorEntered, links: Mapping[str, str], *, mail_from: str, message_id: str, now: datetime
) -> EmailMessage:
    """The finished mail, in all languages one below the other; ``links`` are the way in, by language."""
    parts = [
        {
            "t": texts_of(language),
            "municipality": one_line(event.municipality_name[language]),
            "link": links[language],
        }
        for language in LANGUAGES
    ]
    content = {"parts": parts, "person": one_line(event.person), "email": event.email, "by_afm": event.by_afm}
    message = EmailMessage(policy=POLICY)
    message.set_content(_TEMPLATES.get_template("welcome.txt").render(content))
    message.add_alternative(_TEMPLATES.get_template("welcome.html").render(content), subtype="html")
    first = LANGUAGES[0]
    headers = {
        "From": mail_from,
        "To": str(Address(addr_spec=one_line(event.email))),
        "Subject": texts_of(first)("welcome.subject", municipality=one_line(event.municipality_name[first])),
        "Date": format_datetime(now),
        "Message-ID": message_id,
        "Content-Language": ", ".join(LANGUAGES),
        "Auto-Submitted": "auto-generated",
    }
    write_headers(message, headers)
    return message

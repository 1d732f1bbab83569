"""Mail into a folder, for development: nothing leaves the machine, and a page can show what would have been sent."""

import asyncio
import mailbox
import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path


@dataclass(frozen=True, slots=True, repr=False)
class StoredMail:
    """A mail of the folder, parsed. ``key`` is its name there; parts it does not have are empty."""

    key: str
    subject: str
    sender: str
    to: str
    date: datetime | None
    text: str
    html: str
    ics: str


class MailboxMailer:
    """A `Mailer` that keeps messages in a Maildir."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def send(self, message: EmailMessage) -> None:
        """Store the message."""
        await asyncio.to_thread(self._store, message)

    def _store(self, message: EmailMessage) -> None:
        self._folder.parent.mkdir(parents=True, exist_ok=True)
        box = mailbox.Maildir(self._folder, create=True)
        box.add(message.as_bytes(policy=policy.default))


async def read_mailbox(folder: Path, newest: int = 100) -> list[StoredMail]:
    """The newest mails, the latest first; none if the folder does not exist yet."""
    return await asyncio.to_thread(_read, folder, newest)


def _read(folder: Path, newest: int) -> list[StoredMail]:
    if not (folder / "new").is_dir():
        return []
    box = mailbox.Maildir(folder, create=False)
    keys = sorted(box.keys(), key=_stored_at, reverse=True)[:newest]
    return [_parse(key, box.get_bytes(key)) for key in keys]


def _stored_at(key: str) -> list[int]:
    """Seconds, microseconds, process and counter: the numbers that a Maildir names its files by."""
    return [int(number) for number in re.findall(r"\d+", key)[:4]]


def _parse(key: str, content: bytes) -> StoredMail:
    message = message_from_bytes(content, policy=policy.default)
    date = message["Date"]
    return StoredMail(
        key=key,
        subject=str(message["Subject"] or ""),
        sender=str(message["From"] or ""),
        to=str(message["To"] or ""),
        date=date.datetime if date is not None else None,
        text=_first(message, "text/plain").replace("\r\n", "\n"),
        html=_first(message, "text/html").replace("\r\n", "\n"),
        ics=_first(message, "text/calendar"),
    )


def _first(message: EmailMessage, content_type: str) -> str:
    return next((str(part.get_content()) for part in message.walk() if part.get_content_type() == content_type), "")

"""The mails of an installation for development, which sends none: what citizens would have received."""

import re
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Response

from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission
from dimoslive.http.dependencies import SettingsDep, for_anyone
from dimoslive.http.pages import page
from dimoslive.i18n import LANGUAGES
from dimoslive.i18n.dates import full_time
from dimoslive.integrations.mail.mailbox import StoredMail, read_mailbox
from dimoslive.settings import Settings

router = APIRouter(prefix="/dev/mailbox", include_in_schema=False)
_PUBLIC = [for_anyone(Permission.VIEW_PUBLIC)]
"""On a developer's machine: in production the routes are not there."""
Language = Annotated[str, Query(alias="lang")]


@router.get("", dependencies=_PUBLIC)
async def show_list(settings: SettingsDep, language: Language = LANGUAGES[0]) -> Response:
    """All mails, newest first."""
    language = _known(language)
    mails = [(mail, quote(mail.key), _sent(mail, language)) for mail in await read_mailbox(settings.mailbox_dir)]
    return page("mailbox.html", language, mails=mails)


@router.get("/{key}", dependencies=_PUBLIC)
async def show_mail(settings: SettingsDep, key: str, language: Language = LANGUAGES[0]) -> Response:
    """One mail with its parts."""
    language = _known(language)
    mail = await _find(settings, key)
    # In its frame a page of ours would be refused, so the mail's links open beside it.
    html = re.sub("<head>", '<head><base target="_blank">', mail.html, count=1)
    return page("mail.html", language, mail=mail, html=html, key=quote(key), sent=_sent(mail, language))


@router.get("/{key}/invite.ics", dependencies=_PUBLIC)
async def download_invitation(settings: SettingsDep, key: str) -> Response:
    """The mail's calendar message as a file."""
    mail = await _find(settings, key)
    if not mail.ics:
        raise NotFound()
    headers = {"Content-Disposition": 'attachment; filename="invite.ics"', "Cache-Control": "no-store"}
    return Response(mail.ics, media_type="text/calendar; charset=utf-8", headers=headers)


async def _find(settings: Settings, key: str) -> StoredMail:
    found = next((mail for mail in await read_mailbox(settings.mailbox_dir) if mail.key == key), None)
    if found is None:
        raise NotFound()
    return found


def _known(language: str) -> str:
    return language if language in LANGUAGES else LANGUAGES[0]


def _sent(mail: StoredMail, language: str) -> str:
    return full_time(mail.date, language) if mail.date else ""

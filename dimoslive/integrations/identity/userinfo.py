"""The provider's answer about a person: one XML element whose attributes are the data."""

import logging
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

from dimoslive.domain.errors import InvalidInput, SignInUnreadable
from dimoslive.domain.people.personal_data import MAX_NAME_LENGTH, Afm, clean_line
from dimoslive.ports import Identity

# A real answer is under 1 kB; a company's name can be long.
MAX_ANSWER_LENGTH = 64 * 1024
_log = logging.getLogger(__name__)


def read_userinfo(answer: bytes) -> Identity:
    """Keep AFM and names of the answer and nothing else; raise `SignInUnreadable`.

    The last name must be there and the first may be missing: a legal person's account carries its name as the last
    name. An account with no name at all cannot be greeted, called or told apart at a desk, so it is not let in.
    """
    try:
        person = _the_only_userinfo(answer)
        first_name = clean_line("first_name", person.get("firstname", ""), max_length=MAX_ANSWER_LENGTH, required=False)
        last_name = clean_line("last_name", person.get("lastname", ""), max_length=MAX_ANSWER_LENGTH)
        first_name = _cut(first_name, MAX_NAME_LENGTH // 2)
        # Nobody is kept out by a long name: both together are cut to what all pages and mails take.
        last_name = _cut(last_name, MAX_NAME_LENGTH - len(f"{first_name} ".lstrip()))
        return Identity(Afm.parse(person.get("taxid", "")), first_name, last_name)
    except InvalidInput as error:
        raise unreadable(f"{error.field} is {error.code}") from None
    except (ParseError, ValueError, LookupError) as error:
        # What went wrong would quote the person's data, so the cause is dropped. ValueError covers forbidden DTDs and
        # entities as well as encodings that the parser does not know.
        raise unreadable(type(error).__name__) from None


def unreadable(reason: str) -> SignInUnreadable:
    """The refusal; the log hears of it in one line, with a reason that names nobody."""
    _log.warning("identity provider's answer is unreadable: %s", reason)
    return SignInUnreadable()


def _the_only_userinfo(answer: bytes) -> Element:
    if len(answer) > MAX_ANSWER_LENGTH:
        raise unreadable("longer than any")
    root = fromstring(answer.strip(), forbid_dtd=True, forbid_entities=True, forbid_external=True)
    found = list(root.iter("userinfo"))
    if len(found) != 1:
        raise unreadable(f"{len(found)} persons")
    return found[0]


def _cut(name: str, max_length: int) -> str:
    """The name, or as many whole words of it as there is place for."""
    if len(name) <= max_length:
        return name
    start = name[:max_length]
    return (start.rpartition(" ")[0] or start[:-1]).rstrip(" ,-&") + "…"

"""Whatever a subject or a name holds, it arrives as it was written, on lines that every mail server passes on."""

import re
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dimoslive.integrations.mail.headers import POLICY, as_one_address, write_headers
from dimoslive.integrations.wording import one_line

LONG = "Λεπτομέρειες κράτησης K7PM-3XQ9, νέα ώρα: Ραντεβού με το Αυτοτελές Τμήμα Προσόδων, Δήμος Ηρακλείου Κρήτης"
WORDS = st.text(max_size=300).filter(lambda text: one_line(text) != "")


@given(WORDS)
@example(LONG)
@example("Ραντεβού, Kavala  με κόμμα")
@example("=?utf-8?q?not_meant?= so")
@example("a" * 900)
@example("👩‍👩‍👧 " * 60)
def test_any_subject_arrives_as_written_within_the_lengths_of_the_standard(subject: str) -> None:
    raw = _sent({"Subject": subject})
    assert message_from_bytes(raw, policy=policy.default)["Subject"] == one_line(subject)
    _check_lengths(raw)


@given(WORDS.filter(lambda text: "=?" not in text))
@example(LONG)
@example("Δήμος Καβάλας, ραντεβού")
@example('Δήμος "Καβάλας" \\ ραντεβού <a@b.gr>')
@example("Office, Kavala <x@y.gr>; (test)")
@example("a" * 900)
def test_any_name_arrives_as_written_beside_the_one_address(name: str) -> None:
    raw = _sent({"From": as_one_address(name, "noreply@dimos.example")})
    _check_lengths(raw)
    [address] = message_from_bytes(raw, policy=policy.default)["From"].addresses
    assert address.addr_spec == "noreply@dimos.example"
    # Not the display name of above: Python 3.11 reads a blank between two encoded words of a name.
    written, _ = parseaddr(str(message_from_bytes(raw)["From"]).replace("\r\n", ""))
    assert str(make_header(decode_header(written))) == one_line(name)


def test_a_short_plain_line_is_left_as_it_is() -> None:
    assert b"Subject: Booking details K7PM-3XQ9\r\n" in _sent({"Subject": "Booking details K7PM-3XQ9"})
    sender = as_one_address("myDimosLive", "noreply@dimos.example")
    assert b"From: myDimosLive <noreply@dimos.example>\r\n" in _sent({"From": sender})


@pytest.mark.parametrize("hostile", ["x\r\nBcc: all@example.com", "x\nSubject: y", "x\x00\u2028y"])
def test_no_value_begins_another_header(hostile: str) -> None:
    sender = as_one_address(hostile, "noreply@dimos.example")
    raw = message_from_bytes(_sent({"Subject": hostile, "From": sender}), policy=policy.default)
    assert sorted(raw.keys()) == ["From", "Subject"]


def _sent(headers: dict[str, str]) -> bytes:
    message = EmailMessage(policy=POLICY)
    write_headers(message, headers)
    return message.as_bytes()


def _check_lengths(raw: bytes) -> None:
    """RFC 2047, 2: an encoded word has 75 characters at most, a line that holds one 76."""
    lines = raw.decode("ascii").split("\r\n")
    assert [line for line in lines if len(line) > 76] == []
    assert [word for line in lines for word in re.findall(r"=\?\S+\?=", line) if len(word) > 75] == []

"""As much of STUN (RFC 8489) and TURN (RFC 8656) as asking a relay for an address takes."""

import hashlib
import hmac
import os
import socket
import struct

BINDING, ALLOCATE = 0x0001, 0x0003
_SUCCESS = 0x0100
_USERNAME, _INTEGRITY, _ERROR, _REALM, _NONCE, _RELAYED, _TRANSPORT = 0x06, 0x08, 0x09, 0x14, 0x15, 0x16, 0x19
_COOKIE = 0x2112A442
_UDP = struct.pack("!B3x", socket.IPPROTO_UDP)
Attributes = dict[int, bytes]


class TurnRefused(Exception):
    """The relay's error, by its number."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def is_answering(address: tuple[str, int], timeout: float) -> bool:
    """Whether a STUN server answers there."""
    try:
        with _connected(address, timeout) as sock:
            return _ask(sock, BINDING, {})[0] == BINDING | _SUCCESS
    except OSError:
        return False


def allocate(address: tuple[str, int], username: str, credential: str) -> tuple[str, int]:
    """The address that the relay lends to who has the credentials; raises `TurnRefused`."""
    with _connected(address, timeout=5) as sock:
        # The first, bare request is always refused; the refusal names the realm, and a nonce for this socket.
        _, challenge = _ask(sock, ALLOCATE, {_TRANSPORT: _UDP})
        realm, nonce = challenge[_REALM], challenge[_NONCE]
        secret = b":".join((username.encode(), realm, credential.encode()))
        key = hashlib.md5(secret, usedforsecurity=False).digest()
        named = {_TRANSPORT: _UDP, _USERNAME: username.encode(), _REALM: realm, _NONCE: nonce}
        kind, answer = _ask(sock, ALLOCATE, named, key)
    if kind != ALLOCATE | _SUCCESS:
        _, hundreds, rest = struct.unpack_from("!HBB", answer[_ERROR])
        raise TurnRefused(hundreds * 100 + rest)
    _, port, host = struct.unpack("!HHI", answer[_RELAYED])
    return socket.inet_ntoa(struct.pack("!I", host ^ _COOKIE)), port ^ (_COOKIE >> 16)


def _connected(address: tuple[str, int], timeout: float) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.settimeout(timeout)
    sock.connect(address)
    return sock


def _ask(sock: socket.socket, kind: int, attributes: Attributes, key: bytes = b"") -> tuple[int, Attributes]:
    transaction = os.urandom(12)
    body = b"".join(_packed(name, value) for name, value in attributes.items())
    if key:
        # The length that is signed includes the signature's own attribute.
        signed = _header(kind, len(body) + 24, transaction) + body
        body += _packed(_INTEGRITY, hmac.digest(key, signed, "sha1"))
    sock.send(_header(kind, len(body), transaction) + body)
    answer = sock.recv(2048)
    assert answer[8:20] == transaction
    return struct.unpack_from("!H", answer)[0], _unpacked(answer[20:])


def _header(kind: int, length: int, transaction: bytes) -> bytes:
    return struct.pack("!HHI", kind, length, _COOKIE) + transaction


def _packed(name: int, value: bytes) -> bytes:
    return struct.pack("!HH", name, len(value)) + value + bytes(-len(value) % 4)


def _unpacked(body: bytes) -> Attributes:
    attributes = {}
    while body:
        name, length = struct.unpack_from("!HH", body)
        attributes[name] = body[4 : 4 + length]
        body = body[4 + length + -length % 4 :]
    return attributes

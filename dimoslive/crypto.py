"""Random tokens, their hashes, and what is sealed with the installation's key."""

import base64
import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from itsdangerous import BadData, URLSafeSerializer

from dimoslive.domain.people.personal_data import Afm, EmailAddress


def new_token() -> str:
    """256 random bits, fit for an address or a cookie."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is stored of a token: it finds the row, but does not give the token away."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def random_reference_bits() -> int:
    """40 random bits for a booking's reference."""
    return secrets.randbits(40)


def random_wait(longest: timedelta) -> timedelta:
    """Whole seconds, from none to the longest: nobody can tell when the wait ends."""
    return timedelta(seconds=secrets.randbelow(int(longest.total_seconds()) + 1))


class Seal:
    """Keys derived from the installation's secret, one for each use."""

    def __init__(self, secret_key: str) -> None:
        self._afm_key = hashlib.sha256(b"afm-hash:" + secret_key.encode()).digest()
        self._mailbox_key = hashlib.sha256(b"mailbox-hash:" + secret_key.encode()).digest()
        self._link_key = hashlib.sha256(b"link:" + secret_key.encode()).digest()
        self._box = Fernet(_fernet_key(secret_key))
        self._signer = URLSafeSerializer(secret_key, salt="sign-in")
        self._cursor_signer = URLSafeSerializer(secret_key, salt="cursor")
        self._page_key = hashlib.sha256(b"page:" + secret_key.encode()).digest()

    def afm_hash(self, afm: Afm) -> str:
        """Finds a person by AFM; useless without the key, as the billion possible AFMs could else be tried."""
        return hmac.new(self._afm_key, afm.digits.encode(), hashlib.sha256).hexdigest()

    def mailbox_hash(self, address: EmailAddress) -> str:
        """Counts mails to an address without naming it."""
        return hmac.new(self._mailbox_key, address.mailbox.encode(), hashlib.sha256).hexdigest()

    def link_token(self, *words: str) -> str:
        """256 bits for an address in a mail: always the same for these words, and nobody can guess them."""
        bits = hmac.new(self._link_key, "\0".join(words).encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(bits).rstrip(b"=").decode()

    def page_name(self, *words: str) -> str:
        """Under which the state of a page is kept: whoever knows one of the words less cannot find it."""
        return hmac.new(self._page_key, "\0".join(words).encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()

    def encrypt(self, text: str) -> str:
        """Encrypt a short text."""
        return self._box.encrypt(text.encode()).decode()

    def decrypt(self, sealed: str) -> str | None:
        """Decrypt; ``None`` if it was sealed with another key."""
        try:
            return self._box.decrypt(sealed.encode()).decode()
        except InvalidToken:
            return None

    def sign(self, words: list[str]) -> str:
        """Words for the browser to bring back unchanged."""
        return str(self._signer.dumps(words))

    def read_signed(self, signed: str) -> list[str] | None:
        """The words, if it was us who signed them."""
        try:
            words = self._signer.loads(signed)
        except BadData:
            return None
        return [str(word) for word in words] if isinstance(words, list) else None

    def sign_cursor(self, place: list[Any]) -> str:
        """A place in a list, for a program to bring back unchanged."""
        return str(self._cursor_signer.dumps(place))

    def read_cursor(self, signed: str) -> list[Any] | None:
        """The place, if it was us who signed it."""
        try:
            place = self._cursor_signer.loads(signed)
        except BadData:
            return None
        return place if isinstance(place, list) else None


def _fernet_key(secret_key: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(b"seal:" + secret_key.encode()).digest())

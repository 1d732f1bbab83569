import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from dimoslive.domain.errors import SignInRefused, SignInUnavailable, SignInUnreadable
from dimoslive.integrations.identity.gsis import GsisProvider
from dimoslive.integrations.identity.userinfo import MAX_ANSWER_LENGTH
from tests.integrations.tls import assert_checks_certificates, contexts_made
from tests.support.log import written_log

CODE = "c0de"
CALLBACK = "https://dimos.example/auth/callback"
TOKEN = {"access_token": "t0k3n-of-eleni", "token_type": "bearer", "expires_in": 3600}
ANSWER = (
    '<root><userinfo userid="eleni.p" taxid="123456783" lastname="ΠΑΠΑΔΟΠΟΥΛΟΥ" firstname="ΕΛΕΝΗ" '
    'fathername="ΔΗΜΗΤΡΙΟΣ" mothername="ΣΟΦΙΑ" birthyear="1984"/></root>'
)
Reply = Callable[[httpx2.Request], httpx2.Response]


class Gsis:
    """A provider that answers as it is told and remembers what it was asked."""

    def __init__(self, *, token: Reply | None = None, userinfo: Reply | None = None) -> None:
        self.asked: list[httpx2.Request] = []
        self._token = token or (lambda _: httpx2.Response(200, json=TOKEN))
        self._userinfo = userinfo or (lambda _: httpx2.Response(200, text=ANSWER))

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request)
        return self._token(request) if request.url.path.endswith("/oauth/token") else self._userinfo(request)


def provider(gsis: Gsis, **changes: str) -> GsisProvider:
    values = {
        "base_url": "https://test.gsis.gr",
        "realm": "oauth2server",
        "client_id": "DIMOS1",
        "client_secret": "s&c=",
    }
    return GsisProvider(**{**values, **changes}, transport=httpx2.MockTransport(gsis))  # type: ignore[arg-type]  # all strings


async def signed_in_with(userinfo: str | bytes, **headers: str) -> tuple[str, str, str]:
    gsis = Gsis(userinfo=lambda _: httpx2.Response(200, content=userinfo, headers=headers))
    identity = await provider(gsis).fetch_identity(CODE, CALLBACK)
    return identity.afm.digits, identity.first_name, identity.last_name


def test_the_browser_is_sent_with_five_parameters_and_no_pkce() -> None:
    url = urlsplit(provider(Gsis()).authorization_url("st&te=ά", CALLBACK))
    assert f"{url.scheme}://{url.netloc}{url.path}" == "https://test.gsis.gr/oauth2server/oauth/authorize"
    assert parse_qs(url.query, strict_parsing=True) == {
        "response_type": ["code"],
        "client_id": ["DIMOS1"],
        "redirect_uri": [CALLBACK],
        "scope": ["read"],
        "state": ["st&te=ά"],
    }


@pytest.mark.parametrize("language", ["el", "en"])
def test_the_language_goes_along_where_the_provider_takes_it_and_nowhere_else(language: str) -> None:
    silent, told = provider(Gsis()), provider(Gsis(), language_parameter="lang")
    assert silent.authorization_url("s", CALLBACK, language) == silent.authorization_url("s", CALLBACK)
    assert told.authorization_url("s", CALLBACK, language).endswith(f"&state=s&lang={language}")


def test_public_servants_have_their_own_paths() -> None:
    staff = provider(Gsis(), realm="oauth2servergov")
    assert staff.authorization_url("s", CALLBACK).startswith("https://test.gsis.gr/oauth2servergov/oauth/authorize?")
    assert staff.logout_url("https://dimos.example/?a=1") == (
        "https://test.gsis.gr/oauth2servergov/logout/DIMOS1/?url=https%3A%2F%2Fdimos.example%2F%3Fa%3D1"
    )


async def test_the_code_is_exchanged_with_the_secret_in_the_body() -> None:
    gsis = Gsis()
    await provider(gsis).fetch_identity("c0de+/&=%", CALLBACK)
    token, userinfo = gsis.asked
    assert (token.method, str(token.url)) == ("POST", "https://test.gsis.gr/oauth2server/oauth/token")
    assert token.headers["content-type"].startswith("application/x-www-form-urlencoded")
    assert "authorization" not in token.headers
    assert parse_qs(token.content.decode(), strict_parsing=True) == {
        "grant_type": ["authorization_code"],
        "code": ["c0de+/&=%"],
        "redirect_uri": [CALLBACK],
        "client_id": ["DIMOS1"],
        "client_secret": ["s&c="],
    }
    assert (userinfo.method, str(userinfo.url)) == ("GET", "https://test.gsis.gr/oauth2server/userinfo?format=xml")
    assert userinfo.headers["authorization"] == "Bearer t0k3n-of-eleni"


async def test_all_sign_ins_share_what_is_made_ready_for_tls(monkeypatch: pytest.MonkeyPatch) -> None:
    made = contexts_made(monkeypatch)
    unreached = GsisProvider(base_url="https://127.0.0.1:1", realm="oauth2server", client_id="D", client_secret="s")
    for _ in range(3):
        with pytest.raises(SignInUnavailable):
            await unreached.fetch_identity(CODE, CALLBACK)
    [context] = made
    assert_checks_certificates(context)


async def test_the_token_can_go_in_the_query() -> None:
    gsis = Gsis()
    await provider(gsis, token_in="query").fetch_identity(CODE, CALLBACK)
    assert dict(gsis.asked[1].url.params) == {"format": "xml", "access_token": "t0k3n-of-eleni"}
    assert "authorization" not in gsis.asked[1].headers


async def test_the_back_channel_can_have_another_address() -> None:
    gsis = Gsis()
    inside = provider(gsis, back_channel_url="http://gsis.internal:8080/")
    await inside.fetch_identity(CODE, CALLBACK)
    assert {request.url.host for request in gsis.asked} == {"gsis.internal"}
    assert inside.authorization_url("s", CALLBACK).startswith("https://test.gsis.gr/")
    assert inside.logout_url(CALLBACK).startswith("https://test.gsis.gr/")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (ANSWER, ("123456783", "ΕΛΕΝΗ", "ΠΑΠΑΔΟΠΟΥΛΟΥ")),
        (
            '<root><userinfo taxid="024681354   " lastname="ΚΑΡΑΓΙΑΝΝΗΣ     \n" firstname="ΝΙΚΟΛΑΟΣ&#10;  "/></root>',
            ("024681354", "ΝΙΚΟΛΑΟΣ", "ΚΑΡΑΓΙΑΝΝΗΣ"),
        ),
        (
            '<root><userinfo taxid="171717171" lastname="&#927;&#921;&#922;&#32;" firstname="&#x39C;"/></root>',
            ("171717171", "Μ", "ΟΙΚ"),
        ),
        (
            '<root><userinfo taxid="123456783" lastname="ΔΕ  ΛΑ&#160;ΦΟΥΕΝΤΕ" firstname="ΑΝΑ"/></root>',
            ("123456783", "ΑΝΑ", "ΔΕ ΛΑ ΦΟΥΕΝΤΕ"),
        ),
        (
            '<root><userinfo taxid="999000111" lastname="ΑΙΓΑΙΟ &amp; ΣΙΑ Ο.Ε." firstname="   "/></root>',
            ("999000111", "", "ΑΙΓΑΙΟ & ΣΙΑ Ο.Ε."),
        ),
        ('\n<userinfo taxid="123456783" lastname="Χ"/>\n', ("123456783", "", "Χ")),
        (
            '<root><userinfo taxid="&#xFEFF;123456783" lastname="ΠΑΠ&#x202E;ΑΣ&#x200B;" firstname="&#xAD;"/></root>',
            ("123456783", "", "ΠΑΠΑΣ"),
        ),
        (
            '<?xml version="1.0" encoding="ISO-8859-7"?>' + ANSWER,
            ("123456783", "ΕΛΕΝΗ", "ΠΑΠΑΔΟΠΟΥΛΟΥ"),
        ),
    ],
    ids=["plain", "padded", "entities", "blanks inside", "business", "no root", "invisible", "old encoding"],
)
async def test_real_habits_of_the_answer_are_understood(answer: str, expected: tuple[str, str, str]) -> None:
    encoded = answer.encode("iso-8859-7" if "8859-7" in answer else "utf-8")
    assert await signed_in_with(encoded) == expected


UNREADABLE = [
    "",
    "<html><body>Service</body></html>",
    "<root><userinfo taxid=",
    "<root/>",
    ANSWER.replace("/></root>", '/><userinfo taxid="171717171" lastname="ΑΛΛΗ"/></root>'),
    ANSWER.replace("123456783", "123456789"),
    ANSWER.replace("123456783", "000000000"),
    ANSWER.replace("123456783", "24681354"),
    ANSWER.replace("taxid", "userid2"),
    ANSWER.replace("lastname", "surname"),
    ANSWER.replace("ΠΑΠΑΔΟΠΟΥΛΟΥ", "   "),
    ANSWER.replace("ΠΑΠΑΔΟΠΟΥΛΟΥ", "&#x200B;&#x2800;"),
    '<!DOCTYPE root><root><userinfo taxid="123456783" lastname="Χ"/></root>',
    '<!DOCTYPE r [<!ENTITY a "Χ">]><root><userinfo taxid="123456783" lastname="&a;"/></root>',
    '<!DOCTYPE r SYSTEM "file:///etc/hostname"><root><userinfo taxid="123456783" lastname="Χ"/></root>',
    ANSWER.replace("ΕΛΕΝΗ", "&eleni;"),
    '<?xml version="1.0" encoding="utf-7"?>' + ANSWER,
    '<?xml version="1.0" encoding="no-such"?>' + ANSWER,
    '{"userid": "eleni.p"}',
    "[1, 2]",
]


@pytest.mark.parametrize("answer", UNREADABLE)
async def test_an_answer_that_names_nobody_we_can_serve_is_unreadable(answer: str) -> None:
    with pytest.raises(SignInUnreadable) as raised:
        await signed_in_with(answer)
    assert raised.value.__cause__ is None


async def test_an_endless_answer_is_not_read_to_its_end() -> None:
    sent = 0

    class Endless(httpx2.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            nonlocal sent
            while True:
                sent += 4096
                yield b" " * 4096

    with pytest.raises(SignInUnreadable):
        await provider(Gsis(userinfo=lambda _: httpx2.Response(200, stream=Endless()))).fetch_identity(CODE, CALLBACK)
    assert sent <= MAX_ANSWER_LENGTH + 4096


def replies(status: int, **content: object) -> Reply:
    return lambda _: httpx2.Response(status, **content)  # type: ignore[arg-type]  # what Response takes


REFUSALS = [
    replies(401, json={"error": "invalid_token", "error_description": "expired: t0k3n-of-eleni"}),
    replies(400, json={"error": "invalid_grant"}),
    replies(200, json={"error": "invalid_token"}),
    replies(403, text="<html>Forbidden</html>"),
]
FAILURES = [
    replies(500, json={"error": "server_error"}),
    replies(502, text="Bad Gateway"),
    replies(503),
    replies(429, json={"error": "slow_down"}),
    replies(404, text="Not Found"),
    replies(302, headers={"location": "https://elsewhere.example/maintenance"}),
]


@pytest.mark.parametrize("at", ["token", "userinfo"])
@pytest.mark.parametrize("reply", REFUSALS)
async def test_an_error_answer_is_a_refusal(at: str, reply: Reply) -> None:
    with pytest.raises(SignInRefused):
        await provider(Gsis(**{at: reply})).fetch_identity(CODE, CALLBACK)


@pytest.mark.parametrize("at", ["token", "userinfo"])
@pytest.mark.parametrize("reply", FAILURES)
async def test_a_provider_that_does_not_work_is_unavailable(at: str, reply: Reply) -> None:
    gsis = Gsis(**{at: reply})
    with pytest.raises(SignInUnavailable):
        await provider(gsis).fetch_identity(CODE, CALLBACK)
    assert {request.url.host for request in gsis.asked} == {"test.gsis.gr"}


@pytest.mark.parametrize("at", ["token", "userinfo"])
@pytest.mark.parametrize(
    "error", [httpx2.ConnectError("no route"), httpx2.ReadTimeout("slow"), httpx2.RemoteProtocolError("cut off")]
)
async def test_a_provider_that_is_not_reached_is_unavailable(at: str, error: Exception) -> None:
    def fail(_: httpx2.Request) -> httpx2.Response:
        raise error

    with pytest.raises(SignInUnavailable) as raised:
        await provider(Gsis(**{at: fail})).fetch_identity(CODE, CALLBACK)
    assert raised.value.__cause__ is None


async def test_a_provider_that_never_ends_is_given_up() -> None:
    async def silent(_: httpx2.Request) -> httpx2.Response:
        await asyncio.Event().wait()
        raise AssertionError

    slow = GsisProvider(
        base_url="https://test.gsis.gr",
        realm="oauth2server",
        client_id="DIMOS1",
        client_secret="s",
        timeout=0.01,
        transport=httpx2.MockTransport(silent),
    )
    with pytest.raises(SignInUnavailable):
        await slow.fetch_identity(CODE, CALLBACK)


UNREADABLE_TOKENS = [
    {},
    {"token_type": "bearer"},
    {**TOKEN, "access_token": ""},
    {**TOKEN, "access_token": "with\r\nbreak"},
    {**TOKEN, "token_type": "mac"},
    {**TOKEN, "token_type": None},
    {**TOKEN, "expires_in": "soon"},
    {**TOKEN, "expires_at": [1]},
    ["t0k3n"],
    "t0k3n",
]


@pytest.mark.parametrize("answer", UNREADABLE_TOKENS)
async def test_a_token_answer_of_another_form_is_unreadable(answer: object) -> None:
    with pytest.raises(SignInUnreadable):
        await provider(Gsis(token=replies(200, json=answer))).fetch_identity(CODE, CALLBACK)


HOSTILE = [
    *({"userinfo": replies(200, text=answer)} for answer in UNREADABLE),
    *({"token": replies(200, json=answer)} for answer in UNREADABLE_TOKENS),
    *({at: reply} for at in ("token", "userinfo") for reply in REFUSALS + FAILURES),
    {"userinfo": replies(200, text=ANSWER + " " * MAX_ANSWER_LENGTH)},
    {"userinfo": replies(200, text="<html>", headers={"content-type": "text/html"})},
    {"userinfo": replies(200, content=b"\xff\xfe\x00")},
    {"token": replies(200, content=b"\xff\xfe\x00")},
    {"token": replies(200, text="<html>")},
]


@pytest.mark.parametrize("replies_so", HOSTILE)
async def test_an_answer_that_signs_nobody_in_leaves_one_line_without_the_person(
    replies_so: dict[str, Reply], caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises((SignInRefused, SignInUnavailable, SignInUnreadable)):
        await provider(Gsis(**replies_so)).fetch_identity(CODE, CALLBACK)
    [line] = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert "\n" not in line
    for secret in ("t0k3n", CODE, "12345678", "24681354", "ΕΛΕΝΗ", "ΠΑΠ", "ΑΛΛΗ", "eleni", "hostname"):
        assert secret not in line


async def test_a_code_that_no_provider_gives_leaves_one_line_without_it(caplog: pytest.LogCaptureFixture) -> None:
    gsis = Gsis()
    with pytest.raises(SignInRefused):
        await provider(gsis).fetch_identity("c0de\r\nforged line", CALLBACK)
    [record] = caplog.records
    assert "c0de" not in record.getMessage()
    assert gsis.asked == []


async def test_a_token_of_a_short_life_is_used_all_the_same() -> None:
    gsis = Gsis(token=replies(200, json={**TOKEN, "token_type": "Bearer", "expires_in": "5"}))
    assert (await provider(gsis).fetch_identity(CODE, CALLBACK)).afm.digits == "123456783"


@pytest.mark.parametrize("token_in", ["header", "query"])
@pytest.mark.parametrize("userinfo", [None, *REFUSALS, *FAILURES, replies(200, text="<bad")])
async def test_neither_token_nor_person_reaches_the_log(
    token_in: str, userinfo: Reply | None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with written_log() as log:
        try:
            identity = await provider(Gsis(userinfo=userinfo), token_in=token_in).fetch_identity(CODE, CALLBACK)
            logging.getLogger("test").info("%r", identity)
        except (SignInRefused, SignInUnavailable, SignInUnreadable) as error:
            logging.getLogger("test").exception("sign-in", exc_info=error)
        written = log.getvalue().decode()
    assert "userinfo" in written
    for secret in ("t0k3n", "s&c=", "s%26c", CODE, "123456783", "ΕΛΕΝΗ", "ΠΑΠΑΔΟΠΟΥΛΟΥ", "ΔΗΜΗΤΡΙΟΣ", "1984"):
        assert secret not in written


async def test_an_identity_holds_afm_and_names_and_nothing_else() -> None:
    identity = await provider(Gsis()).fetch_identity(CODE, CALLBACK)
    assert set(identity.__slots__) == {"afm", "first_name", "last_name"}

"""The privacy policy names each cookie that the site sets, with its lifetime, and no other."""

import re
from dataclasses import replace
from http.cookies import Morsel, SimpleCookie
from pathlib import Path

import httpx2
import pytest

from dimoslive.i18n import LANGUAGES
from dimoslive.settings import Settings
from dimoslive.ui.citizen.public.facts import page_facts
from dimoslive.ui.citizen.public.markdown import page_texts
from dimoslive.ui.shared.frontend import shipped_modules
from tests.http.embed.frames import OURS, Framed, code_of
from tests.http.site import HTTPS, Site, development, sign_in
from tests.http.staff import staff_sign_in
from tests.support.meeting import NIKOS, enter_official
from tests.support.ports import KnownPersons
from tests.support.world import Town

ROOT = Path(__file__).parents[3]


async def cookies_set(town: Town, settings: Settings) -> list[Morsel[str]]:
    """All that a citizen's and an official's sign-in leave in a browser, and one in a frame of another site."""
    town.context = replace(town.context, staff_identity=KnownPersons(nikos=NIKOS))
    enter_official(town)
    site = Site(town, settings)
    browser, answers = site.browser(), list[httpx2.Response]()

    async def note(answer: httpx2.Response) -> None:
        answers.append(answer)

    browser.event_hooks = {"response": [note]}
    await sign_in(browser)
    await staff_sign_in(browser)
    framed = Framed(site.browser(), browser)
    framed.window.event_hooks = browser.event_hooks
    await framed.take(code_of(await framed.come_back()))
    await framed.frame.post("/embed/probe", headers=OURS)
    # Python knows no partitions yet, and would drop the whole line.
    jars = [
        SimpleCookie(line.replace("; Partitioned", ""))
        for answer in answers
        for line in answer.headers.get_list("set-cookie")
    ]
    return [morsel for jar in jars for morsel in jar.values() if morsel.value]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_privacy_policy_names_the_cookies_that_are_set(town: Town, tmp_path: Path, language: str) -> None:
    settings = development(tmp_path, public_url=HTTPS)
    facts = page_facts(settings, language)
    html = page_texts("privacy", language, **facts)[1]
    named = set(re.findall(r"<strong>((?:__Host-)?dimoslive_\w+)</strong>", html))

    kept = await cookies_set(town, settings)

    # A state's name ends with a random part of its sign-in.
    names = {re.sub(r"(_sign_in_)[\w-]+$", r"\1", morsel.key) for morsel in kept}
    script = (ROOT / "assets/page.js").read_text(encoding="utf-8")
    assert named == names | set(re.findall(r'document\.cookie = "(\w+)=', script))
    ages = {morsel.key.split("_sign_in_")[0]: morsel["max-age"] for morsel in kept if morsel["max-age"]}
    short = {facts["window_cookie"]: "120", facts["first_party_probe"]: "60", facts["partitioned_probe"]: "60"}
    assert {name: age for name, age in ages.items() if name in short} == short
    assert {age for name, age in ages.items() if name not in short} == {str(int(facts["sign_in_minutes"]) * 60)}
    kept_on = {facts["session_cookie"], facts["staff_cookie"], facts["frame_cookie"]}
    assert {name for name in names if "_sign_in_" not in name} - short.keys() == kept_on
    assert re.findall(r'"(\w+)=" \+ [^;]+; path=/; max-age=(\d+)', script) == [(facts["back_cookie"], "7200")]
    assert script.lower().count("max-age") == 1


def test_no_other_place_sets_a_cookie() -> None:
    sources = [*ROOT.glob("dimoslive/**/*.py"), *shipped_modules(), *ROOT.glob("assets/*.js")]
    setting = re.compile(r"\.set_cookie\(|document\.cookie\s*=|rx\.Cookie\(|localStorage")
    found = {path.relative_to(ROOT).as_posix() for path in sources if setting.search(path.read_text(encoding="utf-8"))}
    assert found == {
        "dimoslive/http/auth/browser_state.py",
        "dimoslive/http/auth/sign_in.py",
        "dimoslive/http/embed/session.py",
        "dimoslive/http/embed/window.py",
        "dimoslive/http/embed/window_page.py",
        "assets/page.js",
        "assets/embed-frame.js",
    }

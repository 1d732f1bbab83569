"""One page's flood is not everybody's: turns, budgets, and what a closed page leaves behind."""

import asyncio
from collections.abc import Callable

import pytest
import reflex as rx

from dimoslive.context import AppContext
from dimoslive.domain.errors import NotFound
from dimoslive.ui.citizen.public.state import MunicipalitiesState
from dimoslive.ui.shared.call import KNOWN_FOR, TOGETHER_FOR, call_public, call_together
from dimoslive.ui.shared.session import SessionState
from dimoslive.ui.shared.turns import MAX_PAGES, MAX_WAITING, Budget, Payer, Payers, Turns
from tests.support.database import ROOT
from tests.support.meeting import session_token
from tests.support.world import Town
from tests.ui.page_socket import Wire, event


class Work:
    """Events that take until they are let go."""

    def __init__(self) -> None:
        self.begun: list[object] = []
        self.done: list[object] = []
        self._let_go = asyncio.Event()

    async def __call__(self, event: object) -> None:
        self.begun.append(event)
        await self._let_go.wait()
        self.done.append(event)

    async def let_go(self) -> None:
        """They end; what follows them has begun and ended too."""
        self._let_go.set()
        await settle(lambda: self.begun == self.done)


async def settle(is_so: Callable[[], bool]) -> None:
    """All that can go on without the clock has gone on."""
    for _ in range(300):
        await asyncio.sleep(0)
    assert is_so()


async def test_the_events_of_a_closed_page_are_dropped_and_what_had_begun_is_finished() -> None:
    work = Work()
    turns = Turns(Payer(), work)
    for number in range(30):
        turns.add(number)
    await settle(lambda: work.begun == [0])
    turns.drop()
    await work.let_go()
    assert work.done == [0]


async def test_of_a_closed_page_what_must_not_be_lost_has_its_turn() -> None:
    work = Work()
    turns = Turns(Payer(), work)
    for number in range(30):
        turns.add(number)
    await settle(lambda: work.begun == [0])
    assert turns.drop(but=lambda event: event == 7)
    await work.let_go()
    await turns.done()
    assert work.done == [0, 7]


async def test_a_closed_page_that_waits_for_its_turn_takes_none() -> None:
    payer, first, second = Payer(), Work(), Work()
    busy, gone = Turns(payer, first), Turns(payer, second)
    busy.add("busy")
    await settle(lambda: first.begun == ["busy"])
    gone.add("gone")
    gone.drop()
    await first.let_go()
    assert second.begun == []


async def test_more_than_anybody_could_have_pressed_is_dropped() -> None:
    work = Work()
    turns = Turns(Payer(), work)
    for number in range(1000):
        turns.add(number)
    await work.let_go()
    assert work.done == list(range(MAX_WAITING))


async def test_pages_of_one_payer_take_turns_and_another_payer_does_not_wait() -> None:
    crowd, works = Payer(), [Work() for _ in range(20)]
    for work in works:
        turns = Turns(crowd, work)
        for number in range(30):
            turns.add(number)
    person = Work()
    Turns(Payer(), person).add("press")
    await settle(lambda: person.begun == ["press"])
    assert sum(len(work.begun) for work in works) == 1
    await person.let_go()


def test_a_budget_is_so_many_at_once_and_so_many_a_second() -> None:
    clock = [0.0]
    budget = Budget(3, 2, lambda: clock[0])
    assert [budget.take() for _ in range(5)] == [0, 0, 0, 0.5, 1.0]
    clock[0] = 1.0
    assert budget.take() == 0.5
    clock[0] = 100.0
    assert [budget.take() for _ in range(4)] == [0, 0, 0, 0.5]


async def test_an_address_may_have_many_pages_and_not_any_number() -> None:
    payers = Payers()

    async def nobody() -> str:
        return ""

    async def eleni() -> str:
        return "citizen-1"

    for _ in range(MAX_PAGES):
        await payers.join("198.51.100.7", nobody)
    with pytest.raises(ConnectionRefusedError):
        await payers.join("198.51.100.7", nobody)
    assert (await payers.join("198.51.100.7", eleni))[0] == "citizen-1"
    assert (await payers.join("198.51.100.8", nobody))[0] == "198.51.100.8"
    payers.leave("198.51.100.7")
    assert (await payers.join("198.51.100.7", nobody))[0] == "198.51.100.7"


async def test_a_person_behind_a_flooding_address_is_answered_before_the_flood(wire: Wire) -> None:
    flood = [await wire.open() for _ in range(20)]
    eleni = await wire.open(session=session_token(wire.town))
    load = event(MunicipalitiesState, "load", "/municipalities")
    for page in flood:
        await page.send(*[load] * 50)
    eleni.heard = ""
    await eleni.send(event(SessionState, "load", "/faq"))
    await eleni.until("citizen_name")
    workers = [page.turns._worker for page in wire.namespace._pages.values() if page.turns._worker]
    await wire.close(*flood)
    await asyncio.gather(*workers)
    assert sum(loads_of(state) for state in wire.states.values()) < 500


def loads_of(state: rx.State) -> int:
    page = state.get_substate(MunicipalitiesState.get_full_name().split("."))
    assert isinstance(page, MunicipalitiesState)
    return page.ack_count


def a_service_that_counts() -> tuple[list[str], Callable[[AppContext, str], str]]:
    asked: list[str] = []

    def service(_context: AppContext, slug: str) -> str:
        asked.append(slug)
        if slug == "nowhere":
            raise NotFound()
        return slug.upper()

    return asked, service


async def test_many_who_ask_for_the_same_public_thing_at_once_are_one_question(open_town: Town) -> None:
    asked, service = a_service_that_counts()

    assert await asyncio.gather(*(call_public(service, "kavala") for _ in range(50))) == ["KAVALA"] * 50
    assert (await call_public(service, "drama"), asked) == ("DRAMA", ["kavala", "drama"])
    for _ in range(2):
        with pytest.raises(NotFound):
            await call_public(service, "nowhere")
    open_town.clock.advance(seconds=KNOWN_FOR.total_seconds())
    await call_public(service, "kavala")
    assert asked == ["kavala", "drama", "nowhere", "nowhere", "kavala"]


async def test_many_who_heard_of_the_same_news_are_one_question_until_the_next_news(open_town: Town) -> None:
    asked, service = a_service_that_counts()

    assert await asyncio.gather(*(call_together("k", service, "kavala") for _ in range(50))) == ["KAVALA"] * 50
    assert (await call_together("d", service, "drama"), asked) == ("DRAMA", ["kavala", "drama"])
    for _ in range(2):
        with pytest.raises(NotFound):
            await call_together("n", service, "nowhere")
    open_town.clock.advance(seconds=TOGETHER_FOR)
    await call_together("k", service, "kavala")
    assert asked == ["kavala", "drama", "nowhere", "nowhere", "kavala"]


def test_no_page_asks_before_what_it_heard_of_is_in_every_answer() -> None:
    listening = (ROOT / "frontend/components/day_listening.ts").read_text()
    assert f"const GATHER_MS = {TOGETHER_FOR * 1000:.0f};" in listening

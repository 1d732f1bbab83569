from dimoslive.integrations.bus.local import LONGEST_BACKLOG, LocalSwitchboard


async def test_a_listener_that_cannot_keep_up_is_cut_off_and_the_others_hear_on() -> None:
    board = LocalSwitchboard()
    async with board.listen("1") as slow, board.listen("1") as quick:
        for number in range(LONGEST_BACKLOG + 10):
            await board.say("1", {"n": number})
            assert await anext(quick) == {"n": number}
        assert [message["n"] async for message in slow] == list(range(LONGEST_BACKLOG))


async def test_nothing_is_kept_for_a_listener_that_was_cut_off() -> None:
    board = LocalSwitchboard()
    async with board.listen("1"):
        for number in range(LONGEST_BACKLOG * 3):
            await board.say("1", {"n": number})
        assert not any(board._listeners.values())


async def test_an_empty_room_leaves_nothing_behind() -> None:
    board = LocalSwitchboard()
    async with board.listen("1"):
        await board.enter("1", "p1", {"person": "citizen"})
        await board.leave("1", "p1", {"person": "citizen"})
        await board.leave("2", "p1", {})
        await board.present("3")
    await board.say("4", {})
    assert (dict(board._cards), dict(board._listeners)) == ({}, {})

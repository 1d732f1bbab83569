from dimoslive.integrations.bus.local import MAX_BACKLOG, LocalRoomBus


async def test_a_listener_that_cannot_keep_up_is_cut_off_and_the_others_hear_on() -> None:
    bus = LocalRoomBus()
    async with bus.subscribe("1") as slow, bus.subscribe("1") as quick:
        for number in range(MAX_BACKLOG + 10):
            await bus.publish("1", {"n": number})
            assert await anext(quick) == {"n": number}
        assert [message["n"] async for message in slow] == list(range(MAX_BACKLOG))


async def test_nothing_is_kept_for_a_listener_that_was_cut_off() -> None:
    bus = LocalRoomBus()
    async with bus.subscribe("1"):
        for number in range(MAX_BACKLOG * 3):
            await bus.publish("1", {"n": number})
        assert not any(bus._listeners.values())


async def test_an_empty_room_leaves_nothing_behind() -> None:
    bus = LocalRoomBus()
    async with bus.subscribe("1"):
        await bus.join("1", "p1", {"person": "citizen"})
        await bus.leave("1", "p1", {"person": "citizen"})
        await bus.leave("2", "p1", {})
        await bus.present("3")
    await bus.publish("4", {})
    assert (dict(bus._entries), dict(bus._listeners)) == ({}, {})

from dimoslive.integrations.video.builtin import BuiltinRooms
from dimoslive.ports import JoinLink
from tests.integrations.video.room import CITIZEN, CLOSES_AT, NOW, PERIOD


async def test_each_admission_has_a_room_of_its_own_that_nobody_can_guess() -> None:
    rooms = {await BuiltinRooms().open_room("K7PM3XQ9", "Πιστοποιητικό", PERIOD) for _ in range(50)}
    assert len(rooms) == 50
    assert {len(bytes.fromhex(room)) * 8 for room in rooms} == {128}


async def test_the_link_is_the_meeting_page() -> None:
    rooms = BuiltinRooms()
    room = await rooms.open_room("K7PM3XQ9", "Πιστοποιητικό", PERIOD)
    assert rooms.join_link(room, CITIZEN, CLOSES_AT, NOW) == JoinLink("builtin", "")
    await rooms.close_room(room)

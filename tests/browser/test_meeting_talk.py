"""What two browsers of a meeting say to each other without the server, and what one of them may not do to the other."""

import pytest
from playwright.sync_api import Page

# Two ends on one page, connected by the page's own module.
_PAIR = """
    const {createPeerLink} = await import("/modules/peer/peer_link.ts");
    const until = async isSo => {
        const by = performance.now() + 15000;
        while (!isSo()) {
            if (performance.now() > by) throw new Error(`not so: ${isSo}`);
            await new Promise(done => setTimeout(done, 20));
        }
    };
    const made = [];
    window.RTCPeerConnection = class extends RTCPeerConnection {
        constructor(...wishes) { super(...wishes); made.push(this); }
    };
    const stream = await navigator.mediaDevices.getUserMedia({audio: true, video: true});
    const [[audio], [video]] = [stream.getAudioTracks(), stream.getVideoTracks()];
    const ends = {}, heard = {a: [], b: []}, floods = [], tuned = [];
    const join = (own, other, tracks = {audio, video}) => {
        ends[own] = createPeerLink({
            ownName: own, name: other, iceServers: [], tracks,
            setSenderParameters: sender => tuned.push([own, sender.track?.kind]),
            isSending: () => true, onChange() {}, onLost() {}, onOpen() {},
            onMessage: message => heard[own].push(message), onFlood: () => floods.push(own),
            send: (_, data) => setTimeout(() => ends[other]?.receive(data)),
        });
    };
    const text = number => ({type: "text", id: `id-${number}`, text: `text ${number}`});
    const canTalk = () => ends.a.view().canTalk && ends.b.view().canTalk;
"""


def test_a_text_is_kept_until_it_was_read(workbench: Page) -> None:
    found = workbench.evaluate(f"""async () => {{ {_PAIR}
        join("a", "b");
        ends.a.send(text(1));
        const before = ends.a.unread().length;
        join("b", "a");
        await until(() => heard.b.length === 1 && !ends.a.unread().length);
        ends.a.send(text(2));
        await until(() => heard.b.length === 2 && !ends.a.unread().length);
        return [before, heard.b.map(message => message.text)];
    }}""")

    assert found == [1, ["text 1", "text 2"]]


def test_what_was_written_to_a_page_that_is_loaded_again_is_read_there(workbench: Page) -> None:
    found = workbench.evaluate("""async () => {
        const {createPeers} = await import("/modules/peer/peers.ts");
        const until = async isSo => { while (!isSo()) await new Promise(done => setTimeout(done, 20)); };
        const rooms = {}, read = {a: [], b: [], c: [], d: []};
        const join = own => {
            rooms[own] = createPeers({
                ownName: own, iceServers: [], tracks: {audio: null, video: null},
                setSenderParameters() {}, ownState: () => ({camera: false, microphone: false, document: "off"}),
                onChange() {}, onLost() {}, onFlood() {}, onText: (_, {text}) => read[own].push(text),
                send: (to, data) => setTimeout(() => rooms[to]?.receive(own, data)),
            });
        };
        const citizen = {role: "citizen", name: "Ελένη"}, official = {role: "official", name: "Γεώργιος"};
        const meet = (one, other, as = citizen) => {
            rooms[one].add({peer: other, ...as});
            rooms[other].add({peer: one, ...official});
        };
        const talks = name => rooms.a.view().some(({peer, canTalk}) => peer === name && canTalk);
        join("a"); join("b"); meet("a", "b");
        await until(() => talks("b"));
        rooms.a.say("1", "before");
        await until(() => read.b.length);
        // Its page goes away; on this side the channel still looks open.
        rooms.b.close();
        rooms.a.say("2", "while it reloads");
        rooms.a.remove("b");
        join("d"); meet("a", "d", {role: "guest", name: "Μαρία"});
        await until(() => talks("d"));
        join("c"); meet("a", "c");
        await until(() => talks("c"));
        rooms.a.say("3", "after");
        await until(() => read.c.includes("after") && read.d.includes("after"));
        Object.values(rooms).forEach(room => room.close());
        return read;
    }""")

    assert found == {"a": [], "b": ["before"], "c": ["while it reloads", "after"], "d": ["after"]}


def test_who_says_too_much_is_heard_no_more_while_the_call_goes_on(workbench: Page) -> None:
    found = workbench.evaluate(f"""async () => {{ {_PAIR}
        join("a", "b"); join("b", "a");
        await until(canTalk);
        for (let number = 0; number < 1000; number += 1) ends.b.send(text(number));
        await until(() => floods.length);
        await until(() => !ends.b.view().canTalk);
        const heardThen = heard.a.length;
        for (let number = 0; number < 100; number += 1) ends.b.send(text(number));
        ends.b.revive();
        await new Promise(done => setTimeout(done, 1000));
        const connected = made.filter(one => one.connectionState === "connected").length;
        const isBounded = heardThen >= 200 && heardThen < 300;
        return {{isFlooded: floods.includes("a"), isBounded, isOver: heard.a.length === heardThen, connected}};
    }}""")

    assert found == {"isFlooded": True, "isBounded": True, "isOver": True, "connected": 2}


def test_sound_and_picture_come_under_one_name_from_both_sides(workbench: Page) -> None:
    names = workbench.evaluate(f"""async () => {{ {_PAIR}
        join("a", "b"); join("b", "a");
        await until(canTalk);
        return made.map(one => [...one.localDescription.sdp.matchAll(/^a=msid:(\\S+) /gm)].map(([, name]) => name));
    }}""")

    assert len(names) == 2
    for audio, video in names:
        assert audio == video != "-"


def test_a_track_that_comes_later_is_tuned_like_the_first(workbench: Page) -> None:
    found = workbench.evaluate(f"""async () => {{ {_PAIR}
        join("a", "b", {{audio, video: null}}); join("b", "a");
        const isTuned = () => tuned.some(([own, kind]) => own === "a" && kind === "video");
        await until(() => tuned.some(([own, kind]) => own === "a" && kind === "audio"));
        const before = isTuned();
        ends.a.replaceTrack("video", video);
        await until(isTuned);
        return [before, isTuned()];
    }}""")

    assert found == [False, True]


@pytest.mark.parametrize(("end", "says_it_sends", "searches"), [("a", True, 3), ("b", True, 3), ("a", False, 0)])
def test_a_way_that_carries_nothing_is_looked_for_again_and_not_for_ever(
    end: str, says_it_sends: bool, searches: int, workbench: Page
) -> None:
    offers = workbench.evaluate(
        """async ([end, camera, searches]) => {
        const {createPeers} = await import("/modules/peer/peers.ts");
        const sleep = ms => new Promise(done => setTimeout(done, ms));
        const until = async isSo => { for (let tries = 0; tries < 300 && !isSo(); tries += 1) await sleep(50); };
        const every = setInterval, rooms = {};
        let joining, offers = 0, bytes = 100;
        window.setInterval = (act, ms) => every(act, ms / 10);
        window.RTCPeerConnection = class extends RTCPeerConnection {
            constructor(...wishes) {
                super(...wishes);
                this.isSilent = joining === end;
                this.onsignalingstatechange = () => { offers += this.signalingState === "have-local-offer"; };
            }
            async getStats() {
                return new Map([["sound", {type: "inbound-rtp", bytesReceived: this.isSilent ? 100 : bytes++}]]);
            }
        };
        for (const [own, other] of [["a", "b"], ["b", "a"]]) {
            joining = own;
            rooms[own] = createPeers({
                ownName: own, iceServers: [], tracks: {audio: null, video: null},
                setSenderParameters() {}, ownState: () => ({camera, microphone: false, document: "off"}),
                onChange() {}, onLost() {}, onFlood() {}, onText() {},
                send: (to, data) => setTimeout(() => rooms[to]?.receive(own, data)),
            });
            rooms[own].add({peer: other, role: "guest", name: other});
        }
        await until(() => offers === 1 + searches);
        await sleep(3000);
        Object.values(rooms).forEach(room => room.close());
        return offers;
    }""",
        [end, says_it_sends, searches],
    )

    assert offers == 1 + searches

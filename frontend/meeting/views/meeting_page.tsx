// The meeting's page: from the door through the device check and the waiting room to the call, and out again.
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { hasCalls } from "../media/devices.ts";
import { createOwnMedia } from "../media/own_media.ts";
import { keepSeat, leaveSeat, readSeat, takeSeat } from "../room/client_id.ts";
import { createRoom } from "../room/room.ts";
import { askDoor, isInvitation, queryOf, socketAddress } from "../signalling/access.ts";
import { callAttention } from "./attention.ts";
import { Call, Refusal } from "./call.tsx";
import { DeviceCheck } from "./device_check.tsx";
import { Countdown, DoorPage, EndPage, MeetingFacts, SeatQuestion } from "./lobby_pages.tsx";
import { EndCard, OfficialTools, WaitingCitizen } from "./official.tsx";
import { Blocked, Button, TITLE_ID, Title, useStore, useWords, WordsOf, wordsOf } from "./widgets.tsx";
import { WaitingRoom } from "./waiting_room.tsx";

const ASK_AGAIN_MS = 60000;

const isWay = (state) => state === "open" || state === "too_early";

export function MeetingRoom({ language, texts, links, asOfficial }) {
  const asGuest = !asOfficial && isInvitation(globalThis.location?.search);
  const words = useMemo(() => wordsOf(texts, asGuest ? "for_guest." : ""), [texts, asGuest]);
  const ownLinks = asGuest ? { ...links, booking: links.front } : links;
  return (
    <WordsOf value={words}>
      <Meeting language={language} links={ownLinks} asOfficial={Boolean(asOfficial)} />
    </WordsOf>
  );
}

function Meeting({ language, links, asOfficial }) {
  const t = useWords();
  const [door, setDoor] = useState(null);
  const [clockOffset, setClockOffset] = useState(0);
  const [media, setMedia] = useState(null);
  const [room, setRoom] = useState(null);
  const left = useRef(null);
  const query = useRef(null);

  const knock = useCallback(async () => {
    query.current = queryOf(window.location.search, asOfficial);
    const said = await askDoor(query.current, language);
    if (said.now) setClockOffset(Date.parse(said.now) - Date.now());
    // What is known of the door stands while it cannot be asked: the page goes on counting down.
    setDoor((known) => (said.state === "unreachable" && isWay(known?.state) ? known : said));
  }, [asOfficial, language]);

  useEffect(() => {
    knock();
  }, [knock]);

  const state = door?.state;
  // A guest is not told the booking's number, and has a seat by the link.
  const seatKey = door?.role ? `${door.reference || query.current}.${asOfficial ? "official" : "visitor"}` : null;
  const hasWay = isWay(state);
  const canPrepare = hasWay && hasCalls();

  // The devices are opened once, for check, waiting room and call together.
  useEffect(() => {
    if (!canPrepare || media || left.current) return;
    const opened = createOwnMedia({
      kept: readSeat(seatKey)?.devices,
      onKeep: (devices) => keepSeat(seatKey, { devices }),
    });
    opened.open();
    setMedia(opened);
  }, [canPrepare, media, seatKey]);

  // The way has closed, as by a cancellation: nobody watches the picture any more.
  useEffect(() => {
    if (!door || canPrepare || room || !media) return;
    media.close();
    setMedia(null);
    focusTitle();
  }, [door, canPrepare, room, media]);

  const join = useCallback(() => {
    const address = socketAddress(window.location, query.current);
    keepSeat(seatKey, { isIn: true });
    const made = createRoom({
      address,
      seat: takeSeat(seatKey),
      iceServers: door.ice_servers || [],
      media,
      onOver(phase) {
        left.current = phase;
        if (phase !== "disposed") leaveSeat(seatKey);
        setMedia(null);
      },
      async onTrouble() {
        const said = await askDoor(query.current, language);
        if (said.state === "open") made.noteBlocked();
        else if (said.state !== "unreachable") made.refuse(said.state);
      },
    });
    setRoom(made);
  }, [door, language, media, seatKey]);

  // After a reload the tab is back in the meeting without another press, and so is the official who admitted from the
  // list: the citizen waits for a picture then, not for a device check.
  const comesAtOnce = asOfficial && new URLSearchParams(globalThis.location?.search || "").has("now");
  useEffect(() => {
    if (state === "open" && media && !room && (comesAtOnce || readSeat(seatKey)?.isIn)) join();
  }, [state, media, room, seatKey, comesAtOnce, join]);

  const inUse = useRef({});
  inUse.current = { media, room };
  useEffect(
    () => () => {
      inUse.current.room?.dispose();
      inUse.current.media?.close();
    },
    [],
  );

  // The booking may have been moved meanwhile.
  useEffect(() => {
    if (state !== "too_early") return undefined;
    const timer = setInterval(knock, ASK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [state, knock]);

  // The pressed button goes; what comes instead is read from its title on.
  const isReturning = useRef(false);
  useEffect(() => {
    if (!isReturning.current || room) return;
    focusTitle();
    isReturning.current = !door;
  }, [room, door]);
  const askAgain = () => {
    isReturning.current = true;
    knock();
  };

  const comeBack = () => {
    left.current = null;
    setRoom(null);
    setMedia(null);
    setDoor(null);
    askAgain();
  };

  if (!room && !door) return <Loading />;
  const ownLinks = { ...links, sign_in: `${links.sign_in}?next=${encodeURIComponent(hereOf())}` };
  if (room) {
    return (
      <InRoom room={room} media={media} door={door} links={ownLinks} clockOffset={clockOffset} onReturn={comeBack} />
    );
  }
  if (!canPrepare) {
    return (
      <DoorPage
        state={hasWay ? "unsupported" : state}
        door={door}
        links={ownLinks}
        onAgain={state === "unreachable" ? askAgain : null}
      />
    );
  }
  return (
    <div className="wrap plain is-wide">
      <Title>{t(state === "open" ? "check.title" : "door.too_early.title")}</Title>
      <p className="govgr-visually-hidden" role="status">
        {state === "open" ? t("check.open_now") : ""}
      </p>
      <p className="lede">{[door.when, door.service, door.municipality].filter(Boolean).join(" · ")}</p>
      {state === "too_early" ? <Countdown door={door} clockOffset={clockOffset} onOpen={knock} /> : null}
      <p>{t(state === "open" ? "check.text" : "door.too_early.text")}</p>
      {media ? (
        <DeviceCheck media={media} iceServers={door.ice_servers}>
          <p className="not-recorded">{t("not_recorded")}</p>
          <div className="acts is-left join">
            {state === "open" ? (
              <Button kind="primary" onClick={join}>
                {t("join_now")}
              </Button>
            ) : null}
            <a className="back" href={links.advice}>
              {t("link.advice")}
            </a>
          </div>
        </DeviceCheck>
      ) : null}
    </div>
  );
}

const focusTitle = () => document.getElementById(TITLE_ID)?.focus();

const hereOf = () => window.location.pathname + window.location.search;

function Loading() {
  const t = useWords();
  return (
    <div className="wrap plain">
      <Title>{t("title")}</Title>
      <p role="status">{t("loading")}</p>
    </div>
  );
}

function InRoom({ room, media, door, links, clockOffset, onReturn }) {
  const t = useWords();
  const now = useStore(room.store);
  const { phase } = now;
  const isLost = now.socket === "lost" || now.socket === "connecting";
  const before = useRef(null);

  useEffect(() => {
    if (before.current !== phase) focusTitle();
    const isLetIn = before.current === "waiting" && (phase === "call" || phase === "elsewhere");
    if (isLetIn) callAttention(t("waiting.admitted"), { speakerId: media.store.get().speaker.id });
    before.current = phase;
  }, [phase]);

  // An invitation or a right that is gone: as at the door, nothing is told of the meeting, and to try again is no use.
  if (phase === "refused" && now.refusal === "not_found") return <DoorPage state="not_found" links={links} />;
  if (phase === "refused") {
    return (
      <DoorPage
        state={t.has(`door.${now.refusal}.title`) ? now.refusal : "unreachable"}
        door={door}
        links={links}
        onAgain={onReturn}
      />
    );
  }
  const end = { links, isElsewhere: Boolean(now.elsewhere) };
  if (phase === "replaced") return <EndPage {...end} name="replaced" onReturn={onReturn} returnKey="replaced.return" />;
  if (phase === "left") return <EndPage {...end} name="left" onReturn={onReturn} />;
  if (phase === "ended" || phase === "disposed") return <EndPage {...end} name="ended" outcome={now.outcome} />;
  if (phase === "seat_taken") return <SeatQuestion onTakeOver={room.takeOver} onLeave={room.leave} />;
  if (phase === "waiting") return <WaitingRoom room={room} media={media} door={door} isLost={isLost} />;
  if (phase === "call") return <Call room={room} media={media} door={door} clockOffset={clockOffset} isLost={isLost} />;
  if (phase === "elsewhere")
    return <Elsewhere room={room} media={media} door={door} clockOffset={clockOffset} isLost={isLost} />;
  return (
    <div className="wrap plain">
      <Title>{t("joining.title")}</Title>
      <p role="status">{t(now.socket === "lost" ? "socket.lost" : "joining.text")}</p>
      <Blocked isBlocked={now.isBlocked} />
    </div>
  );
}

// With another provider the pictures are in its window; the waiting, the identity and the end stay here.
function Elsewhere({ room, media, door, clockOffset, isLost }) {
  const t = useWords();
  const { elsewhere, role, phone } = useStore(room.store);
  const [isEnding, setEnding] = useState(false);
  useEffect(() => {
    media.close();
  }, [media]);
  return (
    <div className="wrap plain">
      <Title>{t("elsewhere.title")}</Title>
      <MeetingFacts door={door} />
      <p>{t(`elsewhere.${elsewhere.kind === "teams" ? "teams" : "jitsi"}`)}</p>
      {elsewhere.isLeft ? null : <WayElsewhere url={elsewhere.url} />}
      {phone && role !== "official" ? (
        <p className="notice" role="status">
          {t("phone.will_call")}
        </p>
      ) : null}
      {role === "official" ? (
        <>
          <Refusal room={room} />
          <WaitingCitizen room={room} media={media} door={door} clockOffset={clockOffset} isLost={isLost} />
          <OfficialTools
            room={room}
            door={door}
            isLost={isLost}
            isElsewhere
            isEnding={isEnding}
            setEnding={setEnding}
          />
          {isEnding ? <EndCard room={room} isLost={isLost} onClose={() => setEnding(false)} /> : null}
        </>
      ) : null}
      <div className="acts is-left">
        <Button onClick={room.leave}>{t("waiting.leave")}</Button>
      </div>
    </div>
  );
}

function WayElsewhere({ url }) {
  const t = useWords();
  if (!/^https:\/\//.test(url)) return <p role="alert">{t("elsewhere.broken")}</p>;
  return (
    <div className="acts is-left">
      <a className="govgr-btn govgr-btn-primary" href={url} target="_blank" rel="noopener noreferrer">
        {t("elsewhere.open")}
      </a>
    </div>
  );
}

// The meeting's page: from the lobby through the device check and the waiting room to the call, and out again.
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { hasCalls } from "../media/devices.ts";
import { createOwnMedia, type OwnMedia } from "../media/own_media.ts";
import { forgetTab, keepTab, readTab, takeClientId } from "../room/client_id.ts";
import { createRoom, type Phase, type Room } from "../room/room.ts";
import { type Access, isInvitation, queryOf, requestAccess, socketAddress } from "../signalling/access.ts";
import { callAttention } from "./attention.ts";
import { Call, Refusal } from "./call.tsx";
import { DeviceCheck } from "./device_check.tsx";
import { Countdown, EndPage, type Links, LobbyPage, MeetingFacts, TakeOverQuestion } from "./lobby_pages.tsx";
import { EndCard, OfficialTools, WaitingCitizen } from "./official.tsx";
import { WaitingRoom } from "./waiting_room.tsx";
import { Blocked, Button, TITLE_ID, Title, useStore } from "./widgets.tsx";
import { type Texts, useWords, WordsOf, wordsOf } from "./words.tsx";

const ASK_AGAIN_MS = 60000;

const isWay = (state: string | undefined) => state === "open" || state === "too_early";

type Props = { language: string; texts: Texts; links: Links; asOfficial: boolean };

export function MeetingRoom({ language, texts, links, asOfficial }: Props) {
  const asGuest = !asOfficial && isInvitation(globalThis.location?.search);
  const words = useMemo(() => wordsOf(texts, asGuest ? "for_guest." : ""), [texts, asGuest]);
  const ownLinks = asGuest ? { ...links, booking: links.front ?? "" } : links;
  return (
    <WordsOf value={words}>
      <Meeting language={language} links={ownLinks} asOfficial={Boolean(asOfficial)} />
    </WordsOf>
  );
}

function Meeting({ language, links, asOfficial }: { language: string; links: Links; asOfficial: boolean }) {
  const t = useWords();
  const [access, setAccess] = useState<Access | null>(null);
  const [clockOffset, setClockOffset] = useState(0);
  const [media, setMedia] = useState<OwnMedia | null>(null);
  const [room, setRoom] = useState<Room | null>(null);
  const left = useRef<Phase | null>(null);
  const query = useRef<string | null>(null);

  const ask = useCallback(async () => {
    query.current = queryOf(window.location.search, asOfficial);
    const said = await requestAccess(query.current, language);
    if (said.now) setClockOffset(Date.parse(said.now) - Date.now());
    // What is known stands while it cannot be asked: the page goes on counting down.
    setAccess((known) => (said.state === "unreachable" && isWay(known?.state) ? known : said));
  }, [asOfficial, language]);

  useEffect(() => {
    ask();
  }, [ask]);

  const state = access?.state;
  // A guest is not told the booking's number, and is known by the link.
  const tabKey = access?.role ? `${access.reference || query.current}.${asOfficial ? "official" : "visitor"}` : "";
  const hasWay = isWay(state);
  const canPrepare = hasWay && hasCalls();

  // The devices are opened once, for check, waiting room and call together.
  useEffect(() => {
    if (!canPrepare || media || left.current) return;
    const opened = createOwnMedia({
      kept: readTab(tabKey)?.devices,
      onKeep: (devices) => keepTab(tabKey, { devices }),
    });
    opened.open();
    setMedia(opened);
  }, [canPrepare, media, tabKey]);

  // The way has closed, as by a cancellation: nobody watches the picture any more.
  useEffect(() => {
    if (!access || canPrepare || room || !media) return;
    media.close();
    setMedia(null);
    focusTitle();
  }, [access, canPrepare, room, media]);

  const join = useCallback(() => {
    if (!access || !media || query.current === null) return;
    const address = socketAddress(window.location, query.current);
    keepTab(tabKey, { isIn: true });
    const joined = createRoom({
      address,
      clientId: takeClientId(tabKey),
      iceServers: access.ice_servers || [],
      media,
      onOver(phase) {
        left.current = phase;
        if (phase !== "disposed") forgetTab(tabKey);
        setMedia(null);
      },
      async onTrouble() {
        const said = await requestAccess(query.current, language);
        if (said.state === "open") joined.noteBlocked();
        else if (said.state !== "unreachable") joined.refuse(said.state);
      },
    });
    setRoom(joined);
  }, [access, language, media, tabKey]);

  // After a reload the tab is back in the meeting without another press, and so is the official who admitted from the
  // list: the citizen waits for a picture then, not for a device check.
  const comesAtOnce = asOfficial && new URLSearchParams(globalThis.location?.search || "").has("now");
  useEffect(() => {
    if (state === "open" && media && !room && (comesAtOnce || readTab(tabKey)?.isIn)) join();
  }, [state, media, room, tabKey, comesAtOnce, join]);

  const inUse = useRef<{ media: OwnMedia | null; room: Room | null }>({ media, room });
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
    const timer = setInterval(ask, ASK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [state, ask]);

  // The pressed button goes; what comes instead is read from its title on.
  const isReturning = useRef(false);
  useEffect(() => {
    if (!isReturning.current || room) return;
    focusTitle();
    isReturning.current = !access;
  }, [room, access]);
  const askAgain = () => {
    isReturning.current = true;
    ask();
  };

  const comeBack = () => {
    left.current = null;
    setRoom(null);
    setMedia(null);
    setAccess(null);
    askAgain();
  };

  if (!room && !access) return <Loading />;
  const ownLinks = { ...links, sign_in: `${links.sign_in}?next=${encodeURIComponent(hereOf())}` };
  if (room) {
    return (
      <InRoom
        room={room}
        media={media}
        access={access}
        links={ownLinks}
        clockOffset={clockOffset}
        onReturn={comeBack}
      />
    );
  }
  if (!canPrepare || !access) {
    return (
      <LobbyPage
        state={hasWay ? "unsupported" : (state ?? "unreachable")}
        access={access}
        links={ownLinks}
        onAgain={state === "unreachable" ? askAgain : null}
      />
    );
  }
  return (
    <div className="wrap plain is-wide">
      <Title>{t(state === "open" ? "check.title" : "access.too_early.title")}</Title>
      <p className="govgr-visually-hidden" role="status">
        {state === "open" ? t("check.open_now") : ""}
      </p>
      <p className="lede">{[access.when, access.service, access.municipality].filter(Boolean).join(" · ")}</p>
      {state === "too_early" ? <Countdown access={access} clockOffset={clockOffset} onOpen={ask} /> : null}
      <p>{t(state === "open" ? "check.text" : "access.too_early.text")}</p>
      {media ? (
        <DeviceCheck media={media} iceServers={access.ice_servers}>
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

type InRoomProps = {
  room: Room;
  media: OwnMedia | null;
  access: Access | null;
  links: Links;
  clockOffset: number;
  onReturn: () => void;
};

function InRoom({ room, media, access, links, clockOffset, onReturn }: InRoomProps) {
  const t = useWords();
  const now = useStore(room.store);
  const { phase } = now;
  const isLost = now.socket === "lost" || now.socket === "connecting";
  const before = useRef<Phase | null>(null);

  useEffect(() => {
    if (before.current !== phase) focusTitle();
    const isLetIn = before.current === "waiting" && (phase === "call" || phase === "elsewhere");
    if (isLetIn) callAttention(t("waiting.admitted"), { speakerId: media?.store.get().speaker.id ?? null });
    before.current = phase;
  }, [phase]);

  // An invitation or a right that is gone: as before the lobby, nothing is told of the meeting, and to try again is no use.
  if (phase === "refused" && now.refusal === "not_found") return <LobbyPage state="not_found" links={links} />;
  if (phase === "refused") {
    return (
      <LobbyPage
        state={now.refusal && t.has(`access.${now.refusal}.title`) ? now.refusal : "unreachable"}
        access={access}
        links={links}
        onAgain={onReturn}
      />
    );
  }
  const end = { links, isElsewhere: Boolean(now.elsewhere) };
  if (phase === "replaced") return <EndPage {...end} name="replaced" onReturn={onReturn} returnKey="replaced.return" />;
  if (phase === "left") return <EndPage {...end} name="left" onReturn={onReturn} />;
  if (phase === "ended" || phase === "disposed") return <EndPage {...end} name="ended" outcome={now.outcome} />;
  if (phase === "already_joined") return <TakeOverQuestion onTakeOver={room.takeOver} onLeave={room.leave} />;
  // They stay until the end.
  const inside = media && access ? { room, media, access, isLost } : null;
  if (inside && phase === "waiting") return <WaitingRoom {...inside} />;
  if (inside && phase === "call") return <Call {...inside} clockOffset={clockOffset} />;
  if (inside && phase === "elsewhere") return <Elsewhere {...inside} clockOffset={clockOffset} />;
  return (
    <div className="wrap plain">
      <Title>{t("joining.title")}</Title>
      <p role="status">{t(now.socket === "lost" ? "socket.lost" : "joining.text")}</p>
      <Blocked isBlocked={now.isBlocked} />
    </div>
  );
}

// With another provider the pictures are in its window; the waiting, the identity and the end stay here.
type ElsewhereProps = { room: Room; media: OwnMedia; access: Access; clockOffset: number; isLost: boolean };

function Elsewhere({ room, media, access, clockOffset, isLost }: ElsewhereProps) {
  const t = useWords();
  const { elsewhere, role, phone } = useStore(room.store);
  const [isEnding, setEnding] = useState(false);
  useEffect(() => {
    media.close();
  }, [media]);
  return (
    <div className="wrap plain">
      <Title>{t("elsewhere.title")}</Title>
      <MeetingFacts access={access} />
      <p>{t(`elsewhere.${elsewhere?.kind === "teams" ? "teams" : "jitsi"}`)}</p>
      {!elsewhere || elsewhere.isLeft ? null : <WayElsewhere url={elsewhere.url} />}
      {phone && role !== "official" ? (
        <p className="notice" role="status">
          {t("phone.will_call")}
        </p>
      ) : null}
      {role === "official" ? (
        <>
          <Refusal room={room} />
          <WaitingCitizen room={room} media={media} access={access} clockOffset={clockOffset} isLost={isLost} />
          <OfficialTools
            room={room}
            access={access}
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

function WayElsewhere({ url }: { url: string }) {
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

// The call itself: picture first, the rest beside it on a wide screen and over it on a phone.

import { useEffect, useRef, useState } from "react";
import type { OwnMedia } from "../media/own_media.ts";
import type { PeerView } from "../peer/peers.ts";
import type { Quality as LineQuality } from "../peer/quality.ts";
import type { Phone } from "../protocol/messages.ts";
import type { Room } from "../room/room.ts";
import type { Message as ChatMessage } from "../room/room_state.ts";
import type { Access } from "../signalling/access.ts";
import { keepAwake } from "./attention.ts";
import { Chat, Message } from "./chat.tsx";
import { Controls, type Panel } from "./controls.tsx";
import { DeviceChoices, Problems } from "./device_check.tsx";
import { EndCard, OfficialTools, WaitingCitizen } from "./official.tsx";
import { Stage } from "./stage.tsx";
import { Button, Card, Title, useStore } from "./widgets.tsx";
import { AsWritten, Naming, PeerName, useWords } from "./words.tsx";

const WIDE = "(min-width: 60.0625rem)";

export function Call({
  room,
  media,
  access,
  clockOffset,
  isLost,
}: {
  room: Room;
  media: OwnMedia;
  access: Access;
  clockOffset: number;
  isLost: boolean;
}) {
  const t = useWords();
  const now = useStore(room.store);
  const own = useStore(media.store);
  const isOfficial = now.role === "official";
  const [panel, setPanel] = useState<Panel>(() => (window.matchMedia(WIDE).matches ? "talk" : null));
  const isTalk = panel === "talk";
  const [isFolded, setFolded] = useState(false);
  const [isEnding, setEnding] = useState(false);
  const last = now.messages.at(-1);
  const unread = useUnread(now.messages, isTalk && !isFolded);
  const talkSwitch = useRef<HTMLButtonElement>(null);
  const wayBack = useRef<HTMLButtonElement>(null);
  useEffect(() => keepAwake(), []);
  // Where the side takes the picture's place, the focus goes along, there and back.
  const wasTalk = useRef(isTalk);
  useEffect(() => {
    if (isTalk !== wasTalk.current && !window.matchMedia(WIDE).matches)
      (isTalk ? wayBack : talkSwitch).current?.focus();
    wasTalk.current = isTalk;
  }, [isTalk]);

  return (
    <div className="call">
      <Title isHidden>{t("call.title", { when: access.when || "" })}</Title>
      <Banner isLost={isLost} quality={now.quality} peers={now.peers} />
      <div className={isTalk ? "call__body is-open" : "call__body"}>
        <div className="call__stage">
          <Stage room={room} media={media} isOfficial={isOfficial}>
            <div className="cards">
              {isOfficial ? (
                <WaitingCitizen room={room} media={media} access={access} clockOffset={clockOffset} isLost={isLost} />
              ) : (
                <DocumentRequest
                  room={room}
                  media={media}
                  isAsked={now.documentAsked === "yes" && !own.document.isOn}
                />
              )}
              <Refusal room={room} />
              {isEnding ? <EndCard room={room} isLost={isLost} onClose={() => setEnding(false)} /> : null}
              {isOfficial ? null : <PhoneNote phone={now.phone} />}
              {panel === "devices" ? (
                <DevicePanel media={media} onClose={() => setPanel(null)} />
              ) : (
                <NewProblems media={media} />
              )}
            </div>
          </Stage>
          <Controls
            media={media}
            panel={panel}
            setPanel={setPanel}
            unread={unread}
            onLeave={room.leave}
            talkRef={talkSwitch}
          />
        </div>
        <aside id="call-side" className="side" aria-label={t("call.side")} hidden={!isTalk}>
          <Button ref={wayBack} className="side__close" onClick={() => setPanel(null)}>
            {t("call.to_picture")}
          </Button>
          {/* Tools and facts scroll as one where both do not fit, by the keyboard too. */}
          <div
            className="side__read"
            {...(isOfficial ? { tabIndex: 0, role: "group", "aria-labelledby": "call-facts" } : {})}
          >
            {isOfficial ? (
              <div className="side__tools">
                <OfficialTools room={room} access={access} isLost={isLost} isEnding={isEnding} setEnding={setEnding} />
              </div>
            ) : null}
            <div className="side__top">
              <div>
                <h2 id="call-facts">{access.when ? t("call.head", { when: access.when }) : t("call.head_short")}</h2>
                <p className="soft">{[access.service, access.municipality].filter(Boolean).join(", ")}</p>
                {isOfficial ? <Wishes access={access} /> : null}
              </div>
              <Quality quality={now.quality} roundTripMs={now.roundTripMs} hasPeers={now.peers.length > 0} />
              <p className="not-recorded">{t("not_recorded")}</p>
            </div>
          </div>
          <Chat room={room} isShown={isTalk} isFolded={isFolded} setFolded={setFolded} unread={unread} />
        </aside>
      </div>
      <Comings peers={now.peers} />
      <p className="govgr-visually-hidden" role="status">
        {unread && last ? (
          <span key={last.id} className="msg">
            <Message message={last} />
          </span>
        ) : null}
      </p>
    </div>
  );
}

// What the citizen wrote when booking.
function Wishes({ access }: { access: Access }) {
  const t = useWords();
  return (["subject", "help_needed"] as const)
    .filter((name) => access[name])
    .map((name) => (
      <p key={name}>
        <b>{t(`fact.${name}`)}:</b> <AsWritten>{access[name]}</AsWritten>
      </p>
    ));
}

// By the last one that was read: of many, the oldest are dropped.
function useUnread(messages: ChatMessage[], isRead: boolean) {
  const last = messages.at(-1)?.id;
  const [seen, setSeen] = useState(last);
  useEffect(() => {
    if (isRead) setSeen(last);
  }, [isRead, last]);
  return isRead ? 0 : messages.length - 1 - messages.findIndex(({ id }) => id === seen);
}

function Banner({ isLost, quality, peers }: { isLost: boolean; quality: LineQuality; peers: PeerView[] }) {
  const t = useWords();
  const goesOn = peers.some(({ connection }) => connection === "connected");
  return (
    <div role="status">
      {isLost ? <p className="banner">{t(goesOn ? "socket.lost_in_call" : "socket.lost")}</p> : null}
      {!isLost && quality === "poor" ? <p className="banner">{t("quality.poor.advice")}</p> : null}
    </div>
  );
}

function Quality({
  quality,
  roundTripMs,
  hasPeers,
}: {
  quality: LineQuality;
  roundTripMs: number | null;
  hasPeers: boolean;
}) {
  const t = useWords();
  const bars = { good: 4, fair: 3, poor: 1, unknown: 0 }[quality];
  return (
    <div className={`q is-${quality}`}>
      <span className="bars" aria-hidden="true">
        {[1, 2, 3, 4].map((at) => (
          <i key={at} className={at <= bars ? "is-full" : ""} />
        ))}
      </span>
      <p>
        <b>{t(hasPeers ? `quality.${quality}` : "quality.alone")}</b>
        {roundTripMs === null ? null : <span className="soft"> {t("quality.round_trip", { ms: roundTripMs })}</span>}
      </p>
    </div>
  );
}

// What was just asked for could not be done.
export function Refusal({ room }: { room: Room }) {
  const t = useWords();
  const { problem } = useStore(room.store);
  const key = `problem.${problem}`;
  return (
    <div role="alert" className="card2__place">
      {problem ? (
        <Card>
          <p>{t(t.has(key) ? key : "problem.other")}</p>
          <Button onClick={room.forgetProblem}>{t("problem.dismiss")}</Button>
        </Card>
      ) : null}
    </div>
  );
}

// The official has the number now.
function PhoneNote({ phone }: { phone: Phone | null }) {
  const t = useWords();
  const [read, setRead] = useState<Phone | null>(null);
  return (
    <div role="status" className="card2__place">
      {phone && phone !== read ? (
        <Card>
          <p>{t("phone.will_call")}</p>
          <Button onClick={() => setRead(phone)}>{t("problem.dismiss")}</Button>
        </Card>
      ) : null}
    </div>
  );
}

// Asked, not done: nobody's other camera goes on by itself, nor by the key that somebody meant for a message.
function DocumentRequest({ room, media, isAsked }: { room: Room; media: OwnMedia; isAsked: boolean }) {
  const t = useWords();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isAsked && !document.activeElement?.matches("input, select")) button.current?.focus();
  }, [isAsked]);
  return (
    <div role="status" className="card2__place">
      {isAsked ? (
        <Card>
          <h2>{t("document.request")}</h2>
          <p>{t("document.request.text")}</p>
          <div className="acts is-left">
            <button
              ref={button}
              type="button"
              className="govgr-btn govgr-btn-primary"
              onClick={() => media.showDocument(true)}
            >
              {t("document.show")}
            </button>
            <Button onClick={room.refuseDocument}>{t("document.not_now")}</Button>
          </div>
        </Card>
      ) : null}
    </div>
  );
}

// What was wrong already at the check is known, and must not cover the picture.
function NewProblems({ media }: { media: OwnMedia }) {
  const { camera, microphone } = useStore(media.store);
  const isFine = !camera.problem && !microphone.problem;
  const problems = [camera, microphone].map(({ problem, failures }) => `${problem} ${failures}`).join();
  const [known, setKnown] = useState(problems);
  useEffect(() => {
    if (isFine) setKnown(problems);
  }, [isFine, problems]);
  if (isFine || problems === known) return null;
  return (
    <Card>
      <Problems media={media} onDismiss={() => setKnown(problems)} />
    </Card>
  );
}

function DevicePanel({ media, onClose }: { media: OwnMedia; onClose: () => void }) {
  const t = useWords();
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  return (
    <Card
      as="section"
      id="call-devices"
      aria-labelledby="call-devices-title"
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
    >
      <h2 id="call-devices-title" ref={head} tabIndex={-1}>
        {t("devices.title")}
      </h2>
      <DeviceChoices media={media} />
      <Problems media={media} />
      <Button onClick={onClose}>{t("devices.close")}</Button>
    </Card>
  );
}

// Says who came and who went, for those who do not see it.
function Comings({ peers }: { peers: PeerView[] }) {
  const known = useRef<PeerView[]>([]);
  const [said, setSaid] = useState<[string, PeerView][]>([]);
  useEffect(() => {
    const before = known.current;
    const came = peers.filter((peer) => !before.some((one) => one.peer === peer.peer));
    const went = before.filter((peer) => !peers.some((one) => one.peer === peer.peer));
    known.current = peers;
    const news: [string, PeerView][] = [
      ...came.map((peer): [string, PeerView] => ["peer.came", peer]),
      ...went.map((peer): [string, PeerView] => ["peer.went", peer]),
    ];
    if (news.length) setSaid(news);
  }, [peers]);
  return (
    <p className="govgr-visually-hidden" role="status">
      {said.map(([text, peer]) => (
        <span key={peer.peer}>
          <Naming text={text} name={<PeerName peer={peer} />} />{" "}
        </span>
      ))}
    </p>
  );
}

// The pictures of the call: one large, the others small in its corner.

import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import type { OwnMedia } from "../media/own_media.ts";
import { isMirrored, type OwnMediaState } from "../media/own_state.ts";
import type { PeerView } from "../peer/peers.ts";
import type { Role } from "../protocol/messages.ts";
import type { Room } from "../room/room.ts";
import { Picture, streamOf } from "./picture.tsx";
import { Button, useStore } from "./widgets.tsx";
import { Naming, PeerName, useWords } from "./words.tsx";
import { PopOut, Zoomable } from "./zoomable.tsx";

// Whose picture is large: one's own document first, then who was picked, then whose document is shown, then the other
// side of the counter.
export function largestOf({
  peers,
  ownRole,
  ownShowsDocument,
  picked,
}: {
  peers: PeerView[];
  ownRole: Role | null;
  ownShowsDocument: boolean;
  picked: string | null;
}) {
  if (ownShowsDocument) return "own";
  if (peers.some(({ peer }) => peer === picked)) return picked;
  const showing = peers.find(({ state }) => state.document === "on");
  if (showing) return showing.peer;
  const other = peers.find(({ role }) => role === (ownRole === "official" ? "citizen" : "official"));
  return (other || peers[0])?.peer ?? null;
}

export function Stage({
  room,
  media,
  isOfficial,
  children,
}: {
  room: Room;
  media: OwnMedia;
  isOfficial: boolean;
  children: ReactNode;
}) {
  const t = useWords();
  const own = useStore(media.store);
  const { peers, role, waitingRoom } = useStore(room.store);
  const [picked, setPicked] = useState<string | null>(null);
  const showing = peers
    .filter(({ state }) => state.document === "on")
    .map(({ peer }) => peer)
    .join();
  // A document that is shown from now on is what all should see, until somebody picks another picture.
  useEffect(() => {
    if (showing) setPicked(null);
  }, [showing]);
  const large = largestOf({ peers, ownRole: role, ownShowsDocument: own.document.isOn, picked });
  const main = peers.find(({ peer }) => peer === large);
  const others = peers.filter(({ peer }) => peer !== large);
  const showsDocument = large === "own" || main?.state.document === "on";
  let nobody = isOfficial ? "stage.no_citizen" : "stage.no_official";
  if (isOfficial && waitingRoom) nobody = "stage.admit_first";
  return (
    <div className={showsDocument ? "stage is-document" : "stage"}>
      <div className="stage__main">
        {large === "own" ? <OwnPicture own={own} /> : null}
        {main ? <LargePicture key={main.peer} peer={main} isOfficial={isOfficial} /> : null}
        {large === null ? <p className="stage__empty">{t(nobody)}</p> : null}
        {showsDocument ? <DocumentFrame isOwn={large === "own"} /> : null}
      </div>
      {children}
      <ul className="tiles" aria-label={t("stage.others")}>
        {others.map((peer) => (
          <li key={peer.peer}>
            <Tile peer={peer} onPick={own.document.isOn ? null : () => setPicked(peer.peer)} />
          </li>
        ))}
        {large === "own" ? null : (
          <li>
            <div className="tile">
              <OwnPicture own={own} />
              <span className="tile__name">{t("own.you")}</span>
            </div>
          </li>
        )}
      </ul>
      <Sounds peers={peers} speaker={own.speaker} />
    </div>
  );
}

// Beside one's own document there is nothing to pick: it stays in sight while it is shown.
function Tile({ peer, onPick }: { peer: PeerView; onPick: (() => void) | null }) {
  const name = <PeerName peer={peer} />;
  if (!onPick)
    return (
      <div className="tile">
        <PeerPicture peer={peer} />
        <span className="tile__name">{name}</span>
      </div>
    );
  return (
    <button type="button" className="tile" onClick={onPick}>
      <PeerPicture peer={peer} />
      <span className="tile__name" aria-hidden="true">
        {name}
      </span>
      <span className="govgr-visually-hidden">
        <Naming text="stage.pick" name={name} />
      </span>
    </button>
  );
}

function OwnPicture({ own }: { own: OwnMediaState }) {
  const t = useWords();
  if (!own.camera.isOn) return <p className="picture__off">{t("own.camera_off")}</p>;
  return (
    <Picture
      stream={streamOf(own.camera.track)}
      isMirrored={isMirrored(own)}
      testId="own-video"
      label={t("own.picture")}
    />
  );
}

// The key of a sentence, or null.
function whyNoPicture(peer: PeerView) {
  if (peer.connection === "connecting") return "peer.connecting";
  if (!peer.state.camera) return "peer.camera_off";
  return peer.videoStream ? null : "peer.connecting";
}

function PeerPicture({ peer }: { peer: PeerView }) {
  const why = whyNoPicture(peer);
  if (why)
    return (
      <p className="picture__off">
        <Naming text={why} name={<PeerName peer={peer} />} />
      </p>
    );
  return <Picture stream={peer.videoStream ?? null} aria-hidden="true" />;
}

function LargePicture({ peer, isOfficial }: { peer: PeerView; isOfficial: boolean }) {
  const t = useWords();
  const videoRef = useRef<HTMLVideoElement>(null);
  const name = <PeerName peer={peer} />;
  const why = whyNoPicture(peer);
  const nameId = useId();
  const notes = (
    <div className="stage__notes">
      <span id={nameId} className="stage__name">
        {name}
      </span>
      {peer.state.microphone ? null : <span>{t("peer.muted")}</span>}
      {peer.connection === "lost" ? (
        <span role="status">
          <Naming text="peer.lost" name={name} />
        </span>
      ) : null}
    </div>
  );
  if (why)
    return (
      <>
        <p className="stage__empty">
          <Naming text={why} name={name} />
        </p>
        {notes}
      </>
    );
  if (isOfficial) {
    return (
      <Zoomable stream={peer.videoStream ?? null} nameId={nameId} testId="remote-video" videoRef={videoRef}>
        {notes}
      </Zoomable>
    );
  }
  return (
    <>
      <Picture stream={peer.videoStream ?? null} aria-labelledby={nameId} testId="remote-video" videoRef={videoRef} />
      {notes}
      <div className="tools" role="group" aria-label={t("zoom.tools")}>
        <PopOut videoRef={videoRef} />
      </div>
    </>
  );
}

// The yellow corners that a card should fill, and the one line that says so.
function DocumentFrame({ isOwn }: { isOwn: boolean }) {
  const t = useWords();
  return (
    <>
      <div className="frame" aria-hidden="true" data-testid="document-frame">
        <i />
        <i />
        <i />
        <i />
      </div>
      <p className="tip" role="status">
        {t(isOwn ? "document.advice" : "document.shown")}
      </p>
    </>
  );
}

function Sounds({ peers, speaker }: { peers: PeerView[]; speaker: OwnMediaState["speaker"] }) {
  const t = useWords();
  const [isBlocked, setBlocked] = useState(false);
  const [tries, setTries] = useState(0);
  // Any touch of the page is enough for the browser.
  useEffect(() => {
    if (!isBlocked) return undefined;
    const unblock = () => {
      setBlocked(false);
      setTries((times) => times + 1);
    };
    // Assistive technology presses the button by a click alone.
    const touches = ["pointerup", "keyup", "click"];
    for (const touch of touches) document.addEventListener(touch, unblock);
    return () => {
      for (const touch of touches) document.removeEventListener(touch, unblock);
    };
  }, [isBlocked]);
  return (
    <>
      {peers.map((peer) => (
        <Sound
          key={peer.peer}
          stream={peer.audioStream ?? null}
          speaker={speaker}
          tries={tries}
          onBlocked={() => setBlocked(true)}
        />
      ))}
      {isBlocked ? (
        <div className="card2" role="alert">
          <p>{t("sound.blocked")}</p>
          <Button kind="primary">{t("sound.unblock")}</Button>
        </div>
      ) : null}
    </>
  );
}

type SoundProps = {
  stream: MediaStream | null;
  speaker: OwnMediaState["speaker"];
  tries: number;
  onBlocked: () => void;
};

function Sound({ stream, speaker, tries, onBlocked }: SoundProps) {
  const ref = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    if (element.srcObject !== stream) element.srcObject = stream;
    if (!stream) return;
    element.play().catch((error: Error) => {
      if (error.name === "NotAllowedError") onBlocked();
    });
  }, [stream, tries]);
  useEffect(() => {
    ref.current?.setSinkId?.(speaker.id || "").catch(() => {});
  }, [speaker.id]);
  useEffect(() => {
    const element = ref.current;
    return () => {
      if (element) element.srcObject = null;
    };
  }, []);
  return <audio ref={ref} autoPlay muted={!speaker.isOn} data-testid="remote-audio" />;
}

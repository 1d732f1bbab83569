// The pictures of the call: one large, the others small in its corner.
import { useEffect, useId, useRef, useState } from "react";
import { isMirrored } from "../media/own_media.ts";
import { Button, Naming, PeerName, Picture, streamOf, useStore, useWords } from "./widgets.tsx";
import { PopOut, Zoomable } from "./zoomable.tsx";

// Whose picture is large: one's own document first, then who was picked, then whose document is shown, then the other
// side of the counter.
export function largestOf({ peers, ownRole, ownShowsDocument, picked }) {
  if (ownShowsDocument) return "own";
  if (peers.some(({ peer }) => peer === picked)) return picked;
  const showing = peers.find(({ state }) => state.document === "on");
  if (showing) return showing.peer;
  const other = peers.find(({ role }) => role === (ownRole === "official" ? "citizen" : "official"));
  return (other || peers[0])?.peer ?? null;
}

export function Stage({ room, media, isOfficial, children }) {
  const t = useWords();
  const own = useStore(media.store);
  const { peers, role, waitingRoom } = useStore(room.store);
  const [picked, setPicked] = useState(null);
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
function Tile({ peer, onPick }) {
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

function OwnPicture({ own }) {
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
function whyNoPicture(peer) {
  if (peer.connection === "connecting") return "peer.connecting";
  if (!peer.state.camera) return "peer.camera_off";
  return peer.picture ? null : "peer.connecting";
}

function PeerPicture({ peer }) {
  const why = whyNoPicture(peer);
  if (why)
    return (
      <p className="picture__off">
        <Naming text={why} name={<PeerName peer={peer} />} />
      </p>
    );
  return <Picture stream={peer.picture} aria-hidden="true" />;
}

function LargePicture({ peer, isOfficial }) {
  const t = useWords();
  const videoRef = useRef(null);
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
      <Zoomable stream={peer.picture} nameId={nameId} testId="remote-video" videoRef={videoRef}>
        {notes}
      </Zoomable>
    );
  }
  return (
    <>
      <Picture stream={peer.picture} aria-labelledby={nameId} testId="remote-video" videoRef={videoRef} />
      {notes}
      <div className="tools" role="group" aria-label={t("zoom.tools")}>
        <PopOut videoRef={videoRef} />
      </div>
    </>
  );
}

// The yellow corners that a card should fill, and the one line that says so.
function DocumentFrame({ isOwn }) {
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

function Sounds({ peers, speaker }) {
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
    touches.forEach((touch) => document.addEventListener(touch, unblock));
    return () => touches.forEach((touch) => document.removeEventListener(touch, unblock));
  }, [isBlocked]);
  return (
    <>
      {peers.map((peer) => (
        <Sound key={peer.peer} stream={peer.sound} speaker={speaker} tries={tries} onBlocked={() => setBlocked(true)} />
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

function Sound({ stream, speaker, tries, onBlocked }) {
  const ref = useRef(null);
  useEffect(() => {
    const element = ref.current;
    if (element.srcObject !== stream) element.srcObject = stream;
    if (stream)
      element.play().catch((error) => {
        if (error.name === "NotAllowedError") onBlocked();
      });
  }, [stream, tries]);
  useEffect(() => {
    if (ref.current.setSinkId) ref.current.setSinkId(speaker.id || "").catch(() => {});
  }, [speaker.id]);
  useEffect(() => {
    const element = ref.current;
    return () => {
      element.srcObject = null;
    };
  }, []);
  return <audio ref={ref} autoPlay muted={!speaker.isOn} data-testid="remote-audio" />;
}

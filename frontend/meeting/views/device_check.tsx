// Camera, microphone, speaker and line, each tried before the call, each with what to do when it fails.

import { type ReactNode, useEffect, useRef, useState } from "react";
import { adviceKey, browserOf, type Device } from "../media/devices.ts";
import { type Measured, measureConnection, type Verdict } from "../media/measure_connection.ts";
import { type Reading, startMeter } from "../media/meter.ts";
import type { OwnMedia } from "../media/own_media.ts";
import { isMirrored } from "../media/own_state.ts";
import { playTone } from "../media/tone.ts";
import { OwnSwitches } from "./controls.tsx";
import { Picture, streamOf } from "./picture.tsx";
import { Button, Choice, useStore } from "./widgets.tsx";
import { useWords } from "./words.tsx";

const SPEAK_EVERY_MS = 2500;

export function DeviceCheck({
  media,
  iceServers,
  children,
}: {
  media: OwnMedia;
  iceServers: RTCIceServer[] | undefined;
  children?: ReactNode;
}) {
  const own = useStore(media.store);
  return (
    <div className="check">
      <div className="check__see">
        <OwnPreview media={media} />
        {children}
        <Problems media={media} />
      </div>
      <div className="check__set">
        {own.isReady ? <DeviceChoices media={media} /> : <Asking />}
        <Meter track={own.microphone.track} isOn={own.microphone.isOn} />
        <SpeakerTest speakerId={own.speaker.id} />
        <ConnectionCheck iceServers={iceServers} />
      </div>
    </div>
  );
}

function Asking() {
  const t = useWords();
  return (
    <p className="notice" role="status">
      {t("check.asking")}
    </p>
  );
}

export function OwnPreview({ media }: { media: OwnMedia }) {
  const t = useWords();
  const own = useStore(media.store);
  return (
    <div className="preview">
      {own.camera.isOn ? (
        <Picture
          stream={streamOf(own.camera.track)}
          isMirrored={isMirrored(own)}
          testId="own-video"
          label={t("own.picture")}
        />
      ) : (
        <p className="preview__off">{t(own.isReady ? "own.camera_off" : "own.camera_waits")}</p>
      )}
      <div className="preview__bar">
        <OwnSwitches media={media} />
      </div>
    </div>
  );
}

export function Problems({ media, onDismiss }: { media: OwnMedia; onDismiss?: () => void }) {
  const t = useWords();
  const { camera, microphone, isReady } = useStore(media.store);
  const browser = typeof navigator === "undefined" ? "other" : browserOf(navigator);
  const boxes: [string, string][] = [];
  if (camera.problem && camera.problem === microphone.problem) boxes.push(["both", camera.problem]);
  else {
    if (camera.problem) boxes.push(["camera", camera.problem]);
    if (microphone.problem) boxes.push(["microphone", microphone.problem]);
  }
  const again = () => {
    if (!isReady || boxes[0]?.[0] === "both") media.open();
    else if (camera.problem) media.setCamera(true);
    else media.setMicrophone(true);
  };
  return (
    <div role="alert">
      {boxes.map(([what, code]) => (
        <div key={what} className="notice is-problem">
          <h2 className="notice__title">{t(`problem.${what}`)}</h2>
          <p>{t(adviceKey(code, browser))}</p>
          {code === "interrupted" ? null : <p>{t(`problem.without.${what}`)}</p>}
        </div>
      ))}
      {boxes.length ? <Button onClick={again}>{t("check.again")}</Button> : null}
      {boxes.length && onDismiss ? <Button onClick={onDismiss}>{t("problem.dismiss")}</Button> : null}
    </div>
  );
}

export function DeviceChoices({ media }: { media: OwnMedia }) {
  const t = useWords();
  const { devices, camera, microphone, speaker } = useStore(media.store);
  const named = (list: Device[], name: string) =>
    list.map((one, at) => ({ id: one.id, label: one.label || t(`device.${name}`, { n: at + 1 }) }));
  const none = (name: string) => [{ id: "", label: t(`device.no_${name}`) }];
  const byDevice = { id: "", label: t("device.default") };
  const isThere = (found: Device[], id: string | null) => found.some((one) => one.id === id);
  return (
    <div className="check__choices">
      <Choice
        label={t("device.camera.label")}
        disabled={!devices.cameras.length}
        value={(isThere(devices.cameras, camera.id) ? camera.id : camera.openId) || ""}
        options={devices.cameras.length ? named(devices.cameras, "camera") : none("camera")}
        onChange={(id) => media.choose("camera", id)}
      />
      <Choice
        label={t("device.microphone.label")}
        disabled={!devices.microphones.length}
        value={(isThere(devices.microphones, microphone.id) && microphone.id) || ""}
        options={
          devices.microphones.length ? [byDevice, ...named(devices.microphones, "microphone")] : none("microphone")
        }
        onChange={(id) => media.choose("microphone", id)}
      />
      {speaker.canChoose && devices.speakers.length ? (
        <Choice
          label={t("device.speaker.label")}
          value={speaker.id || ""}
          onChange={(id) => media.choose("speaker", id)}
          options={[byDevice, ...named(devices.speakers, "speaker")]}
        />
      ) : (
        <p className="govgr-hint">{t("device.speaker.by_system")}</p>
      )}
    </div>
  );
}

function SpeakerTest({ speakerId }: { speakerId: string | null }) {
  const t = useWords();
  const [isPlaying, setPlaying] = useState(false);
  const play = async () => {
    if (isPlaying) return;
    setPlaying(true);
    await playTone("test", { speakerId });
    setPlaying(false);
  };
  return (
    <div className="check__row">
      <Button onClick={play} aria-disabled={isPlaying || undefined}>
        {t("speaker.test")}
      </Button>
      <p className="govgr-hint" role="status">
        {t(isPlaying ? "speaker.playing" : "speaker.hint")}
      </p>
    </div>
  );
}

function Meter({ track, isOn }: { track: MediaStreamTrack | null; isOn: boolean }) {
  const t = useWords();
  const [reading, setReading] = useState<Reading>({ level: 0, noise: null, hasSpoken: false });
  const [words, setWords] = useState("meter.speak");
  const latest = useRef(reading);
  useEffect(() => {
    setReading({ level: 0, noise: null, hasSpoken: false });
    if (!track || !isOn) return undefined;
    const meter = startMeter(track, (now) => {
      latest.current = now;
      setReading(now);
    });
    // The words change seldom, so that they can be read, and heard, in peace.
    const speak = setInterval(() => {
      const { noise, hasSpoken } = latest.current;
      if (noise === "noisy") setWords("meter.noisy");
      else if (!hasSpoken) setWords("meter.speak");
      else setWords(noise === "some" ? "meter.some" : "meter.quiet");
    }, SPEAK_EVERY_MS);
    return () => {
      meter.stop();
      clearInterval(speak);
    };
  }, [track, isOn]);
  if (!track) return null;
  return (
    <div className="meter">
      <h2 className="check__head">{t("meter.title")}</h2>
      <div className="meter__bar" aria-hidden="true">
        <i style={{ width: `${Math.round(reading.level * 100)}%` }} />
      </div>
      <p className={words === "meter.noisy" ? "meter__words is-bad" : "meter__words"} role="status">
        {t(isOn ? words : "meter.off")}
      </p>
    </div>
  );
}

// As the page's language writes it: «2,5» in Greek. Of a fast line nobody needs the fraction.
const mbps = (kbps: number) => {
  const digits = kbps < 10_000 ? 1 : 0;
  const form = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return (kbps / 1000).toLocaleString(document.documentElement.lang || undefined, form);
};

function ConnectionCheck({ iceServers }: { iceServers: RTCIceServer[] | undefined }) {
  const t = useWords();
  const [result, setResult] = useState<(Measured & { verdict: Verdict | null }) | null>(null);
  const [run, setRun] = useState(1);
  useEffect(() => {
    const halt = new AbortController();
    setResult(null);
    measureConnection(iceServers, halt.signal).then((measured) => {
      if (!halt.signal.aborted) setResult(measured);
    });
    return () => halt.abort();
  }, [run]);
  const verdict = result && (result.verdict || "unmeasured");
  return (
    <div className="line">
      <h2 className="check__head">{t("line.title")}</h2>
      <div role="status">
        {result ? (
          <>
            <p className={`line__verdict is-${verdict}`}>{t(`line.${verdict}`)}</p>
            {result.verdict ? (
              <p className="govgr-hint">
                {t("line.measured", {
                  down: mbps(result.downKbps ?? 0),
                  up: mbps(result.upKbps ?? 0),
                  ms: result.roundTripMs,
                })}
              </p>
            ) : null}
            {result.relay.state === "works" ? (
              <p className="govgr-hint">
                {t("line.relay_measured", {
                  speed: mbps(result.relay.kbps),
                  ms: result.relay.roundTripMs,
                })}
              </p>
            ) : null}
            {verdict !== "good" ? <p>{t(`line.${verdict}.advice`)}</p> : null}
            {result.relay.state === "failed" ? <p>{t("line.relay_failed")}</p> : null}
          </>
        ) : (
          <p>{t("line.measuring")}</p>
        )}
      </div>
      {result ? (
        <button type="button" className="as-link" onClick={() => setRun(run + 1)}>
          {t("line.again")}
        </button>
      ) : null}
    </div>
  );
}

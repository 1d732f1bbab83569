// The page for trying everything on any day before the appointment.
import { useEffect, useMemo, useState } from "react";
import { hasCalls } from "../media/devices.ts";
import { createOwnMedia, type OwnMedia } from "../media/own_media.ts";
import { DeviceCheck } from "./device_check.tsx";
import { Button, Title } from "./widgets.tsx";
import { type Texts, WordsOf, wordsOf } from "./words.tsx";

const NO_RELAY: RTCIceServer[] = [];

export function DeviceCheckPage({ texts, links }: { texts: Texts; links: Record<string, string> }) {
  const t = useMemo(() => wordsOf(texts), [texts]);
  const [media, setMedia] = useState<OwnMedia | null>(null);
  useEffect(() => () => media?.close(), [media]);
  const start = () => {
    const opened = createOwnMedia();
    opened.open();
    setMedia(opened);
  };
  return (
    <WordsOf value={t}>
      <div className="wrap plain is-wide">
        <Title>{t("test.title")}</Title>
        <p className="lede">{t("test.text")}</p>
        {media && hasCalls() ? <DeviceCheck media={media} iceServers={NO_RELAY} /> : null}
        <div role="alert">
          {media && !hasCalls() ? <p className="notice is-problem">{t("advice.unsupported")}</p> : null}
        </div>
        <div className="acts is-left">
          {media ? (
            <Button onClick={() => setMedia(null)}>{t("test.stop")}</Button>
          ) : (
            <Button kind="primary" onClick={start}>
              {t("test.start")}
            </Button>
          )}
          <a className="back" href={links.advice}>
            {t("link.advice")}
          </a>
        </div>
      </div>
    </WordsOf>
  );
}

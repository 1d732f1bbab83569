// The waiting room: who knows that one is here, how long it may take, and one's devices kept ready.

import { useEffect } from "react";
import type { OwnMedia } from "../media/own_media.ts";
import type { Waiting } from "../protocol/messages.ts";
import type { Room } from "../room/room.ts";
import type { Access } from "../signalling/access.ts";
import { keepAwake } from "./attention.ts";
import { OwnPreview, Problems } from "./device_check.tsx";
import { MeetingFacts } from "./lobby_pages.tsx";
import { Blocked, Button, Title, useStore } from "./widgets.tsx";
import { useWords } from "./words.tsx";

export function WaitingRoom({
  room,
  media,
  access,
  isLost,
}: {
  room: Room;
  media: OwnMedia;
  access: Access;
  isLost: boolean;
}) {
  const t = useWords();
  const { isBlocked, waiting, phone, role } = useStore(room.store);
  const isGuest = role === "guest";
  useEffect(() => keepAwake(), []);
  return (
    <div className="wrap plain is-wide">
      <Title>{t("waiting.title")}</Title>
      <div className="waiting">
        <div>
          <div className="notice" role="status">
            {isLost ? <p>{t("socket.lost")}</p> : <WaitingWords waiting={waiting} isGuest={isGuest} />}
            {phone ? (
              <p>
                <b>{t("phone.will_call")}</b>
              </p>
            ) : null}
          </div>
          <Blocked isBlocked={isBlocked} />
          <p>{t("waiting.keep_open")}</p>
          {isGuest ? null : <p>{t("waiting.identity")}</p>}
          <MeetingFacts access={access} />
          <p className="not-recorded">{t("not_recorded")}</p>
          <div className="acts is-left">
            <Button onClick={room.leave}>{t("waiting.leave")}</Button>
          </div>
        </div>
        <div>
          <OwnPreview media={media} />
          <Problems media={media} />
        </div>
      </div>
    </div>
  );
}

function WaitingWords({ waiting, isGuest }: { waiting: Waiting | null; isGuest: boolean }) {
  const t = useWords();
  const ahead = waiting?.ahead || 0;
  const delay = waiting?.delay_minutes || 0;
  return (
    <>
      <h2 className="notice__title">{t("waiting.known")}</h2>
      <p>{t(waiting?.is_official_here ? "waiting.official_here" : "waiting.official_soon")}</p>
      {isGuest ? null : <p>{ahead > 0 ? t.count("waiting.ahead", ahead) : t("waiting.next")}</p>}
      {delay > 0 ? <p>{t.count("waiting.delay", delay)}</p> : null}
    </>
  );
}

// The meeting from the moment of joining: waiting, the call, another provider's room, and each of its ends.
import { useEffect, useRef, useState } from "react";
import type { OwnMedia } from "../media/own_media.ts";
import type { Room } from "../room/room.ts";
import type { Phase } from "../room/room_state.ts";
import type { Access } from "../signalling/access.ts";
import { callAttention } from "./attention.ts";
import { Call, Refusal } from "./call.tsx";
import { EndPage, type Links, LobbyPage, MeetingFacts, TakeOverQuestion } from "./lobby_pages.tsx";
import { EndCard, OfficialTools, WaitingCitizen } from "./official.tsx";
import { WaitingRoom } from "./waiting_room.tsx";
import { Blocked, Button, focusTitle, Title, useStore } from "./widgets.tsx";
import { useWords } from "./words.tsx";

type InRoomProps = {
  room: Room;
  media: OwnMedia | null;
  access: Access | null;
  links: Links;
  clockOffset: number;
  onReturn: () => void;
};

export function InRoom({ room, media, access, links, clockOffset, onReturn }: InRoomProps) {
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

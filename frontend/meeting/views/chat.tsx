// The written word beside the spoken one. It goes from browser to browser and is gone with the page.

import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { MAX_TEXT_LENGTH } from "../protocol/channel_messages.ts";
import type { Room } from "../room/room.ts";
import type { Message as ChatMessage } from "../room/room_state.ts";
import { useStore } from "./widgets.tsx";
import { AsWritten, Naming, PeerName, useWords } from "./words.tsx";

export function Chat({
  room,
  isShown,
  isFolded,
  setFolded,
  unread,
}: {
  room: Room;
  isShown: boolean;
  isFolded: boolean;
  setFolded: (isFolded: boolean) => void;
  unread: number;
}) {
  const t = useWords();
  const { messages, peers } = useStore(room.store);
  const [typed, setTyped] = useState("");
  const id = useId();
  const log = useRef<HTMLDivElement>(null);
  const last = messages.at(-1)?.id;
  const isLost = peers.some(({ connection }) => connection === "lost");
  // Hidden it has no height.
  useEffect(() => {
    if (log.current) log.current.scrollTop = log.current.scrollHeight;
  }, [last, isShown, isFolded]);

  const send = (event: FormEvent) => {
    event.preventDefault();
    const text = typed.trim();
    if (!text || !peers.length) return;
    room.say(text);
    setTyped("");
  };
  return (
    <section className={isFolded ? "chat is-folded" : "chat"} aria-labelledby={`${id}-title`}>
      <div className="chat__head">
        <h2 id={`${id}-title`}>{t("chat.title")}</h2>
        {isFolded && unread ? <b>{t.count("chat.unread", unread)}</b> : null}
        <button
          type="button"
          className="as-link"
          aria-controls={`${id}-body`}
          aria-describedby={`${id}-title`}
          onClick={() => setFolded(!isFolded)}
        >
          {t(isFolded ? "chat.unfold" : "chat.fold")}
        </button>
      </div>
      <div id={`${id}-body`} className="chat__body" hidden={isFolded}>
        <p className="govgr-hint">{t("chat.not_kept")}</p>
        <div ref={log} className="chat__log" role="log" aria-labelledby={`${id}-title`} tabIndex={0}>
          {messages.map((one) => (
            <p key={one.id} className={one.isOwn ? "msg is-own" : "msg"}>
              <Message message={one} />
            </p>
          ))}
        </div>
        <form onSubmit={send}>
          <label className="govgr-visually-hidden" htmlFor={`${id}-input`}>
            {t("chat.label")}
          </label>
          <input
            id={`${id}-input`}
            className="govgr-input"
            value={typed}
            maxLength={MAX_TEXT_LENGTH}
            autoComplete="off"
            placeholder={t("chat.label")}
            onChange={(event) => setTyped(event.target.value)}
          />
          <button type="submit" className="govgr-btn govgr-btn-primary" aria-disabled={!peers.length || undefined}>
            {t("chat.send")}
          </button>
        </form>
        <p className="govgr-hint" role="status">
          {peers.length ? null : t("chat.nobody")}
          {isLost ? t("chat.later") : null}
        </p>
      </div>
    </section>
  );
}

export function Message({ message }: { message: ChatMessage }) {
  const t = useWords();
  if (message.isFlood) return <Naming text="chat.flooded" name={<PeerName peer={message} />} />;
  return (
    <>
      <b>{message.isOwn ? t("own.you") : <PeerName peer={message} />}</b>
      <AsWritten>{message.text}</AsWritten>
    </>
  );
}

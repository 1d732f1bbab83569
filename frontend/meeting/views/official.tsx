// What the official does in the meeting, in the order of the day: admit, see the document, note it, end.

import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import type { OwnMedia } from "../media/own_media.ts";
import { IDENTITY_DOCUMENTS, type IdentityDocument, type Outcome } from "../protocol/generated.ts";
import type { Room } from "../room/room.ts";
import type { Access } from "../signalling/access.ts";
import { callAttention } from "./attention.ts";
import { InviteForm } from "./invite.tsx";
import { Button, Card, useStore } from "./widgets.tsx";
import { Naming, useWords } from "./words.tsx";

// In the order in which they are offered.
const OUTCOMES: Outcome[] = ["served", "referred", "not_identified", "no_show", "technical_failure"];

// Over the picture, because nothing is more urgent.
export function WaitingCitizen({
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
  const { waitingRoom } = useStore(room.store);
  const since = waitingRoom?.since;
  const [minutes, setMinutes] = useState(0);
  useEffect(() => {
    if (!since) return undefined;
    const count = () => setMinutes(Math.max(0, Math.floor((Date.now() + clockOffset - Date.parse(since)) / 60000)));
    count();
    const timer = setInterval(count, 10000);
    return () => clearInterval(timer);
  }, [since, clockOffset]);
  useEffect(() => {
    if (since) callAttention(t("official.waits"), { speakerId: media.store.get().speaker.id });
  }, [since]);
  return (
    <div role="status" className="card2__place">
      {waitingRoom ? (
        <Card>
          <h2>{t("official.waits")}</h2>
          <p>{minutes < 1 ? t("official.since_now") : t.count("official.since", minutes)}</p>
          {waitingRoom.is_sent_back ? <p className="is-marked">{t("official.sent_back")}</p> : null}
          <WhoItIs access={access} isConfirmed={waitingRoom.is_confirmed} />
          <Button
            kind="primary"
            aria-disabled={isLost || undefined}
            onClick={() => {
              if (!isLost) room.admit();
            }}
          >
            {t("official.admit")}
          </Button>
        </Card>
      ) : null}
    </div>
  );
}

const END_ID = "call-end";

// In the order of the day, and small enough to be in sight all the time.
export function OfficialTools({
  room,
  access,
  isLost,
  isEnding,
  setEnding,
  isElsewhere = false,
}: {
  room: Room;
  access: Access;
  isLost: boolean;
  isEnding: boolean;
  setEnding: (isEnding: boolean) => void;
  isElsewhere?: boolean;
}) {
  const t = useWords();
  const { peers } = useStore(room.store);
  const citizen = peers.find(({ role }) => role === "citizen");
  const [isAsked, setAsked] = useState(false);
  const shown = citizen?.state.document;
  const isAnswered = shown !== "off";
  useEffect(() => {
    if (isAnswered || isLost) setAsked(false);
  }, [isAnswered, isLost]);
  const isOn = shown === "on" || isAsked;
  const ask = () => {
    if (isLost || !citizen) return;
    setAsked(room.askDocument(!isOn) && !isOn);
  };
  let words = "";
  if (shown === "on") words = t("official.document_on");
  else if (isAsked) words = t("official.document_asked");
  else if (shown === "refused") words = t("official.document_refused");
  return (
    <section className="tools2" aria-label={t("official.tools")}>
      <div className="tools2__who" role="status">
        {citizen ? <WhoItIs access={access} isConfirmed={citizen.is_confirmed} /> : null}
      </div>
      {isElsewhere ? null : (
        <Button aria-disabled={isLost || !citizen || undefined} onClick={ask}>
          {t(isOn ? "official.document_end" : "official.ask_document")}
        </Button>
      )}
      <Telephone room={room} isLost={isLost} />
      <p className="govgr-hint" role="status">
        {words}
      </p>
      <IdentityForm room={room} isLost={isLost} />
      <InviteForm room={room} isLost={isLost} />
      <Button kind="warning" aria-expanded={isEnding} aria-controls={END_ID} onClick={() => setEnding(!isEnding)}>
        {t("end.open")}
      </Button>
    </section>
  );
}

// Of whoever is there now. What TAXISnet confirms stands beside the name that it gave, and never beside a typed one.
function WhoItIs({ access, isConfirmed }: { access: Access; isConfirmed: boolean | undefined }) {
  const t = useWords();
  return (
    <>
      {isConfirmed ? null : <p className="is-marked">{t("official.link_only")}</p>}
      <p>
        <Naming text={isConfirmed ? "official.confirmed" : "official.booked_by"} name={access.citizen_name} />
      </p>
      <Served access={access} />
    </>
  );
}

// For whom the citizen booked, as typed.
export function Served({ access }: { access: Access }) {
  if (!access.served_name) return null;
  return (
    <p>
      <Naming text={`served.${access.served_person}`} name={access.served_name} />
    </p>
  );
}

function IdentityForm({ room, isLost }: { room: Room; isLost: boolean }) {
  const t = useWords();
  const { identity } = useStore(room.store);
  const [document, setDocument] = useState<IdentityDocument>("identity_card");
  const id = useId();
  const confirm = (event: FormEvent) => {
    event.preventDefault();
    if (!isLost) room.confirmIdentity(document);
  };
  return (
    <form className="tools2__form" onSubmit={confirm}>
      <label className="govgr-label" htmlFor={id}>
        {t("identity.label")}
      </label>
      <div className="tools2__pair">
        <select
          id={id}
          className="govgr-select"
          value={document}
          onChange={({ target }) => setDocument(IDENTITY_DOCUMENTS.find((one) => one === target.value) ?? document)}
        >
          {IDENTITY_DOCUMENTS.map((one) => (
            <option key={one} value={one}>
              {t(`identity.${one}`)}
            </option>
          ))}
        </select>
        <button type="submit" className="govgr-btn govgr-btn-secondary" aria-disabled={isLost || undefined}>
          {t("identity.confirm")}
        </button>
      </div>
      <p role="status" className={identity ? "is-done" : "govgr-hint"}>
        {identity ? t("identity.done", { document: t(`identity.${identity}`) }) : t("identity.only_kind")}
      </p>
    </form>
  );
}

function Telephone({ room, isLost }: { room: Room; isLost: boolean }) {
  const t = useWords();
  const { phone } = useStore(room.store);
  return (
    <>
      <Button
        aria-disabled={isLost || undefined}
        onClick={() => {
          if (!isLost) room.askPhone();
        }}
      >
        {t("phone.go_on")}
      </Button>
      <p role="status">
        {phone?.number ? (
          <>
            {t("phone.number")} <a href={`tel:${phone.number}`}>{phone.shown}</a>
          </>
        ) : null}
      </p>
    </>
  );
}

// How it ended: over the picture, so that all else stays in sight.
export function EndCard({ room, isLost, onClose }: { room: Room; isLost: boolean; onClose: () => void }) {
  const t = useWords();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [isMissing, setMissing] = useState(false);
  const id = useId();
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  const end = (event: FormEvent) => {
    event.preventDefault();
    setMissing(!outcome);
    if (outcome && !isLost) room.end(outcome);
  };
  return (
    <Card
      as="section"
      id={END_ID}
      aria-labelledby={`${id}-title`}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
    >
      <h2 id={`${id}-title`} ref={head} tabIndex={-1}>
        {t("end.open")}
      </h2>
      <form className="tools2__form" onSubmit={end}>
        <fieldset className="choices" aria-describedby={isMissing ? `${id}-missing` : undefined}>
          <legend className="govgr-label">{t("end.how")}</legend>
          {isMissing ? (
            <p id={`${id}-missing`} className="govgr-error-message" role="alert">
              {t("end.missing")}
            </p>
          ) : null}
          {OUTCOMES.map((one) => (
            <label key={one} className={outcome === one ? "choice is-chosen" : "choice"}>
              <input
                type="radio"
                name="outcome"
                value={one}
                checked={outcome === one}
                onChange={() => setOutcome(one)}
              />
              {t(`outcome.${one}`)}
            </label>
          ))}
        </fieldset>
        <p>{t("end.for_all")}</p>
        <div className="acts is-left">
          <button type="submit" className="govgr-btn govgr-btn-warning" aria-disabled={isLost || undefined}>
            {t("end.confirm")}
          </button>
          <Button onClick={onClose}>{t("end.not_yet")}</Button>
        </div>
      </form>
    </Card>
  );
}

// The pages of a way in that is not open, and of a meeting that is over: what happened, and where to go from here.

import { type ReactNode, useEffect, useState } from "react";
import type { Access } from "../signalling/access.ts";
import { Button, Title } from "./widgets.tsx";
import { AsWritten, useWords } from "./words.tsx";

const ASK_AGAIN_MS = 10000;
const ELSEWHERE: Record<string, string[]> = {
  not_signed_in: ["sign_in"],
  declaration_needed: ["declaration"],
  meeting_cancelled: ["booking"],
  meeting_over: ["booking"],
  not_a_meeting: ["booking"],
  not_found: ["booking"],
  too_many_people: ["booking"],
};

export type Links = Record<string, string>;

// Where each link leads depends on who asks: an official's way back is the desk.
export function LobbyPage({
  state,
  access,
  links,
  onAgain,
  children,
}: {
  state: string;
  access?: Access | null;
  links: Links;
  onAgain?: (() => void) | null;
  children?: ReactNode;
}) {
  const t = useWords();
  const ways = ELSEWHERE[state] || [];
  return (
    <div className="wrap plain">
      <Title>{t(`access.${state}.title`)}</Title>
      {access?.service ? <MeetingFacts access={access} /> : null}
      <p>{t(`access.${state}.text`)}</p>
      {children}
      <div className="acts is-left">
        {onAgain ? (
          <Button kind="primary" onClick={onAgain}>
            {t("access.again")}
          </Button>
        ) : null}
        {ways.map((way) => (
          <a key={way} className="govgr-btn govgr-btn-primary" href={links[way]}>
            {t(`link.${way}`)}
          </a>
        ))}
        {links.contact ? (
          <a className="back" href={links.contact}>
            {t("link.contact")}
          </a>
        ) : null}
      </div>
    </div>
  );
}

export function MeetingFacts({ access }: { access: Access }) {
  const t = useWords();
  const facts: [string, string | undefined][] = [
    ["when", access.when],
    ["service", access.service],
    ["municipality", access.municipality],
    ["citizen", access.role === "official" ? access.citizen_name : undefined],
    [`served.${access.served_person}`, access.served_name],
    ["guest", access.guest_name],
    ["number", access.number],
  ];
  return (
    <dl className="facts">
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{t(`fact.${name}`)}</dt>
            <dd>
              <AsWritten>{value}</AsWritten>
            </dd>
          </div>
        ))}
    </dl>
  );
}

// Counts down to the opening by the server's clock, not by this machine's. Asks until it opens.
export function Countdown({
  access,
  clockOffset,
  onOpen,
}: {
  access: Access;
  clockOffset: number;
  onOpen: () => void;
}) {
  const t = useWords();
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    const opensAt = Date.parse(access.opens_at ?? "");
    let asksAt = opensAt;
    const tick = () => {
      const now = Date.now() + clockOffset;
      setLeft(Math.max(0, Math.ceil((opensAt - now) / 1000)));
      if (now < asksAt) return;
      asksAt = now + ASK_AGAIN_MS;
      onOpen();
    };
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [access.opens_at, clockOffset, onOpen]);
  if (left === null) return null;
  const minutes = Math.ceil(left / 60);
  const hours = Math.floor(left / 3600);
  const two = (n: number) => String(n).padStart(2, "0");
  const clock =
    left < 86400 ? `${hours ? `${hours}:` : ""}${two(Math.floor((left % 3600) / 60))}:${two(left % 60)}` : null;
  let words = t.count("countdown.minutes", minutes);
  if (left >= 86400) words = t.count("countdown.days", Math.floor(left / 86400));
  else if (left >= 7200) words = t.count("countdown.hours", hours);
  return (
    <p className="countdown">
      <span>{t("countdown.opens")}</span>{" "}
      {clock ? (
        <b role="timer" aria-label={words}>
          {clock}
        </b>
      ) : (
        <b>{words}</b>
      )}
    </p>
  );
}

export function TakeOverQuestion({ onTakeOver, onLeave }: { onTakeOver: () => void; onLeave: () => void }) {
  const t = useWords();
  return (
    <div className="wrap plain">
      <Title>{t("already_joined.title")}</Title>
      <p>{t("already_joined.text")}</p>
      <div className="acts is-left">
        <Button kind="primary" onClick={onTakeOver}>
          {t("already_joined.take_over")}
        </Button>
        <Button onClick={onLeave}>{t("already_joined.stay")}</Button>
      </div>
    </div>
  );
}

export function EndPage({
  name,
  outcome,
  links,
  isElsewhere = false,
  onReturn,
  returnKey = "end.return",
}: {
  name: string;
  outcome?: string | null;
  links: Links;
  isElsewhere?: boolean;
  onReturn?: () => void;
  returnKey?: string;
}) {
  const t = useWords();
  return (
    <div className="wrap plain">
      <Title>{t(`${name}.title`)}</Title>
      <p>{t(`${name}.text`)}</p>
      {outcome ? (
        <p>
          {t("end.outcome")} <b>{t(`outcome.${outcome}`)}</b>
        </p>
      ) : null}
      {/* What another provider keeps is its own to say. */}
      {isElsewhere ? null : <p>{t("end.nothing_kept")}</p>}
      <div className="acts is-left">
        {onReturn ? (
          <Button kind="primary" onClick={onReturn}>
            {t(returnKey)}
          </Button>
        ) : null}
        <a className={onReturn ? "back" : "govgr-btn govgr-btn-primary"} href={links.booking}>
          {t("link.booking")}
        </a>
      </div>
    </div>
  );
}

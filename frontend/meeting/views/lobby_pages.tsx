// The pages of a door that is not open, and of a meeting that is over: what happened, and where to go from here.
import { useEffect, useState } from "react";
import { AsWritten, Button, Title, useWords } from "./widgets.tsx";

const ASK_AGAIN_MS = 10000;
const ELSEWHERE = {
  not_signed_in: ["sign_in"],
  meeting_cancelled: ["booking"],
  meeting_over: ["booking"],
  not_a_meeting: ["booking"],
  not_found: ["booking"],
  too_many_people: ["booking"],
};

// Where each link leads depends on who asks: an official's way back is the desk.
export function DoorPage({ state, door, links, onAgain, children }) {
  const t = useWords();
  const ways = ELSEWHERE[state] || [];
  return (
    <div className="wrap plain">
      <Title>{t(`door.${state}.title`)}</Title>
      {door?.service ? <MeetingFacts door={door} /> : null}
      <p>{t(`door.${state}.text`)}</p>
      {children}
      <div className="acts is-left">
        {onAgain ? (
          <Button kind="primary" onClick={onAgain}>
            {t("door.again")}
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

export function MeetingFacts({ door }) {
  const t = useWords();
  const facts = [
    ["when", door.when],
    ["service", door.service],
    ["municipality", door.municipality],
    ["citizen", door.role === "official" ? door.citizen_name : null],
    [`served.${door.served_person}`, door.served_name],
    ["guest", door.guest_name],
    ["number", door.number],
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

// Counts down to the opening by the server's clock, not by this machine's. Asks until the door opens.
export function Countdown({ door, clockOffset, onOpen }) {
  const t = useWords();
  const [left, setLeft] = useState(null);
  useEffect(() => {
    const opensAt = Date.parse(door.opens_at);
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
  }, [door.opens_at, clockOffset, onOpen]);
  if (left === null) return null;
  const minutes = Math.ceil(left / 60);
  const hours = Math.floor(left / 3600);
  const two = (n) => String(n).padStart(2, "0");
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

export function SeatQuestion({ onTakeOver, onLeave }) {
  const t = useWords();
  return (
    <div className="wrap plain">
      <Title>{t("seat_taken.title")}</Title>
      <p>{t("seat_taken.text")}</p>
      <div className="acts is-left">
        <Button kind="primary" onClick={onTakeOver}>
          {t("seat_taken.take_over")}
        </Button>
        <Button onClick={onLeave}>{t("seat_taken.stay")}</Button>
      </div>
    </div>
  );
}

export function EndPage({ name, outcome, links, isElsewhere = false, onReturn, returnKey = "end.return" }) {
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

// Those who wait now, in the order in which they are served; while somebody points at them, nobody changes places.
import { useRef, useState } from "react";
import { PressButton } from "../components/press_button.tsx";
import { Icon } from "./icons.tsx";
import { Help, Remarks, ServedFor } from "./person.tsx";
import { type Placed, steadyOrder } from "./steady_order.ts";
import type { OnPress, Strip, Words } from "./types.ts";

type Props = {
  strips: Strip[];
  words: Words;
  ackCount: number;
  isLost: boolean;
  onPress: OnPress;
  onAdmit: (reference: string) => void;
};

export function DayStrips({ strips, words, ackCount, isLost, onPress, onAdmit }: Props) {
  const [isHeld, setHeld] = useState(false);
  const before = useRef<Placed<Strip>[]>([]);
  before.current = steadyOrder(before.current, strips, (strip) => strip.reference, isHeld);

  const press = (strip: Strip) => {
    const item = strip.press;
    if (isLost || !item) return;
    if (item.press === "admit") onAdmit(strip.reference);
    else onPress({ reference: strip.reference, press: item.press, status: strip.status, reason: "", note: "" });
  };
  if (before.current.length === 0) return <p className="soft">{words.nobodyWaits}</p>;
  return (
    <ul
      className="strips"
      onPointerEnter={(event) => setHeld(event.pointerType === "mouse")}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {before.current.map(({ item, isGone }) => (
        <StripLine
          key={item.reference}
          strip={isGone ? { ...item, press: null, href: "", kind: "away" } : item}
          words={words}
          ackCount={ackCount}
          isLost={isLost}
          onPress={() => press(item)}
        />
      ))}
    </ul>
  );
}

type LineProps = { strip: Strip; words: Words; ackCount: number; isLost: boolean; onPress: () => void };

function StripLine({ strip, words, ackCount, isLost, onPress }: LineProps) {
  return (
    <li className={`strip is-${strip.kind}`}>
      <p className="strip__time">{strip.time}</p>
      <div>
        <p className="strip__name" lang="el">
          {strip.name}
        </p>
        <p className="strip__mark">
          <Remarks marks={strip.marks} />
          <Help text={strip.help} />
        </p>
      </div>
      <div className="strip__line">
        <p>
          <Icon name={strip.mode_icon} /> {strip.line}
          {strip.subject ? (
            <>
              {" · "}
              <span lang="el">{strip.subject}</span>
            </>
          ) : null}
        </p>
        <p className="soft small">{strip.service}</p>
        <ServedFor row={strip} className="soft small" />
      </div>
      <p className="strip__since">
        <b>{strip.since}</b>
        {strip.identity && <span>{strip.identity}</span>}
      </p>
      <p className="strip__act">
        {strip.press ? (
          <PressButton
            ackCount={ackCount}
            {...(words.busy ? { busyLabel: words.busy } : {})}
            className={strip.is_next ? "press is-go" : "press is-main is-due"}
            aria-disabled={isLost}
            onClick={onPress}
          >
            {strip.press.label}{" "}
            <span className="govgr-visually-hidden" lang="el">
              {strip.spoken}
            </span>
          </PressButton>
        ) : null}
        {strip.href ? (
          <a className="strip__meeting" href={strip.href}>
            {words.toMeeting}{" "}
            <span className="govgr-visually-hidden" lang="el">
              {strip.spoken}
            </span>
          </a>
        ) : null}
      </p>
    </li>
  );
}

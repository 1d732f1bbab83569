// Panels of which one is shown. The tabs are one stop of the Tab key; arrows, Home and End lead through them.
import { Children, type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import { tabAfterKey } from "./arrow_steps.ts";

type Props = { labels: string[]; label: string; children?: ReactNode };

export function TabList({ labels, label, children }: Props) {
  const id = useId();
  const [chosen, choose] = useState(0);
  const list = useRef<HTMLDivElement>(null);

  const onKeyDown = (event: KeyboardEvent) => {
    const next = tabAfterKey(event.key, chosen, labels.length);
    if (next < 0) return;
    event.preventDefault();
    choose(next);
    list.current?.querySelectorAll<HTMLElement>("[role=tab]")[next]?.focus();
  };

  return (
    <div className="tabs">
      <div ref={list} role="tablist" aria-label={label} className="tabs__list" onKeyDown={onKeyDown}>
        {labels.map((name, at) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-tab-${at}`}
            aria-selected={at === chosen}
            aria-controls={`${id}-panel-${at}`}
            tabIndex={at === chosen ? 0 : -1}
            onClick={() => choose(at)}
          >
            {name}
          </button>
        ))}
      </div>
      {Children.toArray(children).map((panel, at) => (
        <div
          key={at}
          role="tabpanel"
          id={`${id}-panel-${at}`}
          aria-labelledby={`${id}-tab-${at}`}
          hidden={at !== chosen}
          className="tabs__panel"
        >
          {panel}
        </div>
      ))}
    </div>
  );
}

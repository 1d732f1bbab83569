// What stands around the list: its filter by text, what is done folded away, and the shortcuts.
import { type ReactNode, useEffect, useState } from "react";
import { Modal } from "../components/modal.tsx";
import { look, useLooked } from "./day_store.ts";
import type { Words } from "./types.ts";

export function DayFilter({ label, hint }: { label: string; hint: string }) {
  const { text } = useLooked();
  // Another day begins without it.
  useEffect(() => () => look({ text: "" }), []);
  return (
    <div className="filters__item is-wide">
      <label htmlFor="day-filter">{label}</label>
      <input
        id="day-filter"
        className="field-inline"
        type="search"
        autoComplete="off"
        placeholder={hint}
        maxLength={100}
        value={text}
        onChange={(event) => look({ text: event.target.value })}
      />
    </div>
  );
}

// On a phone under one press; where there is room, always there.
export function Fold({ label, children }: { label: string; children?: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={isOpen ? "folds is-open" : "folds"}>
      <button type="button" className="fold" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {label}
      </button>
      {children}
    </div>
  );
}

export function DayTools({ words }: { words: Words }) {
  const { isDoneHidden, areShortcutsShown } = useLooked();
  return (
    <span className="answer__end">
      <button type="button" className="aslink" onClick={() => look({ areShortcutsShown: true })}>
        {words.shortcuts}
      </button>
      <button
        type="button"
        className="aslink"
        aria-pressed={isDoneHidden}
        onClick={() => look({ isDoneHidden: !isDoneHidden })}
      >
        {words.hideDone}
      </button>
      {areShortcutsShown ? <Shortcuts words={words} /> : null}
    </span>
  );
}

function Shortcuts({ words }: { words: Words }) {
  const leave = () => look({ areShortcutsShown: false });
  return (
    <Modal labelledBy="shortcuts-title" onLeave={leave}>
      <h2 id="shortcuts-title" tabIndex={-1}>
        {words.shortcuts}
      </h2>
      <p>{words.shortcutsHint}</p>
      <ul className="shortcuts">
        {(words.letters ?? "").split("\n").map((line) => {
          const [letter, name] = line.split("\t");
          return (
            <li key={line}>
              <kbd>{letter}</kbd> {name}
            </li>
          );
        })}
      </ul>
      <p>{words.shortcutsMove}</p>
      <div className="dialog__acts">
        <button type="button" className="btn alt" onClick={leave}>
          {words.close}
        </button>
      </div>
    </Modal>
  );
}

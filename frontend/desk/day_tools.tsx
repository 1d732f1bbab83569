// What stands around the list: its filter by text, what is done folded away, and the shortcuts.
import { type ReactNode, useEffect, useState } from "react";
import { Dialog } from "../components/dialog.tsx";
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
      <Dialog
        isOpen={areShortcutsShown}
        title={words.shortcuts ?? ""}
        titleId="shortcuts-title"
        onClose={() => look({ areShortcutsShown: false })}
      >
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
          <button type="button" className="btn alt" onClick={() => look({ areShortcutsShown: false })}>
            {words.close}
          </button>
        </div>
      </Dialog>
    </span>
  );
}

// A text to be copied: read-only, so that it can also be selected by hand, and a button that says what it did.
import { useEffect, useRef, useState } from "react";

type Props = { id: string; text: string; name: string; copyLabel: string; copied: string; notCopied: string };

export function CopyText({ id, text, name, copyLabel, copied, notCopied }: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [said, say] = useState("");

  // Another text was not copied yet.
  useEffect(() => say(""), [text]);

  const copy = async () => {
    // Emptied first, so that a second press is said again.
    say("");
    try {
      await navigator.clipboard.writeText(text);
      say(copied);
    } catch {
      field.current?.focus(); // the keys copy what is selected in the field that has the focus
      field.current?.select();
      say(notCopied);
    }
  };

  return (
    <div className="copy">
      <textarea
        id={id}
        ref={field}
        aria-label={name}
        readOnly
        spellCheck={false}
        rows={text.split("\n").length + 1}
        value={text}
        className="input copy__text"
      />
      <p className="copy__acts">
        <button type="button" className="press" onClick={copy}>
          {copyLabel}
        </button>
        <span role="status">{said}</span>
      </p>
    </div>
  );
}

// A secret that is shown once: to be copied by one press, or, where the browser forbids that, by the keys.
import { useId, useRef, useState } from "react";

type Props = { text: string; label: string; copy: string; copied: string; copyYourself: string };

export function ShownSecret({ text, label, copy, copied, copyYourself }: Props) {
  const [words, setWords] = useState("");
  const id = useId();
  const field = useRef<HTMLInputElement>(null);

  const press = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(text);
      setWords(copied);
    } catch {
      setWords(copyYourself); // it is selected, ready for the keys
    }
  };

  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        ref={field}
        id={id}
        className="input is-code"
        readOnly
        autoComplete="off"
        spellCheck={false}
        value={text}
        onFocus={(event) => event.target.select()}
      />
      <p>
        <button type="button" className="btn" onClick={press}>
          {copy}
        </button>{" "}
        <span role="status">{words}</span>
      </p>
    </div>
  );
}

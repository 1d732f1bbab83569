// The element as other sites show it, at the width of a phone, of a tablet, or all there is. It is out of reach of mouse
// and keys: a booking that is pressed here would be a real one.
import { createElement, useEffect, useState } from "react";

type Props = {
  what: string;
  municipality: string;
  service: string;
  mode: string;
  lang: string;
  display: string;
  accent: string;
  /** Names of the widths, and of their choice. */
  label: string;
  widths: Record<string, string>;
};

const SCRIPT = "/embed.js";

export function EmbedPreview({ label, widths, ...wish }: Props) {
  const [width, setWidth] = useState("320");
  useEffect(() => {
    if (document.querySelector(`script[src="${SCRIPT}"]`)) return;
    document.head.append(Object.assign(document.createElement("script"), { src: SCRIPT, async: true }));
  }, []);

  return (
    <>
      <fieldset className="preview__widths">
        <legend>{label}</legend>
        {Object.entries(widths).map(([value, name]) => (
          <label key={value} className="tickbox">
            <input
              type="radio"
              name="preview-width"
              value={value}
              checked={value === width}
              onChange={() => setWidth(value)}
            />
            <span>{name}</span>
          </label>
        ))}
      </fieldset>
      <div className="preview__sheet">
        <div className="preview__page" data-width={width} inert>
          {element(wish)}
        </div>
      </div>
    </>
  );
}

function element({ what, municipality, service, mode, lang, display, accent }: Omit<Props, "label" | "widths">) {
  const shown = what === "link" ? what : display;
  const attributes = { municipality, service, mode, lang, accent, ...(what !== "next" && { display: shown }) };
  const said = Object.entries(attributes).filter(([, value]) => value);
  const name = what === "next" ? "my-dimoslive-next" : "my-dimoslive";
  // Other words are another element, as on another page.
  return municipality ? createElement(name, { key: name + said.join(), ...Object.fromEntries(said) }) : null;
}

// Type-ahead over the municipalities: the combobox pattern of the ARIA guide, with a list that is fetched once.
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import {
  findMunicipalities,
  MAX_TYPED_LENGTH,
  type Municipality,
  type Prepared,
  prepareSearch,
} from "./municipality_search.ts";

const MAX_SHOWN = 8;

// A line of `/api/municipalities`.
type Line = Municipality & { slug: string; upper_el: string; name_en: string; joined: boolean };

type Props = {
  language: string;
  target: string;
  publicTarget: string;
  label: string;
  hint: string;
  texts: Record<"failed" | "loading" | "none" | "one" | "many" | "first" | "retry" | "unit" | "notJoined", string>;
};

let fetched: Promise<Prepared<Line>[]> | null = null;

function fetchMunicipalities(): Promise<Prepared<Line>[]> {
  fetched ||= fetch("/api/municipalities").then(async (answer) => {
    if (!answer.ok) throw new Error(String(answer.status));
    return prepareSearch<Line>(await answer.json());
  });
  fetched.catch(() => {
    fetched = null;
  });
  return fetched;
}

export function MunicipalityPicker({ language, target, publicTarget, label, hint, texts }: Props) {
  const id = useId();
  const [all, setAll] = useState<Prepared<Line>[] | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState(-1);
  const [isOpen, setOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  const load = () => {
    setFailed(false);
    fetchMunicipalities().then(setAll, () => setFailed(true));
  };
  // What was typed before the page came alive is in the field already.
  useEffect(() => {
    if (input.current?.value) {
      setTyped(input.current.value);
      setOpen(true);
      load();
    }
  }, []);

  const matches = useMemo(() => (all ? findMunicipalities(all, typed) : []), [all, typed]);
  const found = matches.slice(0, MAX_SHOWN);
  const shown = isOpen && typed.trim() !== "";
  const name = (one: Line) => (language === "el" ? one.upper_el : one.name_en);
  // One that takes no bookings leads to its public page, which says what to do.
  const href = (one: Line) => (one.joined ? target : publicTarget).replace("{slug}", one.slug);
  const go = (one: Line) => {
    window.location.assign(href(one));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      if (!found.length) return;
      const step = event.key === "ArrowDown" ? 1 : -1;
      setActive((at) => (at + step + found.length + (at < 0 && step < 0 ? 1 : 0)) % found.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const one = found[active] || (found.length === 1 ? found[0] : null);
      if (one) go(one);
      else setOpen(true);
    } else if (event.key === "Escape") {
      if (isOpen) setOpen(false);
      else setTyped("");
      setActive(-1);
    }
  };

  let status = "";
  if (shown && hasFailed) status = texts.failed;
  else if (shown && !all) status = texts.loading;
  else if (shown && !found.length) status = texts.none;
  else if (shown && matches.length === 1) status = texts.one;
  else if (shown)
    status = (found.length < matches.length ? texts.first : texts.many)
      .replace("{n}", String(matches.length))
      .replace("{shown}", String(found.length));

  return (
    <div
      className="picker"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <label className="govgr-label picker__label" htmlFor={`${id}-input`}>
        {label}
      </label>
      <span className="govgr-hint" id={`${id}-hint`}>
        {hint}
      </span>
      <input
        ref={input}
        id={`${id}-input`}
        className="govgr-input picker__input"
        type="text"
        role="combobox"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={MAX_TYPED_LENGTH}
        aria-autocomplete="list"
        aria-expanded={shown && found.length > 0}
        aria-controls={`${id}-list`}
        aria-describedby={`${id}-hint`}
        aria-activedescendant={shown && active >= 0 && found[active] ? `${id}-${found[active].slug}` : undefined}
        value={typed}
        onFocus={load}
        onChange={(event) => {
          setTyped(event.target.value);
          setActive(-1);
          setOpen(true);
          if (hasFailed) load();
        }}
        onKeyDown={onKeyDown}
      />
      <div className="picker__popup" hidden={!shown || !found.length}>
        <ul className="picker__list" id={`${id}-list`} role="listbox" aria-label={label}>
          {found.map((one, at) => (
            <li
              key={one.slug}
              id={`${id}-${one.slug}`}
              role="option"
              aria-selected={at === active}
              className={at === active ? "picker__option is-active" : "picker__option"}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => go(one)}
            >
              <span>{name(one)}</span>
              <span className="picker__unit">
                {texts.unit} {language === "el" ? one.unit : one.unit_en}
                {one.joined ? null : <span className="picker__note">{texts.notJoined}</span>}
              </span>
            </li>
          ))}
        </ul>
        {found.length < matches.length ? (
          <p className="picker__more" aria-hidden="true">
            {status}
          </p>
        ) : null}
      </div>
      {shown && !found.length ? (
        <p className="picker__status">
          <span aria-hidden="true">{status}</span>{" "}
          {hasFailed ? (
            <button type="button" className="as-link" onMouseDown={(event) => event.preventDefault()} onClick={load}>
              {texts.retry}
            </button>
          ) : null}
        </p>
      ) : null}
      <p className="govgr-visually-hidden" role="status">
        {status}
      </p>
    </div>
  );
}

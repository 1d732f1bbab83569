// Type-ahead over the municipalities: the combobox pattern of the ARIA guide, with a list that is fetched once.
import {
  type InputHTMLAttributes,
  type KeyboardEvent,
  type Ref,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";
import {
  findMunicipalities,
  MAX_TYPED_LENGTH,
  type Municipality,
  type Prepared,
  prepareSearch,
} from "./municipality_search.ts";

const MAX_SHOWN = 8;

// A line of `/api/municipalities`.
type Line = Municipality & { slug: string; upper_el: string; name_en: string; joined: boolean; paused: boolean };

type Props = {
  language: string;
  target: string;
  publicTarget: string;
  label: string;
  hint: string;
  texts: Record<
    "failed" | "loading" | "none" | "one" | "many" | "first" | "retry" | "unit" | "notJoined" | "paused",
    string
  >;
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

export function MunicipalityPicker(props: Props) {
  const id = useId();
  const { all, hasFailed, load } = useMunicipalities();
  const { input, typed, setTyped, isOpen, setOpen } = useTyped(load);
  const [active, setActive] = useState(-1);

  const matches = useMemo(() => (all ? findMunicipalities(all, typed) : []), [all, typed]);
  const found = matches.slice(0, MAX_SHOWN);
  const isShown = isOpen && typed.trim() !== "";
  const status = isShown ? statusOf(props.texts, { hasFailed, isLoaded: all !== null, matches, found }) : "";
  const chosen = found[active];

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      if (found.length) setActive((at) => nextActive(at, event.key === "ArrowDown" ? 1 : -1, found.length));
    } else if (event.key === "Enter") {
      event.preventDefault();
      const one = chosen || (found.length === 1 ? found[0] : null);
      if (one) go(one, props);
      else setOpen(true);
    } else if (event.key === "Escape") {
      if (isOpen) setOpen(false);
      else setTyped("");
      setActive(-1);
    }
  };
  const onType = (text: string) => {
    setTyped(text);
    setActive(-1);
    setOpen(true);
    if (hasFailed) load();
  };

  return (
    <div
      className="picker"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <Labels {...props} id={id} />
      <Field
        id={id}
        input={input}
        isExpanded={isShown && found.length > 0}
        chosen={isShown ? chosen : undefined}
        value={typed}
        onFocus={load}
        onChange={(event) => onType(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <Popup
        {...props}
        id={id}
        found={found}
        active={active}
        isShown={isShown}
        more={matches.length > found.length ? status : ""}
      />
      {isShown && !found.length ? (
        <NothingFound status={status} retry={hasFailed ? props.texts.retry : ""} onRetry={load} />
      ) : null}
      <p className="govgr-visually-hidden" role="status">
        {status}
      </p>
    </div>
  );
}

function useMunicipalities() {
  const [all, setAll] = useState<Prepared<Line>[] | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const load = () => {
    setFailed(false);
    fetchMunicipalities().then(setAll, () => setFailed(true));
  };
  return { all, hasFailed, load };
}

// What was typed before the page came alive is in the field already.
function useTyped(load: () => void) {
  const [typed, setTyped] = useState("");
  const [isOpen, setOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current?.value) {
      setTyped(input.current.value);
      setOpen(true);
      load();
    }
  }, []);
  return { input, typed, setTyped, isOpen, setOpen };
}

// Around the list; from none of them up to the last.
const nextActive = (at: number, step: number, count: number) =>
  (at + step + count + (at < 0 && step < 0 ? 1 : 0)) % count;

type Search = { hasFailed: boolean; isLoaded: boolean; matches: Line[]; found: Line[] };

function statusOf(texts: Props["texts"], { hasFailed, isLoaded, matches, found }: Search) {
  if (hasFailed) return texts.failed;
  if (!isLoaded) return texts.loading;
  if (!found.length) return texts.none;
  if (matches.length === 1) return texts.one;
  return (found.length < matches.length ? texts.first : texts.many)
    .replace("{n}", String(matches.length))
    .replace("{shown}", String(found.length));
}

// One that takes no bookings leads to its public page, which says what to do. One that is paused leads on: whoever moves
// a booking must come through, and the wizard says it to the others.
function go({ joined, slug }: Line, { target, publicTarget }: Props) {
  window.location.assign((joined ? target : publicTarget).replace("{slug}", slug));
}

function Labels({ id, label, hint }: Props & { id: string }) {
  return (
    <>
      <label className="govgr-label picker__label" htmlFor={`${id}-input`}>
        {label}
      </label>
      <span className="govgr-hint" id={`${id}-hint`}>
        {hint}
      </span>
    </>
  );
}

type FieldProps = Pick<InputHTMLAttributes<HTMLInputElement>, "value" | "onFocus" | "onChange" | "onKeyDown"> & {
  id: string;
  input: Ref<HTMLInputElement>;
  isExpanded: boolean;
  chosen: Line | undefined;
};

function Field({ id, input, isExpanded, chosen, ...rest }: FieldProps) {
  return (
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
      aria-expanded={isExpanded}
      aria-controls={`${id}-list`}
      aria-describedby={`${id}-hint`}
      aria-activedescendant={chosen && `${id}-${chosen.slug}`}
      {...rest}
    />
  );
}

type PopupProps = Props & { id: string; found: Line[]; active: number; isShown: boolean; more: string };

// `more` says that there are others; it is also said aloud, elsewhere.
function Popup({ id, found, active, isShown, more, ...props }: PopupProps) {
  return (
    <div className="picker__popup" hidden={!isShown || !found.length}>
      <ul className="picker__list" id={`${id}-list`} role="listbox" aria-label={props.label}>
        {found.map((one, at) => (
          <li
            key={one.slug}
            id={`${id}-${one.slug}`}
            role="option"
            aria-selected={at === active}
            className={at === active ? "picker__option is-active" : "picker__option"}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => go(one, props)}
          >
            <Option {...props} one={one} />
          </li>
        ))}
      </ul>
      {more ? (
        <p className="picker__more" aria-hidden="true">
          {more}
        </p>
      ) : null}
    </div>
  );
}

function Option({ one, language, texts }: Props & { one: Line }) {
  return (
    <>
      <span>{language === "el" ? one.upper_el : one.name_en}</span>
      <span className="picker__unit">
        {texts.unit} {language === "el" ? one.unit : one.unit_en}
        {noteOf(one, texts) ? <span className="picker__note">{noteOf(one, texts)}</span> : null}
      </span>
    </>
  );
}

function noteOf({ joined, paused }: Line, texts: Props["texts"]) {
  if (!joined) return texts.notJoined;
  return paused ? texts.paused : "";
}

function NothingFound({ status, retry, onRetry }: { status: string; retry: string; onRetry: () => void }) {
  return (
    <p className="picker__status">
      <span aria-hidden="true">{status}</span>{" "}
      {retry ? (
        <button type="button" className="as-link" onMouseDown={(event) => event.preventDefault()} onClick={onRetry}>
          {retry}
        </button>
      ) : null}
    </p>
  );
}

// The small parts of all the meeting's pages: words, pictures, choices.
import { createContext, useContext, useEffect, useId, useRef, useSyncExternalStore } from "react";

const Words = createContext(null);

// t("key", {name}) and t.count("key", n), as on the server; plural texts stand under key.one and key.many. What is said
// otherwise to this reader stands under the same key after `own`.
export function wordsOf(texts, own = "") {
  const t = (key, values = {}) =>
    (texts[own + key] ?? texts[key] ?? "").replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));
  t.count = (key, n) => t(`${key}.${n === 1 ? "one" : "many"}`, { n });
  t.has = (key) => key in texts;
  return t;
}

export const WordsOf = Words.Provider;
export const useWords = () => useContext(Words);

const GREEK = /[\u0370-\u03ff\u1f00-\u1fff]/;

// What people wrote or are called: Greek stays Greek on an English page, and is read out as such.
export function AsWritten({ children }) {
  return <span lang={GREEK.test(children) ? "el" : undefined}>{children}</span>;
}

// A sentence with somebody's name in it, as a string or as shown elsewhere.
export function Naming({ text, name }) {
  const [before, after] = useWords()(text, { name: "\n" }).split("\n");
  return (
    <>
      {before}
      {typeof name === "string" ? <AsWritten>{name}</AsWritten> : name}
      {after}
    </>
  );
}

// A guest is told apart from an official: the others see who is not of the municipality.
export function PeerName({ peer: { role, name } }) {
  const t = useWords();
  if (!name) return t(`role.${role}`);
  return role === "guest" ? <Naming text="peer.guest" name={name} /> : <AsWritten>{name}</AsWritten>;
}

export const useStore = (store) => useSyncExternalStore(store.watch, store.get, store.get);

export const TITLE_ID = "meeting-title";

// Each phase has one; the focus goes there when the phase changes.
export function Title({ children, isHidden = false }) {
  return (
    <h1 id={TITLE_ID} tabIndex={-1} className={isHidden ? "govgr-visually-hidden" : undefined}>
      {children}
    </h1>
  );
}

// A live picture. Sound comes from elsewhere, so that no browser holds the picture back.
export function Picture({ stream, isMirrored = false, isPaused = false, label, testId, videoRef, ...rest }) {
  const own = useRef(null);
  const ref = videoRef || own;
  useEffect(() => {
    const video = ref.current;
    if (video.srcObject !== stream) video.srcObject = stream;
    if (stream && !isPaused) video.play().catch(() => {});
    if (isPaused) video.pause();
  }, [stream, isPaused, ref]);
  useEffect(() => {
    const video = ref.current;
    return () => {
      video.srcObject = null;
    };
  }, [ref]);
  return (
    <video
      ref={ref}
      autoPlay
      playsInline
      muted
      aria-label={label}
      data-testid={testId}
      className={isMirrored ? "is-mirrored" : undefined}
      {...rest}
    />
  );
}

const streams = new WeakMap();

// One stream a track: a new one would make the picture start again.
export function streamOf(track) {
  if (!track) return null;
  if (!streams.has(track)) streams.set(track, new MediaStream([track]));
  return streams.get(track);
}

// The door answers and the socket does not open: only some networks do that.
export function Blocked({ isBlocked }) {
  const t = useWords();
  return <div role="alert">{isBlocked ? <p className="notice is-problem">{t("socket.blocked")}</p> : null}</div>;
}

// For what comes and goes by itself: a focus that went with it is led back to where it was, or to the title.
function useWayBack() {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      for (const place of [before, document.getElementById(TITLE_ID)]) {
        if (document.activeElement === document.body) place?.focus();
      }
    };
  }, []);
}

// Over the picture, until it is answered.
export function Card({ as: Element = "div", children, ...rest }) {
  useWayBack();
  return (
    <Element className="card2" {...rest}>
      {children}
    </Element>
  );
}

// For what opens below the edge of what scrolls.
export function useInSight(isOpen) {
  const ref = useRef(null);
  useEffect(() => {
    if (isOpen) ref.current.scrollIntoView({ block: "nearest" });
  }, [isOpen]);
  return ref;
}

export function Choice({ label, value, options, onChange, disabled = false, hint }) {
  const id = useId();
  return (
    <div className="check__choice">
      <label className="govgr-label" htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className="govgr-select"
        value={value}
        disabled={disabled || options.length === 0}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map((one) => (
          <option key={one.id} value={one.id}>
            {one.label}
          </option>
        ))}
      </select>
      {hint ? (
        <span id={`${id}-hint`} className="govgr-hint">
          {hint}
        </span>
      ) : null}
    </div>
  );
}

export function Button({ children, kind = "secondary", className = "", ...rest }) {
  return (
    <button type="button" className={`govgr-btn govgr-btn-${kind} ${className}`.trim()} {...rest}>
      {children}
    </button>
  );
}

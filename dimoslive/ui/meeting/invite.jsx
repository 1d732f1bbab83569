// A third person, such as an interpreter: the official types a name and passes a link on.
import { useEffect, useId, useRef, useState } from "react";
import { guestAddress } from "./door.js";
import { Button, Naming, useInSight, useStore, useWords } from "./parts.jsx";

const LONGEST_NAME = 100;
// What the server takes for no part of a line.
const CONTROL = /[\p{C}\p{Zl}\p{Zp}]/u;

// What is wrong with a typed name, as a text's key; null when nothing is.
export function wrongWith(name) {
  if (!name) return "invite.required";
  if (CONTROL.test(name)) return "invite.control_characters";
  return [...name].length > LONGEST_NAME ? "invite.too_long" : null;
}

export function InviteForm({ room, isLost }) {
  const t = useWords();
  const { invitations, problem } = useStore(room.store);
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState(null);
  const [isAsked, setAsked] = useState(false);
  const id = useId();
  const field = useRef(null);
  const form = useInSight(isOpen);
  useEffect(() => {
    setAsked(false);
    setTyped("");
  }, [invitations.length]);
  useEffect(() => { if (problem || isLost) setAsked(false); }, [problem, isLost]);

  const invite = (event) => {
    event.preventDefault();
    const name = typed.normalize("NFC").trim();
    const found = wrongWith(name);
    setWrong(found);
    if (found) {
      field.current.focus();
      return;
    }
    // Each press that reaches the server makes a link, and there are only so many.
    if (isLost || isAsked) return;
    room.forgetProblem();
    setAsked(room.invite(name));
  };
  const last = invitations.at(-1);
  return (
    <div>
      <Button className="is-full" aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
        {t("invite.open")}
      </Button>
      <div ref={form} id={id} className="tools2__form" hidden={!isOpen}>
        <form className="tools2__form" noValidate onSubmit={invite}>
          <label className="govgr-label" htmlFor={`${id}-name`}>{t("invite.name")}</label>
          <span id={`${id}-hint`} className="govgr-hint">{t("invite.hint")}</span>
          {wrong ? <p id={`${id}-wrong`} className="govgr-error-message" role="alert">{t(wrong)}</p> : null}
          <input ref={field} id={`${id}-name`} className={wrong ? "govgr-input govgr-error-input" : "govgr-input"}
            value={typed} autoComplete="off" required aria-invalid={wrong ? true : undefined}
            aria-describedby={wrong ? `${id}-hint ${id}-wrong` : `${id}-hint`}
            onChange={(event) => setTyped(event.target.value)} />
          <button type="submit" className="govgr-btn govgr-btn-secondary is-full" aria-disabled={isLost || isAsked || undefined}>
            {t("invite.make")}
          </button>
        </form>
        {/* Said aloud over the picture, which a phone hides behind these tools. */}
        {problem === "too_many_guests" ? <p className="govgr-error-message">{t("problem.too_many_guests")}</p> : null}
        <p role="status" className="is-done">{last ? <Naming text="invite.ready" name={last.name} /> : null}</p>
        {invitations.map((one) => <GuestLink key={one.path} invitation={one} />)}
        {last ? <p>{t("invite.whom")}</p> : null}
      </div>
    </div>
  );
}

function GuestLink({ invitation: { name, path } }) {
  const t = useWords();
  const [words, setWords] = useState("");
  const id = useId();
  const field = useRef(null);
  const copy = async () => {
    field.current.select();
    try {
      await navigator.clipboard.writeText(field.current.value);
      setWords("invite.copied");
    } catch {
      setWords("invite.copy_yourself"); // the browser forbids it: the link is selected, ready for the keys
    }
  };
  return (
    <div className="tools2__form">
      <label className="govgr-label" htmlFor={id}><span><Naming text="invite.link" name={name} /></span></label>
      <input ref={field} id={id} className="govgr-input" readOnly value={guestAddress(window.location, path)}
        onFocus={(event) => event.target.select()} />
      <Button className="is-full" onClick={copy}>
        <span aria-hidden="true">{t("invite.copy")}</span>
        <span className="govgr-visually-hidden"><Naming text="invite.copy_for" name={name} /></span>
      </Button>
      <p role="status" className="govgr-hint">{words ? t(words) : ""}</p>
    </div>
  );
}

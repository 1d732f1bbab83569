// A third person, such as an interpreter: the official types a name and passes a link on, and takes it back.

import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { MAX_GUEST_NAME_LENGTH } from "../protocol/generated.ts";
import type { Guest as Invited } from "../protocol/messages.ts";
import type { Room } from "../room/room.ts";
import { guestAddress } from "../signalling/access.ts";
import { Button, useInSight, useStore } from "./widgets.tsx";
import { AsWritten, Naming, useWords } from "./words.tsx";

const CONTROL = /\p{Cc}/u;

// What the server makes of a typed name: nothing that nobody sees is part of it.
const seen = (typed: string) =>
  typed
    .replace(/\p{DI}/gu, "")
    .replace(/\u2800/g, " ")
    .normalize("NFC")
    .trim();

// What is wrong with a typed name, as a text's key; null when nothing is.
export function wrongWith(name: string): string | null {
  if (!name) return "invite.required";
  if (CONTROL.test(name)) return "invite.control_characters";
  return [...name].length > MAX_GUEST_NAME_LENGTH ? "invite.too_long" : null;
}

export function InviteForm({ room, isLost }: { room: Room; isLost: boolean }) {
  const t = useWords();
  const { guests, invitations, invited, problem } = useStore(room.store);
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const opener = useRef<HTMLButtonElement>(null);
  const form = useInSight(isOpen);
  const { withdrawn, withdraw } = useWithdrawal(room, isLost);
  return (
    <>
      <button
        ref={opener}
        type="button"
        className="govgr-btn govgr-btn-secondary"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        {t("invite.open")}
      </button>
      <div ref={form} id={id} className="tools2__form" hidden={!isOpen}>
        <NameForm room={room} isLost={isLost} id={id} />
        {/* Said aloud over the picture, which a phone hides behind these tools. */}
        {problem === "too_many_guests" ? <p className="govgr-error-message">{t("problem.too_many_guests")}</p> : null}
        <Outcome guests={guests} invited={invited} withdrawn={withdrawn} />
        {guests.map((guest) => (
          <Guest
            key={guest.id}
            guest={guest}
            path={invitations.find((one) => one.id === guest.id)?.path}
            isNew={guest.id === invited?.id}
            isLost={isLost}
            onWithdraw={() => {
              // The pressed button goes with the guest.
              if (withdraw(guest)) opener.current?.focus();
            }}
          />
        ))}
        {invitations.length ? <p>{t("invite.whom")}</p> : null}
      </div>
    </>
  );
}

// Who was withdrawn last, until somebody else is invited.
function useWithdrawal(room: Room, isLost: boolean) {
  const { invited } = useStore(room.store);
  const [withdrawn, setWithdrawn] = useState<Invited | null>(null);
  useEffect(() => setWithdrawn(null), [invited]);
  const withdraw = (guest: Invited) => {
    if (isLost) return false;
    room.forgetProblem();
    room.withdraw(guest.id);
    setWithdrawn(guest);
    return true;
  };
  return { withdrawn, withdraw };
}

type OutcomeProps = { guests: Invited[]; invited: Invited | null; withdrawn: Invited | null };

function Outcome({ guests, invited, withdrawn }: OutcomeProps) {
  const isListed = (guest: Invited) => guests.some((one) => one.id === guest.id);
  const isWithdrawn = withdrawn && !isListed(withdrawn);
  const isReady = !isWithdrawn && invited && isListed(invited);
  return (
    <p role="status" className="is-done">
      {isReady ? <Naming text="invite.ready" name={invited.name} /> : null}
      {isWithdrawn ? <Naming text="invite.withdrawn" name={withdrawn.name} /> : null}
    </p>
  );
}

function useName(room: Room, isLost: boolean) {
  const { invited, problem } = useStore(room.store);
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const [isAsked, setAsked] = useState(false);
  useEffect(() => {
    setAsked(false);
    setTyped("");
  }, [invited]);
  useEffect(() => {
    if (problem || isLost) setAsked(false);
  }, [problem, isLost]);

  const type = (text: string) => {
    setTyped(text);
    if (wrong && !wrongWith(seen(text))) setWrong(null);
  };
  // Whether the name can be taken.
  const invite = () => {
    const name = seen(typed);
    const found = wrongWith(name);
    setWrong(found);
    if (found) return false;
    // Each press that reaches the server makes a link, and there are only so many.
    if (isLost || isAsked) return true;
    room.forgetProblem();
    setAsked(room.invite(name));
    return true;
  };
  return { typed, wrong, isAsked, type, invite };
}

function NameForm({ room, isLost, id }: { room: Room; isLost: boolean; id: string }) {
  const t = useWords();
  const { typed, wrong, isAsked, type, invite } = useName(room, isLost);
  const field = useRef<HTMLInputElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!invite()) field.current?.focus();
  };
  return (
    <form className="tools2__form" noValidate onSubmit={submit}>
      <label className="govgr-label" htmlFor={`${id}-name`}>
        {t("invite.name")}
      </label>
      <span id={`${id}-hint`} className="govgr-hint">
        {t("invite.hint")}
      </span>
      {wrong ? (
        <p id={`${id}-wrong`} className="govgr-error-message" role="alert">
          {t(wrong)}
        </p>
      ) : null}
      <input
        ref={field}
        id={`${id}-name`}
        className={wrong ? "govgr-input govgr-error-input" : "govgr-input"}
        value={typed}
        autoComplete="off"
        required
        aria-invalid={wrong ? true : undefined}
        aria-describedby={wrong ? `${id}-hint ${id}-wrong` : `${id}-hint`}
        onChange={(event) => type(event.target.value)}
      />
      <button
        type="submit"
        className="govgr-btn govgr-btn-secondary is-full"
        aria-disabled={isLost || isAsked || undefined}
      >
        {t("invite.make")}
      </button>
    </form>
  );
}

// Who is invited; the link is known only to the page that made it.
function Guest({
  guest: { name },
  path,
  isNew,
  isLost,
  onWithdraw,
}: {
  guest: Invited;
  path: string | undefined;
  isNew: boolean;
  isLost: boolean;
  onWithdraw: () => void;
}) {
  const t = useWords();
  const row = useInSight(isNew);
  return (
    <div ref={row} className="tools2__form">
      {path ? (
        <GuestLink name={name} path={path} />
      ) : (
        <p>
          <b>
            <AsWritten>{name}</AsWritten>
          </b>
          <br />
          {t("invite.elsewhere")}
        </p>
      )}
      <Button className="is-full" aria-disabled={isLost || undefined} onClick={onWithdraw}>
        <span aria-hidden="true">{t("invite.withdraw")}</span>
        <span className="govgr-visually-hidden">
          <Naming text="invite.withdraw_for" name={name} />
        </span>
      </Button>
    </div>
  );
}

function GuestLink({ name, path }: { name: string; path: string }) {
  const t = useWords();
  const [words, setWords] = useState("");
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const copy = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(field.current?.value ?? "");
      setWords("invite.copied");
    } catch {
      setWords("invite.copy_yourself"); // the browser forbids it: the link is selected, ready for the keys
    }
  };
  return (
    <div className="tools2__form">
      <label className="govgr-label" htmlFor={id}>
        <span>
          <Naming text="invite.link" name={name} />
        </span>
      </label>
      <input
        ref={field}
        id={id}
        className="govgr-input"
        readOnly
        value={guestAddress(window.location, path)}
        onFocus={(event) => event.target.select()}
      />
      <Button className="is-full" onClick={copy}>
        <span aria-hidden="true">{t("invite.copy")}</span>
        <span className="govgr-visually-hidden">
          <Naming text="invite.copy_for" name={name} />
        </span>
      </Button>
      <p role="status" className="govgr-hint">
        {words ? t(words) : ""}
      </p>
    </div>
  );
}

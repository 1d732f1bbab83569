// What two presses ask for: why somebody was not served, or where they were referred to. What was typed stays until the
// server has taken it.
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Modal } from "../components/modal.tsx";
import type { DayRow, OnPress, Words } from "./types.ts";

const REASONS = ["not_identified", "documents_missing", "technical_failure", "other"];
const MAX_NOTE_LENGTH = 200;

export type Asked = { row: DayRow; press: string };

type Props = {
  asked: Asked | null;
  changed: string;
  words: Words;
  ackCount: number;
  problem: string;
  onPress: OnPress;
  onClose: () => void;
};

export function OutcomeDialog({ asked, changed, words, ackCount, problem, onPress, onClose }: Props) {
  const [reason, setReason] = useState("");
  const [note, setNote] = useState("");
  const [isNewWanted, setNewWanted] = useState(false);
  const [wrong, setWrong] = useState("");
  const sentAt = useRef(-1);
  const isReferred = asked?.press === "referred";

  useEffect(() => {
    setReason("");
    setNote("");
    setNewWanted(false);
    setWrong("");
    sentAt.current = -1;
  }, [asked?.row.reference, asked?.press]);
  useEffect(() => {
    if (sentAt.current < 0 || ackCount === sentAt.current) return;
    sentAt.current = -1;
    if (problem) setWrong(problem);
    else onClose();
  }, [ackCount]);

  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!asked) return;
    const isNoteNeeded = isReferred || reason === "other";
    const missing = isReferred || reason ? (isNoteNeeded && !note.trim() ? words.noteRequired : "") : words.whyRequired;
    setWrong(missing ?? "");
    if (missing) return;
    sentAt.current = ackCount;
    onPress({
      reference: asked.row.reference,
      press: asked.press,
      status: asked.row.status,
      reason,
      note,
      and_new: isReferred && isNewWanted ? "on" : "",
    });
  };

  if (!asked) return null;
  return (
    <Modal labelledBy="outcome-title" onLeave={onClose}>
      <h2 id="outcome-title" tabIndex={-1}>
        {isReferred ? words.whereTitle : words.whyTitle}: {asked.row.name}, {asked.row.time}
      </h2>
      <form onSubmit={send} noValidate>
        <p role="status">{changed}</p>
        <p role="alert" className="wrong">
          {wrong}
        </p>
        {isReferred ? null : <Reasons words={words} reason={reason} onReason={setReason} />}
        <div className="field">
          <label htmlFor="outcome-note">{isReferred ? words.where : words.note}</label>
          <textarea
            id="outcome-note"
            className="input"
            rows={2}
            maxLength={MAX_NOTE_LENGTH}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </div>
        {isReferred ? (
          <label className="tickbox">
            <input type="checkbox" checked={isNewWanted} onChange={(event) => setNewWanted(event.target.checked)} />
            {words.andNew}
          </label>
        ) : null}
        <div className="dialog__acts">
          <button type="submit" className="btn">
            {words.save}
          </button>
          <button type="button" className="aslink" onClick={onClose}>
            {words.leave}
          </button>
        </div>
      </form>
    </Modal>
  );
}

type ReasonsProps = { words: Words; reason: string; onReason: (reason: string) => void };

function Reasons({ words, reason, onReason }: ReasonsProps) {
  return (
    <fieldset className="field">
      <legend>{words.why}</legend>
      {REASONS.map((one) => (
        <label key={one} className="tickbox">
          <input type="radio" name="reason" value={one} checked={reason === one} onChange={() => onReason(one)} />
          {words[`why.${one}`]}
        </label>
      ))}
    </fieldset>
  );
}

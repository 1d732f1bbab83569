/** What the host's page learns of a frame: states and events, and nothing of a person. */
import type { FromFrame } from "./messages.ts";

export type State = "idle" | "loading" | "ready" | "signing-in" | "booked" | "fallback";
export type Detail = Record<string, unknown>;

/** The fields of a message that its event has; of the others the host learns nothing. */
const TOLD: Partial<Record<FromFrame["type"], readonly string[]>> = {
  ready: [],
  step: ["name", "number", "of"],
  sign_in: ["phase"],
  booked: ["service", "mode"],
  failed: ["code"],
};

/** Name and detail of the event that a message is for the host; none for those that only concern the element. */
export function eventOf(message: FromFrame, municipality: string): [string, Detail] | null {
  const fields = TOLD[message.type];
  if (!fields) return null;
  const detail: Detail = message.type === "failed" ? {} : { municipality };
  for (const field of fields) detail[field] = (message as Detail)[field];
  return [message.type.replace("_", "-"), detail];
}

/** The state after a message. Another document in the frame is no new beginning for the host. */
export function stateAfter(message: FromFrame, state: State): State {
  const { type } = message;
  if (type === "booked") return type;
  if (type === "sign_in") return message.phase === "opened" ? "signing-in" : "ready";
  if (type === "ready" && state === "loading") return type;
  if (type === "step" && state === "booked" && message.name !== "confirmation") return "ready";
  return state;
}

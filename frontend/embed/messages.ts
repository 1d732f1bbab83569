/**
 * What crosses the border between the host's page and our frame, and nothing else does.
 *
 * `hello` and `connect` go by `postMessage`; `connect` hands over a `MessagePort`, by which all the others travel, so
 * that no other script of the host reads or forges them. Each message is closed: a field more and it is dropped.
 */

export const STEPS = ["services", "mode", "calendar", "details", "consent", "confirmation"] as const;
export const PHASES = ["opened", "done", "left", "elsewhere"] as const;
export const MODES = ["video", "in_person", "phone"] as const;
export const MAX_MESSAGE_LENGTH = 4096;
export const MAX_MESSAGES_A_SECOND = 50;

export type StepName = (typeof STEPS)[number];
export type SignInPhase = (typeof PHASES)[number];
export type ModeName = (typeof MODES)[number];
export type Language = "el" | "en";
export type Display = "inline" | "dialog";

type Said<Type extends string, Fields = unknown> = { dimoslive: 1; type: Type } & Fields;

export type Hello = Said<"hello">;
export type Connect = Said<"connect", { lang: Language; accent?: string | undefined; display: Display }>;
export type Ready = Said<"ready", { title: string }>;
export type Height = Said<"height", { px: number }>;
export type Reveal = Said<"reveal", { y: number }>;
export type StepShown = Said<"step", { name: StepName; number: number; of: number }>;
export type SignIn = Said<"sign_in", { phase: SignInPhase }>;
export type Booked = Said<"booked", { service: string | null; mode: ModeName }>;
export type Failed = Said<"failed", { code: string }>;
/** Escape was pressed in the frame, which a dialog around it does not hear. */
export type Close = Said<"close">;
export type Accent = Said<"accent", { accent: string }>;
export type Focus = Said<"focus">;

/** What the frame says to the element, besides `hello`. */
export type FromFrame = Ready | Height | Reveal | StepShown | SignIn | Booked | Failed | Close;
/** What the element says to the frame, besides `connect`. */
export type FromHost = Accent | Focus;
export type Message = Hello | Connect | FromFrame | FromHost;

type Check = (value: unknown) => boolean;
/** Fields of a message. */
type Shape = Readonly<Record<string, Check>>;

const oneOf =
  (words: readonly string[]): Check =>
  (value) =>
    typeof value === "string" && words.includes(value);
const upTo =
  (length: number): Check =>
  (value) =>
    typeof value === "string" && value.length <= length;
const between =
  (least: number, most: number): Check =>
  (value) =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
const isColor: Check = (value) => typeof value === "string" && /^#[0-9a-f]{6}$/.test(value);
const isColorOrMissing: Check = (value) => value === undefined || isColor(value);
const isServiceOrNull: Check = (value) => value === null || upTo(80)(value);

/** Of `hello`, which any window may receive, the type is all there is. */
const HELLO: Record<string, Shape> = { hello: {} };
const CONNECT: Record<string, Shape> = {
  connect: { lang: oneOf(["el", "en"]), accent: isColorOrMissing, display: oneOf(["inline", "dialog"]) },
};
const FROM_FRAME: Record<FromFrame["type"], Shape> = {
  ready: { title: upTo(200) },
  height: { px: between(100, 20_000) },
  reveal: { y: between(0, 20_000) },
  step: { name: oneOf(STEPS), number: between(1, 20), of: between(1, 20) },
  sign_in: { phase: oneOf(PHASES) },
  booked: { service: isServiceOrNull, mode: oneOf(MODES) },
  failed: { code: upTo(40) },
  close: {},
};
const FROM_HOST: Record<FromHost["type"], Shape> = { accent: { accent: isColor }, focus: {} };

function read(data: unknown, shapes: Record<string, Shape>): Message | null {
  if (typeof data !== "object" || data === null) return null;
  const { dimoslive, type, ...fields } = data as Record<string, unknown>;
  if (dimoslive !== 1 || typeof type !== "string" || !Object.hasOwn(shapes, type)) return null;
  const shape = shapes[type];
  if (shape === undefined || JSON.stringify(data).length > MAX_MESSAGE_LENGTH) return null;
  const isRight =
    Object.keys(fields).every((name) => Object.hasOwn(shape, name)) &&
    Object.entries(shape).every(([name, check]) => check(fields[name]));
  return isRight ? (data as Message) : null;
}

/** The first message of a frame's document, if this is it. */
export const readHello = (data: unknown): Hello | null => read(data, HELLO) as Hello | null;
/** The element's answer to it, if this is it. */
export const readConnect = (data: unknown): Connect | null => read(data, CONNECT) as Connect | null;
/** What came from the frame by the port; null for what is none of it. */
export const readFromFrame = (data: unknown): FromFrame | null => read(data, FROM_FRAME) as FromFrame | null;
/** What came from the host by the port; null for what is none of it. */
export const readFromHost = (data: unknown): FromHost | null => read(data, FROM_HOST) as FromHost | null;

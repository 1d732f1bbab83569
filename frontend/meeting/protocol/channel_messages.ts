// What two browsers say to each other on the data channel `talk`. What comes from the other side is not trusted.
export const MAX_TEXT_LENGTH = 2000;
const MAX_MESSAGE_LENGTH = 16000;
const DOCUMENT = ["off", "on", "refused"] as const;

export type DocumentState = (typeof DOCUMENT)[number];
export type MediaState = { camera: boolean; microphone: boolean; document: DocumentState };

export type TextMessage = { type: "text"; id: string; text: string };
// Says of a text that it has arrived: until then it is kept, and said again over a new connection.
export type GotMessage = { type: "got"; id: string };
export type StateMessage = { type: "state" } & MediaState;
export type ChannelMessage = TextMessage | GotMessage | StateMessage;

export const SILENT_STATE: MediaState = { camera: true, microphone: true, document: "off" };

export const textMessage = (id: string, text: string): TextMessage => ({
  type: "text",
  id,
  text: text.slice(0, MAX_TEXT_LENGTH),
});

export const gotMessage = (id: string): GotMessage => ({ type: "got", id });

export const stateMessage = ({ camera, microphone, document }: MediaState): StateMessage => ({
  type: "state",
  camera,
  microphone,
  document,
});

// A message in its known form, or null.
export function readMessage(data: unknown): ChannelMessage | null {
  if (typeof data !== "string" || data.length > MAX_MESSAGE_LENGTH) return null;
  let message: Record<string, unknown> | null = null;
  try {
    message = JSON.parse(data);
  } catch {
    return null;
  }
  if (!message || typeof message !== "object") return null;
  const { type, id, text, camera, microphone } = message;
  if (type === "text" && typeof text === "string" && typeof id === "string") {
    const trimmed = text.trim().slice(0, MAX_TEXT_LENGTH);
    return trimmed ? { type: "text", id: id.slice(0, 64), text: trimmed } : null;
  }
  if (type === "got" && typeof id === "string") return gotMessage(id.slice(0, 64));
  if (type === "state" && typeof camera === "boolean" && typeof microphone === "boolean") {
    const document = DOCUMENT.find((known) => known === message?.document) ?? "off";
    return stateMessage({ camera, microphone, document });
  }
  return null;
}

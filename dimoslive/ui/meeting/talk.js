// What two browsers say to each other on the data channel `talk`. What comes from the other side is not trusted.
export const LONGEST_TEXT = 2000;
const LARGEST_MESSAGE = 16000;
const DOCUMENT = ["off", "on", "refused"];

export const SILENT_STATE = { camera: true, microphone: true, document: "off" };

export const textMessage = (id, text) => ({ type: "text", id, text: text.slice(0, LONGEST_TEXT) });

export const stateMessage = ({ camera, microphone, document }) => ({ type: "state", camera, microphone, document });

// A message in its known form, or null.
export function readTalk(data) {
  if (typeof data !== "string" || data.length > LARGEST_MESSAGE) return null;
  let message = null;
  try {
    message = JSON.parse(data);
  } catch {
    return null;
  }
  if (!message || typeof message !== "object") return null;
  if (message.type === "text" && typeof message.text === "string" && typeof message.id === "string") {
    const text = message.text.trim().slice(0, LONGEST_TEXT);
    return text ? { type: "text", id: message.id.slice(0, 64), text } : null;
  }
  if (message.type === "state" && typeof message.camera === "boolean" && typeof message.microphone === "boolean") {
    return stateMessage({ ...message, document: DOCUMENT.includes(message.document) ? message.document : "off" });
  }
  return null;
}

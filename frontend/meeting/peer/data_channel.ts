// What two browsers say to each other on the data channel `talk`. What comes from the other side is not trusted.
export const LONGEST_TEXT = 2000;
const LARGEST_MESSAGE = 16000;
// More than people can write, with room for what was kept while the line was cut.
const PER_SECOND = 20;
const BURST = 200;
const MOST_UNREAD = 50;
const DOCUMENT = ["off", "on", "refused"];

export const SILENT_STATE = { camera: true, microphone: true, document: "off" };

export const textMessage = (id, text) => ({ type: "text", id, text: text.slice(0, LONGEST_TEXT) });

// Says of a text that it has arrived: until then it is kept, and said again over a new connection.
export const gotMessage = (id) => ({ type: "got", id });

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
  if (message.type === "got" && typeof message.id === "string") return gotMessage(message.id.slice(0, 64));
  if (message.type === "state" && typeof message.camera === "boolean" && typeof message.microphone === "boolean") {
    return stateMessage({ ...message, document: DOCUMENT.includes(message.document) ? message.document : "off" });
  }
  return null;
}

// A function that spends one message, and is false when there is none left.
function createBudget() {
  let left = BURST;
  let at = performance.now();
  return () => {
    const now = performance.now();
    left = Math.min(BURST, left + ((now - at) / 1000) * PER_SECOND) - 1;
    at = now;
    return left >= 0;
  };
}

// The channel of one connection after the other to the same browser. A text is kept until the other says that it has
// arrived. Who says too much is heard no more.
export function createTalk({ onTalk, onOpen, onFlood, onChange }) {
  const unread = new Map();
  const mayTalk = createBudget();
  let isFlooded = false;
  let channel = null;

  const isOpen = () => channel?.readyState === "open";
  const write = (message) => {
    if (isOpen()) channel.send(JSON.stringify(message));
  };

  function shut() {
    if (channel) channel.onopen = channel.onmessage = channel.onclose = null;
    channel = null;
  }

  function hear(event) {
    if (!mayTalk()) {
      isFlooded = true;
      channel.close();
      shut();
      onFlood();
      return;
    }
    const message = readTalk(event.data);
    if (!message) return;
    if (message.type === "got") {
      unread.delete(message.id);
      return;
    }
    if (message.type === "text") write(gotMessage(message.id));
    onTalk(message);
  }

  return {
    // Both sides do this, before anything is negotiated.
    open(connection) {
      if (channel || isFlooded) return;
      channel = connection.createDataChannel("talk", { negotiated: true, id: 0 });
      channel.onmessage = hear;
      channel.onopen = () => {
        onOpen();
        unread.forEach(write);
        onChange();
      };
      channel.onclose = onChange;
    },
    shut,
    isOpen,
    say(message) {
      if (message.type === "text") {
        unread.set(message.id, message);
        if (unread.size > MOST_UNREAD) unread.delete(unread.keys().next().value);
      }
      write(message);
    },
    unread: () => [...unread.values()],
  };
}

// The data channel `talk` to one other browser.
import { type ChannelMessage, gotMessage, readMessage, type TextMessage } from "../protocol/channel_messages.ts";

// More than people can write, with room for what was kept while the line was cut.
const PER_SECOND = 20;
const BURST = 200;
const MAX_UNREAD = 50;

// What the other side says, but for what this module answers itself.
export type HeardMessage = Exclude<ChannelMessage, { type: "got" }>;

export type DataChannelListeners = {
  onMessage: (message: HeardMessage) => void;
  onOpen: () => void;
  onFlood: () => void;
  onChange: () => void;
};

export type DataChannel = ReturnType<typeof createDataChannel>;

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
export function createDataChannel({ onMessage, onOpen, onFlood, onChange }: DataChannelListeners) {
  const unread = new Map<string, TextMessage>();
  const maySpeak = createBudget();
  let isFlooded = false;
  let channel: RTCDataChannel | null = null;

  const isOpen = () => channel?.readyState === "open";
  const write = (message: ChannelMessage) => {
    if (isOpen()) channel?.send(JSON.stringify(message));
  };

  function shut() {
    if (channel) channel.onopen = channel.onmessage = channel.onclose = null;
    channel = null;
  }

  function receive(event: MessageEvent<unknown>) {
    if (!maySpeak()) {
      isFlooded = true;
      channel?.close();
      shut();
      onFlood();
      return;
    }
    const message = readMessage(event.data);
    if (!message) return;
    if (message.type === "got") {
      unread.delete(message.id);
      return;
    }
    if (message.type === "text") write(gotMessage(message.id));
    onMessage(message);
  }

  return {
    // Both sides do this, before anything is negotiated.
    open(pc: RTCPeerConnection) {
      if (channel || isFlooded) return;
      channel = pc.createDataChannel("talk", { negotiated: true, id: 0 });
      channel.onmessage = receive;
      channel.onopen = () => {
        onOpen();
        for (const message of unread.values()) write(message);
        onChange();
      };
      channel.onclose = onChange;
    },
    shut,
    isOpen,
    send(message: HeardMessage) {
      if (message.type === "text") {
        unread.set(message.id, message);
        const [oldest] = unread.keys();
        if (unread.size > MAX_UNREAD && oldest !== undefined) unread.delete(oldest);
      }
      write(message);
    },
    unread: () => [...unread.values()],
  };
}

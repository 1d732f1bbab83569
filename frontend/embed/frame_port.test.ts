import { describe, expect, it, vi } from "vitest";
import { FramePort } from "./frame_port.ts";

function around() {
  const listeners: ((event: MessageEvent) => void)[] = [];
  const parent = { postMessage: vi.fn() };
  const port = { postMessage: vi.fn(), onmessage: null as ((event: { data: unknown }) => void) | null };
  const arrive = (data: unknown, source: unknown = parent, ports: unknown[] = [port]) => {
    for (const listener of listeners) listener({ data, source, ports } as unknown as MessageEvent);
  };
  return {
    parent,
    port,
    arrive,
    hears: (_: "message", listener: (event: MessageEvent) => void) => listeners.push(listener),
  };
}

const CONNECT = { dimoslive: 1, type: "connect", lang: "el", display: "inline" };

describe("the border of a frame", () => {
  it("says hello with nothing in it, and all else by the port alone", () => {
    const host = around();
    const port = new FramePort(host, vi.fn(), vi.fn());
    port.hello();
    port.say({ type: "height", px: 300 });
    host.arrive(CONNECT);
    port.say({ type: "height", px: 400 });
    expect(host.parent.postMessage.mock.calls).toEqual([[{ dimoslive: 1, type: "hello" }, "*"]]);
    expect(host.port.postMessage.mock.calls.map(([message]) => message.px)).toEqual([300, 400]);
  });

  it("takes the port from the page around it, and only the first", () => {
    const host = around();
    const onConnect = vi.fn();
    new FramePort(host, onConnect, vi.fn());
    host.arrive(CONNECT, {});
    host.arrive({ ...CONNECT, more: 1 });
    host.arrive(CONNECT, host.parent, []);
    expect(onConnect).not.toHaveBeenCalled();
    host.arrive(CONNECT);
    host.arrive(CONNECT);
    expect(onConnect).toHaveBeenCalledTimes(1);
  });

  it("drops a flood", () => {
    vi.useFakeTimers();
    const host = around();
    const onMessage = vi.fn();
    new FramePort(host, vi.fn(), onMessage);
    host.arrive(CONNECT);
    const flood = () => {
      for (let n = 0; n < 1000; n += 1) host.port.onmessage?.({ data: { dimoslive: 1, type: "focus" } });
    };
    flood();
    expect(onMessage).toHaveBeenCalledTimes(50);
    vi.advanceTimersByTime(1000);
    flood();
    expect(onMessage).toHaveBeenCalledTimes(100);
    vi.useRealTimers();
  });

  it("drops what no element says", () => {
    const host = around();
    const onMessage = vi.fn();
    new FramePort(host, vi.fn(), onMessage);
    host.arrive(CONNECT);
    host.port.onmessage?.({ data: { dimoslive: 1, type: "height", px: 300 } });
    host.port.onmessage?.({ data: { dimoslive: 1, type: "focus" } });
    expect(onMessage.mock.calls).toEqual([[{ dimoslive: 1, type: "focus" }]]);
  });
});

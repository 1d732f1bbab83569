// A tab's way through a meeting: the access is asked for, the devices are opened, the room is joined, and left.
import { useCallback, useEffect, useRef, useState } from "react";
import { hasCalls } from "../media/devices.ts";
import { createOwnMedia, type OwnMedia } from "../media/own_media.ts";
import { forgetTab, keepTab, readTab, takeClientId } from "../room/client_id.ts";
import { createRoom, type Room } from "../room/room.ts";
import type { Phase } from "../room/room_state.ts";
import { type Access, queryOf, requestAccess, socketAddress } from "../signalling/access.ts";
import { focusTitle } from "./widgets.tsx";

const ASK_AGAIN_MS = 60000;

type Tab = { language: string; asOfficial: boolean };

export const isWay = (state: string | undefined) => state === "open" || state === "too_early";

// What is known of the way into the meeting, asked for at first and on `ask`.
function useAccess({ language, asOfficial }: Tab) {
  const [access, setAccess] = useState<Access | null>(null);
  const [clockOffset, setClockOffset] = useState(0);
  const query = useRef<string | null>(null);
  const state = access?.state;

  const ask = useCallback(async () => {
    query.current = queryOf(window.location.search, asOfficial);
    const said = await requestAccess(query.current, language);
    if (said.now) setClockOffset(Date.parse(said.now) - Date.now());
    // What is known stands while it cannot be asked: the page goes on counting down.
    setAccess((known) => (said.state === "unreachable" && isWay(known?.state) ? known : said));
  }, [asOfficial, language]);

  useEffect(() => {
    ask();
  }, [ask]);
  // The booking may have been moved meanwhile.
  useEffect(() => {
    if (state !== "too_early") return undefined;
    const timer = setInterval(ask, ASK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [state, ask]);

  return { access, forget: () => setAccess(null), clockOffset, query, ask };
}

// A guest is not told the booking's number, and is known by the link.
const tabKeyOf = (access: Access | null, query: string | null, asOfficial: boolean) =>
  access?.role ? `${access.reference || query}.${asOfficial ? "official" : "visitor"}` : "";

export function useMeeting({ language, asOfficial }: Tab) {
  const { access, forget, clockOffset, query, ask } = useAccess({ language, asOfficial });
  const [media, setMedia] = useState<OwnMedia | null>(null);
  const [room, setRoom] = useState<Room | null>(null);
  const left = useRef<Phase | null>(null);
  const tabKey = tabKeyOf(access, query.current, asOfficial);
  const canPrepare = isWay(access?.state) && hasCalls();

  // The devices are opened once, for check, waiting room and call together.
  useEffect(() => {
    if (!canPrepare || media || left.current) return;
    setMedia(openMedia(tabKey));
  }, [canPrepare, media, tabKey]);

  // The way has closed, as by a cancellation: nobody watches the picture any more.
  useEffect(() => {
    if (!access || canPrepare || room || !media) return;
    media.close();
    setMedia(null);
    focusTitle();
  }, [access, canPrepare, room, media]);

  const join = useCallback(() => {
    if (!access || !media || query.current === null) return;
    keepTab(tabKey, { isIn: true });
    const onOver = (phase: Phase) => {
      left.current = phase;
      if (phase !== "disposed") forgetTab(tabKey);
      setMedia(null);
    };
    setRoom(joinRoom({ access, media, query: query.current, language, tabKey, onOver }));
  }, [access, language, media, tabKey, query]);

  // After a reload the tab is back in the meeting without another press, and so is the official who admitted from the
  // list: the citizen waits for a picture then, not for a device check.
  const comesAtOnce = asOfficial && new URLSearchParams(globalThis.location?.search || "").has("now");
  useEffect(() => {
    if (access?.state === "open" && media && !room && (comesAtOnce || readTab(tabKey)?.isIn)) join();
  }, [access?.state, media, room, tabKey, comesAtOnce, join]);

  useEnd(media, room);
  const isReturning = useReturn(access, room);
  const askAgain = () => {
    isReturning.current = true;
    ask();
  };
  const comeBack = () => {
    left.current = null;
    setRoom(null);
    setMedia(null);
    forget();
    askAgain();
  };
  return { access, clockOffset, media, room, canPrepare, ask, askAgain, join, comeBack };
}

function openMedia(tabKey: string): OwnMedia {
  const media = createOwnMedia({
    kept: readTab(tabKey)?.devices,
    onKeep: (devices) => keepTab(tabKey, { devices }),
  });
  media.open();
  return media;
}

type Joining = {
  access: Access;
  media: OwnMedia;
  query: string;
  language: string;
  tabKey: string;
  onOver: (phase: Phase) => void;
};

function joinRoom({ access, media, query, language, tabKey, onOver }: Joining): Room {
  const room = createRoom({
    address: socketAddress(window.location, query),
    clientId: takeClientId(tabKey),
    iceServers: access.ice_servers || [],
    media,
    onOver,
    async onTrouble() {
      const said = await requestAccess(query, language);
      if (said.state === "open") room.noteBlocked();
      else if (said.state !== "unreachable") room.refuse(said.state);
    },
  });
  return room;
}

// With the page all ends.
function useEnd(media: OwnMedia | null, room: Room | null) {
  const inUse = useRef({ media, room });
  inUse.current = { media, room };
  useEffect(
    () => () => {
      inUse.current.room?.dispose();
      inUse.current.media?.close();
    },
    [],
  );
}

// The pressed button goes; what comes instead is read from its title on.
function useReturn(access: Access | null, room: Room | null) {
  const isReturning = useRef(false);
  useEffect(() => {
    if (!isReturning.current || room) return;
    focusTitle();
    isReturning.current = !access;
  }, [room, access]);
  return isReturning;
}

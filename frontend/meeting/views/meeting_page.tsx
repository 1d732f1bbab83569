// The meeting's page: from the lobby through the device check and the waiting room to the call, and out again.
import { useEffect, useMemo } from "react";
import { dayLeft, keepMeeting } from "../../components/way_to_row.ts";
import type { OwnMedia } from "../media/own_media.ts";
import { type Access, isInvitation } from "../signalling/access.ts";
import { DeviceCheck } from "./device_check.tsx";
import { InRoom } from "./in_room.tsx";
import { Countdown, type Links, LobbyPage } from "./lobby_pages.tsx";
import { isWay, useMeeting } from "./use_meeting.ts";
import { Button, Title } from "./widgets.tsx";
import { type Texts, useWords, WordsOf, wordsOf } from "./words.tsx";

type Props = { language: string; texts: Texts; links: Links; asOfficial: boolean };

export function MeetingRoom({ language, texts, links, asOfficial }: Props) {
  const asGuest = !asOfficial && isInvitation(globalThis.location?.search);
  const words = useMemo(() => wordsOf(texts, asGuest ? "for_guest." : ""), [texts, asGuest]);
  const ownLinks = asGuest ? { ...links, booking: links.front ?? "" } : asOfficial ? linksToDay(links) : links;
  useEffect(() => {
    if (asOfficial) keepMeeting(new URLSearchParams(window.location.search).get("reference") ?? "");
  }, [asOfficial]);
  return (
    <WordsOf value={words}>
      <Meeting language={language} links={ownLinks} asOfficial={Boolean(asOfficial)} />
    </WordsOf>
  );
}

// Back to the day as it was left, in its language; who came another way comes to today.
function linksToDay(links: Links): Links {
  const left = dayLeft();
  return left.split("?")[0] === links.booking ? { ...links, booking: left } : links;
}

function Meeting({ links, ...tab }: { language: string; links: Links; asOfficial: boolean }) {
  const { access, clockOffset, media, room, canPrepare, ask, askAgain, join, comeBack } = useMeeting(tab);
  if (!room && !access) return <Loading />;
  const ownLinks = {
    ...links,
    sign_in: `${links.sign_in}?next=${encodeURIComponent(hereOf())}`,
    declaration: `${links.linked ?? ""}${new URLSearchParams(window.location.search).get("link") ?? ""}`,
  };
  if (room) {
    return (
      <InRoom
        room={room}
        media={media}
        access={access}
        links={ownLinks}
        clockOffset={clockOffset}
        onReturn={comeBack}
      />
    );
  }
  if (canPrepare && access) {
    return (
      <Preparation access={access} media={media} clockOffset={clockOffset} links={links} onOpen={ask} onJoin={join} />
    );
  }
  const state = access?.state;
  return (
    <LobbyPage
      state={isWay(state) ? "unsupported" : (state ?? "unreachable")}
      access={access}
      links={ownLinks}
      onAgain={state === "unreachable" ? askAgain : null}
    />
  );
}

const hereOf = () => window.location.pathname + window.location.search;

function Loading() {
  const t = useWords();
  return (
    <div className="wrap plain">
      <Title>{t("title")}</Title>
      <p role="status">{t("loading")}</p>
    </div>
  );
}

type PreparationProps = {
  access: Access;
  media: OwnMedia | null;
  clockOffset: number;
  links: Links;
  onOpen: () => void;
  onJoin: () => void;
};

// The devices are checked while the way opens, and from here the meeting is joined.
function Preparation({ access, media, clockOffset, links, onOpen, onJoin }: PreparationProps) {
  const t = useWords();
  const isOpen = access.state === "open";
  return (
    <div className="wrap plain is-wide">
      <Title>{t(isOpen ? "check.title" : "access.too_early.title")}</Title>
      <p className="govgr-visually-hidden" role="status">
        {isOpen ? t("check.open_now") : ""}
      </p>
      <p className="lede">{[access.when, access.service, access.municipality].filter(Boolean).join(" · ")}</p>
      {isOpen ? null : <Countdown access={access} clockOffset={clockOffset} onOpen={onOpen} />}
      <p>{t(isOpen ? "check.text" : "access.too_early.text")}</p>
      {media ? (
        <DeviceCheck media={media} iceServers={access.ice_servers}>
          <p className="not-recorded">{t("not_recorded")}</p>
          <div className="acts is-left join">
            {isOpen ? (
              <Button kind="primary" onClick={onJoin}>
                {t("join_now")}
              </Button>
            ) : null}
            <a className="back" href={links.advice}>
              {t("link.advice")}
            </a>
          </div>
        </DeviceCheck>
      ) : null}
    </div>
  );
}

// Since when the page has not reached the server: what is shown is how things stood then.
import { useEffect, useState } from "react";

export function LostBar({ isLost, text }: { isLost: boolean; text: string }) {
  const [time, setTime] = useState("");
  useEffect(() => {
    const format = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Athens", hour: "numeric", minute: "2-digit" });
    setTime(isLost ? format.format(new Date()) : "");
  }, [isLost]);
  return <div role="status">{time ? <p className="barline">{text.replace("{time}", time)}</p> : null}</div>;
}

// What happened on the day, said politely: at most one sentence in five seconds, and then all that came meanwhile.
import { useEffect, useRef, useState } from "react";
import { Gathered } from "./gathered.ts";

export function SaidAloud({ text, version }: { text: string; version: number }) {
  const [said, setSaid] = useState("");
  const gathered = useRef<Gathered | null>(null);
  gathered.current ??= new Gathered(setSaid);
  useEffect(() => {
    if (version) gathered.current?.add(text);
  }, [version]);
  useEffect(() => () => gathered.current?.stop(), []);
  return (
    <p className="govgr-visually-hidden" role="status">
      {said}
    </p>
  );
}

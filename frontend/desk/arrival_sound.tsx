// Somebody came to my desk: a tone, for officials who switched it on.
import { useEffect, useRef } from "react";
import { playTone } from "../meeting/media/tone.ts";
import { Arrivals } from "./arrivals.ts";

export function ArrivalSound({ arrivals }: { arrivals: number }) {
  const heard = useRef<Arrivals | null>(null);
  heard.current ??= new Arrivals(
    () => playTone("arrival"),
    () => navigator.userActivation?.hasBeenActive ?? true,
  );
  useEffect(() => heard.current?.hear(arrivals), [arrivals]);
  return null;
}

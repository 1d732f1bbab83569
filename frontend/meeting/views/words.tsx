// The words of the meeting's pages, and names among them.
import { createContext, type ReactNode, useContext } from "react";
import type { Role } from "../protocol/messages.ts";

export type Texts = Record<string, string>;
type Values = Record<string, string | number | null | undefined>;

// t("key", {name}) and t.count("key", n), as on the server; plural texts stand under key.one and key.many.
export type Words = {
  (key: string, values?: Values): string;
  count: (key: string, n: number) => string;
  has: (key: string) => boolean;
};

// What is said otherwise to this reader stands under the same key after `own`.
export function wordsOf(texts: Texts, own = ""): Words {
  const t = (key: string, values: Values = {}) =>
    (texts[own + key] ?? texts[key] ?? "").replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));
  return Object.assign(t, {
    count: (key: string, n: number) => t(`${key}.${n === 1 ? "one" : "many"}`, { n }),
    has: (key: string) => key in texts,
  });
}

const Context = createContext<Words>(wordsOf({}));

export const WordsOf = Context.Provider;
export const useWords = () => useContext(Context);

const GREEK = /[\u0370-\u03ff\u1f00-\u1fff]/;

// What people wrote or are called: Greek stays Greek on an English page, and is read out as such.
export function AsWritten({ children }: { children: string | undefined }) {
  return <span lang={GREEK.test(children ?? "") ? "el" : undefined}>{children}</span>;
}

// A sentence with somebody's name in it, as a string or as shown elsewhere.
export function Naming({ text, name }: { text: string; name: ReactNode }) {
  const [before, after] = useWords()(text, { name: "\n" }).split("\n");
  return (
    <>
      {before}
      {typeof name === "string" ? <AsWritten>{name}</AsWritten> : name}
      {after}
    </>
  );
}

// A guest is told apart from an official: the others see who is not of the municipality.
export function PeerName({ peer: { role, name } }: { peer: { role: Role; name: string } }) {
  const t = useWords();
  if (!name) return t(`role.${role}`);
  return role === "guest" ? <Naming text="peer.guest" name={name} /> : <AsWritten>{name}</AsWritten>;
}

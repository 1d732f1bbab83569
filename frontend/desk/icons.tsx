// The few drawings of the day; the word stands beside each, or is there for readers.
const PATHS: Record<string, string> = {
  person: "M10 2.8a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4M3.5 17.5c0-3.6 2.9-5.6 6.5-5.6s6.5 2 6.5 5.6",
  video: "M2 5h11v10H2zM13 9l5-3v8l-5-3",
  phone:
    "M4 3h3l1.6 4-2 1.6a10 10 0 0 0 4.8 4.8l1.6-2 4 1.6v3c0 .8-.7 1.5-1.5 1.4C9 17 3 11 2.6 4.5 2.6 3.7 3.2 3 4 3z",
  help: "M8 1.9a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3M8 6v5.5h5l2.5 5M8 8.5h4M6 9.7a4.6 4.6 0 1 0 6.3 5.8",
  note: "M4 3h12v9l-5 5H4zM11 17v-5h5M7 7h6M7 10h3",
  dots: "M4 10h.01M10 10h.01M16 10h.01",
};

export function Icon({ name }: { name: string }) {
  return (
    <svg className={name === "dots" ? "icon is-dots" : "icon"} viewBox="0 0 20 20" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

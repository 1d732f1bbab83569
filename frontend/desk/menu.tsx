// «Ενέργειες» of one row: the menu pattern of the ARIA guide. An update of the page neither closes it nor moves it.
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef } from "react";
import { Icon } from "./icons.tsx";
import type { RowPress } from "./types.ts";

const STOPS = new Set(["no_show", "not_served", "cancel"]);

type Props = {
  // With the place of the name, which is Greek on an English page too.
  label: string;
  name: string;
  items: RowPress[];
  isOpen: boolean;
  // What changed while it was open.
  changed: string;
  button: RefObject<HTMLButtonElement | null>;
  onOpen: (isOpen: boolean) => void;
  onChoose: (item: RowPress) => void;
  onLeave: () => void;
};

export function Menu({ label, name, items, isOpen, changed, button, onOpen, onChoose, onLeave }: Props) {
  const list = useRef<HTMLUListElement>(null);
  const id = useId();
  const [before, after] = label.split("{name}");
  const all = () => [...(list.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];

  useEffect(() => {
    if (!isOpen) return;
    // The menu of the last row reaches below the window.
    list.current?.scrollIntoView({ block: "nearest" });
    all()[0]?.focus();
    const leave = (event: PointerEvent) => {
      const target = event.target as Node;
      if (!list.current?.contains(target) && !button.current?.contains(target)) onOpen(false);
    };
    document.addEventListener("pointerdown", leave);
    return () => document.removeEventListener("pointerdown", leave);
  }, [isOpen]);

  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    const found = all();
    const at = found.indexOf(document.activeElement as HTMLElement);
    const places: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    const place = places[event.key];
    if (place !== undefined) {
      event.preventDefault();
      found.at(place % found.length)?.focus();
    } else if (event.key === "Escape" || event.key === "ArrowLeft") {
      event.preventDefault();
      onOpen(false);
      onLeave();
    } else if (event.key === "Tab") {
      onOpen(false);
    }
  };

  return (
    <div className="menu">
      <button
        type="button"
        className="press is-icon"
        ref={button}
        tabIndex={-1}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        id={id}
        onClick={() => onOpen(!isOpen)}
      >
        <Icon name="dots" />
        <span className="govgr-visually-hidden">
          {before}
          <span lang="el">{name}</span>
          {after}
        </span>
      </button>
      {isOpen ? (
        <div className="menu__sheet" onKeyDown={onKeyDown}>
          <p className="menu__said" role="status">
            {changed}
          </p>
          <ul role="menu" aria-labelledby={id} className="menu__list" ref={list}>
            {items.map((item) => (
              <li key={item.press} role="none">
                <MenuItem item={item} onChoose={onChoose} onFollow={() => onOpen(false)} />
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  );
}

type ItemProps = { item: RowPress; onChoose: (item: RowPress) => void; onFollow: () => void };

function MenuItem({ item, onChoose, onFollow }: ItemProps) {
  const inside = (
    <>
      {item.label}
      {item.letter ? (
        <span className="key" aria-hidden="true">
          {item.letter}
        </span>
      ) : null}
    </>
  );
  if (item.href)
    return (
      <a role="menuitem" tabIndex={-1} href={item.href} onClick={onFollow}>
        {inside}
      </a>
    );
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      className={STOPS.has(item.press) ? "is-stop" : undefined}
      onClick={() => onChoose(item)}
    >
      {inside}
    </button>
  );
}

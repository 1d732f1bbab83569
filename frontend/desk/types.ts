// What the server says of a day, as `dimoslive/ui/staff/day/` writes it: finished words.
export type RowPress = { press: string; label: string; key: string; letter: string; href: string };

export type DayRow = {
  reference: string;
  status: string;
  starts: number;
  time: string;
  name: string;
  spoken: string;
  served_before: string;
  served: string;
  served_after: string;
  subject: string;
  help: string;
  notes: string;
  marks: string[];
  warning: string;
  service: string;
  mode: string;
  mode_icon: string;
  desk: string;
  by: string;
  tag: string;
  tag_class: string;
  kind: string;
  is_past: boolean;
  main: RowPress | null;
  second: RowPress | null;
  menu: RowPress[];
  phone: string;
  phone_shown: string;
  href: string;
  search: string;
};

export type Strip = Omit<
  DayRow,
  | "starts"
  | "notes"
  | "warning"
  | "mode"
  | "desk"
  | "by"
  | "tag"
  | "tag_class"
  | "is_past"
  | "main"
  | "second"
  | "menu"
  | "phone"
  | "search"
> & { line: string; since: string; identity: string; press: RowPress | null; is_next: boolean };

// Names of the texts that the components need; all in the page's language.
export type Words = Record<string, string>;

// A press on a booking as it was shown: the server does it only if the booking still stands so.
export type Pressed = {
  reference: string;
  press: string;
  status: string;
  reason: string;
  note: string;
  // Of a referral: whether a new booking of the same person follows.
  and_new?: string;
};
export type OnPress = (pressed: Pressed) => void;

// How a picture is enlarged, moved and turned. Plain numbers, so that buttons, wheel, keys and pointer agree.
export const MAX_SCALE = 4;
const STEP = 1.25;

const MOVES: Record<string, [number, number]> = {
  ArrowLeft: [0.1, 0],
  ArrowRight: [-0.1, 0],
  ArrowUp: [0, 0.1],
  ArrowDown: [0, -0.1],
};

export type View = { scale: number; x: number; y: number; turns: number };

export const WHOLE: View = { scale: 1, x: 0, y: 0, turns: 0 };

// x and y are shares of the frame, from its middle; the picture's edge never comes inside the frame.
function within({ scale, x, y, turns }: View): View {
  const most = (scale - 1) / 2;
  const clip = (value: number) => Math.min(most, Math.max(-most, value)) || 0;
  return { scale, x: clip(x), y: clip(y), turns };
}

// Around a point of the frame, from -0.5 to 0.5, which stays where it is.
export function zoomBy(view: View, factor: number, at = { x: 0, y: 0 }): View {
  const scale = Math.min(MAX_SCALE, Math.max(1, view.scale * factor));
  const grown = scale / view.scale;
  return within({ ...view, scale, x: at.x - (at.x - view.x) * grown, y: at.y - (at.y - view.y) * grown });
}

export const zoomIn = (view: View) => zoomBy(view, STEP);
export const zoomOut = (view: View) => zoomBy(view, 1 / STEP);
export const moveBy = (view: View, x: number, y: number) => within({ ...view, x: view.x + x, y: view.y + y });
export const turn = (view: View): View => ({ ...view, turns: (view.turns + 1) % 4 });

// The view after a key, or null when the key means nothing here.
export function afterKey(view: View, key: string): View | null {
  const move = MOVES[key];
  if (move) return view.scale > 1 ? moveBy(view, ...move) : null;
  if (key === "+" || key === "=") return zoomIn(view);
  if (key === "-") return zoomOut(view);
  if (key === "0") return WHOLE;
  return null;
}

// How a picture is enlarged, moved and turned. Plain numbers, so that buttons, wheel, keys and pointer agree.
export const LARGEST = 4;
const STEP = 1.25;

export const WHOLE = { scale: 1, x: 0, y: 0, turns: 0 };

// x and y are shares of the frame, from its middle; the picture's edge never comes inside the frame.
function within({ scale, x, y, turns }) {
  const most = (scale - 1) / 2;
  const clip = (value) => Math.min(most, Math.max(-most, value)) || 0;
  return { scale, x: clip(x), y: clip(y), turns };
}

// Around a point of the frame, from -0.5 to 0.5, which stays where it is.
export function zoomBy(view, factor, at = { x: 0, y: 0 }) {
  const scale = Math.min(LARGEST, Math.max(1, view.scale * factor));
  const grown = scale / view.scale;
  return within({ ...view, scale, x: at.x - (at.x - view.x) * grown, y: at.y - (at.y - view.y) * grown });
}

export const zoomIn = (view) => zoomBy(view, STEP);
export const zoomOut = (view) => zoomBy(view, 1 / STEP);
export const moveBy = (view, x, y) => within({ ...view, x: view.x + x, y: view.y + y });
export const turn = (view) => ({ ...view, turns: (view.turns + 1) % 4 });

// The view after a key, or null when the key means nothing here.
export function afterKey(view, key) {
  const moves = { ArrowLeft: [0.1, 0], ArrowRight: [-0.1, 0], ArrowUp: [0, 0.1], ArrowDown: [0, -0.1] };
  if (moves[key]) return view.scale > 1 ? moveBy(view, ...moves[key]) : null;
  if (key === "+" || key === "=") return zoomIn(view);
  if (key === "-") return zoomOut(view);
  if (key === "0") return WHOLE;
  return null;
}

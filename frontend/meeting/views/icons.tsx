// The drawings on the call's buttons; the words beside them say the same.
const SHAPES = {
  microphone: (
    <>
      <rect x="9" y="3" width="6" height="11" rx="3" />
      <path d="M5 11a7 7 0 0 0 14 0M12 18v3" />
    </>
  ),
  camera: (
    <>
      <rect x="3" y="6" width="12" height="12" rx="1" />
      <path d="M15 10l6-3v10l-6-3" />
    </>
  ),
  speaker: <path d="M4 9v6h4l5 4V5L8 9H4zM16.5 8.5a5 5 0 0 1 0 7M19 6a8.5 8.5 0 0 1 0 12" />,
  document: (
    <>
      <rect x="3" y="5" width="18" height="14" rx="2" />
      <circle cx="8.5" cy="11" r="2" />
      <path d="M13 10h5M13 14h5M6 16c.5-2 4.5-2 5 0" />
    </>
  ),
  turn_camera: <path d="M4 8a8 8 0 0 1 14-2l2 2M20 4v4h-4M20 16a8 8 0 0 1-14 2l-2-2M4 20v-4h4" />,
  torch: <path d="M13 3L6 13h5l-1 8 8-11h-6z" />,
  chat: <path d="M4 5h16v11H9l-5 4z" />,
  devices: <path d="M4 7h9M17 7h3M4 17h3M11 17h9M13 4.5v5h4v-5zM7 14.5v5h4v-5z" />,
  leave: <path d="M3 14c5-5 13-5 18 0l-3 3-3-2v-2c-2-.7-4-.7-6 0v2l-3 2z" />,
  zoom_in: (
    <>
      <circle cx="10.5" cy="10.5" r="6.5" />
      <path d="M15.5 15.5L21 21M7.5 10.5h6M10.5 7.5v6" />
    </>
  ),
  zoom_out: (
    <>
      <circle cx="10.5" cy="10.5" r="6.5" />
      <path d="M15.5 15.5L21 21M7.5 10.5h6" />
    </>
  ),
  turn: <path d="M20 12a8 8 0 1 1-2.5-5.8M20 3v5h-5" />,
  freeze: <path d="M8 5v14M16 5v14" />,
  pip: (
    <>
      <rect x="3" y="5" width="18" height="14" />
      <path d="M12 12h7v5h-7z" fill="currentColor" />
    </>
  ),
};

export type IconName = keyof typeof SHAPES;

export function Icon({ name, isOff = false }: { name: IconName; isOff?: boolean }) {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden="true">
      {SHAPES[name]}
      {isOff ? <path d="M3 3l18 18" /> : null}
    </svg>
  );
}

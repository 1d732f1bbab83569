// A picture that can be read: enlarged, moved, turned and held still. Nothing of it is stored.
import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { Icon, type IconName } from "./icons.tsx";
import { Picture } from "./picture.tsx";
import { useWords } from "./words.tsx";
import { afterKey, moveBy, turn, WHOLE, zoomBy, zoomIn, zoomOut } from "./zoom.ts";

// `nameId` is the element that says whose picture it is.
export function Zoomable({
  stream,
  nameId,
  testId,
  videoRef,
  children,
}: {
  stream: MediaStream | null;
  nameId: string;
  testId: string;
  videoRef: RefObject<HTMLVideoElement | null>;
  children: ReactNode;
}) {
  const t = useWords();
  const [view, setView] = useState(WHOLE);
  const [isFrozen, setFrozen] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const hintId = useId();
  const dragged = useRef<{ x: number; y: number } | null>(null);

  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const box = element.getBoundingClientRect();
      const at = { x: (event.clientX - box.left) / box.width - 0.5, y: (event.clientY - box.top) / box.height - 0.5 };
      setView((now) => zoomBy(now, event.deltaY < 0 ? 1.15 : 1 / 1.15, at));
    };
    // React's own handler is passive: the page would scroll along.
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return;
    const next = afterKey(view, event.key);
    if (!next) return;
    event.preventDefault();
    setView(next);
  };
  const onPointerDown = (event: PointerEvent) => {
    if (view.scale === 1) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    dragged.current = { x: event.clientX, y: event.clientY };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (!dragged.current || !frame.current) return;
    const { width, height } = frame.current.getBoundingClientRect();
    const { x, y } = dragged.current;
    dragged.current = { x: event.clientX, y: event.clientY };
    setView((now) => moveBy(now, (event.clientX - x) / width, (event.clientY - y) / height));
  };
  const onPointerUp = () => {
    dragged.current = null;
  };

  const percent = Math.round(view.scale * 100);
  return (
    <div className="zoom">
      <div
        ref={frame}
        className={view.scale > 1 ? "zoom__frame is-large" : "zoom__frame"}
        role="group"
        tabIndex={0}
        aria-labelledby={nameId}
        aria-describedby={hintId}
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={onPointerUp}
      >
        <span id={hintId} hidden>
          {t("zoom.hint")}
        </span>
        <div
          className={view.turns % 2 ? "zoom__picture is-turned" : "zoom__picture"}
          style={{
            transform: `translate(${view.x * 100}cqw, ${view.y * 100}cqh) scale(${view.scale}) rotate(${view.turns * 90}deg)`,
          }}
        >
          <Picture stream={stream} isPaused={isFrozen} aria-labelledby={nameId} testId={testId} videoRef={videoRef} />
        </div>
      </div>
      {children}
      <div className="tools" role="group" aria-label={t("zoom.tools")}>
        <Tool name="zoom_in" onPress={() => setView(zoomIn)} />
        <Tool name="zoom_out" onPress={() => setView(zoomOut)} />
        <Tool name="turn" onPress={() => setView(turn)} />
        <Tool name="freeze" isOn={isFrozen} onPress={() => setFrozen(!isFrozen)} />
        <PopOut videoRef={videoRef} />
        {view.scale > 1 ? <span className="tools__note">{percent}%</span> : null}
      </div>
      <p className="govgr-visually-hidden" role="status">
        {view.scale > 1 || view.turns ? t("zoom.status", { percent, degrees: view.turns * 90 }) : ""}
      </p>
      {isFrozen ? (
        <p className="frozen" role="status">
          {t("zoom.frozen")}
        </p>
      ) : null}
    </div>
  );
}

export function Tool({ name, isOn, onPress }: { name: IconName; isOn?: boolean; onPress: () => void }) {
  const t = useWords();
  return (
    <button
      type="button"
      className={isOn ? "tool is-lit" : "tool"}
      aria-label={t(`tool.${name}`)}
      title={t(`tool.${name}`)}
      aria-pressed={isOn}
      onClick={onPress}
    >
      <Icon name={name} />
    </button>
  );
}

// The browser's own picture in picture, over other windows, where there is one.
export function PopOut({ videoRef }: { videoRef: RefObject<HTMLVideoElement | null> }) {
  const [canPop, setCanPop] = useState(false);
  useEffect(() => {
    setCanPop(Boolean(document.pictureInPictureEnabled));
  }, []);
  if (!canPop) return null;
  const pop = () => {
    const act = document.pictureInPictureElement
      ? document.exitPictureInPicture()
      : videoRef.current?.requestPictureInPicture();
    act?.catch(() => {}); // refused by the browser: the picture stays on the page
  };
  return <Tool name="pip" onPress={pop} />;
}

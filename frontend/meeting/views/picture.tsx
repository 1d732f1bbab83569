// A live picture. Sound comes from elsewhere, so that no browser holds the picture back.
import { type RefObject, useEffect, useRef, type VideoHTMLAttributes } from "react";

type Props = VideoHTMLAttributes<HTMLVideoElement> & {
  stream: MediaStream | null;
  isMirrored?: boolean;
  isPaused?: boolean;
  label?: string;
  testId?: string;
  videoRef?: RefObject<HTMLVideoElement | null>;
};

export function Picture({ stream, isMirrored = false, isPaused = false, label, testId, videoRef, ...rest }: Props) {
  const own = useRef<HTMLVideoElement>(null);
  const ref = videoRef || own;
  useEffect(() => {
    const video = ref.current;
    if (!video) return;
    if (video.srcObject !== stream) video.srcObject = stream;
    if (stream && !isPaused) video.play().catch(() => {});
    if (isPaused) video.pause();
  }, [stream, isPaused, ref]);
  useEffect(() => {
    const video = ref.current;
    return () => {
      if (video) video.srcObject = null;
    };
  }, [ref]);
  return (
    <video
      ref={ref}
      autoPlay
      playsInline
      muted
      aria-label={label}
      data-testid={testId}
      className={isMirrored ? "is-mirrored" : undefined}
      {...rest}
    />
  );
}

const streams = new WeakMap<MediaStreamTrack, MediaStream>();

// One stream a track: a new one would make the picture start again.
export function streamOf(track: MediaStreamTrack | null): MediaStream | null {
  if (!track) return null;
  const stream = streams.get(track) ?? new MediaStream([track]);
  streams.set(track, stream);
  return stream;
}

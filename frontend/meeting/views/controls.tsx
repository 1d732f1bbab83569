// The row of labelled buttons under the picture.
import type { ButtonHTMLAttributes, Ref } from "react";
import type { OwnMedia } from "../media/own_media.ts";
import { Icon, type IconName } from "./icons.tsx";
import { useStore } from "./widgets.tsx";
import { useWords } from "./words.tsx";

// A switch says its state in words; the name stays, and assistive technology hears "pressed".
export function Switch({
  name,
  isOn,
  onPress,
  disabled = false,
  isLit = false,
}: {
  name: IconName;
  isOn: boolean;
  onPress: (isOn: boolean) => void;
  disabled?: boolean;
  isLit?: boolean;
}) {
  const t = useWords();
  return (
    <button
      type="button"
      className={`ctl ${isLit && isOn ? "is-lit" : ""} ${isOn || isLit ? "" : "is-off"}`}
      aria-pressed={isOn}
      aria-disabled={disabled || undefined}
      onClick={() => {
        if (!disabled) onPress(!isOn);
      }}
    >
      <Icon name={name} isOff={!isOn && !isLit} />
      <span>{t(`control.${name}`)}</span>
      <small aria-hidden="true">{t(isOn ? `control.${name}.on` : `control.${name}.off`)}</small>
    </button>
  );
}

export function Control({
  name,
  onPress,
  className = "",
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { name: IconName; onPress: () => void }) {
  const t = useWords();
  return (
    <button type="button" className={`ctl ${className}`.trim()} onClick={onPress} {...rest}>
      <Icon name={name} />
      <span>{t(`control.${name}`)}</span>
    </button>
  );
}

export function OwnSwitches({ media }: { media: OwnMedia }) {
  const own = useStore(media.store);
  return (
    <>
      <Switch name="microphone" isOn={own.microphone.isOn} onPress={media.setMicrophone} disabled={own.isBusy} />
      <Switch name="camera" isOn={own.camera.isOn} onPress={media.setCamera} disabled={own.isBusy} />
    </>
  );
}

// What is open beside the picture.
export type Panel = "talk" | "devices" | null;

export function Controls({
  media,
  panel,
  setPanel,
  unread,
  onLeave,
  talkRef,
}: {
  media: OwnMedia;
  panel: Panel;
  setPanel: (panel: Panel) => void;
  unread: number;
  onLeave: () => void;
  talkRef: Ref<HTMLButtonElement>;
}) {
  const t = useWords();
  const own = useStore(media.store);
  const toggle = (name: Panel) => () => setPanel(panel === name ? null : name);
  return (
    <div className="bar2" role="group" aria-label={t("control.all")}>
      <OwnSwitches media={media} />
      <Switch name="speaker" isOn={own.speaker.isOn} onPress={media.setSpeaker} />
      <Switch name="document" isOn={own.document.isOn} isLit onPress={media.showDocument} disabled={own.isBusy} />
      {own.devices.cameras.length > 1 ? (
        <Control
          name="turn_camera"
          onPress={media.nextCamera}
          aria-disabled={own.isBusy || !own.camera.isOn || undefined}
        />
      ) : null}
      {own.document.hasTorch ? (
        <Switch name="torch" isOn={own.document.isTorchOn} isLit onPress={media.setTorch} />
      ) : null}
      <button
        ref={talkRef}
        type="button"
        className="ctl"
        aria-expanded={panel === "talk"}
        aria-controls="call-side"
        onClick={toggle("talk")}
      >
        <Icon name="chat" />
        <span>{t("control.chat")}</span>
        {unread ? <small>{t.count("chat.unread", unread)}</small> : null}
      </button>
      <Control
        name="devices"
        aria-expanded={panel === "devices"}
        aria-controls="call-devices"
        onPress={toggle("devices")}
      />
      <Control name="leave" className="is-end" onPress={onLeave} />
    </div>
  );
}

// The English of a Greek field: what is suggested stands in it until somebody types something else.
import { useEffect, useRef, useState } from "react";

type Props = {
  name: string;
  value: string;
  isSuggested: boolean;
  /** What the server makes of the Greek that was typed last; empty: nothing was typed yet. */
  suggestion: string;
  className?: string;
  describedBy?: string;
  isInvalid?: boolean;
  maxLength?: number;
  lines?: number;
  /** The id of the remark that stands there as long as it is a suggestion. */
  remark: string;
};

export function SuggestedField(props: Props) {
  const { name, value, suggestion, className, describedBy, isInvalid, maxLength, lines, remark } = props;
  const ref = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const [isSuggested, setSuggested] = useState(props.isSuggested || !value);

  useEffect(() => {
    const field = ref.current;
    if (!field || !suggestion || !(isSuggested || !field.value) || field.value === suggestion) return;
    field.value = suggestion;
    setSuggested(true);
    // The form around it keeps what stands in its fields.
    field.dispatchEvent(new CustomEvent("input", { bubbles: true }));
  }, [suggestion, isSuggested]);

  useEffect(() => {
    const shown = document.getElementById(remark);
    if (shown) shown.hidden = !isSuggested || !ref.current?.value;
  });

  const Control = lines ? "textarea" : "input";
  return (
    <>
      <Control
        ref={ref}
        id={name}
        name={name}
        lang="en"
        className={className}
        defaultValue={value}
        rows={lines || undefined}
        maxLength={maxLength}
        aria-describedby={describedBy || undefined}
        aria-invalid={isInvalid}
        onInput={(event) => {
          if (!(event.nativeEvent instanceof CustomEvent)) setSuggested(!event.currentTarget.value);
        }}
      />
      <input type="hidden" name={`is_${name}_suggested`} value={isSuggested ? "1" : ""} readOnly />
    </>
  );
}

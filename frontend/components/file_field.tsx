// A file to be sent with the form around it. One that is too large is told before it is on its way.
type Props = {
  id: string;
  name: string;
  accept?: string;
  maxBytes: number;
  /** What the browser says at the field of a file that is larger. */
  tooLarge: string;
  describedBy?: string;
  isInvalid?: boolean;
  className?: string;
};

export function FileField({ id, name, accept, maxBytes, tooLarge, describedBy, isInvalid, className }: Props) {
  return (
    <input
      id={id}
      name={name}
      type="file"
      required
      accept={accept || undefined}
      className={className}
      aria-describedby={describedBy || undefined}
      aria-invalid={isInvalid || undefined}
      onChange={(event) => {
        const field = event.currentTarget;
        const size = field.files?.[0]?.size ?? 0;
        field.setCustomValidity(size > maxBytes ? tooLarge : "");
        field.reportValidity();
      }}
    />
  );
}

// The controls every screen is made of: native elements, labelled, themed by tokens. They hold no text and no state.
import { type ComponentProps, type ReactNode, useId } from "react";
import css from "./controls.module.css";

type Look = "plain" | "primary" | "danger" | "quiet";

export function Button({
  look = "plain",
  className = "",
  ...rest
}: ComponentProps<"button"> & { look?: Look }) {
  const looks = look === "plain" ? "" : css[look];
  return <button type="button" {...rest} className={`${css.button} ${looks} ${className}`} />;
}

type FieldProps = { label: string; help?: ReactNode; invalid?: string | undefined };

function Labelled({ label, help, invalid, id, children }: FieldProps & { id: string; children: ReactNode }) {
  return (
    <div className={css.field}>
      <label htmlFor={id} className={css.legend}>
        {label}
      </label>
      {children}
      {invalid || help ? (
        <small id={`${id}-help`} className={css.help} role={invalid ? "alert" : undefined}>
          {invalid ?? help}
        </small>
      ) : null}
    </div>
  );
}

export function TextField({ label, help, invalid, ...rest }: ComponentProps<"input"> & FieldProps) {
  const id = useId();
  return (
    <Labelled id={id} label={label} help={help} {...(invalid ? { invalid } : {})}>
      <input
        autoComplete="off"
        spellCheck={false}
        {...rest}
        id={id}
        className={css.input}
        aria-invalid={invalid ? true : undefined}
        aria-describedby={help || invalid ? `${id}-help` : undefined}
      />
    </Labelled>
  );
}

/** Text of more than one line. */
export function AreaField({
  label,
  help,
  invalid,
  className = "",
  ...rest
}: ComponentProps<"textarea"> & FieldProps) {
  const id = useId();
  return (
    <Labelled id={id} label={label} help={help} {...(invalid ? { invalid } : {})}>
      <textarea
        rows={4}
        spellCheck={false}
        {...rest}
        id={id}
        className={`${css.input} ${css.area} ${className}`}
        aria-invalid={invalid ? true : undefined}
        aria-describedby={help || invalid ? `${id}-help` : undefined}
      />
    </Labelled>
  );
}

export function SelectField({
  label,
  help,
  children,
  className = "",
  ...rest
}: ComponentProps<"select"> & FieldProps) {
  const id = useId();
  return (
    <Labelled id={id} label={label} help={help}>
      <select
        {...rest}
        id={id}
        className={`${css.input} ${className}`}
        aria-describedby={help ? `${id}-help` : undefined}
      >
        {children}
      </select>
    </Labelled>
  );
}

/** On or off, at once. The label is for those who do not see where it stands. */
export function Switch({ label, ...rest }: Omit<ComponentProps<"input">, "type"> & { label: string }) {
  return (
    <input
      {...rest}
      type="checkbox"
      role="switch"
      aria-label={label}
      aria-checked={rest.checked ?? false}
      className={css.switch}
    />
  );
}

export function Check({ label, ...rest }: Omit<ComponentProps<"input">, "type"> & { label: string }) {
  const id = useId();
  return (
    <div className={css.check}>
      <input {...rest} id={id} type="checkbox" />
      <label htmlFor={id}>{label}</label>
    </div>
  );
}

export type Tone = "neutral" | "ok" | "warn" | "bad" | "info" | "accent";

export function Pill({
  tone = "neutral",
  className = "",
  children,
  ...rest
}: { tone?: Tone } & ComponentProps<"span">) {
  return (
    <span {...rest} className={`${css.pill} ${css[tone]} ${className}`}>
      {children}
    </span>
  );
}

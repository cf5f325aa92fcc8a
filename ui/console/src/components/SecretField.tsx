// Takes a passphrase or a recovery code. Uncontrolled: what is typed stands in the field alone, until whoever holds its
// ref takes it (`ipc/secrets.ts`). Hidden unless somebody asks to see it; hands out no more than its length.
import { Eye, EyeOff } from "lucide-react";
import { type ReactNode, type RefObject, useState } from "react";
import { useMessages } from "../messages";
import { Button, TextField } from "./controls";
import css from "./secret.module.css";

interface Props {
  label: string;
  field: RefObject<HTMLInputElement | null>;
  help?: ReactNode;
  invalid?: string | undefined;
  onLength: (length: number) => void;
  onEnter: () => void;
  autoFocus?: boolean;
  "data-testid": string;
}

export function SecretField({ field, onLength, onEnter, ...rest }: Props) {
  const { t } = useMessages();
  const [shown, setShown] = useState(false);
  return (
    <div className={css.secret}>
      <TextField
        {...rest}
        ref={field}
        type={shown ? "text" : "password"}
        autoCapitalize="off"
        onInput={(event) => onLength([...event.currentTarget.value].length)}
        onKeyDown={(event) => {
          // Enter while an input method composes belongs to it.
          if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
          event.preventDefault();
          onEnter();
        }}
      />
      <Button
        look="quiet"
        className={css.eye ?? ""}
        aria-pressed={shown}
        aria-label={`${t(shown ? "key.hide" : "key.show")}: ${rest.label}`}
        title={t(shown ? "key.hide" : "key.show")}
        onClick={() => setShown(!shown)}
      >
        {shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
      </Button>
    </div>
  );
}

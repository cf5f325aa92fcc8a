// Asks for a new passphrase, typed twice. Judges its length and nothing else: it is compared and handed over, never kept.
import { type RefObject, useRef, useState } from "react";
import { SecretField } from "../../components/SecretField";
import { type MessageKey, useMessages } from "../../messages";

export const LENGTH_MIN = 8;

export interface Passphrase {
  first: RefObject<HTMLInputElement | null>;
  second: RefObject<HTMLInputElement | null>;
  length: number;
  setLength: (length: number) => void;
  differs: boolean;
  setDiffers: (differs: boolean) => void;
  /** Whether it may be handed over; says so beside the fields if it may not. */
  ready: () => boolean;
  /** The field to hand over. The other one is emptied. */
  take: () => HTMLInputElement | null;
}

export function usePassphrase(): Passphrase {
  const first = useRef<HTMLInputElement>(null);
  const second = useRef<HTMLInputElement>(null);
  const [length, setLength] = useState(0);
  const [differs, setDiffers] = useState(false);
  return {
    ...{ first, second, length, setLength, differs, setDiffers },
    ready: () => {
      const same = first.current?.value === second.current?.value;
      setDiffers(!same);
      if (!same) second.current?.focus();
      return same && length >= LENGTH_MIN;
    },
    take: () => {
      if (second.current) second.current.value = "";
      setLength(0);
      return first.current;
    },
  };
}

export function NewPassphrase(props: { passphrase: Passphrase; onEnter: () => void; autoFocus?: boolean }) {
  const { t } = useMessages();
  const { first, second, length, setLength, differs, setDiffers } = props.passphrase;
  return (
    <>
      <SecretField
        label={t("passphrase.new")}
        help={
          <span role="status" data-testid="passphrase-strength">
            {t(strength(length), { n: LENGTH_MIN })}
          </span>
        }
        data-testid="passphrase-first"
        field={first}
        autoFocus={props.autoFocus ?? false}
        onLength={setLength}
        onEnter={() => second.current?.focus()}
      />
      <SecretField
        label={t("passphrase.again")}
        invalid={differs ? t("passphrase.differs") : undefined}
        data-testid="passphrase-second"
        field={second}
        onLength={() => setDiffers(false)}
        onEnter={props.onEnter}
      />
    </>
  );
}

/** By its length alone: nothing else of it is looked at. */
function strength(length: number): MessageKey {
  if (length === 0) return "passphrase.help";
  if (length < LENGTH_MIN) return "passphrase.short";
  if (length < 14) return "passphrase.fair";
  return length < 20 ? "passphrase.good" : "passphrase.strong";
}

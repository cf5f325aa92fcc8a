// Takes a key and hands it to the back end at once. Keeps none: what stays here is the staged key's id and tail.
import { ClipboardPaste, Eye, EyeOff } from "lucide-react";
import { useRef, useState } from "react";
import { Button, Pill, TextField } from "../../components/controls";
import layout from "../../components/layout.module.css";
import { Problem } from "../../components/states";
import type { ApiError, StagedKey } from "../../ipc/generated";
import { apiError, useHost } from "../../ipc/host";
import { useMessages } from "../../messages";

interface Props {
  staged: StagedKey | null;
  onStaged: (staged: StagedKey | null) => void;
  hint: string;
  /** How this type's keys look; empty when they have no shape of their own. */
  pattern?: string;
}

export function KeyField({ staged, onStaged, hint, pattern = "" }: Props) {
  const { t } = useMessages();
  const host = useHost();
  const [error, setError] = useState<ApiError | null>(null);
  const [typing, setTyping] = useState(false);
  const stage = (staging: Promise<StagedKey>) => {
    setError(null);
    return staging.then(onStaged).catch((thrown: unknown) => setError(apiError(thrown)));
  };
  if (staged) {
    return (
      <div className={layout.row}>
        <strong>{t("providers.key")}</strong>
        <Pill tone="ok" data-testid="key-ready">
          {t("key.ready")} ••••{staged.tail}
        </Pill>
        <Button
          data-testid="key-discard"
          onClick={() => {
            void host.call("key_discard", { key: staged.id });
            onStaged(null);
          }}
        >
          {t("key.discard")}
        </Button>
      </div>
    );
  }
  return (
    <section className={layout.stack} aria-label={t("providers.key")}>
      <strong>{t("providers.key")}</strong>
      <div className={layout.row}>
        <Button data-testid="key-paste" onClick={() => void stage(host.call("key_stage_clipboard", {}))}>
          <ClipboardPaste aria-hidden />
          {t("key.paste")}
        </Button>
        {typing ? null : (
          <Button look="quiet" data-testid="key-type" onClick={() => setTyping(true)}>
            {t("key.type")}
          </Button>
        )}
      </div>
      <small className="soft">{t("key.paste.help")}</small>
      {typing ? (
        <Typed hint={hint} pattern={pattern} stage={(bytes) => void stage(host.stageKey(bytes))} />
      ) : null}
      <Problem error={error} />
    </section>
  );
}

/** The typed way: the field is uncontrolled, read once as bytes, then emptied and the bytes wiped. */
function Typed(props: { hint: string; pattern: string; stage: (bytes: Uint8Array) => void }) {
  const { t } = useMessages();
  const [shown, setShown] = useState(false);
  const { hint, pattern, stage } = props;
  const [filled, setFilled] = useState(false);
  const [odd, setOdd] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const use = () => {
    const input = field.current;
    if (!input) return;
    const bytes = new TextEncoder().encode(input.value);
    input.value = "";
    setFilled(false);
    stage(bytes.slice());
    bytes.fill(0);
  };
  return (
    <div className={layout.stack}>
      <TextField
        ref={field}
        label={t("key.typed")}
        help={t(odd ? "key.odd" : "key.looks", { hint })}
        data-testid="key-input"
        type={shown ? "text" : "password"}
        onInput={(event) => {
          const { value } = event.currentTarget;
          setFilled(value !== "");
          // A word of caution only: what a key looks like changes, and the provider decides.
          setOdd(value !== "" && pattern !== "" && !new RegExp(pattern).test(value));
        }}
        onKeyDown={(event) => {
          // Enter while an input method composes belongs to it.
          if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
          event.preventDefault();
          use();
        }}
      />
      <div className={layout.row}>
        <Button data-testid="key-stage" disabled={!filled} onClick={use}>
          {t("key.use")}
        </Button>
        <Button look="quiet" aria-pressed={shown} onClick={() => setShown(!shown)}>
          {shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
          {t(shown ? "key.hide" : "key.show")}
        </Button>
      </div>
    </div>
  );
}

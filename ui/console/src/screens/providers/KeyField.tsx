// Takes a key and hands it to the back end at once. Keeps none: what stays here is the staged key's id and tail.
import { ClipboardPaste, Eye, EyeOff } from "lucide-react";
import { useRef, useState } from "react";
import { Button, Pill, TextField } from "../../components/controls";
import layout from "../../components/layout.module.css";
import { Problem } from "../../components/states";
import type { ApiError, ProviderKindView, StagedKey } from "../../ipc/generated";
import { apiError, useHost } from "../../ipc/host";
import { taken } from "../../ipc/secrets";
import { useMessages } from "../../messages";
import { keyHint } from "./labels";
import css from "./providers.module.css";

interface Props {
  staged: StagedKey | null;
  onStaged: (staged: StagedKey | null) => void;
  kind: ProviderKindView;
}

export function KeyField({ staged, onStaged, kind }: Props) {
  const { t } = useMessages();
  const host = useHost();
  const [error, setError] = useState<ApiError | null>(null);
  const [typing, setTyping] = useState(false);
  // Whether a typed key looked like none of the type; what it was is not kept.
  const [odd, setOdd] = useState(false);
  const label =
    kind.key === "optional" ? t("providers.optional", { label: t("providers.key") }) : t("providers.key");
  const stage = (staging: Promise<StagedKey>) => {
    setError(null);
    return staging.then(onStaged).catch((thrown: unknown) => setError(apiError(thrown)));
  };
  if (staged) {
    return (
      <div className={layout.row}>
        <strong>{label}</strong>
        <Pill tone="ok" data-testid="key-ready">
          {t("key.ready")} ••••{staged.tail}
        </Pill>
        <Button
          data-testid="key-discard"
          onClick={() => {
            void host.call("key_discard", { key: staged.id });
            setOdd(false);
            onStaged(null);
          }}
        >
          {t("key.discard")}
        </Button>
        <Odd kind={kind} odd={odd} />
      </div>
    );
  }
  return (
    <section className={layout.stack} aria-label={t("providers.key")}>
      <strong>{label}</strong>
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
      <small className="soft">
        {t("key.paste.help")} {kind.key_url ? t("providers.key.get", { url: kind.key_url }) : ""}
      </small>
      {typing ? (
        <Typed kind={kind} odd={odd} setOdd={setOdd} stage={(bytes) => stage(host.stageKey(bytes))} />
      ) : null}
      <Problem error={error} />
    </section>
  );
}

/** The typed way: the field is uncontrolled, read once as bytes, then emptied and the bytes wiped. */
function Typed(props: {
  kind: ProviderKindView;
  odd: boolean;
  setOdd: (odd: boolean) => void;
  stage: (bytes: Uint8Array) => Promise<unknown>;
}) {
  const { kind, odd, setOdd, stage } = props;
  const { t } = useMessages();
  const [shown, setShown] = useState(false);
  const [filled, setFilled] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const use = () => {
    const input = field.current;
    if (!input) return;
    setOdd(looksOdd(kind, input.value));
    setFilled(false);
    void taken(input, stage);
  };
  return (
    <div className={layout.stack}>
      <TextField
        ref={field}
        label={t("key.typed")}
        help={keyHint(t, kind)}
        data-testid="key-input"
        type={shown ? "text" : "password"}
        onInput={(event) => {
          const { value } = event.currentTarget;
          setFilled(value !== "");
          // A key is pasted whole; one that is being typed looks odd until its end, and is judged when it is used.
          const pasted = (event.nativeEvent as InputEvent).inputType === "insertFromPaste";
          setOdd((pasted || odd) && looksOdd(kind, value));
        }}
        onKeyDown={(event) => {
          // Enter while an input method composes belongs to it.
          if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
          event.preventDefault();
          use();
        }}
      />
      <Odd kind={kind} odd={odd} />
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

/** Says that a key looks like none of the type. It is used all the same: prefixes change. */
function Odd({ kind, odd }: { kind: ProviderKindView; odd: boolean }) {
  const { t } = useMessages();
  return (
    <small role="status" className={`${css.odd} ${css.wide}`} data-testid="key-odd">
      {odd ? `${t("key.odd", { kind: kind.title })} ${keyHint(t, kind)}` : ""}
    </small>
  );
}

function looksOdd(kind: ProviderKindView, key: string): boolean {
  if (!kind.key_pattern || key.trim() === "") return false;
  try {
    return !new RegExp(kind.key_pattern).test(key.trim());
  } catch {
    // A pattern this engine cannot read warns of nothing.
    return false;
  }
}

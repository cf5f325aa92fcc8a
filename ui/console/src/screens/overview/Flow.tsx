// The data flow as a live picture: seven parts, lit as a real call passes them. What it shows is decided in `flow.ts`.
import {
  Blocks,
  Cloud,
  Database,
  type LucideIcon,
  Monitor,
  PanelsTopLeft,
  Shuffle,
  User,
} from "lucide-react";
import { useEffect, useState } from "react";
import { Button, Pill, type Tone } from "../../components/controls";
import layout from "../../components/layout.module.css";
import type { Activity } from "../../ipc/generated";
import { useHost } from "../../ipc/host";
import { causeWords, useMessages } from "../../messages";
import { asked } from "./calls";
import {
  follow,
  type Hop,
  type HopId,
  type KeyState,
  type Live,
  picture,
  reached,
  replay,
  type Setting,
} from "./flow";
import css from "./overview.module.css";
import { TimeBar } from "./TimeBar";

const icons: Record<HopId, LucideIcon> = {
  console: Monitor,
  addon: Blocks,
  store: Database,
  user: User,
  ha: PanelsTopLeft,
  proxy: Shuffle,
  provider: Cloud,
};

const tones: Record<KeyState, Tone> = {
  none: "neutral",
  sealed: "ok",
  opened: "accent",
  memory: "accent",
  tls: "info",
  plain: "warn",
  "not-needed": "neutral",
};

export function Flow({
  call,
  setting,
  provider,
}: {
  call: Activity | null;
  setting: Setting;
  provider: string;
}) {
  const { t, language } = useMessages();
  const live = useLive();
  const [at, setAt] = useState<number | null>(null);
  // A call on its way goes before the last one; once it has ended it is the last one.
  const moving = live !== null && live.id !== call?.id ? live : null;
  const shown = moving ?? (call && reached(call));
  const reason = call?.cause ? causeWords(t, call.cause) : null;
  const steps = call && !moving ? replay(t, call, reason) : [];
  const step = at === null ? undefined : steps[at];
  const title = moving ? "overview.picture.live" : call ? "overview.picture" : "overview.picture.none";
  return (
    <section className={`${layout.card} ${css.flow}`} aria-label={t(title)}>
      <div className={css.head}>
        <h2>{t(title)}</h2>
        <p>{call && !moving ? `${asked(t, call)} · ${provider} · ${clock(call.at, language)}` : ""}</p>
        {steps.length > 0 && at === null ? (
          <Button look="quiet" onClick={() => setAt(0)}>
            {t("overview.replay")}
          </Button>
        ) : null}
      </div>
      <ol className={css.hops}>
        {picture(t, setting, shown, moving ? null : call).map((hop, index) => (
          <HopView key={hop.id} hop={hop} place={index + 1} looked={hop.id === step?.hop} />
        ))}
      </ol>
      {step && at !== null ? (
        <Stepper text={step.text} at={at} all={steps.length} go={setAt} />
      ) : (
        call && !moving && <TimeBar call={call} reason={reason} />
      )}
    </section>
  );
}

function HopView({ hop, place, looked }: { hop: Hop; place: number; looked: boolean }) {
  const { t } = useMessages();
  const Icon = icons[hop.id];
  return (
    <li className={css.hop} data-testid={`flow-hop-${place}`} data-lit={hop.lit} data-looked={looked}>
      <span className={css.icon}>
        <Icon aria-hidden />
      </span>
      <strong>{t(`hop.${hop.id}`)}</strong>
      <small>{hop.note}</small>
      <Pill tone={tones[hop.key]}>{t(`key.${hop.key}`)}</Pill>
    </li>
  );
}

function Stepper(props: { text: string; at: number; all: number; go: (at: number | null) => void }) {
  const { t } = useMessages();
  const last = props.at === props.all - 1;
  return (
    <div className={css.step}>
      <p aria-live="polite">
        <span className="soft">{t("overview.replay.step", { n: props.at + 1, all: props.all })}</span>{" "}
        {props.text}
      </p>
      <Button disabled={props.at === 0} onClick={() => props.go(props.at - 1)}>
        {t("overview.replay.previous")}
      </Button>
      <Button disabled={last} onClick={() => props.go(props.at + 1)}>
        {t("overview.replay.next")}
      </Button>
      <Button onClick={() => props.go(null)}>{t("overview.replay.end")}</Button>
    </div>
  );
}

function useLive(): Live | null {
  const host = useHost();
  const [live, setLive] = useState<Live | null>(null);
  useEffect(
    () =>
      host.listen((event) => event.type === "signal" && setLive((before) => follow(before, event.signal))),
    [host],
  );
  return live;
}

function clock(at: number, language: string): string {
  return new Date(at).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
}

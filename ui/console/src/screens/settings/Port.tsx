// The proxy's port: pinned or not, and why it is another one now.
import { type FormEvent, useState } from "react";
import { useDesk } from "../../app/desk";
import { Button, TextField } from "../../components/controls";
import layout from "../../components/layout.module.css";
import { Failed, Problem, Waiting } from "../../components/states";
import type { PortView } from "../../ipc/generated";
import { useAct, useRead } from "../../ipc/queries";
import { useMessages } from "../../messages";

export function Port() {
  const port = useRead("port_get", {});
  if (port.error) return <Failed error={port.error} onRetry={() => void port.refetch()} />;
  if (!port.data) return <Waiting />;
  return <Form key={port.data.pinned ?? ""} view={port.data} />;
}

function Form({ view }: { view: PortView }) {
  const { t } = useMessages();
  const desk = useDesk();
  const [text, setText] = useState(view.pinned ? String(view.pinned) : "");
  const [invalid, setInvalid] = useState(false);
  const pin = useAct("port_pin");
  const save = (event: FormEvent) => {
    event.preventDefault();
    const typed = text.trim();
    const port = Number(typed);
    const good = typed === "" || (/^\d+$/.test(typed) && port >= 1024 && port <= 65535);
    setInvalid(!good);
    if (!good) return;
    const said = typed ? t("port.saved.pinned", { port }) : t("port.saved.free");
    pin.mutate(typed ? { port } : {}, { onSuccess: () => desk.say(said) });
  };
  return (
    <form className={`${layout.card} ${layout.padded} ${layout.stack} ${layout.form}`} onSubmit={save}>
      <div>
        <h2>{t("port.title")}</h2>
        <p className="soft">{t("port.about")}</p>
      </div>
      <Now view={view} />
      <TextField
        label={t("port.pinned")}
        help={t("port.help")}
        invalid={invalid ? t("port.invalid") : undefined}
        inputMode="numeric"
        placeholder="23366"
        data-testid="port-pinned"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Problem error={pin.error} />
      <div className={layout.row}>
        <Button type="submit" look="primary" data-testid="port-save" disabled={pin.isPending}>
          {t("action.save")}
        </Button>
      </div>
    </form>
  );
}

function Now({ view: { proxy } }: { view: PortView }) {
  const { t } = useMessages();
  if (proxy.state === "stopped") return null;
  if (proxy.state === "failed") return <p role="alert">{proxy.message}</p>;
  const { url, moved } = proxy;
  return (
    <p data-testid="port-now">
      {moved
        ? t("port.moved", { url, from: moved.from, owner: moved.owner ?? t("port.somebody") })
        : t("port.now", { url })}
    </p>
  );
}

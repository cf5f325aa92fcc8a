// HTTPS on this machine: the certificate, who trusts it, and the acts on it. Adds to no browser unasked.
import { useState } from "react";
import { useDesk } from "../../app/desk";
import { Button, Pill } from "../../components/controls";
import tones from "../../components/controls.module.css";
import { Confirm } from "../../components/Dialog";
import layout from "../../components/layout.module.css";
import { CopyButton, Failed, Problem, Waiting } from "../../components/states";
import type { CertificateView } from "../../ipc/generated";
import { useAct, useRead } from "../../ipc/queries";
import { useMessages } from "../../messages";

export function Certificate() {
  const { t } = useMessages();
  const certificate = useRead("certificate_get", {});
  if (certificate.error)
    return <Failed error={certificate.error} onRetry={() => void certificate.refetch()} />;
  if (!certificate.data) return <Waiting />;
  return (
    <section
      className={`${layout.card} ${layout.padded} ${layout.stack} ${layout.form}`}
      aria-label={t("https.title")}
      data-testid="https"
    >
      <div>
        <h2>{t("https.title")}</h2>
        <p className="soft">{t("https.about")}</p>
      </div>
      <State view={certificate.data} />
      {certificate.data.state === "none" ? null : <Details view={certificate.data} />}
      <Acts view={certificate.data} />
    </section>
  );
}

function State({ view }: { view: CertificateView }) {
  const { t, language } = useMessages();
  const date = new Date(view.expires ?? 0).toLocaleDateString(language, { dateStyle: "long" });
  const bad = view.state === "expired" || view.state === "renew";
  return (
    <p
      className={bad ? `${layout.notice} ${tones.bad}` : undefined}
      role={bad ? "alert" : undefined}
      data-testid="https-state"
    >
      {t(`https.state.${view.state}`, { date })}
    </p>
  );
}

function Details({ view }: { view: CertificateView }) {
  const { t } = useMessages();
  return (
    <>
      <dl className={layout.stack}>
        {[
          ["https.url", view.url] as const,
          ["https.ca", view.name] as const,
          ["https.fingerprint", view.fingerprint] as const,
          ["https.file", view.ca_file] as const,
        ].map(([label, value]) =>
          value ? (
            <div key={label}>
              <dt className="soft">{t(label)}</dt>
              <dd className="mono">{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
      <ul className={layout.stack} data-testid="https-stores">
        {view.stores.map((store) => (
          <li key={store.path}>
            {t(`https.browser.${store.browser}`)}{" "}
            <Pill tone={store.trusted ? "ok" : "warn"}>
              {t(store.trusted ? "https.trusted" : "https.untrusted")}
            </Pill>{" "}
            <small className="mono soft">{store.path}</small>
          </li>
        ))}
      </ul>
      {view.tool ? null : <p>{t("https.tool")}</p>}
      <p className="soft">{t("https.hand")}</p>
    </>
  );
}

function Acts({ view }: { view: CertificateView }) {
  const { t } = useMessages();
  const desk = useDesk();
  const [asking, setAsking] = useState(false);
  const make = useAct("certificate_make");
  const install = useAct("certificate_install");
  const remove = useAct("certificate_remove");
  const busy = make.isPending || install.isPending || remove.isPending;
  const there = view.state !== "none";
  const close = () => setAsking(false);
  return (
    <>
      <div className={layout.row}>
        <Button
          look={view.state === "good" ? "plain" : "primary"}
          data-testid="https-make"
          disabled={busy}
          onClick={() => make.mutate({}, { onSuccess: () => desk.say(t("https.made")) })}
        >
          {t(there ? "https.renew" : "https.make")}
        </Button>
        {there && view.tool ? (
          <Button data-testid="https-install" disabled={busy} onClick={() => install.mutate({})}>
            {t("https.install")}
          </Button>
        ) : null}
        {view.ca_file ? <CopyButton text={view.ca_file} label={t("https.copy")} /> : null}
        {there ? (
          <Button look="danger" data-testid="https-remove" disabled={busy} onClick={() => setAsking(true)}>
            {t("https.remove")}
          </Button>
        ) : null}
      </div>
      <Problem error={make.error ?? install.error ?? remove.error} />
      {asking ? (
        <Confirm
          title={t("https.title")}
          action={t("https.remove")}
          busy={remove.isPending}
          onClose={close}
          onConfirm={() =>
            remove.mutate({}, { onSuccess: () => desk.say(t("https.removed")), onSettled: close })
          }
        >
          <p>{t("https.remove.body")}</p>
        </Confirm>
      ) : null}
    </>
  );
}

// The vault in a state that needs somebody: what it is, what was not touched, and every way out of it. Nothing is shown
// while it is open.
import type { ReactNode } from "react";
import { isNew, ofFile } from "../../app/vault";
import layout from "../../components/layout.module.css";
import { useHeading } from "../../components/useHeading";
import type { VaultView } from "../../ipc/generated";
import { type MessageKey, useMessages } from "../../messages";
import { Damaged } from "./Damaged";
import { ToPassphrase } from "./Move";
import { Recover } from "./Recover";
import css from "./security.module.css";
import { Unlock } from "./Unlock";

export function StatePanel({ vault, autoFocus }: { vault: VaultView; autoFocus: boolean }) {
  const { t } = useMessages();
  if (vault.damaged.length > 0 || vault.state === "damaged") return <Damaged vault={vault} />;
  switch (vault.state) {
    case "locked":
      return (
        <Panel
          state={vault.waiting ? "waiting" : "locked"}
          title={t(vault.waiting ? "vault.waiting.title" : "vault.locked.title")}
          body={t(vault.waiting ? "security.waiting" : "security.locked")}
        >
          {vault.waiting ? null : <Unlock vault={vault} autoFocus={autoFocus} />}
          <Otherwise title={vault.custody === "passphrase" ? "security.forgotten" : "security.unopened"}>
            <ByKit vault={vault} needsPassphrase={vault.custody === "passphrase"} />
          </Otherwise>
        </Panel>
      );
    case "keyring-missing":
      return (
        <Panel
          state={vault.state}
          title={t(ofFile(vault, "vault.keyring-missing.title"))}
          body={t(ofFile(vault, isNew(vault) ? "security.keyring-missing.new" : "security.keyring-missing"))}
        >
          {ofFile(vault, "security.keyring-missing") === "security.keyring-missing" ? (
            <ul className={css.hints}>
              {(["linux", "running", "headless"] as const).map((each) => (
                <li key={each}>{t(`security.keyring-missing.${each}`)}</li>
              ))}
            </ul>
          ) : null}
          <Unlock vault={vault} />
          {isNew(vault) ? (
            <Otherwise title="security.passphrase-instead">
              <p className="soft">{t("move.passphrase.body")}</p>
              <ToPassphrase action={t("security.passphrase-instead")} onMoved={() => undefined} />
            </Otherwise>
          ) : (
            <Otherwise title="security.with-kit" open={autoFocus}>
              <ByKit vault={vault} needsPassphrase />
            </Otherwise>
          )}
        </Panel>
      );
    case "key-missing":
      return (
        <Panel
          state={vault.state}
          title={t("vault.key-missing.title")}
          body={t(ofFile(vault, "security.key-missing"))}
        >
          <ByKit vault={vault} needsPassphrase={vault.custody === "passphrase"} autoFocus={autoFocus} />
          <Otherwise title="security.key-back">
            <p className="soft">{t("security.key-back.body")}</p>
            <Unlock vault={vault} />
          </Otherwise>
        </Panel>
      );
    default:
      return null;
  }
}

/** Where no kit was ever made there is no code to ask for. */
function ByKit(props: { vault: VaultView; needsPassphrase: boolean; autoFocus?: boolean }) {
  const { t } = useMessages();
  const { vault, ...rest } = props;
  return vault.kit_made === null ? <p data-testid="no-kit">{t("recover.no-kit")}</p> : <Recover {...rest} />;
}

export function Panel(props: { state: string; title: string; body: string; children: ReactNode }) {
  const heading = useHeading(props.state);
  return (
    <section
      className={`${layout.card} ${css.panel}`}
      aria-label={props.title}
      data-state={props.state}
      data-testid="vault-state"
    >
      <div role={props.state === "waiting" ? "status" : undefined}>
        <h2 {...heading}>{props.title}</h2>
        <p>{props.body}</p>
      </div>
      {props.children}
    </section>
  );
}

/** Another way, folded until somebody needs it. */
function Otherwise(props: { title: MessageKey; open?: boolean; children: ReactNode }) {
  const { t } = useMessages();
  return (
    <details className={css.otherwise} open={props.open}>
      <summary data-testid={props.title}>{t(props.title)}</summary>
      <div className={layout.stack}>{props.children}</div>
    </details>
  );
}

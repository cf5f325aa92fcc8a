// The audit chain: what was done with keys and settings, and whether the record of it is whole.
import { useEffect, useRef } from "react";
import { Button } from "../../components/controls";
import layout from "../../components/layout.module.css";
import { Problem, Waiting } from "../../components/states";
import type { AuditReport } from "../../ipc/generated";
import { useAct } from "../../ipc/queries";
import { sentence, type Translate, useMessages } from "../../messages";
import { AuditTable } from "./AuditTable";
import css from "./security.module.css";
import { useAudit } from "./useAudit";

export function Audit({ verifyAtOnce }: { verifyAtOnce: boolean }) {
  const { t } = useMessages();
  const read = useAudit();
  const verify = useAct("audit_verify");
  const begun = useRef(false);
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!verifyAtOnce || begun.current) return;
    begun.current = true;
    section.current?.scrollIntoView?.({ block: "start" });
    verify.mutate({});
  });
  return (
    <section className={`${layout.card} ${css.audit}`} aria-label={t("audit.title")} ref={section}>
      <header>
        <div>
          <h2>{t("audit.title")}</h2>
          <p className="soft">{t("audit.about")}</p>
        </div>
        <Button data-testid="audit-verify" disabled={verify.isPending} onClick={() => verify.mutate({})}>
          {t("audit.verify")}
        </Button>
      </header>
      <div role="status" data-testid="audit-result" className={css.result}>
        {verify.isPending ? `${t("audit.verifying")}…` : null}
        {verify.data && !verify.isPending ? <Result report={verify.data} /> : null}
      </div>
      {verify.error ? (
        <div className={css.result}>
          <Problem error={verify.error} />
        </div>
      ) : null}
      {read.error ? (
        <div className={css.none} role="alert">
          <p>{sentence(t, read.error)}</p>
          <Button onClick={() => void read.refetch()}>{t("action.retry")}</Button>
        </div>
      ) : read.data ? (
        read.data.length === 0 ? (
          <p className={css.none}>{t("audit.empty")}</p>
        ) : (
          <AuditTable entries={read.data} />
        )
      ) : (
        <Waiting />
      )}
      {read.hasNextPage ? (
        <footer>
          <Button
            look="quiet"
            data-testid="audit-more"
            disabled={read.isFetchingNextPage}
            onClick={() => void read.fetchNextPage()}
          >
            {t("audit.more")}
          </Button>
        </footer>
      ) : null}
    </section>
  );
}

function Result({ report }: { report: AuditReport }) {
  const { t } = useMessages();
  return (
    <p className={report.ok ? css.whole : css.broken} data-ok={report.ok}>
      {found(t, report)} {report.sealed < report.entries ? unsealed(t, report) : ""}
    </p>
  );
}

/** Exported for tests. */
export function found(t: Translate, { ok, entries, broken }: AuditReport): string {
  if (broken) return t(`audit.broken.${broken.how}`, { n: broken.seq });
  if (!ok) return t("audit.broken.changed", { n: entries });
  if (entries === 0) return t("audit.empty");
  return entries === 1 ? t("audit.whole.one") : t("audit.whole", { n: entries });
}

function unsealed(t: Translate, { entries, sealed }: AuditReport): string {
  const n = entries - sealed;
  return n === 1 ? t("audit.unsealed.one") : t("audit.unsealed", { n });
}

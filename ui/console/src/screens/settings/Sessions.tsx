// Who is logged in to the proxy, and ending that: one session, or all of an application. Shows no token.
import { useState } from "react";
import { useDesk } from "../../app/desk";
import { Button } from "../../components/controls";
import { Confirm } from "../../components/Dialog";
import layout from "../../components/layout.module.css";
import { Failed, Problem, Waiting } from "../../components/states";
import type { SessionView } from "../../ipc/generated";
import { useAct, useRead } from "../../ipc/queries";
import { useMessages } from "../../messages";

export function Sessions() {
  const { t } = useMessages();
  const sessions = useRead("session_list", {});
  if (sessions.error) return <Failed error={sessions.error} onRetry={() => void sessions.refetch()} />;
  if (!sessions.data) return <Waiting />;
  const { items } = sessions.data;
  return (
    <section
      className={`${layout.card} ${layout.padded} ${layout.stack}`}
      aria-label={t("sessions.title")}
      data-testid="sessions"
    >
      <div>
        <h2>{t("sessions.title")}</h2>
        <p className="soft">{t("sessions.about")}</p>
      </div>
      {items.length === 0 ? <p>{t("sessions.none")}</p> : <Table sessions={items} />}
      <RevokeAll sessions={items} />
    </section>
  );
}

function Table({ sessions }: { sessions: SessionView[] }) {
  const { t, language } = useMessages();
  const desk = useDesk();
  const revoke = useAct("session_revoke");
  const time = (at: number) => new Date(at).toLocaleTimeString(language, { hourCycle: "h23" });
  return (
    <>
      <div className={layout.scroll}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("sessions.application")}</th>
              <th scope="col">{t("sessions.uid")}</th>
              <th scope="col">{t("sessions.login")}</th>
              <th scope="col">{t("sessions.refreshed")}</th>
              <th scope="col">{t("sessions.ends")}</th>
              <th scope="col">{t("sessions.action")}</th>
            </tr>
          </thead>
          <tbody>
            {sessions.map((session) => (
              <tr key={session.id} data-testid="session-row">
                <td>
                  {session.application_name}
                  {session.pinned ? <small className="soft"> {t("sessions.demo")}</small> : null}
                </td>
                <td>{session.uid}</td>
                <td className="mono">{time(session.login)}</td>
                <td className="mono">{time(session.refreshed)}</td>
                <td className="mono">{time(session.ends)}</td>
                <td>
                  <Button
                    data-testid="session-revoke"
                    aria-label={t("sessions.revoke.named", { uid: session.uid })}
                    disabled={revoke.isPending}
                    onClick={() =>
                      revoke.mutate(
                        { session: session.id },
                        { onSuccess: () => desk.say(t("sessions.revoked")) },
                      )
                    }
                  >
                    {t("sessions.revoke")}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Problem error={revoke.error} />
    </>
  );
}

function RevokeAll({ sessions }: { sessions: SessionView[] }) {
  const { t } = useMessages();
  const desk = useDesk();
  const [asking, setAsking] = useState<SessionView | null>(null);
  const revoke = useAct("session_revoke_all");
  const applications = new Map(sessions.map((session) => [session.application, session]));
  const close = () => setAsking(null);
  return (
    <div className={layout.row}>
      {[...applications.values()].map((one) => (
        <Button
          key={one.application}
          look="danger"
          data-testid="session-revoke-all"
          onClick={() => setAsking(one)}
        >
          {t("sessions.all", { name: one.application_name })}
        </Button>
      ))}
      <Problem error={revoke.error} />
      {asking ? (
        <Confirm
          title={t("sessions.all", { name: asking.application_name })}
          action={t("sessions.revoke")}
          busy={revoke.isPending}
          onClose={close}
          onConfirm={() =>
            revoke.mutate(
              { application: asking.application },
              {
                onSuccess: () => desk.say(t("sessions.all.done", { name: asking.application_name })),
                onSettled: close,
              },
            )
          }
        >
          <p>{t("sessions.all.body", { name: asking.application_name })}</p>
        </Confirm>
      ) : null}
    </div>
  );
}

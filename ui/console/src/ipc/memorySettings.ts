// What the back end in memory answers about port, certificate and sessions.
import type { Topic } from "./generated";
import { type Answers, failure, type Memory } from "./memory";
import { certificate, noCertificate } from "./samples/settings";

export function settingsAnswers(memory: Memory, changed: (...topics: Topic[]) => void): Answers {
  const port = () => ({
    ...(memory.pinned ? { pinned: memory.pinned } : {}),
    proxy: memory.overview.proxy,
  });
  const kept = () => ({
    ...{ retention: memory.retention, rows: memory.calls.length, bytes: 3_200_000, dropped: memory.dropped },
  });
  const metrics = () => {
    const { proxy } = memory.overview;
    const url = memory.metrics && proxy.state === "running" ? `${proxy.url}/metrics` : null;
    return { on: memory.metrics, url };
  };
  const put = (next: Memory["certificate"]) => {
    memory.certificate = next;
    changed("certificate");
    return next;
  };
  return {
    port_get: port,
    port_pin: ({ port: pinned }) => {
      if (pinned === 8080) {
        return Promise.reject<never>(
          failure("port-taken", "Port 8080 is taken by node (process 4242).", "Choose another port."),
        );
      }
      memory.pinned = pinned ?? null;
      if (pinned)
        memory.overview.proxy = { state: "running", url: `http://127.0.0.1:${pinned}`, port: pinned };
      changed("port");
      return port();
    },
    certificate_get: () => memory.certificate,
    certificate_make: () => put(certificate),
    certificate_install: () =>
      put({
        ...memory.certificate,
        stores: memory.certificate.stores.map((store) => ({ ...store, trusted: true })),
      }),
    certificate_remove: () => put(noCertificate),
    activity_list: ({ limit, before }) => {
      const from = before ? memory.calls.findIndex((call) => call.id === before) + 1 : 0;
      return { items: memory.calls.slice(from, from + limit) };
    },
    activity_state: kept,
    activity_retention: (retention) => {
      memory.retention = retention;
      changed("activity");
      return kept();
    },
    metrics_get: metrics,
    metrics_set: ({ on }) => {
      memory.metrics = on;
      changed("activity");
      return metrics();
    },
    session_list: () => ({ items: memory.sessions }),
    session_revoke: ({ session }) => {
      memory.sessions = memory.sessions.filter((each) => each.id !== session);
      changed("sessions");
      return {};
    },
    session_revoke_all: ({ application }) => {
      memory.sessions = memory.sessions.filter((each) => each.application !== application);
      changed("sessions");
      return {};
    },
    application_enable: ({ application, enabled }) => {
      const found = memory.applications.find((each) => each.id === application);
      if (!found) return Promise.reject<never>(failure("not-found"));
      const next = { ...found, enabled };
      memory.applications = memory.applications.map((each) => (each.id === application ? next : each));
      changed("applications");
      return next;
    },
  };
}

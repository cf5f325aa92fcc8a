// Reads what the proxy knows about this session: application, AddOns, providers.
// It must tolerate missing fields: an older or newer proxy is no reason to show nothing.
import type { Session, SessionAddOn } from "../types/wire.js";
import type { ProxyClient } from "./http.js";
import { isRecord, parseJson, record, text } from "./json.js";
import { readProvider } from "./text.js";

function readAddOn(value: unknown): SessionAddOn {
  const a = record(value);
  return {
    handle: text(a.handle),
    enabled: a.enabled === true,
    settings: record(a.settings),
    provider: isRecord(a.provider) ? readProvider(a.provider) : null,
  };
}

export function readSession(value: unknown): Session {
  const s = record(value);
  const app = record(s.application);
  return {
    application: {
      id: text(app.id),
      name: text(app.name),
      clientId: text(app.clientId),
      type: text(app.type),
      environment: text(app.environment),
    },
    uid: text(s.uid),
    features: record(s.features),
    addOns: Array.isArray(s.addOns) ? s.addOns.map(readAddOn) : [],
    limits: record(s.limits),
  };
}

export async function fetchSession(client: ProxyClient): Promise<Session> {
  const response = await client.request("/v1/session");
  return readSession(parseJson(await response.text()));
}

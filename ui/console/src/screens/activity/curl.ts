// A call to be made again by hand. Holds a placeholder for the token and none of what was sent: that is not kept.
import type { Activity, Route } from "../../ipc/generated";

const paths: Record<Exclude<Route, "pass-through">, string> = {
  text: "/v1/ai/text",
  metadata: "/v1/ai/metadata",
  "alt-text": "/v1/ai/alt-text",
  images: "/v1/ai/images",
  translate: "/v1/ai/translate",
  summary: "/v1/ai/summary",
  sms: "/v1/ai/sms",
  agent: "/v1/agent/chat",
  "chat-completions": "/v1/chat/completions",
};

/** `null` where not even the path is kept. */
export function curl(call: Activity, base: string): string | null {
  if (call.route === "pass-through") return null;
  const stream = call.streamed ? " -N -H 'Accept: text/event-stream'" : "";
  const token = "-H \"Authorization: Bearer $TOKEN\" -H 'Content-Type: application/json'";
  return `curl${stream} ${token} --data @request.json ${base}${paths[call.route]}`;
}

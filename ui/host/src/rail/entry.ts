// One event in the rail: which callback, code, time, message and the whole detail as JSON.
// It must show exactly what the host app was given, nothing added.
import { fill, h } from "../dom.js";
import type { T } from "../i18n/texts.js";
import type { HostEvent } from "../state.js";

const TEST_NAMES = { onInfo: "event", onWarning: "warning", onError: "error" } as const;

export function eventEntry({ callback, at, payload }: HostEvent, t: T): HTMLElement {
  // Code and message stand above; the rest is shown as it came.
  const { code, message, detail, ...more } = payload;
  const copy = h("button", { type: "button", class: "link", "aria-label": t("copy-entry") }, t("copy"));
  copy.addEventListener("click", () => {
    void navigator.clipboard?.writeText(JSON.stringify(payload, null, 2)).then(() => fill(copy, t("copied")));
  });
  const time = h("time", { datetime: at.toISOString() }, at.toLocaleTimeString(undefined, { hour12: false }));
  const pill = h("span", { class: "pill", "data-level": callback }, callback);
  const json = JSON.stringify(Object.keys(more).length > 0 ? { detail, ...more } : detail, null, 2);
  return h(
    "li",
    { class: "event", "data-testid": `${TEST_NAMES[callback]}-${code}` },
    h("div", { class: "event-head" }, pill, h("strong", {}, String(code)), time, copy),
    h("p", {}, message),
    h("pre", { tabindex: 0, role: "group", "aria-label": `detail ${code}` }, h("code", {}, json)),
  );
}

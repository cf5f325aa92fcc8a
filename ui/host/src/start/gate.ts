// The full-page states before the editor: loading, no code, code used, session over, proxy stopped, refused.
// Each must say what to do next.
import { fill, h, ICONS, icon } from "../dom.js";
import type { T, TextKey } from "../i18n/texts.js";

export type GateState = "loading" | "no-code" | "code-used" | "session-over" | "stopped" | "failed";

interface Look {
  readonly icon: keyof typeof ICONS;
  readonly command?: string;
  readonly retry?: boolean;
}

const LOOKS: Readonly<Record<GateState, Look>> = {
  loading: { icon: "clock" },
  "no-code": { icon: "key", command: "addonctl demo" },
  "code-used": { icon: "key", command: "addonctl demo" },
  "session-over": { icon: "clock", command: "addonctl demo" },
  stopped: { icon: "plug", command: "addonctl serve", retry: true },
  failed: { icon: "plug", retry: true },
};

export function showGate(root: Element, state: GateState, t: T, retry: () => void, message = ""): void {
  const look = LOOKS[state];
  const { command } = look;
  const copy = h("button", { type: "button" }, t("copy"));
  copy.addEventListener("click", () => {
    if (command) void navigator.clipboard?.writeText(command).then(() => fill(copy, t("copied")));
  });
  const card = h(
    "div",
    { class: "gate-card" },
    h("span", { class: "mark" }, icon(ICONS[look.icon])),
    h("h1", {}, t(`${state}-title` as TextKey)),
    h("p", {}, t(`${state}-text` as TextKey, { message })),
    command !== undefined && h("p", { class: "command" }, h("code", {}, command), copy),
    look.retry && h("button", { type: "button", class: "primary", onclick: retry }, t("retry")),
  );
  const busy = state === "loading" ? "true" : "false";
  fill(
    root,
    h(
      "main",
      { class: "gate", "aria-busy": busy, "data-testid": `gate-${state}`, "aria-live": "polite" },
      card,
    ),
  );
}

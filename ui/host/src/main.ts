// Start of the demo page: token, SDK, session, then the editor; or a page that says what is missing.
// It must not hold any look or rule of its own.
import { AddonError, type BeeToken, createHaAddon } from "@addon-console/ha-addon";
import { startApp } from "./app.js";
import { texts } from "./i18n/texts.js";
import { loadPreferences } from "./preferences.js";
import { EventLog } from "./rail/log.js";
import { type GateState, showGate } from "./start/gate.js";
import { obtainToken, storeToken, takeCode } from "./start/token.js";

const root = document.querySelector("#app") as HTMLElement;
const preferences = loadPreferences();
const t = texts(preferences.language);
const code = takeCode();

document.documentElement.lang = preferences.language;
if (preferences.theme) document.documentElement.dataset.theme = preferences.theme;

async function open(token: BeeToken): Promise<void> {
  const log = new EventLog();
  const addon = createHaAddon({
    token,
    language: preferences.language,
    stream: preferences.stream,
    onInfo: log.info,
    onWarning: log.warning,
    onError: log.error,
    onTokenRefresh: storeToken,
  });
  try {
    startApp(root, addon, await addon.getSession(), preferences, log);
  } catch (error) {
    addon.destroy();
    if (!(error instanceof AddonError)) throw error;
    if (error.reason === "unreachable") return gate("stopped");
    if (error.status !== 401) return gate("failed", error.message);
    storeToken(undefined);
    gate("session-over");
  }
}

function gate(state: GateState, message?: string): void {
  showGate(root, state, t, () => void start(), message);
}

async function start(): Promise<void> {
  gate("loading");
  const obtained = await obtainToken(code);
  if (obtained.state === "ok") return open(obtained.token);
  gate(obtained.state, obtained.state === "failed" ? obtained.message : undefined);
}

void start();

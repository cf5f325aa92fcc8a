// Starts the window. In memory mode, for screenshots and tests in a browser, a stand-in answers instead of the back end.
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import type { Host } from "./ipc/host";
import "./styles/tokens.css";
import "./styles/base.css";

async function host(): Promise<Host> {
  if (import.meta.env.MODE === "memory") return (await import("./ipc/memory")).memoryHost();
  return (await import("./ipc/tauri")).tauriHost;
}

const root = document.getElementById("root");
void host().then((found) => {
  if (!root) return;
  createRoot(root).render(
    <StrictMode>
      <App host={found} />
    </StrictMode>,
  );
});

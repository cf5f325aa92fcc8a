// The real back end. The only file that knows Tauri.
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Event, StagedKey, StagedSecret } from "./generated";
import type { Host } from "./host";

export const tauriHost: Host = {
  call: (name, request) => invoke(name, { request }),
  stageKey: (bytes) => invoke<StagedKey>("key_stage", bytes),
  stageSecret: (bytes) => invoke<StagedSecret>("secret_stage", bytes),
  listen(handler) {
    const stopping = listen<Event>("console", (message) => handler(message.payload));
    return () => void stopping.then((stop) => stop());
  },
};

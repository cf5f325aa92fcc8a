// Collects what the AddOn tells the host app, from the first moment on.
// It must take every event, also those that come before the page is drawn.
import type { HaAddonInfo, HaAddonProblem } from "@addon-console/ha-addon";
import type { Callback, HostEvent } from "../state.js";

const KEEP = 200;

type Listener = (events: HostEvent[], latest?: HaAddonInfo) => void;

export class EventLog {
  #events: HostEvent[] = [];
  #next = 1;
  #listener: Listener = () => undefined;

  listen(listener: Listener): void {
    this.#listener = listener;
    listener(this.#events);
  }

  clear(): void {
    this.#events = [];
    this.#listener(this.#events);
  }

  info = (info: HaAddonInfo): void => this.#add("onInfo", info, info);

  warning = (warning: HaAddonProblem): void => this.#add("onWarning", warning);

  error = (error: HaAddonProblem): void => this.#add("onError", error);

  #add(callback: Callback, payload: HaAddonInfo | HaAddonProblem, latest?: HaAddonInfo): void {
    const event: HostEvent = { id: this.#next++, callback, at: new Date(), payload };
    this.#events = [event, ...this.#events].slice(0, KEEP);
    this.#listener(this.#events, latest);
  }
}

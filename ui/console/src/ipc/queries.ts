// Reads and writes through the host, cached by topic. A change anywhere drops what it touched; nothing is polled.
import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { ApiError, Commands, Event, Overview, Topic } from "./generated";
import { apiError, useHost } from "./host";

type Name = keyof Commands;

/** Which reads a change of a topic makes stale. */
const stale: Record<Topic, Name[]> = {
  applications: ["application_list"],
  addons: ["addon_list"],
  providers: ["provider_list"],
};

/** A read. It waits while `request` is null. */
export function useRead<N extends Name>(name: N, request: Commands[N]["request"] | null) {
  const host = useHost();
  return useQuery<Commands[N]["reply"], ApiError>({
    queryKey: [name, request],
    enabled: request !== null,
    queryFn: () =>
      host.call(name, request as Commands[N]["request"]).catch((thrown: unknown) => {
        throw apiError(thrown);
      }),
  });
}

/** An act. What it changed comes back as events. */
export function useAct<N extends Name>(name: N) {
  const host = useHost();
  return useMutation<Commands[N]["reply"], ApiError, Commands[N]["request"]>({
    mutationFn: (request) =>
      host.call(name, request).catch((thrown: unknown) => {
        throw apiError(thrown);
      }),
  });
}

/** Keeps the cache true to the back end. */
export function useEvents() {
  const host = useHost();
  const client = useQueryClient();
  useEffect(() => host.listen((event) => take(client, event)), [host, client]);
}

/** Exported for tests. */
export function take(client: QueryClient, event: Event) {
  const overview = (change: (old: Overview) => Overview) =>
    client.setQueryData<Overview>(["overview", {}], (old) => old && change(old));
  switch (event.type) {
    case "changed":
      for (const name of stale[event.topic]) void client.invalidateQueries({ queryKey: [name] });
      break;
    case "proxy":
      overview((old) => ({ ...old, proxy: event.status }));
      break;
    case "vault":
      overview((old) => ({ ...old, vault: event.vault }));
      break;
    case "call":
      overview((old) => ({ ...old, recent: [event.activity, ...old.recent].slice(0, 20) }));
      break;
    case "signal":
      break;
  }
}

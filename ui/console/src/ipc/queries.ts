// Reads and writes through the host, cached by topic. A change anywhere drops what it touched; nothing is polled.
import { type QueryClient, useMutation, useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { ApiError, Commands, Event, Overview, Topic, VaultView } from "./generated";
import { apiError, useHost } from "./host";

type Name = keyof Commands;

/** Which reads a change of a topic makes stale. */
const stale: Record<Topic, Name[]> = {
  applications: ["application_list"],
  addons: ["addon_list"],
  providers: ["provider_list"],
  network: ["network_get"],
  // An act may also have changed the vault: the first key makes its key, shredding turns it.
  audit: ["audit_list", "vault_status"],
  certificate: ["certificate_get"],
  port: ["port_get"],
  sessions: ["session_list"],
  activity: ["activity_state", "metrics_get"],
  tapes: ["tape_list"],
  limits: ["limit_list", "usage_list", "prices_get"],
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

/** The same read for several requests. */
export function useReads<N extends Name>(name: N, requests: Commands[N]["request"][]) {
  const host = useHost();
  return useQueries({
    queries: requests.map((request) => ({
      queryKey: [name, request],
      queryFn: (): Promise<Commands[N]["reply"]> =>
        host.call(name, request).catch((thrown: unknown) => {
          throw apiError(thrown);
        }),
    })),
  });
}

/** What to do when an act has ended. */
interface After<Reply> {
  onSuccess?: (reply: Reply) => unknown;
  onError?: (error: ApiError) => unknown;
  onSettled?: () => unknown;
}

/** An act. What it changed comes back as events. */
export function useAct<N extends Name>(name: N) {
  const host = useHost();
  type Reply = Commands[N]["reply"];
  type Request = Commands[N]["request"];
  const mutation = useMutation<Reply, ApiError, Request>({
    // A reply may hold a client secret: it is not kept a moment longer than it is shown.
    gcTime: 0,
    mutationFn: (request) =>
      host.call(name, request).catch((thrown: unknown) => {
        throw apiError(thrown);
      }),
  });
  // By promise: the library's own callbacks are dropped when the component goes, and an act's own event may do that.
  const mutate = (request: Request, after: After<Reply> = {}) => {
    mutation
      .mutateAsync(request)
      .then(after.onSuccess, after.onError ?? (() => undefined))
      .finally(after.onSettled);
  };
  return { ...mutation, mutate };
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
      for (const name of ["port_get", "certificate_get", "metrics_get"])
        void client.invalidateQueries({ queryKey: [name] });
      break;
    case "vault":
      // A read on its way may have been answered before this was said.
      void client.cancelQueries({ queryKey: ["vault_status"] });
      client.setQueryData<VaultView>(["vault_status", {}], event.vault);
      // Whether a key opens and whether an entry is sealed can only be said by an open vault.
      for (const name of ["provider_list", "audit_list"]) void client.invalidateQueries({ queryKey: [name] });
      break;
    case "call":
      overview((old) => ({ ...old, recent: [event.activity, ...old.recent].slice(0, 20) }));
      // While one answer is awaited, more calls ask for no more.
      for (const name of ["usage_list", "limit_list"]) {
        if (client.isFetching({ queryKey: [name] }) === 0)
          void client.invalidateQueries({ queryKey: [name] });
      }
      break;
    case "signal":
      break;
  }
}

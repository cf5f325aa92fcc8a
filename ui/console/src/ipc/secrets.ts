// Hands typed secrets to the back end as bytes: read once, the field emptied, the bytes wiped. Keeps nothing of them.
import { useMutation } from "@tanstack/react-query";
import type { ApiError, Commands } from "./generated";
import { apiError, useHost } from "./host";

/** Reads what stands in `input` as bytes, empties it, and wipes the bytes once `use` is done with them. */
export function taken<T>(input: HTMLInputElement, use: (bytes: Uint8Array) => Promise<T>): Promise<T> {
  const bytes = emptied(input);
  return use(bytes).finally(() => bytes.fill(0));
}

function emptied(input: HTMLInputElement): Uint8Array {
  const bytes = new TextEncoder().encode(input.value);
  input.value = "";
  return bytes;
}

/** An act that needs passphrases or codes: each field is staged, then the act is called with their ids. */
export function useSecretAct<N extends keyof Commands>(name: N) {
  const host = useHost();
  type Reply = Commands[N]["reply"];
  type Asked = { typed: Uint8Array[]; request: (ids: string[]) => Commands[N]["request"] };
  const mutation = useMutation<Reply, ApiError, Asked>({
    gcTime: 0,
    mutationFn: async ({ typed, request }) => {
      try {
        const ids: string[] = [];
        for (const bytes of typed) ids.push((await host.stageSecret(bytes)).id);
        return await host.call(name, request(ids));
      } catch (thrown) {
        throw apiError(thrown);
      } finally {
        for (const bytes of typed) bytes.fill(0);
      }
    },
  });
  /** Empties every field at once, whatever comes of the act. */
  const act = (
    fields: (HTMLInputElement | null)[],
    request: Asked["request"],
    after: { onSuccess?: (reply: Reply) => unknown; onError?: (error: ApiError) => unknown } = {},
  ) => {
    const typed = fields.flatMap((field) => (field ? [emptied(field)] : []));
    mutation.mutateAsync({ typed, request }).then(after.onSuccess, after.onError ?? (() => undefined));
  };
  return { ...mutation, act };
}

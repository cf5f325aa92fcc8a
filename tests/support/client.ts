// What a call of an official client comes to, in one form for every client and language.

/** One call: base URL, key, what to do, and what the client's own script takes besides. */
export interface Ask {
  base: string;
  key: string;
  action: string;
  [more: string]: unknown;
}

export interface Raised {
  class: string;
  status: number | null;
  message: string;
  code: unknown;
  type: unknown;
  param: unknown;
  request_id: unknown;
}

/** What the client gave, or how it raised. */
export type Outcome = { ok?: unknown; raised?: Raised; waits?: number[] };

export type Client = (ask: Ask) => Promise<Outcome>;

/** A client for Node from its calls. */
export function nodeClient(calls: Record<string, (ask: Ask) => Promise<unknown>>): Client {
  return async (ask) => {
    try {
      return { ok: await calls[ask.action]?.(ask) };
    } catch (error) {
      const { status, message, code, type, param, requestID } = error as Record<string, unknown>;
      const kind = (error as Error).constructor.name;
      const raised = { class: kind, status, message, code, type, param, request_id: requestID };
      return { raised: JSON.parse(JSON.stringify(raised, (_, value) => value ?? null)) };
    }
  };
}

// Runs the same call directly and through the proxy, against one stand-in, any number of pairs at once.
import { expect } from "vitest";
import type { Ask, Client, Outcome } from "./client";
import type { Desk } from "./desk";
import type { Asked, Said, Standin } from "./upstream";

/** What the stand-in says to each try of a call; the last of a list goes on. */
export type Script = Said[];

/** One way of calling: what came of it, and the requests the stand-in saw. */
export interface Way {
  outcome: Outcome;
  tries: Asked[];
}

export interface Ways {
  direct: Way;
  proxied: Way;
  /** Upstream said how long to wait. */
  named: boolean;
}

const DIRECT = "direct-key";

/**
 * Both ways of `action`. The stand-in tells calls apart by `mark`, which `markOf` finds in a request, and the ways by
 * their key: the proxy's own token would be seen as a third.
 */
export class Alike {
  private scripts = new Map<string, Script>();
  private seen = new Map<string, Asked[]>();

  constructor(
    private proxy: Desk,
    private key: string,
    private upstream: Standin,
    private markOf: (asked: Asked) => string,
  ) {
    this.listen();
  }

  /** Answers by script, again, after a test has set an answer of its own. */
  listen() {
    this.upstream.answer((asked) => {
      const mark = this.markOf(asked);
      const script = this.scripts.get(mark);
      const way = this.wayOf(asked);
      if (!script || !way) return { status: 418, body: "unexpected" };
      const before = this.seen.get(mark + way) ?? [];
      this.seen.set(mark + way, [...before, asked]);
      return script[Math.min(before.length, script.length - 1)] ?? {};
    });
  }

  private wayOf({ headers }: Asked): string | undefined {
    const places = ["authorization", "x-api-key", "api-key", "ocp-apim-subscription-key"];
    const found = places.map((name) => headers[name]).filter((value) => value !== undefined);
    const key = found.length === 1 ? String(found[0]).split(" ").at(-1) : undefined;
    return key === DIRECT ? "direct" : key === this.key ? "proxied" : undefined;
  }

  async both(client: Client, mark: string, script: Script, direct: Ask, through: string): Promise<Ways> {
    this.scripts.set(mark, script);
    const run = async (way: string, base: string, key: string): Promise<Way> => {
      const outcome = this.proxy.received(await client({ ...direct, base, key }));
      return { outcome, tries: this.seen.get(mark + way) ?? [] };
    };
    const ways = await Promise.all([
      run("direct", direct.base, DIRECT),
      run("proxied", through, this.proxy.token),
    ]);
    const { headers } = script[0] ?? {};
    const wait = Number(headers?.["retry-after-ms"] ?? headers?.["retry-after"]);
    return { direct: ways[0], proxied: ways[1], named: wait > 0 && script.length < 3 };
  }
}

/** The same outcome, the same number of tries, the same waits where upstream named them, the same bytes sent. */
export function expectAlike({ direct, proxied, named }: Ways, tries: number) {
  expect(direct.tries).toHaveLength(tries);
  expect(proxied.tries).toHaveLength(tries);
  const { waits: wanted = [], ...outcome } = direct.outcome;
  const { waits = [], ...same } = proxied.outcome;
  expect(same).toEqual(outcome);
  expect(waits).toHaveLength(wanted.length);
  if (named) expect(waits).toEqual(wanted);
  const sent = (way: Way) => way.tries.map(({ method, body }) => ({ method, body }));
  expect(sent(proxied)).toEqual(sent(direct));
}

// The host app's own count of tokens: Beefree's editor never counts, the host sums what onInfo 1000 reports.
// It must not trust a number it was not told by that event.

const KEY = "addon-console.demo.tokens";
export const DEFAULT_ALLOWANCE = 10_000;

export interface Counted {
  readonly used: number;
  readonly allowance: number | undefined;
}

export class TokenCounter {
  used = 0;
  #allowance: number | undefined;

  constructor(private readonly uid: string) {
    try {
      const saved = JSON.parse(sessionStorage.getItem(`${KEY}.${uid}`) ?? "{}");
      if (Number.isSafeInteger(saved.used)) this.used = saved.used;
      if (Number.isSafeInteger(saved.allowance)) this.#allowance = saved.allowance;
    } catch {
      // Then the count starts at nought.
    }
  }

  /** What the AddOn's settings in the console say counts until the visitor chooses another number here. */
  allowance(configured: unknown): number {
    return this.#allowance ?? (typeof configured === "number" ? configured : DEFAULT_ALLOWANCE);
  }

  set chosen(allowance: number) {
    this.#allowance = Math.max(0, Math.round(allowance));
    this.#save();
  }

  add(tokens: number): void {
    this.used += tokens;
    this.#save();
  }

  #save(): void {
    try {
      sessionStorage.setItem(
        `${KEY}.${this.uid}`,
        JSON.stringify({ used: this.used, allowance: this.#allowance }),
      );
    } catch {
      // The count then lasts as long as the page.
    }
  }
}

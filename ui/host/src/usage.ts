// The host app's own counts: Beefree's editor never counts, the host sums what onInfo 1000 reports.
// It must not trust a number it was not told by that event.

const KEY = "addon-console.demo";
export const DEFAULT_ALLOWANCE = 10_000;
export const DEFAULT_IMAGES = 20;

export class Counter {
  used = 0;
  #allowance: number | undefined;
  readonly #key: string;

  constructor(
    uid: string,
    what = "tokens",
    private readonly standard = DEFAULT_ALLOWANCE,
  ) {
    this.#key = `${KEY}.${what}.${uid}`;
    try {
      const saved = JSON.parse(sessionStorage.getItem(this.#key) ?? "{}");
      if (Number.isSafeInteger(saved.used)) this.used = saved.used;
      if (Number.isSafeInteger(saved.allowance)) this.#allowance = saved.allowance;
    } catch {
      // Then the count starts at nought.
    }
  }

  /** What the AddOn's settings in the console say counts until the visitor chooses another number here. */
  allowance(configured: unknown): number {
    return this.#allowance ?? (typeof configured === "number" ? configured : this.standard);
  }

  set chosen(allowance: number) {
    this.#allowance = Math.max(0, Math.round(allowance));
    this.#save();
  }

  add(amount: number): void {
    this.used += amount;
    this.#save();
  }

  #save(): void {
    try {
      sessionStorage.setItem(this.#key, JSON.stringify({ used: this.used, allowance: this.#allowance }));
    } catch {
      // The count then lasts as long as the page.
    }
  }
}

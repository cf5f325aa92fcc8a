// The one place where a panel can be open: opening another closes the one before.
// It must not know what kind of panel it is.

export class PanelSlot {
  #close: (() => void) | undefined;

  /** Closes what is open, and remembers how to close the new one. */
  take(close: () => void): void {
    this.close();
    this.#close = close;
  }

  release(close: () => void): void {
    if (this.#close === close) this.#close = undefined;
  }

  close(): void {
    const close = this.#close;
    this.#close = undefined;
    close?.();
  }
}

// Tells up to where one has read: each place once, and again for as long as that has failed and one still looks.

export const TELL_AGAIN_MS = 8_000;

type Tell = (seq: number) => Promise<unknown>;

export class ReadTeller {
  readonly #tell: Tell;
  #shown: number | null = null;
  /** What was told, or is being told. */
  #told = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(tell: Tell) {
    this.#tell = tell;
  }

  /** The latest that is before the reader's eyes and not read yet, null for nothing. The same again tells at once what has failed. */
  look(shown: number | null): void {
    clearTimeout(this.#timer);
    this.#shown = shown;
    if (shown === null || shown <= this.#told) return;
    const before = this.#told;
    this.#told = shown;
    this.#tell(shown).catch(() => {
      // What came later includes it.
      if (this.#told !== shown) return;
      this.#told = before;
      this.#timer = setTimeout(() => this.look(this.#shown), TELL_AGAIN_MS);
    });
  }
}

/** Functions that are told of events. */
export class Listeners<Event> {
  readonly #listeners = new Set<(event: Event) => void>();

  /** Whether there is one. */
  get any(): boolean {
    return this.#listeners.size > 0;
  }

  /** Has events told to a function; gives the function that stops it. */
  add(listener: (event: Event) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Tells all. What they throw is thrown later: what happened must not look as if it had failed. */
  tell(event: Event): void {
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}

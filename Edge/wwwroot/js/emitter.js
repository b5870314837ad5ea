/** Calls listeners in the order in which they were added. */
export class Emitter {
  #listeners = new Map();

  /**
   * @param {string} kind
   * @param {(detail: any) => void} listener
   * @returns {() => void} removes the listener
   */
  on(kind, listener) {
    const listeners = this.#listeners.get(kind) ?? new Set();
    this.#listeners.set(kind, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /**
   * @param {string} kind
   * @param {any} [detail]
   */
  emit(kind, detail) {
    for (const listener of [...this.#listeners.get(kind) ?? []]) listener(detail);
  }
}

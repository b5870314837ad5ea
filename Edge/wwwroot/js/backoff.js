/**
 * Exponential back-off with full jitter: any time between nothing and the bound is as likely as any other, so that
 * clients which lost the server together do not come back together.
 */
export class Backoff {
  #attempt = 0;
  #random;
  #first;
  #most;

  constructor({ random = Math.random, first = 500, most = 30_000 } = {}) {
    this.#random = random;
    this.#first = first;
    this.#most = most;
  }

  /** How many milliseconds to wait before the next attempt. */
  next() {
    const bound = Math.min(this.#most, this.#first * 2 ** this.#attempt++);
    return Math.round(this.#random() * bound);
  }

  reset() {
    this.#attempt = 0;
  }
}

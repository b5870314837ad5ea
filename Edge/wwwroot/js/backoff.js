/**
 * Exponential back-off with full jitter: every delay between zero and the bound is equally likely, so that clients that lost
 * the server together do not reconnect together.
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

  /** The delay before the next attempt, in milliseconds. */
  next() {
    const bound = Math.min(this.#most, this.#first * 2 ** this.#attempt++);
    return Math.round(this.#random() * bound);
  }

  reset() {
    this.#attempt = 0;
  }
}

/**
 * @typedef {{ clientId: string, roomId: string, text: string, inReplyTo?: string, at: number, failed?: string }} Outgoing
 * an unacknowledged message; `failed` is the error code of a refusal
 */

/** The unacknowledged messages, in the order in which they were written. */
export class Outbox {
  #entries;
  #changed;

  /**
   * @param {Outgoing[]} entries
   * @param {(entries: Outgoing[]) => void} changed receives all entries, to store them
   */
  constructor(entries, changed) {
    this.#entries = entries;
    this.#changed = changed;
  }

  /** @param {Outgoing} entry */
  add(entry) {
    this.#set([...this.#entries, entry]);
  }

  /** @returns {Outgoing | undefined} the removed entry */
  take(clientId) {
    const entry = this.#entries.find(one => one.clientId === clientId);
    if (entry) this.#set(this.#entries.filter(one => one !== entry));
    return entry;
  }

  /** @param {string | undefined} failed the error code; undefined to retry */
  mark(clientId, failed) {
    this.#set(this.#entries.map(one => one.clientId === clientId ? { ...one, failed } : one));
  }

  dropRoom(roomId) {
    this.#set(this.#entries.filter(one => one.roomId !== roomId));
  }

  /** The next message to send. */
  head(roomId) {
    return this.#entries.find(one => one.roomId === roomId && !one.failed);
  }

  ofRoom(roomId) {
    return this.#entries.filter(one => one.roomId === roomId);
  }

  get roomIds() {
    return [...new Set(this.#entries.map(one => one.roomId))];
  }

  #set(entries) {
    this.#entries = entries;
    this.#changed(entries);
  }
}

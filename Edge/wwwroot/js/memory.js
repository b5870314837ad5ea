const Key = 'webchat.session';

/** How long a tab that is being reloaded may still hold its session. */
const HandOver = 500;

/**
 * @typedef {{ userId: string, sessionId: string, cursors: Record<string, number>,
 *   outbox: import('./outbox.js').Outgoing[] }} Remembered
 */

/**
 * What a tab remembers over a reload: its session, how far it has seen each room, and what it has still to send.
 *
 * A browser that duplicates a tab duplicates this as well, and two tabs that resume one session would throw each other
 * out. So a tab holds a lock named after its session; one that cannot get it begins anew.
 */
export class Memory {
  #storage;
  #locks;
  /** @type {Remembered} */
  #held;
  #release = () => {};

  constructor({ storage, locks }) {
    this.#storage = storage;
    this.#locks = locks;
  }

  /** @returns {Promise<Memory>} */
  static async of(userId, { storage, locks }) {
    const memory = new Memory({ storage, locks });
    const kept = JSON.parse(storage.getItem(Key) ?? 'null');
    const usable = kept?.userId === userId && (!kept.sessionId || await memory.#claim(kept.sessionId));
    memory.#held = usable ? kept : { userId, sessionId: '', cursors: {}, outbox: [] };
    memory.#save();
    return memory;
  }

  get sessionId() {
    return this.#held.sessionId;
  }

  set sessionId(sessionId) {
    if (sessionId === this.#held.sessionId) return;
    this.#release();
    this.#change({ sessionId });
    void this.#claim(sessionId);
  }

  get cursors() {
    return this.#held.cursors;
  }

  setCursor(roomId, seq) {
    this.#change({ cursors: { ...this.#held.cursors, [roomId]: seq } });
  }

  dropCursor(roomId) {
    const { [roomId]: _, ...cursors } = this.#held.cursors;
    this.#change({ cursors });
  }

  get outbox() {
    return this.#held.outbox;
  }

  set outbox(outbox) {
    this.#change({ outbox });
  }

  static forget(storage) {
    storage.removeItem(Key);
  }

  /** Resolves once it is known whether the session is this tab's; holds it until released or the tab is gone. */
  #claim(sessionId) {
    if (!this.#locks) return Promise.resolve(true);
    return new Promise(resolve => {
      this.#locks
        .request(`webchat.session.${sessionId}`, { signal: AbortSignal.timeout(HandOver) }, () => {
          resolve(true);
          return new Promise(release => { this.#release = release; });
        })
        .catch(() => resolve(false)); // the time is over: another tab has it
    });
  }

  #change(part) {
    this.#held = { ...this.#held, ...part };
    this.#save();
  }

  #save() {
    this.#storage.setItem(Key, JSON.stringify(this.#held));
  }
}

const Key = 'webchat.session';

/** How long a tab that is being reloaded may still hold its session. */
const HandOver = 500;

/**
 * @typedef {{ userId: string, sessionId: string, cursors: Record<string, number>,
 *   outbox: import('./outbox.js').Outgoing[], drafts: Record<string, string> }} Remembered
 */

/**
 * A tab's memory across a reload: its session, its cursor in each room, its unsent messages, and its drafts.
 *
 * A browser that duplicates a tab duplicates the memory too, and two tabs that resume one session would close each other's
 * connection. So a tab holds a lock named after its session, and a tab without the lock begins a new session.
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
    memory.#held = usable ? kept : { userId, sessionId: '', cursors: {}, outbox: [], drafts: {} };
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

  draftOf(roomId) {
    return this.#held.drafts[roomId] ?? '';
  }

  /** @param {string} text empty to drop the draft */
  setDraft(roomId, text) {
    const { [roomId]: _, ...drafts } = this.#held.drafts;
    this.#change({ drafts: text ? { ...drafts, [roomId]: text } : drafts });
  }

  static forget(storage) {
    storage.removeItem(Key);
  }

  /** Resolves to whether this tab owns the session. Holds the lock until it is released or the tab is gone. */
  #claim(sessionId) {
    if (!this.#locks) return Promise.resolve(true);
    return new Promise(resolve => {
      this.#locks
        .request(`webchat.session.${sessionId}`, { signal: AbortSignal.timeout(HandOver) }, () => {
          resolve(true);
          return new Promise(release => { this.#release = release; });
        })
        .catch(() => resolve(false)); // timed out: another tab has it
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

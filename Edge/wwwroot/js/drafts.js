const Key = 'webchat.drafts';

/** The message that the user is writing in each room, across a reload. */
export class Drafts {
  #userId;
  #storage;

  /** @param {string} userId @param {Storage} storage */
  constructor(userId, storage) {
    this.#userId = userId;
    this.#storage = storage;
  }

  of(roomId) {
    return this.#kept()[roomId] ?? '';
  }

  /** @param {string} text empty to drop the draft */
  set(roomId, text) {
    const { [roomId]: _, ...others } = this.#kept();
    this.#storage.setItem(Key, JSON.stringify({ userId: this.#userId, texts: text ? { ...others, [roomId]: text } : others }));
  }

  clear() {
    this.#storage.removeItem(Key);
  }

  #kept() {
    const kept = JSON.parse(this.#storage.getItem(Key) ?? 'null');
    return kept?.userId === this.#userId ? kept.texts : {};
  }
}

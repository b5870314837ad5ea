import { Emitter } from './emitter.js';
import { Refusal, Reveal } from './wire.js';

/**
 * The partners' pictures as far as their rooms reveal them, loaded once for all places that show them.
 * Emits `change` (room id) when a picture has been loaded.
 */
export class Pictures extends Emitter {
  #api;
  /** @type {Map<string, { key: string, url: string }>} by room id */
  #held = new Map();

  /** @param {{ api: import('./api.js').Api }} parts */
  constructor({ api }) {
    super();
    this.#api = api;
  }

  /**
   * The picture of the partner, which is loaded if it is not here yet.
   * @param {import('./room-log.js').RoomLog} log
   * @returns {{ url: string, isBlurred: boolean }} `url`: empty without a picture
   */
  of(log) {
    const memberId = log.isPair ? log.others[0]?.memberId ?? '' : '';
    const isBlurred = log.revealLevel < Reveal.Picture;
    const key = memberId && log.revealLevel >= Reveal.Preview ? `${memberId}/${isBlurred}` : '';
    if ((this.#held.get(log.roomId)?.key ?? '') !== key) {
      this.forget(log.roomId);
      if (key) void this.#load(log.roomId, memberId, isBlurred, key);
    }
    return { url: this.#held.get(log.roomId)?.url ?? '', isBlurred };
  }

  /** Makes the next request load the picture of a room again: it may have changed. */
  forget(roomId) {
    const held = this.#held.get(roomId);
    if (held?.url) URL.revokeObjectURL(held.url);
    this.#held.delete(roomId);
  }

  close() {
    for (const roomId of [...this.#held.keys()]) this.forget(roomId);
  }

  async #load(roomId, memberId, isBlurred, key) {
    const held = { key, url: '' };
    this.#held.set(roomId, held);
    try {
      const picture = await this.#api.memberAvatar(roomId, memberId, isBlurred);
      if (!picture || this.#held.get(roomId) !== held) return;
      held.url = URL.createObjectURL(picture);
      this.emit('change', roomId);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      // The letter stays, and the next visit of the room loads again.
    }
  }
}

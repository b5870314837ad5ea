import { link } from './router.js';
import { settings } from './settings.js';
import { texts } from './texts.js';

/** How often a ringing call sounds, in milliseconds. */
const RingEvery = 3_000;

/**
 * Tells the user what happens elsewhere: by a sound if the room is not before the user's eyes, and by a notification as well if
 * the whole page is not.
 */
export class Alerts {
  #calls;
  #session;
  #isShown;
  #isHidden;
  #notify;
  #play;
  #timers;
  #ringTimer = 0;
  #ringing = '';
  #unhook;

  /**
   * @param {{ calls: import('./call.js').Calls, session: import('./session.js').Session, isShown: (roomId: string) => boolean,
   *   isHidden: () => boolean, notify: (alert: { title: string, body: string, tag: string, address: string }) => void,
   *   play: (kind: string) => void, timers: import('./webchat-client.js').Timers }} parts `isShown`: whether the page shows the
   *   room; `isHidden`: whether the page itself is out of sight
   */
  constructor({ calls, session, isShown, isHidden, notify, play, timers }) {
    this.#calls = calls;
    this.#session = session;
    this.#isShown = isShown;
    this.#isHidden = isHidden;
    this.#notify = notify;
    this.#play = play;
    this.#timers = timers;
    this.#unhook = [
      session.on('message', ({ log, entry }) => this.#tell('message', log.roomId, texts.says(log.nameOf(entry.memberId) || texts.stranger, entry.text))),
      session.on('match', roomId => this.#tell('match', roomId, texts.matched(this.#nameOf(roomId)))),
      session.on('prompt', roomId => this.#tell('prompt', roomId, texts.prompt.elsewhere(this.#nameOf(roomId)))),
      calls.on('change', () => this.#ring()),
    ];
  }

  close() {
    for (const off of this.#unhook) off();
    this.#timers.clear(this.#ringTimer);
  }

  #nameOf(roomId) {
    return this.#session.rooms.get(roomId)?.title || texts.stranger;
  }

  #tell(kind, roomId, body) {
    if (this.#isShown(roomId) && !this.#isHidden()) return;
    if (settings().sounds.includes(kind)) this.#play(kind);
    this.#show(kind, roomId, body);
  }

  #show(kind, roomId, body) {
    if (!this.#isHidden() || !settings().notifications.includes(kind)) return;
    this.#notify({ title: this.#nameOf(roomId), body, tag: `${kind} ${roomId}`, address: link('room', roomId) });
  }

  /** A call rings also in an open room, until it is answered or over. */
  #ring() {
    const { line } = this.#calls;
    const callId = line?.stage === 'ringing' ? line.callId : '';
    if (callId === this.#ringing) return;
    this.#ringing = callId;
    this.#timers.clear(this.#ringTimer);
    if (!callId) return;
    this.#show('call', line.roomId, texts.call.ringing(this.#nameOf(line.roomId)));
    if (settings().sounds.includes('call')) this.#soundCall();
  }

  #soundCall() {
    this.#play('call');
    this.#ringTimer = this.#timers.set(() => this.#soundCall(), RingEvery);
  }
}

import { Emitter } from './emitter.js';
import { Outbox } from './outbox.js';
import { RoomLog } from './room-log.js';
import { ErrorCode, Mode, Refusal, RoomState, SearchStage, bodyOf } from './wire.js';

const FrameFields = ['replyTo'];

/** How long a member counts as typing after the last notice. */
const TypingLasts = 6_000;

/** How long to collect received events of a room before acknowledging them. */
const ReceivedEvery = 500;

/** How long to hold back a message that the server could not accept, if it does not say. */
const TryAgain = 2_000;

/**
 * This tab's client session, over any number of connections: it knows the rooms and the search, sends the outbox in order, and
 * resumes. It opens no sockets and touches no document; the {@link import('./link.js').Link} carries its frames.
 *
 * Emits `rooms` (the list changed), `room` (room id; something in it changed), `message` ({ log, entry }; of another member),
 * `signal` (a call signal of the partner), `match` (room id), `prompt` (room id; a prompt opened in its pair), `search`,
 * `searchEnded` (no partner was found), `away` (the search or rooms ended during an absence), `removed` (the title of a room that
 * the user was removed from), `gap` (events are missing: resume), `goAway` (ms until the client should reconnect) and `live`.
 */
export class Session extends Emitter {
  /** @type {Map<string, RoomLog>} */
  rooms = new Map();
  /** @type {import('./wire.js').SearchState} */
  search = { state: SearchStage.Idle };
  /** Whether the server has welcomed the current connection. */
  live = false;

  #memory;
  #timers;
  #now;
  #newId;
  #outbox;
  /** @type {((frame: object) => void) | null} */
  #transmit = null;
  #lastFrame = 0;
  /** @type {Map<string, { done: (frame: object) => void, failed: (refusal: Refusal) => void }>} */
  #asked = new Map();
  /** The rooms with a message in flight or held back. @type {Set<string>} */
  #busy = new Set();
  #holds = new Set();
  #typingEnds = new Map();
  /** What the server knows this tab has received and read, by room id. @type {Map<string, { received: number, read: number }>} */
  #told = new Map();
  /** The rooms in which the user is typing. */
  #typesIn = new Set();
  /** The rooms that were acknowledged a moment ago. */
  #saidReceived = new Set();
  #gaps = new Set();
  #leaving = false;
  #cancelling = false;

  /**
   * @param {{ memory: import('./memory.js').Memory, timers: import('./timers.js').Timers, now?: () => number,
   *   newId: () => string }} parts
   */
  constructor({ memory, timers, now = Date.now, newId }) {
    super();
    this.#memory = memory;
    this.#timers = timers;
    this.#now = now;
    this.#newId = newId;
    this.#outbox = new Outbox(memory.outbox, entries => { memory.outbox = entries; });
  }

  // The connection.

  /**
   * Sends hello on a new connection.
   * @param {(frame: object) => void} transmit
   * @param {string} accessToken
   * @returns {Promise<object>} the welcome
   */
  begin(transmit, accessToken) {
    this.#transmit = transmit;
    const cursors = Object.fromEntries(Object.entries(this.#memory.cursors).map(([id, seq]) => [id, String(seq)]));
    return this.#promise({ hello: { accessToken, sessionId: this.#memory.sessionId, cursors } }, 'welcome');
  }

  /** Handles a lost connection. Unacknowledged messages stay in the outbox; other requests fail. */
  lost() {
    this.#transmit = null;
    this.live = false;
    this.#leaving = false;
    const asked = [...this.#asked.values()];
    this.#asked.clear();
    for (const handle of this.#holds) this.#timers.clear(handle);
    this.#holds.clear();
    this.#busy.clear();
    for (const log of this.rooms.values()) {
      if (!log.typing.size) continue;
      log.typing.clear();
      this.emit('room', log.roomId);
    }
    for (const { failed } of asked) failed(new Refusal(ErrorCode.Unavailable));
    this.emit('live');
  }

  /** @param {object} frame a ServerFrame */
  receive(frame) {
    const [kind, body] = bodyOf(frame, FrameFields);
    switch (kind) {
      case 'welcome': this.#welcome(body); break;
      case 'event': this.#event(body); break;
      case 'match': this.#match(body.room); break;
      case 'search': this.#search(body); break;
      case 'room': this.#room(body); break;
      case 'typing': this.#typing(body); break;
      case 'presence': this.#presence(body); break;
      case 'read': this.#receipt(body, { read: Number(body.seq) }); break;
      case 'delivered': this.#receipt(body, { received: Number(body.seq) }); break;
      case 'signal': this.emit('signal', body); break;
      case 'reset': this.#reset(body); break;
      case 'goAway':
        this.#leaving = true;
        this.emit('goAway', Number(body.reconnectAfterMs ?? 0));
        break;
    }

    const asked = this.#asked.get(frame.replyTo);
    if (!asked) return;
    this.#asked.delete(frame.replyTo);
    if (kind === 'error') asked.failed(Refusal.of(body));
    else asked.done(body);
  }

  /** @returns {Promise<void>} resolves at the server's answer */
  ping() {
    return this.#promise({ ping: {} });
  }

  /** Sends a fresh access token. */
  renew(accessToken) {
    return this.#promise({ renew: { accessToken } });
  }

  // The user's actions.

  startSearch(mode = Mode.Chat) {
    return this.#promise({ search: { mode } });
  }

  async cancelSearch() {
    this.#cancelling = true;
    try {
      return await this.#promise({ cancelSearch: {} });
    } finally {
      this.#cancelling = false;
    }
  }

  /** @returns {Promise<import('./wire.js').Room>} */
  join(roomId) {
    return this.#promise({ join: { roomId } });
  }

  async leave(roomId) {
    await this.#promise({ leave: { roomId } });
    this.forget(roomId);
  }

  /** Ends the room for all members. */
  end(roomId) {
    return this.#promise({ end: { roomId } });
  }

  /** Adds members of a large room. @param {import('./wire.js').Member[]} members */
  addMembers(roomId, members) {
    this.rooms.get(roomId)?.addMembers(members);
    this.emit('room', roomId);
  }

  /** Notes that the user has blocked a member. */
  setBlocked(roomId, memberId) {
    this.rooms.get(roomId)?.setBlocked(memberId, true);
    this.emit('room', roomId);
    this.emit('rooms');
  }

  /** Removes an ended room from the list. */
  forget(roomId) {
    this.rooms.delete(roomId);
    this.#memory.dropCursor(roomId);
    this.#memory.setDraft(roomId, '');
    this.#outbox.dropRoom(roomId);
    this.emit('rooms');
  }

  /** Answers the open prompt of a room. */
  answer(roomId, promptId, yes) {
    return this.#promise({ answer: { roomId, promptId, yes } });
  }

  /** Asks the partner to stay in touch. */
  keep(roomId) {
    return this.#promise({ keep: { roomId } });
  }

  /** Sends a call signal to the partner; without a call id, for the current call or a new one. */
  signal(roomId, kind, payload, callId = '') {
    return this.#promise({ signal: { roomId, kind, ...payload && { payload }, ...callId && { callId } } });
  }

  /** Edits one of the user's messages. */
  edit(roomId, messageId, text) {
    return this.#promise({ edit: { roomId, messageId, text } });
  }

  /** Removes one of the user's messages. */
  remove(roomId, messageId) {
    return this.#promise({ remove: { roomId, messageId } });
  }

  /** Adds an emoji to a message, or removes it. */
  react(roomId, messageId, emoji, on) {
    return this.#promise({ react: { roomId, messageId, emoji, on } });
  }

  /**
   * Writes a message. It waits in the outbox while there is no connection.
   * @param {string} roomId
   * @param {string} text
   * @param {string} [inReplyTo] the id of the message that it replies to
   */
  post(roomId, text, inReplyTo = '') {
    this.#outbox.add({ clientId: this.#newId(), roomId, text, ...inReplyTo && { inReplyTo }, at: this.#now() });
    this.emit('room', roomId);
    this.#flush(roomId);
  }

  /** Sends a refused message again. */
  retry({ roomId, clientId }) {
    this.#outbox.mark(clientId, undefined);
    this.emit('room', roomId);
    this.#flush(roomId);
  }

  discard({ roomId, clientId }) {
    this.#outbox.take(clientId);
    this.emit('room', roomId);
  }

  outgoing(roomId) {
    return this.#outbox.ofRoom(roomId);
  }

  /** Whether messages wait to be sent. */
  get hasUnsent() {
    return this.#outbox.roomIds.length > 0;
  }

  /** The message that the user is writing in a room. */
  draftOf(roomId) {
    return this.#memory.draftOf(roomId);
  }

  setDraft(roomId, text) {
    this.#memory.setDraft(roomId, text);
  }

  setTyping(roomId, active) {
    if (active) this.#typesIn.add(roomId);
    else this.#typesIn.delete(roomId);
    if (this.live) this.#put({ typing: { roomId, active } });
  }

  /** Notes that the user has seen everything in the room. */
  markRead(roomId) {
    const log = this.rooms.get(roomId);
    if (!log) return;
    if (log.unread) {
      log.unread = 0;
      this.emit('rooms');
    }
    const last = log.lastMessage?.seq ?? 0;
    log.seenSeq = Math.max(log.seenSeq, last);
    if (!this.live || log.over || last <= this.#toldOf(roomId).read) return;
    this.#told.set(roomId, { received: last, read: last });
    // A lost read mark is made up for by the next one.
    this.#promise({ read: { roomId, seq: String(last) } }).catch(() => this.#told.delete(roomId));
  }

  /** @param {object} page the server's page of the messages before `historyBefore` */
  addHistory(roomId, page) {
    const log = this.rooms.get(roomId);
    if (!log) return;
    log.addHistory(page);
    for (const { clientId } of page.messages ?? []) if (clientId) this.#outbox.take(clientId);
    this.emit('room', roomId);
    this.#sayReceived(log);
  }

  /** The pair that prevents a search. */
  get activePair() {
    return [...this.rooms.values()].find(log => log.isPair && log.state === RoomState.Active && !log.over);
  }

  // The server's frames.

  #welcome({ sessionId, resumed = false, rooms = [], search = { state: SearchStage.Idle } }) {
    const wasWaiting = this.search.state === SearchStage.Waiting;
    const returned = this.#memory.sessionId !== '';
    this.#memory.sessionId = sessionId;
    this.live = true;

    let endedAway = false;
    const listed = new Set(rooms.map(room => room.roomId));
    for (const log of this.rooms.values()) {
      if (listed.has(log.roomId) || log.over) continue;
      log.left = true;
      endedAway = true;
      this.emit('room', log.roomId);
    }
    for (const roomId of Object.keys(this.#memory.cursors)) if (!listed.has(roomId)) this.#memory.dropCursor(roomId);
    for (const roomId of this.#outbox.roomIds) if (!listed.has(roomId)) this.#outbox.dropRoom(roomId);
    for (const room of rooms) this.#enter(room);
    this.search = search;
    if (returned && !resumed && wasWaiting && search.state === SearchStage.Idle) endedAway = true;

    this.emit('live');
    this.emit('rooms');
    this.emit('search');
    if (endedAway) this.emit('away');
    for (const roomId of listed) {
      this.emit('room', roomId);
      this.#flush(roomId);
    }
  }

  #event(event) {
    const log = this.rooms.get(event.roomId);
    if (!log) return;
    const seq = Number(event.seq);
    let outcome = log.apply(event, this.#now());
    if (outcome === 'gap') {
      const gap = `${log.roomId}:${log.cursor}`;
      if (!this.#gaps.has(gap)) {
        this.#gaps.add(gap);
        this.emit('gap');
        return;
      }
      log.skipTo(seq - 1); // already requested once, and the server has no more
      outcome = log.apply(event, this.#now());
    }
    if (outcome === 'seen') return;
    if (log.left && event.memberLeft?.reason === 'REMOVED') {
      this.forget(log.roomId);
      this.emit('removed', log.title);
      return;
    }
    this.#memory.setCursor(log.roomId, log.cursor);

    const posted = event.messagePosted;
    if (posted && log.isOwn(posted.memberId)) this.#outbox.take(posted.clientId);
    else if (posted && !log.hides(posted.memberId)) {
      if (log.isUncounted(seq)) log.unread++;
      this.emit('message', { log, entry: log.lastMessage });
    }
    if (event.promptOpened && log.promptAt(this.#now())) this.emit('prompt', log.roomId);
    if (log.over) this.#memory.dropCursor(log.roomId);
    if (log.over || log.kept) this.#parted(log);
    this.emit('room', log.roomId);
    this.emit('rooms');
    this.#sayReceived(log);
  }

  /** Notes that the room does not prevent a search any more. */
  #parted(log) {
    if (!log.isPair || this.search.state !== SearchStage.Matched) return;
    this.search = { state: SearchStage.Idle };
    this.emit('search');
  }

  #match(room) {
    this.search = { state: SearchStage.Idle };
    this.#enter(room);
    this.emit('rooms');
    this.emit('search');
    this.emit('match', room.roomId);
  }

  #search(state) {
    const before = this.search.state;
    this.search = { state: SearchStage.Idle, ...state };
    this.emit('search');
    if (before === SearchStage.Waiting && this.search.state === SearchStage.Idle && !this.#cancelling) {
      this.emit('searchEnded');
    }
  }

  #room(room) {
    const isMember = room.members?.some(member => member.you);
    if (!isMember && !this.rooms.has(room.roomId)) return;
    this.#enter(room);
    this.emit('rooms');
    this.emit('room', room.roomId);
  }

  #typing({ roomId, memberId, active = false }) {
    const log = this.rooms.get(roomId);
    if (!log || log.isOwn(memberId) || log.hides(memberId)) return;
    const key = `${roomId}:${memberId}`;
    this.#timers.clear(this.#typingEnds.get(key));
    this.#typingEnds.delete(key);
    log.typing.delete(memberId);
    if (active) {
      log.typing.add(memberId);
      this.#typingEnds.set(key, this.#timers.set(() => this.#typing({ roomId, memberId }), TypingLasts));
    }
    this.emit('room', roomId);
  }

  #presence({ roomId, memberId, online = false, lastSeen }) {
    this.rooms.get(roomId)?.setPresence(memberId, online, lastSeen);
    this.emit('room', roomId);
    this.emit('rooms');
  }

  #receipt({ roomId, memberId }, receipt) {
    const log = this.rooms.get(roomId);
    if (!log || log.isOwn(memberId)) return;
    log.noteReceipt(memberId, receipt);
    this.emit('room', roomId);
  }

  #reset({ roomId, lastSeq = 0 }) {
    const log = this.rooms.get(roomId);
    if (!log) return;
    log.reset(Number(lastSeq));
    this.#memory.setCursor(roomId, log.cursor);
    this.emit('room', roomId);
  }

  #enter(room) {
    const known = this.rooms.get(room.roomId);
    if (known && !known.left) {
      known.update(room);
    } else {
      const log = new RoomLog(room, known ? undefined : this.#memory.cursors[room.roomId]);
      this.rooms.set(room.roomId, log);
      this.#memory.setCursor(room.roomId, log.cursor);
    }
    const log = this.rooms.get(room.roomId);
    const { receivedSeq = 0, readSeq = 0 } = log.me ?? {};
    this.#told.set(room.roomId, { received: Number(receivedSeq), read: Math.max(Number(readSeq), log.readSeq) });
  }

  #toldOf(roomId) {
    return this.#told.get(roomId) ?? { received: 0, read: 0 };
  }

  /** Acknowledges received events of a room where nothing else implies it. */
  #sayReceived(log) {
    const { roomId, lastMessage: last } = log;
    const told = this.#toldOf(roomId);
    if (!last || log.isOwn(last.memberId) || last.seq <= told.received) return;
    if (!this.live || log.over || this.#saidReceived.has(roomId)) return;
    this.#told.set(roomId, { ...told, received: last.seq });
    this.#put({ received: { roomId, seq: String(last.seq) } });
    this.#saidReceived.add(roomId);
    this.#timers.set(() => {
      this.#saidReceived.delete(roomId);
      this.#sayReceived(log);
    }, ReceivedEvery);
  }

  // Sending.

  /** Sends the next message of a room, one at a time, so that they arrive in order. */
  #flush(roomId) {
    const next = this.#outbox.head(roomId);
    if (!next || !this.live || this.#leaving || this.#busy.has(roomId)) return;
    this.#busy.add(roomId);
    const goOn = () => {
      this.#busy.delete(roomId);
      this.#flush(roomId);
    };
    const { clientId, text, inReplyTo } = next;
    this.#ask({ send: { roomId, clientId, text, ...inReplyTo && { inReplyTo } } }, {
      done: ack => {
        this.#acknowledged(next, ack);
        goOn();
        // The notice may have overtaken the message, and a message ends the typing of its sender.
        if (this.#typesIn.has(roomId) && !this.#busy.has(roomId)) this.setTyping(roomId, true);
      },
      failed: refusal => {
        if (!this.live) return; // sent again after the next welcome
        if (refusal.passes) {
          const handle = this.#timers.set(() => {
            this.#holds.delete(handle);
            goOn();
          }, refusal.retryAfterMs || TryAgain);
          this.#holds.add(handle);
          return;
        }
        this.#outbox.mark(clientId, refusal.code);
        this.emit('room', roomId);
        goOn();
      },
    });
  }

  #acknowledged({ clientId, roomId, text, inReplyTo }, { seq, messageId, at }) {
    const log = this.rooms.get(roomId);
    if (!this.#outbox.take(clientId) || !log) return;
    log.put({
      seq: Number(seq), at: Date.parse(at), kind: 'message', memberId: log.me?.memberId ?? '', messageId, text, clientId,
      ...inReplyTo && { inReplyTo },
    });
    this.emit('room', roomId);
    this.emit('rooms');
  }

  #promise(body, first) {
    return new Promise((done, failed) => {
      if (!this.#transmit || !(this.live || first)) failed(new Refusal(ErrorCode.Unavailable));
      else this.#ask(body, { done, failed });
    });
  }

  #ask(body, answer) {
    this.#asked.set(this.#put(body), answer);
  }

  #put(body) {
    const id = String(++this.#lastFrame);
    this.#transmit({ id, ...body });
    return id;
  }
}

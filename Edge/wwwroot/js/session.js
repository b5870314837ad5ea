import { RoomLog } from './room-log.js';
import { Emitter } from './webchat-client.js';
import { Mode, RoomState, SearchStage } from './wire.js';

/** How long a member counts as typing after the last notice. */
const TypingLasts = 6_000;

/** How long to collect received events of a room before acknowledging them. */
const ReceivedEvery = 500;

/**
 * The rooms and the search of the logged-in user, as the {@link import('./webchat-client.js').ChatClient} hears of them, and
 * the user's actions. It touches no document.
 *
 * Emits `rooms` (the list changed), `room` (room id; something in it changed), `message` ({ log, entry }; of another member),
 * `signal` (a call signal of the partner), `match` (room id), `prompt` (room id; a prompt opened in its pair), `search`,
 * `searchEnded` (no partner was found), `away` (the search or rooms ended during an absence) and `removed` (the title of a room
 * that the user was removed from).
 */
export class Session extends Emitter {
  /** @type {Map<string, RoomLog>} */
  rooms = new Map();
  /** @type {import('./webchat-client.js').SearchState} */
  search = { state: SearchStage.Idle };

  #client;
  #drafts;
  #timers;
  #now;
  #typingEnds = new Map();
  /** What the server knows this tab has received and read, by room id. @type {Map<string, { received: number, read: number }>} */
  #told = new Map();
  /** The rooms in which the user is typing. */
  #typesIn = new Set();
  /** The rooms that were acknowledged a moment ago. */
  #saidReceived = new Set();
  #cancelling = false;

  /**
   * @param {{ client: import('./webchat-client.js').ChatClient, drafts: import('./drafts.js').Drafts,
   *   timers: import('./webchat-client.js').Timers, now?: () => number }} parts
   */
  constructor({ client, drafts, timers, now = Date.now }) {
    super();
    this.#client = client;
    this.#drafts = drafts;
    this.#timers = timers;
    this.#now = now;
    client.on('welcome', welcome => this.#welcome(welcome));
    client.on('event', event => this.#event(event));
    client.on('match', ({ room }) => this.#match(room));
    client.on('search', state => this.#search(state));
    client.on('room', room => this.#room(room));
    client.on('typing', typing => this.#typing(typing));
    client.on('presence', presence => this.#presence(presence));
    client.on('read', read => this.#receipt(read, { read: Number(read.seq) }));
    client.on('delivered', delivered => this.#receipt(delivered, { received: Number(delivered.seq) }));
    client.on('signal', signal => this.emit('signal', signal));
    client.on('reset', reset => this.#reset(reset));
    client.on('sent', sent => this.#sent(sent));
    client.on('outbox', roomId => this.emit('room', roomId));
    client.on('state', () => client.live || this.#stopTyping());
  }

  // The user's actions.

  startSearch(mode = Mode.Chat) {
    return this.#client.ask({ search: { mode } });
  }

  async cancelSearch() {
    this.#cancelling = true;
    try {
      return await this.#client.ask({ cancelSearch: {} });
    } finally {
      this.#cancelling = false;
    }
  }

  /** @returns {Promise<import('./webchat-client.js').Room>} */
  join(roomId) {
    return this.#client.ask({ join: { roomId } });
  }

  async leave(roomId) {
    await this.#client.ask({ leave: { roomId } });
    this.forget(roomId);
  }

  /** Ends the room for all members. */
  end(roomId) {
    return this.#client.ask({ end: { roomId } });
  }

  /** Adds members of a large room. @param {import('./webchat-client.js').Member[]} members */
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
    this.#client.forget(roomId);
    this.#drafts.set(roomId, '');
    this.emit('rooms');
  }

  /** Answers the open prompt of a room. */
  answer(roomId, promptId, yes) {
    return this.#client.ask({ answer: { roomId, promptId, yes } });
  }

  /** Asks the partner to stay in touch. */
  keep(roomId) {
    return this.#client.ask({ keep: { roomId } });
  }

  /** Sends a call signal to the partner; without a call id, for the current call or a new one. */
  signal(roomId, kind, payload, callId = '') {
    return this.#client.ask({ signal: { roomId, kind, ...payload && { payload }, ...callId && { callId } } });
  }

  /** Edits one of the user's messages. */
  edit(roomId, messageId, text) {
    return this.#client.ask({ edit: { roomId, messageId, text } });
  }

  /** Removes one of the user's messages. */
  remove(roomId, messageId) {
    return this.#client.ask({ remove: { roomId, messageId } });
  }

  /** Adds an emoji to a message, or removes it. */
  react(roomId, messageId, emoji, on) {
    return this.#client.ask({ react: { roomId, messageId, emoji, on } });
  }

  setTyping(roomId, active) {
    if (active) this.#typesIn.add(roomId);
    else this.#typesIn.delete(roomId);
    this.#client.tell({ typing: { roomId, active } });
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
    if (!this.#client.live || log.over || last <= this.#toldOf(roomId).read) return;
    this.#told.set(roomId, { received: last, read: last });
    // A lost read mark is made up for by the next one.
    this.#client.ask({ read: { roomId, seq: String(last) } }).catch(() => this.#told.delete(roomId));
  }

  /** @param {object} page the server's page of the messages before `historyBefore` */
  addHistory(roomId, page) {
    const log = this.rooms.get(roomId);
    if (!log) return;
    log.addHistory(page);
    for (const { clientId, seq, messageId, at } of page.messages ?? []) if (clientId) this.#client.settle(clientId, { roomId, seq, messageId, at });
    this.emit('room', roomId);
    this.#sayReceived(log);
  }

  /** The pair that prevents a search. */
  get activePair() {
    return [...this.rooms.values()].find(log => log.isPair && log.state === RoomState.Active && !log.over);
  }

  // The server's frames.

  #welcome({ resumed = false, rooms = [], search = { state: SearchStage.Idle } }) {
    const wasWaiting = this.search.state === SearchStage.Waiting;
    let endedAway = false;
    const listed = new Set(rooms.map(room => room.roomId));
    for (const log of this.rooms.values()) {
      if (listed.has(log.roomId) || log.over) continue;
      log.left = true;
      endedAway = true;
      this.emit('room', log.roomId);
    }
    for (const room of rooms) this.#enter(room);
    this.search = search;
    if (!resumed && wasWaiting && search.state === SearchStage.Idle) endedAway = true;

    this.emit('rooms');
    this.emit('search');
    if (endedAway) this.emit('away');
    for (const roomId of listed) this.emit('room', roomId);
  }

  #event(event) {
    const log = this.rooms.get(event.roomId);
    if (!log) return;
    log.apply(event, this.#now());
    if (log.left && event.memberLeft?.reason === 'REMOVED') {
      this.forget(log.roomId);
      this.emit('removed', log.title);
      return;
    }

    const posted = event.messagePosted;
    if (posted && !log.isOwn(posted.memberId) && !log.hides(posted.memberId)) {
      if (log.isUncounted(Number(event.seq))) log.unread++;
      this.emit('message', { log, entry: log.lastMessage });
    }
    if (event.promptOpened && log.promptAt(this.#now())) this.emit('prompt', log.roomId);
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
    this.emit('room', roomId);
  }

  #enter(room) {
    const known = this.rooms.get(room.roomId);
    if (known && !known.left) known.update(room);
    else this.rooms.set(room.roomId, new RoomLog(room, this.#client.cursorOf(room.roomId)));
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
    if (!this.#client.live || log.over || this.#saidReceived.has(roomId)) return;
    this.#told.set(roomId, { ...told, received: last.seq });
    this.#client.tell({ received: { roomId, seq: String(last.seq) } });
    this.#saidReceived.add(roomId);
    this.#timers.set(() => {
      this.#saidReceived.delete(roomId);
      this.#sayReceived(log);
    }, ReceivedEvery);
  }

  /** Shows an acknowledged message, unless its event has come first. */
  #sent({ message: { clientId, roomId, text, inReplyTo }, ack: { seq, messageId, at } }) {
    const log = this.rooms.get(roomId);
    if (!log) return;
    if (!log.messageOf(messageId)) {
      log.put({
        seq: Number(seq), at: Date.parse(at), kind: 'message', memberId: log.me?.memberId ?? '', messageId, text, clientId,
        ...inReplyTo && { inReplyTo },
      });
      this.emit('room', roomId);
      this.emit('rooms');
    }
    // The notice may have overtaken the message, and a message ends the typing of its sender.
    const isLast = this.#client.outgoing(roomId).every(one => one.failed);
    if (this.#typesIn.has(roomId) && isLast) this.setTyping(roomId, true);
  }

  /** Without a connection, the end of typing is not heard. */
  #stopTyping() {
    for (const log of this.rooms.values()) {
      if (!log.typing.size) continue;
      log.typing.clear();
      this.emit('room', log.roomId);
    }
  }
}

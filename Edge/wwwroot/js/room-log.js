import { CallState, LeaveReason, Limits, RoomKind, RoomState, bodyOf } from './wire.js';

/**
 * @typedef {{ seq: number, at: number, kind: 'message', memberId: string, messageId: string, text: string,
 *   clientId?: string, inReplyTo?: string, editedAt?: number, removed?: boolean,
 *   reactions?: import('./wire.js').Reaction[] }} MessageEntry
 * @typedef {{ seq: number, at: number,
 *   kind: 'joined' | 'left' | 'renamed' | 'owner' | 'revealed' | 'kept' | 'called' | 'ended', memberId?: string,
 *   byMemberId?: string, reason?: string, level?: number, lasted?: number, name?: string }} SystemEntry
 * @typedef {MessageEntry | SystemEntry} Entry
 * @typedef {{ promptId: string, kind: string, round: number, closesAt: number, answeredBy: string[],
 *   byMemberId: string }} OpenPrompt `closesAt` by this computer's clock
 * @typedef {{ callId: string, state: string, byMemberId: string, answeredAt: number, since: number }} OpenCall `answeredAt` by the
 *   server's clock, `since` the same by this computer's; 0 while it rings
 */

const EventFields = ['roomId', 'seq', 'at'];

/**
 * A room as this tab knows it: its members, and its events, in order and without duplicates.
 *
 * `cursor` is the seq up to which all events have been seen. Acknowledgements and history fill in entries without
 * moving it.
 */
export class RoomLog {
  /** @type {Entry[]} sorted by seq */
  entries = [];
  /** The seq before which history has not been read; 0 at the beginning of the room. */
  historyBefore;
  unread = 0;
  /** How far the user has read, as the server knows it. */
  readSeq = 0;
  /** How far the user has read here or elsewhere. */
  seenSeq = 0;
  /** Whether the user has left the room. */
  left = false;
  /** The typing members. */
  typing = new Set();

  #names = new Map();
  /** How far each member has received and read, by member id. @type {Map<string, { received: number, read: number }>} */
  #receipts = new Map();
  /** The members that the user has blocked. */
  #blocked = new Set();
  #snapshot = 0;
  /** The newest message as the list of rooms has it, until this tab has read the room. @type {MessageEntry | undefined} */
  #preview;
  /** The ringing or active call. @type {OpenCall | null} */
  call = null;
  /** The call after the events seen so far. @type {OpenCall | null} */
  #lastCall = null;
  /** @type {OpenPrompt | null} */
  #prompt = null;
  /** How far this computer's clock is ahead of the server's, in milliseconds. */
  #ahead = 0;
  /** The changes of messages that this tab has not read, by message id. @type {Map<string, Change[]>} */
  #changes = new Map();

  /**
   * @param {import('./wire.js').Room} room
   * @param {number} [cursor] this tab's last cursor; without it the log begins at the room's current state
   */
  constructor(room, cursor = Number(room.lastSeq ?? 0)) {
    this.roomId = room.roomId;
    this.cursor = cursor;
    this.historyBefore = cursor && cursor + 1;
    this.members = [];
    this.seenSeq = cursor;
    this.activeAt = Date.parse(room.createdAt ?? '') || 0;
    this.update(room);
  }

  /** Takes over the server's state of the room. */
  update(room) {
    this.name = room.name ?? '';
    this.kind = room.kind ?? RoomKind.Pair;
    this.state = room.state ?? RoomState.Active;
    this.capacity = room.capacity ?? 0;
    this.revealLevel = room.revealLevel ?? 0;
    this.mode = room.mode ?? '';
    this.#prompt = room.prompt ? this.#opened(room.prompt) : null;
    this.call = room.call ? this.#calls(room.call) : null;
    this.#snapshot = Number(room.lastSeq ?? 0);
    if (room.members) this.members = room.members;
    this.memberCount = room.memberCount ?? this.members.length;
    this.left = room.members !== undefined && !this.me;
    for (const { memberId, nickname, blocked } of this.members) {
      this.#names.set(memberId, nickname);
      this.setBlocked(memberId, Boolean(blocked));
    }
    for (const { memberId, receivedSeq = 0, readSeq = 0 } of this.members) {
      this.noteReceipt(memberId, { received: Number(receivedSeq), read: Number(readSeq) });
    }
    if (room.lastActiveAt) this.#list(room);
  }

  /** Takes over what only a list of the user's rooms has. */
  #list({ lastActiveAt, lastMessage, readSeq = 0, unreadCount = 0 }) {
    this.activeAt = Math.max(this.activeAt, Date.parse(lastActiveAt));
    this.readSeq = this.seenSeq = Number(readSeq);
    this.unread = Number(unreadCount);
    this.#preview = lastMessage && entryOf(lastMessage);
  }

  /** Whether a message still has to be counted as unread: the room's own count includes the events up to its last_seq. */
  isUncounted(seq) {
    return seq > this.#snapshot;
  }

  get me() {
    return this.members.find(member => member.you);
  }

  get others() {
    return this.members.filter(member => !member.you);
  }

  /** Whether the user can no longer write here. */
  get over() {
    return this.left || this.state === RoomState.Ended;
  }

  get isPair() {
    return this.kind === RoomKind.Pair;
  }

  /** The name of the room, or of the partner. */
  get title() {
    return this.name || this.others[0]?.nickname || this.#formerPartner || '';
  }

  get #formerPartner() {
    for (const [memberId, nickname] of this.#names) if (!this.isOwn(memberId)) return nickname;
    return '';
  }

  isOwn(memberId) {
    return memberId === this.me?.memberId;
  }

  /** @returns {string} the nickname of a member or former member; empty if the member left before this tab knew the room */
  nameOf(memberId) {
    return this.#names.get(memberId) ?? '';
  }

  /** Whether the account of a member is deleted. */
  isErased(memberId) {
    return this.#names.get(memberId) === '';
  }

  /** The other members, and the members that left while this tab was watching. */
  get fellows() {
    const here = new Map(this.members.map(member => [member.memberId, member]));
    return [...this.#names].filter(([memberId]) => !this.isOwn(memberId)).map(([memberId, nickname]) => ({
      memberId, nickname, blocked: this.#blocked.has(memberId), isHere: here.has(memberId), owner: Boolean(here.get(memberId)?.owner),
    }));
  }

  /** Whether the user owns the group. */
  get isOwner() {
    return Boolean(this.me?.owner);
  }

  /** Adds members that the room omitted. @param {import('./wire.js').Member[]} members */
  addMembers(members) {
    const known = new Set(this.members.map(member => member.memberId));
    this.members = [...this.members, ...members.filter(member => !known.has(member.memberId))];
    for (const { memberId, nickname } of members) this.#names.set(memberId, nickname);
  }

  setBlocked(memberId, isBlocked) {
    if (isBlocked) this.#blocked.add(memberId);
    else this.#blocked.delete(memberId);
    if (this.hides(memberId)) this.typing.delete(memberId);
  }

  /** Whether the user has blocked this member of a group. */
  hides(memberId) {
    return !this.isPair && this.#blocked.has(memberId);
  }

  /** @returns {MessageEntry | undefined} */
  get lastMessage() {
    const read = this.entries.findLast(entry => entry.kind === 'message' && !this.hides(entry.memberId));
    const listed = this.#preview && !this.hides(this.#preview.memberId) ? this.#preview : undefined;
    return listed && !(read?.seq >= listed.seq) ? listed : read;
  }

  /** @returns {MessageEntry | undefined} */
  messageOf(messageId) {
    return this.entries.findLast(entry => entry.messageId === messageId);
  }

  /** Whether both members want to stay in touch. */
  get kept() {
    return this.state === RoomState.Kept;
  }

  /**
   * The open prompt.
   * @param {number} now
   * @returns {OpenPrompt | null}
   */
  promptAt(now) {
    return this.#prompt && !this.over && now < this.#prompt.closesAt ? this.#prompt : null;
  }

  /** Whether the room is too large for receipts. */
  get isCrowd() {
    return this.memberCount > Limits.crowdAbove;
  }

  /** Records how far a member has received and read. Never goes back. */
  noteReceipt(memberId, { received = 0, read = 0 }) {
    const before = this.receiptOf(memberId);
    const furthest = Math.max(before.read, read);
    this.#receipts.set(memberId, { received: Math.max(before.received, received, furthest), read: furthest });
  }

  receiptOf(memberId) {
    return this.#receipts.get(memberId) ?? { received: 0, read: 0 };
  }

  /** How far all other members have received and read; 0 without receipts. */
  get othersReceipt() {
    const receipts = this.isCrowd ? [] : this.others.map(({ memberId }) => this.receiptOf(memberId));
    if (!receipts.length) return { received: 0, read: 0 };
    return { received: Math.min(...receipts.map(one => one.received)), read: Math.min(...receipts.map(one => one.read)) };
  }

  /**
   * @param {object} event a RoomEvent
   * @param {number} [now]
   * @returns {'seen' | 'gap' | 'applied'} `gap`: an event before it is missing, and it was not applied
   */
  apply(event, now = Date.now()) {
    const seq = Number(event.seq);
    if (seq <= this.cursor) return 'seen';
    if (seq > this.cursor + 1) return 'gap';
    this.cursor = seq;
    const at = Date.parse(event.at);
    this.activeAt = at;
    const [kind, body] = bodyOf(event, EventFields);
    // The room's state already includes the events up to its last_seq; only their entries are missing.
    const isNews = seq > this.#snapshot;
    if (isNews) this.#ahead = now - at;
    switch (kind) {
      case 'messagePosted':
        this.typing.delete(body.memberId);
        this.put({ seq, at, kind: 'message', ...body });
        break;
      case 'messageEdited':
        this.#change(body.messageId, entry => entry.removed ? entry : { ...entry, text: body.text, editedAt: at });
        break;
      case 'messageRemoved':
        this.#change(body.messageId, removed);
        break;
      case 'reactionChanged':
        this.#change(body.messageId, entry => entry.removed ? entry : { ...entry, reactions: reacted(entry.reactions, body) });
        break;
      case 'memberJoined':
        this.#names.set(body.member.memberId, body.member.nickname);
        this.put({ seq, at, kind: 'joined', memberId: body.member.memberId });
        if (isNews) this.#joined(body.member);
        break;
      case 'memberLeft':
        this.put({ seq, at, kind: 'left', memberId: body.memberId, reason: body.reason });
        if (body.reason === LeaveReason.Deleted) this.#erase(body.memberId, isNews);
        else if (isNews) this.#left(body.memberId);
        break;
      case 'roomRenamed':
        this.put({ seq, at, kind: 'renamed', memberId: body.byMemberId, name: body.name });
        if (isNews) this.name = body.name;
        break;
      case 'ownerChanged':
        this.put({ seq, at, kind: 'owner', memberId: body.memberId });
        if (isNews) this.members = this.members.map(member => ({ ...member, owner: member.memberId === body.memberId }));
        break;
      case 'promptOpened':
        if (isNews) this.#prompt = this.#opened({ ...body, answeredBy: body.byMemberId ? [body.byMemberId] : [] });
        break;
      case 'promptAnswered':
        if (isNews) this.#answered(body);
        break;
      case 'revealRaised':
        this.put({ seq, at, kind: 'revealed', level: body.level });
        if (!isNews) break;
        this.revealLevel = body.level;
        this.#prompt = null;
        break;
      case 'roomKept':
        this.put({ seq, at, kind: 'kept' });
        if (!isNews) break;
        this.state = RoomState.Kept;
        this.#prompt = null;
        break;
      case 'callStarted':
        this.#goesOn({ ...body, state: CallState.Ringing }, isNews);
        break;
      case 'callAnswered': {
        const { memberId } = this.members.find(member => member.memberId !== body.byMemberId) ?? {};
        this.#goesOn({ callId: body.callId, state: CallState.Active, byMemberId: memberId, answeredAt: event.at }, isNews);
        break;
      }
      case 'callEnded': {
        const { byMemberId, answeredAt } = this.#lastCall ?? this.call ?? {};
        this.put({
          seq, at, kind: 'called', memberId: byMemberId, byMemberId: body.byMemberId, reason: body.reason, lasted: answeredAt ? at - answeredAt : 0,
        });
        this.#goesOn(null, isNews);
        break;
      }
      case 'roomEnded':
        this.put({ seq, at, kind: 'ended', memberId: body.byMemberId, reason: body.reason });
        if (isNews) this.state = RoomState.Ended;
        this.typing.clear();
        break;
    }
    return 'applied';
  }

  /** Continues after a gap that the server does not fill. */
  skipTo(seq) {
    this.cursor = seq;
  }

  /** @param {{ messages?: import('./wire.js').Message[], nextBeforeSeq?: string }} page newest first */
  addHistory({ messages = [], nextBeforeSeq }) {
    for (const message of messages) {
      const entry = entryOf(message);
      // The page may be older than the events that this tab has seen.
      const changes = this.#changes.get(entry.messageId) ?? [];
      this.#changes.delete(entry.messageId);
      if (this.isErased(entry.memberId)) changes.push(removed);
      this.put(changes.reduce((before, change) => change(before), entry));
    }
    this.historyBefore = Number(nextBeforeSeq ?? 0);
  }

  /** Drops all entries: the server's history has changed. */
  reset(lastSeq) {
    this.entries = [];
    this.#preview = undefined;
    this.#changes.clear();
    this.cursor = lastSeq;
    this.#snapshot = lastSeq;
    this.historyBefore = lastSeq && lastSeq + 1;
  }

  /** @param {Entry} entry replaces one with the same seq */
  put(entry) {
    let place = this.entries.length;
    while (place > 0 && this.entries[place - 1].seq > entry.seq) place--;
    const isKnown = place > 0 && this.entries[place - 1].seq === entry.seq;
    this.entries = this.entries.toSpliced(isKnown ? place - 1 : place, isKnown ? 1 : 0, entry);
  }

  setPresence(memberId, online, lastSeen) {
    this.members = this.members.map(member => member.memberId === memberId ? { ...member, online, lastSeen } : member);
    if (!online) this.typing.delete(memberId);
  }

  /** @param {Change} change */
  #change(messageId, change) {
    if (this.#preview?.messageId === messageId) this.#preview = change(this.#preview);
    const entry = this.messageOf(messageId);
    if (entry) this.put(change(entry));
    else this.#changes.set(messageId, [...this.#changes.get(messageId) ?? [], change]);
  }

  #opened({ promptId, kind, round = 0, closesAt, answeredBy = [], byMemberId = '' }) {
    return { promptId, kind, round, closesAt: Date.parse(closesAt) + this.#ahead, answeredBy, byMemberId };
  }

  #goesOn(call, isNews) {
    this.#lastCall = call && this.#calls(call);
    if (isNews) this.call = this.#lastCall;
  }

  #calls({ callId, state, byMemberId, answeredAt }) {
    const at = answeredAt ? Date.parse(answeredAt) : 0;
    return { callId, state, byMemberId, answeredAt: at, since: at && at + this.#ahead };
  }

  #answered({ promptId, memberId }) {
    if (this.#prompt?.promptId !== promptId) return;
    const answeredBy = [...new Set([...this.#prompt.answeredBy, memberId])];
    const isDone = this.members.every(member => answeredBy.includes(member.memberId));
    this.#prompt = isDone ? null : { ...this.#prompt, answeredBy };
  }

  #joined(member) {
    this.memberCount++;
    this.members = [
      ...this.members.filter(one => one.memberId !== member.memberId),
      { online: true, ...member, you: this.isOwn(member.memberId) },
    ];
  }

  /** Also called for former members. */
  #erase(memberId, isNews) {
    if (isNews && this.members.some(member => member.memberId === memberId)) this.#left(memberId);
    this.#names.set(memberId, '');
    this.entries = this.entries.map(entry => entry.kind === 'message' && entry.memberId === memberId ? removed(entry) : entry);
    if (this.#preview?.memberId === memberId) this.#preview = removed(this.#preview);
  }

  #left(memberId) {
    this.memberCount--;
    if (this.isOwn(memberId)) this.left = true;
    else this.members = this.members.filter(member => member.memberId !== memberId);
    this.typing.delete(memberId);
  }
}

/** @typedef {(entry: MessageEntry) => MessageEntry} Change */

/** @param {import('./wire.js').Message} message @returns {MessageEntry} */
function entryOf({ seq, at, editedAt, ...message }) {
  return {
    text: '', ...message, kind: 'message', seq: Number(seq), at: Date.parse(at), ...editedAt && { editedAt: Date.parse(editedAt) },
  };
}

/** @type {Change} */
function removed({ editedAt: _, ...entry }) {
  return { ...entry, text: '', removed: true, reactions: [] };
}

/** @returns {import('./wire.js').Reaction[]} in the server's order */
function reacted(reactions = [], { emoji, memberId, on = false }) {
  const memberIds = reactions.find(one => one.emoji === emoji)?.memberIds.filter(id => id !== memberId) ?? [];
  if (on) memberIds.push(memberId);
  const others = reactions.filter(one => one.emoji !== emoji);
  if (!memberIds.length) return others;
  return [...others, { emoji, memberIds }].sort((one, other) => one.emoji < other.emoji ? -1 : 1);
}

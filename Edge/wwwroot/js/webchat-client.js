/**
 * A client of a WebChat server, without dependencies, for browsers and for Node.js 20 and later. `Auth` keeps a login, and
 * `ChatClient` one client session: it stays connected, resumes without loss or repetition, and sends each message once.
 *
 * @typedef {{ roomId: string, kind?: string, state?: string, name?: string, members?: Member[], lastSeq?: string,
 *   createdAt?: string, revealLevel?: number, prompt?: Prompt, memberCount?: number, capacity?: number, open?: boolean,
 *   call?: Call, mode?: string, lastMessage?: Message, lastActiveAt?: string, readSeq?: string, unreadCount?: number }} Room
 * @typedef {{ memberId: string, nickname: string, online?: boolean, lastSeen?: string, you?: boolean, owner?: boolean,
 *   blocked?: boolean, interests?: string[], bio?: string, receivedSeq?: string, readSeq?: string }} Member
 * @typedef {{ messageId: string, seq: string, at: string, memberId: string, text?: string, inReplyTo?: string,
 *   editedAt?: string, removed?: boolean, reactions?: Reaction[], clientId?: string }} Message
 * @typedef {{ emoji: string, memberIds: string[] }} Reaction
 * @typedef {{ callId: string, state: string, byMemberId: string, answeredAt?: string }} Call
 * @typedef {{ promptId: string, kind: string, round?: number, closesAt: string, answeredBy?: string[],
 *   byMemberId?: string }} Prompt
 * @typedef {{ state?: string, mode?: string, since?: string }} SearchState
 * @typedef {{ userId: string, username: string, nickname: string }} User
 * @typedef {{ roomId: string, seq: string, at: string, [body: string]: any }} RoomEvent
 * @typedef {{ roomId: string, seq: string, messageId: string, at: string }} Ack
 * @typedef {{ code: string, message?: string, retryAfterMs?: string, field?: string }} FrameError
 * @typedef {{ id?: string, [body: string]: any }} ClientFrame
 * @typedef {{ replyTo?: string, [body: string]: any }} ServerFrame
 */

/** Protobuf's canonical JSON, one frame per text message. */
const SubProtocol = 'webchat.v1.json';

const CredentialsKey = 'webchat.credentials';
const SessionKey = 'webchat.session';
const Refreshing = 'webchat.refresh';

/** How long a request may take. */
const RequestLimit = 15_000;

/** How long before it expires an access token is renewed. */
const RenewBefore = 30_000;

/** How often a connection checks for a fresh access token: more often than `RenewBefore`. */
const RenewCheck = 20_000;

/** How long connecting may take, from opening the socket to the welcome. */
const DialLimit = 10_000;

/** How long a ping may go unanswered. */
const PongLimit = 10_000;

/** The same when the program has just been woken. */
const WakeLimit = 4_000;

/** How often to check whether the computer has slept, and how late a check must be for that. */
const SleepCheck = 5_000;
const SleptFor = 10_000;

/** How long a connection must have lasted for the back-off to start anew. */
const Steady = 10_000;

/** The least delay after the server has closed the connection for flooding. */
const FloodPause = 5_000;

/** How long to hold back a message that the server could not accept, if it does not say. */
const TryAgain = 2_000;

/** How long a tab that is being reloaded may still hold its session. */
const HandOver = 500;

export const ErrorCode = Object.freeze({
  InvalidArgument: 'invalid_argument',
  Unauthenticated: 'unauthenticated',
  PermissionDenied: 'permission_denied',
  NotFound: 'not_found',
  AlreadyExists: 'already_exists',
  FailedPrecondition: 'failed_precondition',
  RateLimited: 'rate_limited',
  TooLarge: 'too_large',
  Unavailable: 'unavailable',
  DeadlineExceeded: 'deadline_exceeded',
  Internal: 'internal',
});

const CodesByStatus = new Map([
  [400, ErrorCode.InvalidArgument],
  [401, ErrorCode.Unauthenticated],
  [403, ErrorCode.PermissionDenied],
  [404, ErrorCode.NotFound],
  [409, ErrorCode.AlreadyExists],
  [413, ErrorCode.TooLarge],
  [429, ErrorCode.RateLimited],
  [502, ErrorCode.Unavailable],
  [503, ErrorCode.Unavailable],
  [504, ErrorCode.DeadlineExceeded],
]);

export const CloseCode = Object.freeze({
  Bye: 1000,
  TooLarge: 1009,
  BadFrame: 4400,
  BadToken: 4401,
  Banned: 4403,
  Taken: 4409,
  Flooding: 4429,
});

/** After these codes the user decides whether to reconnect. A rejected token gets one retry with a fresh one. */
const Final = new Set([1002, 1007, CloseCode.Bye, CloseCode.TooLarge, CloseCode.BadFrame, CloseCode.Banned, CloseCode.Taken]);

/** A request that the server refused, or that reached no server. The same for HTTP and frames. */
export class Refusal extends Error {
  /**
   * @param {string} code one of {@link ErrorCode}
   * @param {string} [detail] the server's message
   * @param {{ retryAfterMs?: number, field?: string, banReason?: string }} [more]
   */
  constructor(code, detail = '', { retryAfterMs = 0, field = '', banReason = '' } = {}) {
    super(detail || code);
    this.name = 'Refusal';
    this.code = code;
    this.detail = detail;
    this.retryAfterMs = retryAfterMs;
    this.field = field;
    this.banReason = banReason;
  }

  /** @param {FrameError} error */
  static of({ code, message, retryAfterMs = '0', field }) {
    return new Refusal(code || ErrorCode.Internal, message, { retryAfterMs: Number(retryAfterMs), field });
  }

  /** Whether the same request may succeed later without any change. */
  get passes() {
    return this.code === ErrorCode.RateLimited
      || this.code === ErrorCode.Unavailable
      || this.code === ErrorCode.DeadlineExceeded;
  }
}

/** Calls listeners in the order in which they were added. */
export class Emitter {
  /** @type {Map<string, Set<(detail: any) => void>>} */
  #listeners = new Map();

  /**
   * @param {string} kind
   * @param {(detail: any) => void} listener
   * @returns {() => void} removes the listener
   */
  on(kind, listener) {
    const listeners = this.#listeners.get(kind) ?? new Set();
    this.#listeners.set(kind, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  /**
   * Waits for the next emission that matches.
   * @param {string} kind
   * @param {(detail: any) => boolean} [matches]
   * @returns {Promise<any>}
   */
  next(kind, matches = () => true) {
    return new Promise(resolve => {
      const off = this.on(kind, detail => {
        if (!matches(detail)) return;
        off();
        resolve(detail);
      });
    });
  }

  /**
   * @param {string} kind
   * @param {any} [detail]
   */
  emit(kind, detail) {
    for (const listener of [...this.#listeners.get(kind) ?? []]) listener(detail);
  }
}

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

/**
 * The part of the Web Storage API that this module uses.
 * @typedef {{ getItem(key: string): string | null, setItem(key: string, value: string): void, removeItem(key: string): void }} Store
 */

/** A store that lasts as long as the program. @returns {Store} */
function memoryStore() {
  const items = new Map();
  return {
    getItem: key => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: key => void items.delete(key),
  };
}

/** @typedef {{ set(callback: () => void, ms: number): any, clear(handle: any): void }} Timers */

/** @type {Timers} */
const plainTimers = { set: (callback, ms) => setTimeout(callback, ms), clear: handle => clearTimeout(handle) };

/** 128 random bits as 32 hex digits. `crypto.randomUUID` is missing on a page that is served over plain HTTP from elsewhere. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * @callback Http sends a request: JSON both ways, unless a file is sent or received
 * @param {string} method
 * @param {string} path
 * @param {HttpOptions} [options]
 * @returns {Promise<{ body: any, date: number }>} the answer, and the server's time of it; rejects with a {@link Refusal}:
 *   the server's code, or `unavailable` if there was no answer
 *
 * @typedef {{ body?: object | Blob, token?: string, asFile?: boolean, timeLimit?: number }} HttpOptions `asFile`: the answer's
 *   body as a Blob; `timeLimit` in milliseconds
 */

/** @param {string} server @returns {Http} */
export function httpOf(server) {
  return async (method, path, { body, token, asFile = false, timeLimit = RequestLimit } = {}) => {
    const isFile = body instanceof Blob;
    /** @type {Record<string, string>} */
    const headers = asFile ? {} : { accept: 'application/json' };
    if (body) headers['content-type'] = isFile ? 'application/octet-stream' : 'application/json';
    if (token) headers.authorization = `Bearer ${token}`;
    let response;
    let text;
    try {
      response = await fetch(new URL(path, server), {
        method,
        headers,
        body: body && !isFile ? JSON.stringify(body) : body,
        cache: asFile ? 'no-cache' : 'no-store', // a file may be cached, but the server decides each time whether it may be shown
        signal: AbortSignal.timeout(timeLimit),
      });
      if (asFile && response.ok) return { body: await response.blob(), date: dateOf(response) };
      text = await response.text();
    } catch (failure) {
      throw new Refusal(ErrorCode.Unavailable, String(failure));
    }

    const json = parse(text);
    if (response.ok) return { body: json ?? {}, date: dateOf(response) };
    /** @param {string} type */
    const detail = type => json?.details?.find((/** @type {any} */ each) => each['@type'] === `type.googleapis.com/google.rpc.${type}`);
    throw new Refusal(
      detail('ErrorInfo')?.reason.toLowerCase() ?? CodesByStatus.get(response.status) ?? ErrorCode.Internal,
      json?.message,
      {
        // A duration is written as seconds: "1.5s".
        retryAfterMs: (Number.parseFloat(detail('RetryInfo')?.retryDelay ?? response.headers.get('retry-after')) || 0) * 1000,
        field: detail('BadRequest')?.fieldViolations[0].field,
        banReason: detail('ErrorInfo')?.metadata?.ban_reason,
      },
    );
  };
}

/** @param {Response} response */
function dateOf(response) {
  return Date.parse(response.headers.get('date') ?? '') || Date.now();
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null; // the answer of a proxy need not be JSON
  }
}

/**
 * The part of the Web Locks API that this module uses.
 * @typedef {{ request(name: string, work: () => Promise<any>): Promise<any>,
 *   request(name: string, options: { signal: AbortSignal }, work: () => Promise<any>): Promise<any> }} Locks
 */

/**
 * A login. Its tokens are in a store, such as localStorage, that all tabs share; `ended` is emitted when they are gone.
 *
 * A refresh token works once, and a second use ends the login. So the tab that renews the tokens holds a lock, and the other
 * tabs find the new tokens when they get the lock.
 */
export class Auth extends Emitter {
  #http;
  #storage;
  #locks;
  #now;
  /** @type {Promise<any>} */
  #exclusive = Promise.resolve();

  /**
   * @param {{ server?: string, storage?: Store, locks?: Locks, http?: Http, now?: () => number }} [parts]
   *   `server`: its web address, by default the page's own; `storage`: by default the tokens last as long as the program;
   *   `locks`: by default the browser's
   */
  constructor({ server = globalThis.location?.origin ?? '', storage = memoryStore(), locks = globalThis.navigator?.locks, http = httpOf(server), now = Date.now } = {}) {
    super();
    this.server = server;
    this.#storage = storage;
    this.#locks = locks;
    this.#http = http;
    this.#now = now;
  }

  /** @returns {User | null} */
  get user() {
    return this.#kept()?.user ?? null;
  }

  /** Whether the account has neither user name nor password. */
  get isGuest() {
    return this.user !== null && !this.user.username;
  }

  /** Whether the access token has the role admin. */
  get isAdmin() {
    const [, payload] = this.#kept()?.accessToken.split('.') ?? [];
    return Boolean(payload) && JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))).role === 'admin';
  }

  /**
   * @param {string} username
   * @param {string} password
   * @param {string} nickname
   */
  async signUp(username, password, nickname) {
    this.#keep(await this.#http('POST', '/v1/auth/signup', { body: { username, password, nickname } }));
  }

  /**
   * Starts without user name and password; the refresh token is the only key to the account.
   * @param {{ nickname: string, birthDate: string, gender: string }} guest
   */
  async startAsGuest(guest) {
    this.#keep(await this.#http('POST', '/v1/auth/guest', { body: guest }));
  }

  /**
   * @param {string} username
   * @param {string} password
   */
  async logIn(username, password) {
    this.#keep(await this.#http('POST', '/v1/auth/login', { body: { username, password } }));
  }

  /** Ends the login, here and on the server; here also if the server cannot be reached. */
  async logOut() {
    const refreshToken = this.#kept()?.refreshToken;
    this.#storage.removeItem(CredentialsKey);
    try {
      if (refreshToken) await this.#http('POST', '/v1/auth/logout', { body: { refreshToken } });
    } finally {
      this.emit('ended');
    }
  }

  /**
   * Ends every other login.
   * @param {string} oldPassword
   * @param {string} newPassword
   */
  changePassword(oldPassword, newPassword) {
    return this.#replace('/v1/auth/password', { oldPassword, newPassword });
  }

  /**
   * Gives a guest's account a user name and a password.
   * @param {string} username
   * @param {string} password
   */
  keepAccount(username, password) {
    return this.#replace('/v1/auth/keep', { username, password });
  }

  /** Deletes the account for ever. @param {string} [password] a guest has none */
  async deleteAccount(password) {
    await this.#http('DELETE', '/v1/auth/account', { body: { password }, token: await this.token() });
    this.#storage.removeItem(CredentialsKey);
    this.emit('ended');
  }

  /**
   * An access token that is valid for a while.
   * @param {string} [rejected] a token that the server has rejected, though it looked valid
   * @returns {Promise<string>} rejects with `unauthenticated` if there is no login, or the server does not renew it
   */
  async token(rejected) {
    const fresh = () => {
      const kept = this.#kept();
      if (!kept) throw new Refusal(ErrorCode.Unauthenticated);
      return kept.accessToken !== rejected && kept.expiresAt - RenewBefore > this.#now() ? kept.accessToken : '';
    };
    return fresh() || this.#alone(async () => fresh() || this.#refresh());
  }

  /**
   * Sends a request of the user.
   * @param {string} method
   * @param {string} path
   * @param {object | Blob} [body]
   * @param {HttpOptions} [options]
   * @returns {Promise<any>} the answer's body; rejects with a {@link Refusal}
   */
  async ask(method, path, body, options) {
    const token = await this.token();
    try {
      return (await this.#http(method, path, { ...options, body, token })).body;
    } catch (refusal) {
      if (!isCode(refusal, ErrorCode.Unauthenticated)) throw refusal;
      return (await this.#http(method, path, { ...options, body, token: await this.token(token) })).body;
    }
  }

  /** Runs the work while no other tab, or other caller in this program, changes the tokens. @param {() => Promise<any>} work */
  #alone(work) {
    if (this.#locks) return this.#locks.request(Refreshing, work);
    const done = this.#exclusive.then(work, work);
    this.#exclusive = done;
    return done;
  }

  /**
   * Sends a request that replaces the tokens of this login.
   * @param {string} path
   * @param {object} body
   */
  async #replace(path, body) {
    const token = await this.token();
    await this.#alone(async () => {
      this.#keep(await this.#http('POST', path, { body, token }));
    });
  }

  async #refresh() {
    const { refreshToken } = this.#kept();
    try {
      return this.#keep(await this.#http('POST', '/v1/auth/refresh', { body: { refreshToken } }));
    } catch (refusal) {
      // A ban (permission_denied) leaves the refresh token valid for the time after it.
      if (isCode(refusal, ErrorCode.Unauthenticated)) {
        this.#storage.removeItem(CredentialsKey);
        this.emit('ended');
      }
      throw refusal;
    }
  }

  #kept() {
    return JSON.parse(this.#storage.getItem(CredentialsKey) ?? 'null');
  }

  /** @param {{ body: any, date: number }} answer */
  #keep({ body: { accessToken, accessExpiresAt, refreshToken, user }, date }) {
    // The server's clock tells the time of the answer, and this computer's clock counts from there: the two may differ.
    const expiresAt = this.#now() + Date.parse(accessExpiresAt) - date;
    this.#storage.setItem(CredentialsKey, JSON.stringify({ accessToken, expiresAt, refreshToken, user }));
    return accessToken;
  }
}

/** @param {unknown} refusal @param {...string} codes */
function isCode(refusal, ...codes) {
  return refusal instanceof Refusal && codes.includes(refusal.code);
}

/**
 * @typedef {{ clientId: string, roomId: string, text: string, inReplyTo?: string, at: number, failed?: string }} Outgoing
 *   an unacknowledged message; `failed` is the error code of a refusal
 * @typedef {{ userId: string, sessionId: string, cursors: Record<string, number>, outbox: Outgoing[] }} Remembered
 */

/**
 * What outlives a reload: the session, the cursor of each room, and the unacknowledged messages in the order in which they
 * were written.
 *
 * A browser that duplicates a tab duplicates its sessionStorage too, and two tabs that resume one session would close each
 * other's connection. So a tab holds a lock named after its session, and a tab without the lock begins a new session.
 */
class Memory {
  #storage;
  #locks;
  /** @type {Remembered} */
  #held;
  #release = () => {};

  /** @param {Store} storage @param {Locks | undefined} locks @param {Remembered} held */
  constructor(storage, locks, held) {
    this.#storage = storage;
    this.#locks = locks;
    this.#held = held;
  }

  /** @param {string} userId @param {Store} storage @param {Locks | undefined} locks */
  static async of(userId, storage, locks) {
    const empty = { userId, sessionId: '', cursors: {}, outbox: [] };
    const kept = JSON.parse(storage.getItem(SessionKey) ?? 'null');
    const memory = new Memory(storage, locks, kept?.userId === userId ? kept : empty);
    if (memory.sessionId && !await memory.#claim(memory.sessionId)) memory.#held = empty;
    memory.#change({});
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

  /** @param {string} roomId @param {number} seq */
  setCursor(roomId, seq) {
    this.#change({ cursors: { ...this.#held.cursors, [roomId]: seq } });
  }

  /** @param {string} roomId */
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

  clear() {
    this.#release();
    this.#storage.removeItem(SessionKey);
  }

  /**
   * Resolves to whether this tab owns the session. Holds the lock until it is released or the tab is gone.
   * @param {string} sessionId
   * @returns {Promise<boolean>}
   */
  #claim(sessionId) {
    const locks = this.#locks;
    if (!locks) return Promise.resolve(true);
    return new Promise(resolve => {
      locks
        .request(`webchat.session.${sessionId}`, { signal: AbortSignal.timeout(HandOver) }, () => {
          resolve(true);
          return new Promise(release => { this.#release = () => release(undefined); });
        })
        .catch(() => resolve(false)); // timed out: another tab has it
    });
  }

  /** @param {Partial<Remembered>} part */
  #change(part) {
    this.#held = { ...this.#held, ...part };
    this.#storage.setItem(SessionKey, JSON.stringify(this.#held));
  }
}

/**
 * @typedef {{ phase: 'idle' | 'connecting' | 'live' | 'waiting' | 'stopped', retryAt?: number, code?: number,
 *   until?: number }} ClientState `retryAt`: when it connects again; `code`: why it stopped, a {@link CloseCode}; `until`: the
 *   end of a ban, if it is known
 * @typedef {{ cursor: number, ownId: string, isOver: boolean }} Followed `cursor`: the seq of the last event; `ownId`: the
 *   user's member id
 */

/**
 * A client session, over any number of connections. It opens sockets, notices dead ones, reconnects where the contract says so,
 * and resumes. Without a connection, posted messages wait, and other requests are refused with `unavailable`.
 *
 * Emits every frame of the server by the name of its body, with the body: `welcome`, `event`, `match`, `search`, `room`,
 * `typing`, `presence`, `read`, `delivered`, `signal`, `reset`, `goAway` and the answers to requests. The events of a room come
 * in order, without gaps or repetition. Emits as well `state` (a {@link ClientState}), `outbox` (the id of a room with a new or
 * changed unacknowledged message) and `sent` ({ message, ack }).
 */
export class ChatClient extends Emitter {
  /** @type {ClientState} */
  state = { phase: 'idle' };

  #auth;
  #memory;
  #connect;
  #timers;
  #backoff;
  #now;
  #newId;
  /** @type {WebSocket | null} */
  #socket = null;
  #lastFrame = 0;
  /** @type {Map<string, { done: (body: any) => void, failed: (refusal: Refusal) => void }>} */
  #asked = new Map();
  /** @type {Map<string, Followed>} */
  #rooms = new Map();
  /** The gaps that a resume has not filled. */
  #gaps = new Set();
  /** The rooms with a message in flight or held back. @type {Set<string>} */
  #busy = new Set();
  #holds = new Set();
  /** The callers that wait for an acknowledgement, by client id. @type {Map<string, { done: (ack: Ack) => void, failed: (refusal: Refusal) => void }>} */
  #posted = new Map();
  #usedToken = '';
  #rejectedToken = '';
  #heartbeat = 25_000;
  #welcomedAt = 0;
  #isLeaving = false;
  #comeBackAt = 0;
  #pause = 0;
  #floodPause = 0;
  /** @type {any} */ #dialTimer;
  /** @type {any} */ #pingTimer;
  /** @type {any} */ #pongTimer;
  /** @type {any} */ #renewTimer;
  /** @type {any} */ #retryTimer;
  /** @type {any} */ #leaveTimer;
  /** @type {any} */ #sleepTimer;

  /**
   * Returns a client that is not connected yet.
   * @param {{ auth: Auth, storage?: Store, locks?: Locks, WebSocket?: new (url: string, protocol: string) => WebSocket,
   *   timers?: Timers, backoff?: Backoff, now?: () => number, newId?: () => string }} parts `auth`: a login; `storage`: of this
   *   tab, such as sessionStorage, by default the session lasts as long as the program; `locks`: by default the browser's;
   *   `WebSocket`: for Node.js below 22, that of the package `ws`
   */
  static async open({ auth, storage = memoryStore(), locks = globalThis.navigator?.locks, WebSocket = globalThis.WebSocket, ...parts }) {
    if (!auth.user) throw new Refusal(ErrorCode.Unauthenticated);
    if (!WebSocket) throw new TypeError('This program has no WebSocket: pass that of the package ws.');
    const memory = await Memory.of(auth.user.userId, storage, locks);
    const url = new URL('/ws', auth.server).href.replace(/^http/, 'ws');
    return new ChatClient({ ...parts, auth, memory, connect: () => new WebSocket(url, SubProtocol) });
  }

  /**
   * @private
   * @param {{ auth: Auth, memory: Memory, connect: () => WebSocket, timers?: Timers, backoff?: Backoff, now?: () => number,
   *   newId?: () => string }} parts
   */
  constructor({ auth, memory, connect, timers = plainTimers, backoff = new Backoff(), now = Date.now, newId: idOf = newId }) {
    super();
    this.#auth = auth;
    this.#memory = memory;
    this.#connect = connect;
    this.#timers = timers;
    this.#backoff = backoff;
    this.#now = now;
    this.#newId = idOf;
    const off = auth.on('ended', () => {
      off();
      memory.clear();
      this.stop();
    });
  }

  /** Whether the server has welcomed the current connection. */
  get live() {
    return this.state.phase === 'live';
  }

  /** Connects now, in every state. */
  start() {
    this.#timers.clear(this.#retryTimer);
    if (this.state.phase === 'connecting' || this.live) return;
    this.#rejectedToken = '';
    this.#watchSleep();
    void this.#dial();
  }

  /** Waits until the client is connected; rejects if it has stopped. @returns {Promise<void>} */
  async whenLive() {
    const { phase, code } = this.live || this.state.phase === 'stopped'
      ? this.state
      : await this.next('state', state => state.phase === 'live' || state.phase === 'stopped');
    if (phase === 'stopped') throw new Refusal(code === CloseCode.BadToken ? ErrorCode.Unauthenticated : ErrorCode.Unavailable, `closed with ${code}`);
  }

  /**
   * Disconnects until it is started again. The session waits for a resume, as long as the server allows.
   * @param {number} [code] why, a {@link CloseCode}
   * @param {number} [until] the end of a ban
   */
  stop(code = CloseCode.Bye, until = 0) {
    this.#timers.clear(this.#retryTimer);
    this.#timers.clear(this.#sleepTimer);
    this.#hangUp();
    this.#set({ phase: 'stopped', code, ...until ? { until } : {} });
  }

  /** Checks the connection when the page becomes visible, the network returns or the computer wakes up. */
  wake() {
    if (this.state.phase === 'waiting' && !this.#comeBackAt) this.start();
    else if (this.live) this.#ping(WakeLimit);
  }

  /** Gives up a connection whose network is gone, rather than wait for its silence. */
  offline() {
    if (this.state.phase === 'connecting' || this.live) this.#closed(0);
  }

  // Requests.

  /**
   * Sends a frame and waits for its answer.
   * @param {ClientFrame} frame such as `{ join: { roomId } }`, without an id
   * @returns {Promise<any>} the body of the answer; rejects with a {@link Refusal}: the server's, or `unavailable` without a
   *   connection
   */
  async ask(frame) {
    if (!this.live) throw new Refusal(ErrorCode.Unavailable);
    return this.#ask(frame);
  }

  /** Sends a frame that is not answered, `typing` or `received`; without a connection it is dropped. @param {ClientFrame} frame */
  tell(frame) {
    if (this.live) this.#put(frame);
  }

  /**
   * Posts a message, once: it waits while there is no connection, and is sent again under the same client id until the server
   * has acknowledged it. The messages of a room arrive in the order in which they were posted.
   * @param {string} roomId
   * @param {string} text
   * @param {string} [inReplyTo] the id of the message that it replies to
   * @returns {Promise<Ack>} rejects with a {@link Refusal} if the server refuses the message
   */
  post(roomId, text, inReplyTo = '') {
    const clientId = this.#newId();
    this.#memory.outbox = [...this.#memory.outbox, { clientId, roomId, text, ...inReplyTo ? { inReplyTo } : {}, at: this.#now() }];
    const posted = new Promise((done, failed) => this.#posted.set(clientId, { done, failed }));
    posted.catch(() => {}); // a caller need not wait: the outbox shows the refusal
    this.emit('outbox', roomId);
    this.#flush(roomId);
    return posted;
  }

  /** Sends a refused message again. @param {{ roomId: string, clientId: string }} message */
  retry({ roomId, clientId }) {
    this.#mark(clientId, undefined);
    this.emit('outbox', roomId);
    this.#flush(roomId);
  }

  /** Drops a refused message. @param {{ roomId: string, clientId: string }} message */
  discard({ roomId, clientId }) {
    this.settle(clientId);
    this.emit('outbox', roomId);
  }

  /** The unacknowledged messages of a room, or of all. @param {string} [roomId] */
  outgoing(roomId) {
    return this.#memory.outbox.filter(message => !roomId || message.roomId === roomId);
  }

  /**
   * Drops an unacknowledged message, such as one that was found in the history.
   * @param {string} clientId
   * @param {Ack} [ack] the proof that it has arrived
   * @returns {Outgoing | undefined} the dropped message
   */
  settle(clientId, ack) {
    const message = this.#memory.outbox.find(one => one.clientId === clientId);
    if (!message) return undefined;
    this.#memory.outbox = this.#memory.outbox.filter(one => one !== message);
    const posted = this.#posted.get(clientId);
    this.#posted.delete(clientId);
    if (ack) posted?.done(ack);
    else posted?.failed(new Refusal(ErrorCode.FailedPrecondition));
    return message;
  }

  /** The seq of the last event of a room, from which it is resumed. @param {string} roomId */
  cursorOf(roomId) {
    return this.#rooms.get(roomId)?.cursor ?? 0;
  }

  /** Forgets a room that the user has left, and what waits to be sent to it. @param {string} roomId */
  forget(roomId) {
    this.#rooms.delete(roomId);
    this.#memory.dropCursor(roomId);
    for (const { clientId } of this.outgoing(roomId)) this.settle(clientId);
  }

  // The connection.

  #watchSleep() {
    const due = this.#now() + SleepCheck;
    this.#timers.clear(this.#sleepTimer);
    this.#sleepTimer = this.#timers.set(() => {
      if (this.#now() - due > SleptFor) this.wake();
      this.#watchSleep();
    }, SleepCheck);
  }

  async #dial() {
    this.#set({ phase: 'connecting' });
    let token;
    try {
      token = await this.#auth.token(this.#rejectedToken);
    } catch (refusal) {
      if (this.state.phase === 'connecting') this.#refused(refusal);
      return;
    }
    if (this.state.phase !== 'connecting') return;

    this.#usedToken = token;
    const socket = this.#socket = this.#connect();
    this.#dialTimer = this.#timers.set(() => this.#closed(0), DialLimit);
    socket.onopen = () => void this.#greet(socket, token);
    socket.onmessage = ({ data }) => {
      this.#timers.clear(this.#pongTimer);
      this.#pongTimer = undefined;
      this.#receive(JSON.parse(data));
    };
    socket.onerror = () => {}; // it is closed as well
    socket.onclose = ({ code }) => this.#closed(code);
  }

  /** @param {WebSocket} socket @param {string} accessToken */
  async #greet(socket, accessToken) {
    const cursors = Object.fromEntries(Object.entries(this.#memory.cursors).map(([roomId, seq]) => [roomId, String(seq)]));
    try {
      await this.#ask({ hello: { accessToken, sessionId: this.#memory.sessionId, cursors } });
    } catch (refusal) {
      if (socket === this.#socket) this.#refused(refusal); // the server may leave the connection open, or close it
    }
  }

  /** Handles the refusal of a token or a hello. @param {unknown} refusal */
  #refused(refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const { code, retryAfterMs } = refusal;
    if (code === ErrorCode.PermissionDenied) return this.stop(CloseCode.Banned, retryAfterMs && this.#now() + retryAfterMs);
    if (code === ErrorCode.Unauthenticated && !this.#socket) return this.stop(CloseCode.BadToken);
    this.#pause = retryAfterMs;
    this.#closed(code === ErrorCode.Unauthenticated ? CloseCode.BadToken : 0);
  }

  /** Handles the end of a connection. @param {number} code 0 if it is dead or does not answer */
  #closed(code) {
    const lasted = this.#welcomedAt && this.#now() - this.#welcomedAt;
    if (lasted > Steady) this.#backoff.reset();
    this.#hangUp();

    if (Final.has(code)) return this.stop(code);
    if (code === CloseCode.BadToken) {
      if (this.#rejectedToken) return this.stop(code);
      this.#rejectedToken = this.#usedToken; // it may just have expired: one retry with a new one
      return void this.#dial();
    }
    this.#retry(code === CloseCode.Flooding ? Math.max(this.#floodPause, FloodPause) : this.#pause);
  }

  /** Unacknowledged messages stay in the outbox; other requests fail. */
  #hangUp() {
    const socket = this.#socket;
    this.#socket = null;
    this.#welcomedAt = 0;
    this.#isLeaving = false;
    for (const timer of [this.#dialTimer, this.#pingTimer, this.#pongTimer, this.#renewTimer, this.#leaveTimer, ...this.#holds]) this.#timers.clear(timer);
    this.#pongTimer = undefined;
    this.#holds.clear();
    this.#busy.clear();
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
    const asked = [...this.#asked.values()];
    this.#asked.clear();
    for (const { failed } of asked) failed(new Refusal(ErrorCode.Unavailable));
  }

  /** @param {number} least the server's minimum delay in milliseconds */
  #retry(least) {
    this.#pause = 0;
    const now = this.#now();
    const wait = Math.max(this.#comeBackAt - now, 0) || least + this.#backoff.next();
    this.#retryTimer = this.#timers.set(() => {
      this.#comeBackAt = 0;
      void this.#dial();
    }, wait);
    this.#set({ phase: 'waiting', retryAt: now + wait });
  }

  #awaitSilence() {
    this.#timers.clear(this.#pingTimer);
    this.#pingTimer = this.#timers.set(() => this.#ping(PongLimit), this.#heartbeat);
  }

  /** @param {number} limit */
  #ping(limit) {
    if (this.#pongTimer) return;
    this.#pongTimer = this.#timers.set(() => this.#closed(0), limit);
    this.#ask({ ping: {} }).catch(() => {}); // a lost connection is noticed elsewhere
  }

  #awaitRenewal() {
    this.#renewTimer = this.#timers.set(() => void this.#renew(), RenewCheck);
  }

  /** Sends a changed access token to the server, which closes a connection with an expired one. */
  async #renew() {
    const socket = this.#socket;
    try {
      const token = await this.#auth.token();
      if (socket === this.#socket && token !== this.#usedToken) {
        await this.#ask({ renew: { accessToken: token } });
        this.#usedToken = token;
      }
    } catch (refusal) {
      if (socket !== this.#socket) return;
      if (isCode(refusal, ErrorCode.Unauthenticated, ErrorCode.PermissionDenied)) return this.#closed(CloseCode.BadToken);
    }
    if (socket === this.#socket) this.#awaitRenewal(); // other failures are retried
  }

  /** @param {ClientState} state */
  #set(state) {
    this.state = state;
    this.emit('state', state);
  }

  // Frames.

  /** @param {ServerFrame} frame */
  #receive({ replyTo = '', ...message }) {
    const [kind, body] = bodyOf(message, []);
    switch (kind) {
      case 'welcome': this.#welcome(body); break;
      case 'match': this.#enter(body.room); break;
      case 'room': this.#changed(body); break;
      case 'reset': this.#reset(body); break;
      case 'goAway': this.#goAway(Number(body.reconnectAfterMs ?? 0)); break;
      case 'error': if (body.code === ErrorCode.RateLimited) this.#floodPause = Number(body.retryAfterMs ?? 0); break;
      case 'event': if (!this.#follow(body)) return; break;
    }
    this.emit(kind, body);
    if (kind === 'welcome') this.#ready();

    const asked = this.#asked.get(replyTo);
    this.#asked.delete(replyTo);
    if (kind === 'error') asked?.failed(Refusal.of(body));
    else asked?.done(body);
  }

  /** @param {{ sessionId: string, heartbeatSeconds?: number, rooms?: Room[] }} welcome */
  #welcome({ sessionId, heartbeatSeconds, rooms = [] }) {
    this.#timers.clear(this.#dialTimer);
    this.#heartbeat = (heartbeatSeconds || 25) * 1000;
    this.#welcomedAt = this.#now();
    this.#rejectedToken = '';
    this.#memory.sessionId = sessionId;
    const listed = new Set(rooms.map(room => room.roomId));
    const known = [...this.#rooms.keys(), ...Object.keys(this.#memory.cursors), ...this.outgoing().map(message => message.roomId)];
    for (const roomId of known) if (!listed.has(roomId)) this.forget(roomId);
    for (const room of rooms) this.#enter(room);
    this.state = { phase: 'live' }; // so that listeners to the welcome can ask already
  }

  #ready() {
    this.#awaitSilence();
    this.#awaitRenewal();
    this.emit('state', this.state);
    for (const roomId of this.#rooms.keys()) this.#flush(roomId);
  }

  /** @param {Room} room */
  #enter({ roomId, lastSeq = '0', members = [] }) {
    const ownId = members.find(member => member.you)?.memberId ?? '';
    const known = this.#rooms.get(roomId);
    if (known && !known.isOver) return;
    const cursor = this.#memory.cursors[roomId] ?? Number(lastSeq);
    this.#rooms.set(roomId, { cursor, ownId, isOver: false });
    this.#memory.setCursor(roomId, cursor);
  }

  /** @param {Room} room a room that the user may have entered or left, or may only have asked for */
  #changed(room) {
    const isMember = room.members?.some(member => member.you);
    if (room.state === 'ENDED') this.#over(room.roomId);
    else if (isMember) this.#enter(room);
    else if (room.members && this.#rooms.has(room.roomId)) this.#over(room.roomId);
  }

  /** Follows a room to its end without resuming it. @param {string} roomId */
  #over(roomId) {
    const room = this.#rooms.get(roomId);
    if (room) room.isOver = true;
    this.#memory.dropCursor(roomId);
  }

  /** @param {RoomEvent} event @returns {boolean} whether it is new */
  #follow({ roomId, seq: digits, at, roomEnded, memberLeft, messagePosted }) {
    const room = this.#rooms.get(roomId);
    const seq = Number(digits);
    if (!room || seq <= room.cursor) return false;
    if (seq > room.cursor + 1) {
      const gap = `${roomId}:${room.cursor}`;
      if (!this.#gaps.has(gap)) {
        this.#gaps.add(gap);
        this.#closed(0);
        return false;
      }
      // It was resumed already, and the server has no more.
    }
    room.cursor = seq;
    if (roomEnded || (memberLeft && memberLeft.memberId === room.ownId)) this.#over(roomId);
    else if (!room.isOver) this.#memory.setCursor(roomId, seq);
    if (messagePosted) this.settle(messagePosted.clientId, { roomId, seq: digits, messageId: messagePosted.messageId, at });
    return true;
  }

  /** @param {{ roomId: string, lastSeq?: string }} reset */
  #reset({ roomId, lastSeq = '0' }) {
    const room = this.#rooms.get(roomId);
    if (!room) return;
    room.cursor = Number(lastSeq);
    this.#memory.setCursor(roomId, room.cursor);
  }

  /** @param {number} delay */
  #goAway(delay) {
    this.#isLeaving = true;
    this.#comeBackAt = this.#now() + delay;
    this.#leaveTimer = this.#timers.set(() => this.#closed(0), delay); // if the server has not closed by then
  }

  /** Sends the next message of a room, one at a time, so that they arrive in order. @param {string} roomId */
  #flush(roomId) {
    const message = this.outgoing(roomId).find(one => !one.failed);
    if (!message || !this.live || this.#isLeaving || this.#busy.has(roomId)) return;
    this.#busy.add(roomId);
    const goOn = () => {
      this.#busy.delete(roomId);
      this.#flush(roomId);
    };
    const { clientId, text, inReplyTo } = message;
    this.#asked.set(this.#put({ send: { roomId, clientId, text, ...inReplyTo ? { inReplyTo } : {} } }), {
      done: ack => {
        this.settle(clientId, ack);
        this.emit('sent', { message, ack });
        goOn();
      },
      failed: refusal => {
        if (!this.#socket) return; // sent again after the next welcome
        if (refusal.passes) {
          const handle = this.#timers.set(() => {
            this.#holds.delete(handle);
            goOn();
          }, refusal.retryAfterMs || TryAgain);
          this.#holds.add(handle);
          return;
        }
        this.#mark(clientId, refusal.code);
        this.#posted.get(clientId)?.failed(refusal);
        this.#posted.delete(clientId);
        this.emit('outbox', roomId);
        goOn();
      },
    });
  }

  /** @param {string} clientId @param {string | undefined} failed the error code; undefined to retry */
  #mark(clientId, failed) {
    this.#memory.outbox = this.#memory.outbox.map(one => one.clientId === clientId ? { ...one, failed } : one);
  }

  /** @param {ClientFrame} body @returns {Promise<any>} */
  #ask(body) {
    return new Promise((done, failed) => void this.#asked.set(this.#put(body), { done, failed }));
  }

  /** @param {ClientFrame} body */
  #put(body) {
    const id = String(++this.#lastFrame);
    this.#awaitSilence();
    this.#socket?.send(JSON.stringify({ id, ...body }));
    return id;
  }
}

/**
 * The name and value of the one body field of a frame or event.
 * @param {object} message
 * @param {string[]} plain the fields beside the body
 * @returns {[string, any]} `['', undefined]` if this version does not know the body
 */
export function bodyOf(message, plain) {
  for (const [name, value] of Object.entries(message)) if (!plain.includes(name)) return [name, value];
  return ['', undefined];
}

import { Emitter } from './emitter.js';
import { CloseCode, ErrorCode } from './wire.js';

/** How long connecting may take, from dialling to the welcome. */
const DialLimit = 10_000;

/** How long a ping may go unanswered. */
const PongLimit = 10_000;

/** How long when the page has just been woken, and somebody is looking at it. */
const WakeLimit = 4_000;

/** How often to look for a fresh access token: more often than `token` gives one that is about to expire. */
const RenewCheck = 20_000;

/** How long a connection must have lasted for the next one to be tried at once. */
const Steady = 10_000;

/** The least time to stay away when the server said that this was a flood. */
const FloodPause = 5_000;

/** After these, coming back is for the person to decide. A rejected token has one more chance, see `#closed`. */
const Final = new Set([CloseCode.Bye, CloseCode.TooLarge, CloseCode.BadFrame, CloseCode.Banned, CloseCode.Taken]);

/**
 * @typedef {{ phase: 'idle' | 'connecting' | 'live' | 'waiting' | 'stopped', retryAt?: number, code?: number }} LinkState
 */

/**
 * Keeps a session connected: dials, notices dead connections, comes back by itself where the contract says so.
 * Emits `state`.
 */
export class Link extends Emitter {
  /** @type {LinkState} */
  state = { phase: 'idle' };

  #session;
  #token;
  #connect;
  #timers;
  #backoff;
  #now;
  /** @type {WebSocket | null} */
  #socket = null;
  #usedToken = '';
  #rejectedToken = '';
  #heartbeat = 25_000;
  #welcomedAt = 0;
  #comeBackAt = 0;
  #pause = 0;
  #floodPause = 0;
  #dialTimer = 0;
  #pingTimer = 0;
  #pongTimer = 0;
  #renewTimer = 0;
  #retryTimer = 0;
  #leaveTimer = 0;

  /**
   * @param {{ session: import('./session.js').Session, token: (rejected?: string) => Promise<string>,
   *   connect: () => WebSocket, timers: import('./timers.js').Timers, backoff: import('./backoff.js').Backoff,
   *   now?: () => number }} parts
   */
  constructor({ session, token, connect, timers, backoff, now = Date.now }) {
    super();
    this.#session = session;
    this.#token = token;
    this.#connect = connect;
    this.#timers = timers;
    this.#backoff = backoff;
    this.#now = now;
    session.on('gap', () => this.#drop());
    session.on('goAway', delay => this.#goAway(delay));
  }

  /** Connects now, whatever the state. */
  start() {
    this.#timers.clear(this.#retryTimer);
    if (this.state.phase === 'connecting' || this.state.phase === 'live') return;
    this.#rejectedToken = '';
    void this.#dial();
  }

  /** Disconnects, and stays so until started again. */
  stop(code = CloseCode.Bye) {
    this.#timers.clear(this.#retryTimer);
    this.#hangUp();
    this.#set({ phase: 'stopped', code });
  }

  /** The page is looked at again, or the network is back: make sure that the connection is. */
  wake() {
    if (this.state.phase === 'waiting' && !this.#comeBackAt) this.start();
    else if (this.state.phase === 'live') this.#ping(WakeLimit);
  }

  async #dial() {
    this.#set({ phase: 'connecting' });
    let token;
    try {
      token = await this.#token(this.#rejectedToken);
    } catch (refusal) {
      if (this.state.phase !== 'connecting') return;
      if (refusal.code === ErrorCode.Unauthenticated) this.stop(CloseCode.BadToken);
      else this.#retry(refusal.retryAfterMs);
      return;
    }
    if (this.state.phase !== 'connecting') return;

    this.#usedToken = token;
    const socket = this.#socket = this.#connect();
    this.#dialTimer = this.#timers.set(() => this.#drop(), DialLimit);
    socket.onopen = () => this.#greet(token);
    socket.onmessage = ({ data }) => {
      this.#timers.clear(this.#pongTimer);
      this.#pongTimer = 0;
      const frame = JSON.parse(data);
      if (frame.error?.code === ErrorCode.RateLimited) this.#floodPause = Number(frame.error.retryAfterMs ?? 0);
      this.#session.receive(frame);
    };
    socket.onclose = ({ code }) => this.#closed(code);
  }

  #greet(token) {
    const socket = this.#socket;
    const transmit = frame => {
      this.#awaitSilence();
      socket.send(JSON.stringify(frame));
    };
    this.#session.begin(transmit, token).then(
      ({ heartbeatSeconds }) => {
        if (socket !== this.#socket) return;
        this.#timers.clear(this.#dialTimer);
        this.#heartbeat = (heartbeatSeconds || 25) * 1000;
        this.#welcomedAt = this.#now();
        this.#rejectedToken = '';
        this.#awaitSilence();
        this.#awaitRenewal();
        this.#set({ phase: 'live' });
      },
      refusal => {
        if (socket !== this.#socket) return;
        // The server may leave it at that, or close with the code that goes with it.
        this.#pause = refusal.retryAfterMs;
        if (refusal.code === ErrorCode.Unauthenticated) this.#closed(CloseCode.BadToken);
        else if (refusal.code === ErrorCode.PermissionDenied) this.#closed(CloseCode.Banned);
        else this.#drop();
      },
    );
  }

  #closed(code) {
    const lasted = this.#welcomedAt && this.#now() - this.#welcomedAt;
    if (lasted > Steady) this.#backoff.reset();
    this.#hangUp();

    if (Final.has(code)) return this.stop(code);
    if (code === CloseCode.BadToken) {
      if (this.#rejectedToken) return this.stop(code);
      this.#rejectedToken = this.#usedToken; // it may only have run out meanwhile: once, with another one
      return void this.#dial();
    }
    this.#retry(code === CloseCode.Flooding ? Math.max(this.#floodPause, FloodPause) : this.#pause);
  }

  /** The connection is dead, or as good as. */
  #drop() {
    this.#closed(0);
  }

  #hangUp() {
    const socket = this.#socket;
    this.#socket = null;
    this.#welcomedAt = 0;
    for (const timer of [this.#dialTimer, this.#pingTimer, this.#pongTimer, this.#renewTimer, this.#leaveTimer]) this.#timers.clear(timer);
    this.#pongTimer = 0;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
    this.#session.lost();
  }

  /** @param {number} [least] milliseconds that the server wants to be left alone */
  #retry(least = 0) {
    this.#pause = 0;
    const now = this.#now();
    const wait = Math.max(this.#comeBackAt - now, 0) || least + this.#backoff.next();
    this.#set({ phase: 'waiting', retryAt: now + wait });
    this.#retryTimer = this.#timers.set(() => {
      this.#comeBackAt = 0;
      void this.#dial();
    }, wait);
  }

  #goAway(delay) {
    this.#comeBackAt = this.#now() + delay;
    this.#leaveTimer = this.#timers.set(() => this.#drop(), delay); // if the server has not closed by then
  }

  #awaitSilence() {
    this.#timers.clear(this.#pingTimer);
    this.#pingTimer = this.#timers.set(() => this.#ping(PongLimit), this.#heartbeat);
  }

  #ping(limit) {
    if (this.#pongTimer) return;
    this.#pongTimer = this.#timers.set(() => this.#drop(), limit);
    this.#session.ping().catch(() => {}); // lost meanwhile, which is known by other ways
  }

  #awaitRenewal() {
    this.#renewTimer = this.#timers.set(() => this.#renew(), RenewCheck);
  }

  /** Gives the server the access token anew when it has changed: it closes a connection whose token has expired. */
  async #renew() {
    const socket = this.#socket;
    try {
      const token = await this.#token();
      if (socket === this.#socket && token !== this.#usedToken) {
        await this.#session.renew(token);
        this.#usedToken = token;
      }
    } catch (refusal) {
      if (socket !== this.#socket) return;
      if (refusal.code === ErrorCode.Unauthenticated || refusal.code === ErrorCode.PermissionDenied) return this.#closed(CloseCode.BadToken);
    }
    if (socket === this.#socket) this.#awaitRenewal(); // what failed for another reason is tried again
  }

  #set(state) {
    this.state = state;
    this.emit('state', state);
  }
}

import { Emitter } from './emitter.js';
import { CloseCode, ErrorCode } from './wire.js';

/** How long connecting may take, from opening the socket to the welcome. */
const DialLimit = 10_000;

/** How long a ping may go unanswered. */
const PongLimit = 10_000;

/** The same when the page has just been woken and is visible. */
const WakeLimit = 4_000;

/** How often to check whether the computer has slept, and how late a check must be for that. */
const SleepCheck = 5_000;
const SleptFor = 10_000;

/** How often to check for a fresh access token: more often than the time before expiry at which `token` renews it. */
const RenewCheck = 20_000;

/** How long a connection must have lasted for the next attempt to be immediate. */
const Steady = 10_000;

/** The least delay after the server has closed the connection for flooding. */
const FloodPause = 5_000;

/** After these codes the user decides whether to reconnect. A rejected token gets one retry, see `#closed`. */
const Final = new Set([CloseCode.Bye, CloseCode.TooLarge, CloseCode.BadFrame, CloseCode.Banned, CloseCode.Taken]);

/**
 * @typedef {{ phase: 'idle' | 'connecting' | 'live' | 'waiting' | 'stopped', retryAt?: number, code?: number,
 *   until?: number }} LinkState `until`: the end of a ban, if it is known
 */

/**
 * Keeps a session connected: opens sockets, notices dead connections, and reconnects where the contract says so.
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
  #sleepTimer = 0;

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

  /** Connects now, in every state. */
  start() {
    this.#timers.clear(this.#retryTimer);
    if (this.state.phase === 'connecting' || this.state.phase === 'live') return;
    this.#rejectedToken = '';
    this.#watchSleep();
    void this.#dial();
  }

  /** Disconnects until it is started again. */
  stop(code = CloseCode.Bye, until = 0) {
    this.#timers.clear(this.#retryTimer);
    this.#timers.clear(this.#sleepTimer);
    this.#hangUp();
    this.#set({ phase: 'stopped', code, ...until && { until } });
  }

  /** Checks the connection when the page becomes visible, the network returns or the computer wakes up. */
  wake() {
    if (this.state.phase === 'waiting' && !this.#comeBackAt) this.start();
    else if (this.state.phase === 'live') this.#ping(WakeLimit);
  }

  /** Gives up a connection whose network is gone, rather than wait for its silence. */
  offline() {
    if (this.state.phase === 'connecting' || this.state.phase === 'live') this.#drop();
  }

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
      token = await this.#token(this.#rejectedToken);
    } catch (refusal) {
      if (this.state.phase !== 'connecting') return;
      if (refusal.code === ErrorCode.Unauthenticated) this.stop(CloseCode.BadToken);
      else if (refusal.code === ErrorCode.PermissionDenied) this.#banned(refusal);
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
        // The server may stop here, or close the connection with the matching code.
        this.#pause = refusal.retryAfterMs;
        if (refusal.code === ErrorCode.Unauthenticated) this.#closed(CloseCode.BadToken);
        else if (refusal.code === ErrorCode.PermissionDenied) this.#banned(refusal);
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
      this.#rejectedToken = this.#usedToken; // it may just have expired: one retry with a new one
      return void this.#dial();
    }
    this.#retry(code === CloseCode.Flooding ? Math.max(this.#floodPause, FloodPause) : this.#pause);
  }

  #banned({ retryAfterMs }) {
    this.stop(CloseCode.Banned, retryAfterMs && this.#now() + retryAfterMs);
  }

  /** Handles a connection that is dead or does not answer. */
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

  /** @param {number} [least] the server's minimum delay in milliseconds */
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
    this.#session.ping().catch(() => {}); // a lost connection is noticed elsewhere
  }

  #awaitRenewal() {
    this.#renewTimer = this.#timers.set(() => this.#renew(), RenewCheck);
  }

  /** Sends a changed access token to the server, which closes a connection with an expired one. */
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
    if (socket === this.#socket) this.#awaitRenewal(); // other failures are retried
  }

  #set(state) {
    this.state = state;
    this.emit('state', state);
  }
}

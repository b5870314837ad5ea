import { Emitter } from './emitter.js';
import { ErrorCode, Refusal } from './wire.js';

const Key = 'webchat.credentials';
const Refreshing = 'webchat.refresh';

/** How long before it expires an access token is renewed, in milliseconds. */
const Margin = 30_000;

/**
 * The logged-in user. The tokens are in localStorage, shared by all tabs; `ended` is emitted when they are gone.
 *
 * A refresh token works once, and a second use ends the login. So the tab that renews the tokens holds a lock, and the other
 * tabs find the new tokens when they get the lock.
 */
export class Auth extends Emitter {
  #http;
  #storage;
  #locks;
  #now;

  /**
   * @param {{ http: typeof import('./http.js').http, storage: Storage,
   *   locks?: { request(name: string, work: () => Promise<any>): Promise<any> }, now?: () => number }} parts
   *   `locks` is missing where the page is served over plain HTTP from another machine
   */
  constructor({ http, storage, locks, now = Date.now }) {
    super();
    this.#http = http;
    this.#storage = storage;
    this.#locks = locks ?? { request: (_, work) => work() };
    this.#now = now;
  }

  /** @returns {{ userId: string, username: string, nickname: string } | null} */
  get user() {
    return this.#kept()?.user ?? null;
  }

  /** Whether the access token has the role admin. */
  get isAdmin() {
    const [, payload] = this.#kept()?.accessToken.split('.') ?? [];
    return Boolean(payload) && JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))).role === 'admin';
  }

  async signUp(username, password, nickname) {
    this.#keep(await this.#http('POST', '/v1/auth/signup', { body: { username, password, nickname } }));
  }

  async logIn(username, password) {
    this.#keep(await this.#http('POST', '/v1/auth/login', { body: { username, password } }));
  }

  /** Ends the login, here and on the server; here also if the server cannot be reached. */
  async logOut() {
    const refreshToken = this.#kept()?.refreshToken;
    this.#storage.removeItem(Key);
    try {
      if (refreshToken) await this.#http('POST', '/v1/auth/logout', { body: { refreshToken } });
    } finally {
      this.emit('ended');
    }
  }

  /** Ends every other login. */
  async changePassword(oldPassword, newPassword) {
    const token = await this.token();
    await this.#locks.request(Refreshing, async () => {
      this.#keep(await this.#http('POST', '/v1/auth/password', { body: { oldPassword, newPassword }, token }));
    });
  }

  /** Deletes the account for ever. */
  async deleteAccount(password) {
    await this.#http('DELETE', '/v1/auth/account', { body: { password }, token: await this.token() });
    this.#storage.removeItem(Key);
    this.emit('ended');
  }

  /**
   * An access token that is valid for a while.
   * @param {string} [rejected] a token that the server has rejected, though it looked valid
   * @throws {Refusal} `unauthenticated` if there is no login, or the server does not renew it
   */
  async token(rejected) {
    const fresh = () => {
      const kept = this.#kept();
      if (!kept) throw new Refusal(ErrorCode.Unauthenticated);
      return kept.accessToken !== rejected && kept.expiresAt - Margin > this.#now() ? kept.accessToken : '';
    };
    return fresh() || this.#locks.request(Refreshing, async () => fresh() || this.#refresh());
  }

  /** Checks whether another tab has logged out. */
  lookAgain() {
    if (!this.#kept()) this.emit('ended');
  }

  async #refresh() {
    const { refreshToken } = this.#kept();
    try {
      return this.#keep(await this.#http('POST', '/v1/auth/refresh', { body: { refreshToken } }));
    } catch (refusal) {
      // A ban (permission_denied) leaves the refresh token valid for the time after it.
      if (refusal.code === ErrorCode.Unauthenticated) {
        this.#storage.removeItem(Key);
        this.emit('ended');
      }
      throw refusal;
    }
  }

  #kept() {
    return JSON.parse(this.#storage.getItem(Key) ?? 'null');
  }

  #keep({ body: { accessToken, accessExpiresAt, refreshToken, user }, date }) {
    // The server's clock tells the time of the answer, and this computer's clock counts from there: the two may differ.
    const expiresAt = this.#now() + Date.parse(accessExpiresAt) - date;
    this.#storage.setItem(Key, JSON.stringify({ accessToken, expiresAt, refreshToken, user }));
    return accessToken;
  }
}

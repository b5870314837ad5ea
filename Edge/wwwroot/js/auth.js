import { Emitter } from './emitter.js';
import { ErrorCode, Refusal } from './wire.js';

const Key = 'webchat.credentials';
const Refreshing = 'webchat.refresh';

/** How long before its end an access token is renewed. */
const Margin = 30_000;

/**
 * Who is signed in. The tokens lie in localStorage, where every tab finds them; `ended` is emitted when they are gone.
 *
 * A refresh token works once, and using it twice revokes all. So whichever tab needs a new pair first takes a lock, and
 * the others find the new pair when the lock comes to them.
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

  /** Whether the server will take this person for an admin. */
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

  /** Ends the log-in, here and on the server. Here also when the server cannot be reached. */
  async logOut() {
    const refreshToken = this.#kept()?.refreshToken;
    this.#storage.removeItem(Key);
    try {
      if (refreshToken) await this.#http('POST', '/v1/auth/logout', { body: { refreshToken } });
    } finally {
      this.emit('ended');
    }
  }

  /** Every other log-in ends with it. */
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
   * An access token that is good for a while.
   * @param {string} [rejected] one that the server would not take, though it looked good
   * @throws {Refusal} `unauthenticated` where nobody is signed in, or the server would not renew
   */
  async token(rejected) {
    const fresh = () => {
      const kept = this.#kept();
      if (!kept) throw new Refusal(ErrorCode.Unauthenticated);
      return kept.accessToken !== rejected && kept.expiresAt - Margin > this.#now() ? kept.accessToken : '';
    };
    return fresh() || this.#locks.request(Refreshing, async () => fresh() || this.#refresh());
  }

  /** Takes note that another tab may have signed out. */
  lookAgain() {
    if (!this.#kept()) this.emit('ended');
  }

  async #refresh() {
    const { refreshToken } = this.#kept();
    try {
      return this.#keep(await this.#http('POST', '/v1/auth/refresh', { body: { refreshToken } }));
    } catch (refusal) {
      if (refusal.code === ErrorCode.Unauthenticated || refusal.code === ErrorCode.PermissionDenied) {
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
    // Told by the server's clock, kept by this one's: the two need not agree.
    const expiresAt = this.#now() + Date.parse(accessExpiresAt) - date;
    this.#storage.setItem(Key, JSON.stringify({ accessToken, expiresAt, refreshToken, user }));
    return accessToken;
  }
}

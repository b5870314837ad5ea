import { ErrorCode, Limits } from './wire.js';

const ExportTimeLimit = 300_000;
const UploadTimeLimit = 120_000;

/** The HTTP requests of the logged-in user. */
export class Api {
  #http;
  #auth;
  /** @type {Promise<import('./wire.js').Profile> | null} */
  #profile = null;

  /** @param {{ http: typeof import('./http.js').http, auth: import('./auth.js').Auth }} parts */
  constructor({ http, auth }) {
    this.#http = http;
    this.#auth = auth;
  }

  /** @returns {Promise<import('./wire.js').Profile>} */
  profile() {
    const asked = this.#ask('GET', '/v1/profile');
    this.#keepProfile(asked);
    return asked;
  }

  /** The profile as it was last read or changed here. @returns {Promise<import('./wire.js').Profile>} */
  knownProfile() {
    return this.#profile ?? this.profile();
  }

  /** @param {import('./wire.js').Profile} profile only its fields are changed */
  updateProfile(profile) {
    // The fields are listed, since an empty list would count as absent.
    const mask = Object.keys(profile).join(',');
    const asked = this.#ask('PATCH', `/v1/profile?updateMask=${encodeURIComponent(mask)}`, profile);
    this.#keepProfile(asked);
    return asked;
  }

  /** @param {Blob} image @returns {Promise<import('./wire.js').Profile>} */
  setAvatar(image) {
    return this.#ask('PUT', '/v1/profile/avatar', image, { timeLimit: UploadTimeLimit });
  }

  deleteAvatar() {
    return this.#ask('DELETE', '/v1/profile/avatar');
  }

  /** The user's own picture. @returns {Promise<Blob | null>} */
  avatar() {
    return this.#file('/v1/profile/avatar');
  }

  /** The part of a member's picture that a room reveals. @returns {Promise<Blob | null>} null if there is none */
  memberAvatar(roomId, memberId, isPreview) {
    const path = `/v1/rooms/${encodeURIComponent(roomId)}/members/${encodeURIComponent(memberId)}/avatar`;
    return this.#file(isPreview ? `${path}/preview` : path);
  }

  /** @returns {Promise<{ rooms?: import('./wire.js').Room[], nextPageToken?: string }>} */
  openRooms(pageToken = '') {
    const query = new URLSearchParams({ pageSize: String(Limits.roomsPage) });
    if (pageToken) query.set('pageToken', pageToken);
    return this.#ask('GET', `/v1/rooms?${query}`);
  }

  /** @returns {Promise<import('./wire.js').Room>} */
  createRoom(name, capacity) {
    return this.#ask('POST', '/v1/rooms', { name, capacity, open: true });
  }

  /** @returns {Promise<{ messages?: import('./wire.js').Message[], nextBeforeSeq?: string }>} newest first */
  messages(roomId, beforeSeq) {
    const query = new URLSearchParams({ beforeSeq: String(beforeSeq), pageSize: String(Limits.historyPage) });
    return this.#ask('GET', `/v1/rooms/${encodeURIComponent(roomId)}/messages?${query}`);
  }

  /** @returns {Promise<import('./wire.js').Room>} */
  renameRoom(roomId, name) {
    return this.#ask('POST', `/v1/rooms/${encodeURIComponent(roomId)}:rename`, { name });
  }

  /** The part of a member's profile that a room reveals. @returns {Promise<import('./wire.js').Member>} */
  member(roomId, memberId) {
    return this.#ask('GET', `/v1/rooms/${encodeURIComponent(roomId)}/members/${encodeURIComponent(memberId)}`);
  }

  /** Removes a member from a group for good. */
  removeMember(roomId, memberId) {
    return this.#ask('DELETE', `/v1/rooms/${encodeURIComponent(roomId)}/members/${encodeURIComponent(memberId)}`);
  }

  /** @returns {Promise<{ members?: import('./wire.js').Member[], nextPageToken?: string }>} the longest-standing first */
  members(roomId, pageToken = '') {
    const query = new URLSearchParams({ pageSize: String(Limits.membersPage) });
    if (pageToken) query.set('pageToken', pageToken);
    return this.#ask('GET', `/v1/rooms/${encodeURIComponent(roomId)}/members?${query}`);
  }

  /** Blocks a fellow member. */
  block(roomId, memberId) {
    return this.#ask('POST', '/v1/blocks', { roomId, memberId });
  }

  unblock(blockId) {
    return this.#ask('DELETE', `/v1/blocks/${encodeURIComponent(blockId)}`);
  }

  /** @returns {Promise<{ blocks?: import('./wire.js').Block[] }>} oldest first */
  blocks() {
    return this.#ask('GET', '/v1/blocks');
  }

  /** The STUN and TURN servers for a call. @returns {Promise<{ servers?: RTCIceServer[] }>} */
  iceServers() {
    return this.#ask('GET', '/v1/ice-servers');
  }

  /** Reports a fellow member to the operator. @param {{ roomId: string, memberId: string, reason: string, comment: string }} report */
  report(report) {
    return this.#ask('POST', '/v1/reports', report);
  }

  adminCounts() {
    return this.#ask('GET', '/v1/admin/counts');
  }

  adminReports(pageToken) {
    return this.#ask('GET', `/v1/admin/reports?${new URLSearchParams({ pageToken })}`);
  }

  adminReport(reportId) {
    return this.#ask('GET', `/v1/admin/reports/${encodeURIComponent(reportId)}`);
  }

  adminDismiss(reportId) {
    return this.#ask('POST', `/v1/admin/reports/${encodeURIComponent(reportId)}:dismiss`, {});
  }

  /** @param {Date} until */
  adminBan(reportId, until) {
    return this.#ask('POST', '/v1/admin/bans', { reportId, until: until.toISOString() });
  }

  adminBans() {
    return this.#ask('GET', '/v1/admin/bans');
  }

  adminUnban(userId) {
    return this.#ask('DELETE', `/v1/admin/bans/${encodeURIComponent(userId)}`);
  }

  /** The user's logins. @returns {Promise<{ sessions?: import('./wire.js').LogIn[] }>} the most recently used first */
  sessions() {
    return this.#ask('GET', '/v1/auth/sessions');
  }

  revokeSession(sessionId) {
    return this.#ask('DELETE', `/v1/auth/sessions/${encodeURIComponent(sessionId)}`);
  }

  /** All data of the user. @returns {Promise<Blob>} */
  exportData() {
    return this.#ask('GET', '/v1/export', undefined, { asFile: true, timeLimit: ExportTimeLimit });
  }

  #keepProfile(asked) {
    this.#profile = asked;
    asked.catch(() => { this.#profile = null; });
  }

  async #file(path) {
    try {
      return await this.#ask('GET', path, undefined, { asFile: true });
    } catch (refusal) {
      if (refusal.code !== ErrorCode.NotFound) throw refusal;
      return null;
    }
  }

  async #ask(method, path, body, options) {
    const token = await this.#auth.token();
    try {
      return (await this.#http(method, path, { ...options, body, token })).body;
    } catch (refusal) {
      if (refusal.code !== ErrorCode.Unauthenticated) throw refusal;
      return (await this.#http(method, path, { ...options, body, token: await this.#auth.token(token) })).body;
    }
  }
}

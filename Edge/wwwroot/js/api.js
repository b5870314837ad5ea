import { ErrorCode } from './webchat-client.js';
import { Limits } from './wire.js';

const ExportTimeLimit = 300_000;
const UploadTimeLimit = 120_000;

/** The HTTP requests of the logged-in user. */
export class Api {
  #auth;
  /** @type {Promise<import('./wire.js').Profile> | null} */
  #profile = null;

  /** @param {{ auth: import('./webchat-client.js').Auth }} parts */
  constructor({ auth }) {
    this.#auth = auth;
  }

  /** @returns {Promise<import('./wire.js').Profile>} */
  profile() {
    const asked = this.#auth.ask('GET', '/v1/profile');
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
    const asked = this.#auth.ask('PATCH', `/v1/profile?updateMask=${encodeURIComponent(mask)}`, profile);
    this.#keepProfile(asked);
    return asked;
  }

  /** @param {Blob} image @returns {Promise<import('./wire.js').Profile>} */
  setAvatar(image) {
    return this.#auth.ask('PUT', '/v1/profile/avatar', image, { timeLimit: UploadTimeLimit });
  }

  deleteAvatar() {
    return this.#auth.ask('DELETE', '/v1/profile/avatar');
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

  /** @returns {Promise<{ rooms?: import('./webchat-client.js').Room[], nextPageToken?: string }>} */
  openRooms(pageToken = '') {
    const query = new URLSearchParams({ pageSize: String(Limits.roomsPage) });
    if (pageToken) query.set('pageToken', pageToken);
    return this.#auth.ask('GET', `/v1/rooms?${query}`);
  }

  /** @returns {Promise<import('./webchat-client.js').Room>} */
  createRoom(name, capacity) {
    return this.#auth.ask('POST', '/v1/rooms', { name, capacity, open: true });
  }

  /** @returns {Promise<{ messages?: import('./webchat-client.js').Message[], nextBeforeSeq?: string }>} newest first */
  messages(roomId, beforeSeq) {
    const query = new URLSearchParams({ beforeSeq: String(beforeSeq), pageSize: String(Limits.historyPage) });
    return this.#auth.ask('GET', `/v1/rooms/${encodeURIComponent(roomId)}/messages?${query}`);
  }

  /** @returns {Promise<import('./webchat-client.js').Room>} */
  renameRoom(roomId, name) {
    return this.#auth.ask('POST', `/v1/rooms/${encodeURIComponent(roomId)}:rename`, { name });
  }

  /** The part of a member's profile that a room reveals. @returns {Promise<import('./webchat-client.js').Member>} */
  member(roomId, memberId) {
    return this.#auth.ask('GET', `/v1/rooms/${encodeURIComponent(roomId)}/members/${encodeURIComponent(memberId)}`);
  }

  /** Removes a member from a group for good. */
  removeMember(roomId, memberId) {
    return this.#auth.ask('DELETE', `/v1/rooms/${encodeURIComponent(roomId)}/members/${encodeURIComponent(memberId)}`);
  }

  /** @returns {Promise<{ members?: import('./webchat-client.js').Member[], nextPageToken?: string }>} the longest-standing first */
  members(roomId, pageToken = '') {
    const query = new URLSearchParams({ pageSize: String(Limits.membersPage) });
    if (pageToken) query.set('pageToken', pageToken);
    return this.#auth.ask('GET', `/v1/rooms/${encodeURIComponent(roomId)}/members?${query}`);
  }

  /** Blocks a fellow member. */
  block(roomId, memberId) {
    return this.#auth.ask('POST', '/v1/blocks', { roomId, memberId });
  }

  unblock(blockId) {
    return this.#auth.ask('DELETE', `/v1/blocks/${encodeURIComponent(blockId)}`);
  }

  /** @returns {Promise<{ blocks?: import('./wire.js').Block[] }>} oldest first */
  blocks() {
    return this.#auth.ask('GET', '/v1/blocks');
  }

  /** The STUN and TURN servers for a call. @returns {Promise<{ servers?: RTCIceServer[] }>} */
  iceServers() {
    return this.#auth.ask('GET', '/v1/ice-servers');
  }

  /** The server's key for {@link Api.subscribePush}. @returns {Promise<{ publicKey: string }>} in base64url */
  pushKey() {
    return this.#auth.ask('GET', '/v1/push/key');
  }

  /** @param {{ endpoint: string, p256dh: string, auth: string, kinds: string[] }} subscription of this browser */
  subscribePush(subscription) {
    return this.#auth.ask('PUT', '/v1/push/subscription', subscription);
  }

  unsubscribePush() {
    return this.#auth.ask('DELETE', '/v1/push/subscription');
  }

  /** Reports a fellow member to the operator. @param {{ roomId: string, memberId: string, reason: string, comment: string }} report */
  report(report) {
    return this.#auth.ask('POST', '/v1/reports', report);
  }

  adminCounts() {
    return this.#auth.ask('GET', '/v1/admin/counts');
  }

  adminReports(pageToken) {
    return this.#auth.ask('GET', `/v1/admin/reports?${new URLSearchParams({ pageToken })}`);
  }

  adminReport(reportId) {
    return this.#auth.ask('GET', `/v1/admin/reports/${encodeURIComponent(reportId)}`);
  }

  adminDismiss(reportId) {
    return this.#auth.ask('POST', `/v1/admin/reports/${encodeURIComponent(reportId)}:dismiss`, {});
  }

  /** @param {Date} until */
  adminBan(reportId, until) {
    return this.#auth.ask('POST', '/v1/admin/bans', { reportId, until: until.toISOString() });
  }

  adminBans() {
    return this.#auth.ask('GET', '/v1/admin/bans');
  }

  adminUnban(userId) {
    return this.#auth.ask('DELETE', `/v1/admin/bans/${encodeURIComponent(userId)}`);
  }

  /** The user's logins. @returns {Promise<{ sessions?: import('./wire.js').LogIn[] }>} the most recently used first */
  sessions() {
    return this.#auth.ask('GET', '/v1/auth/sessions');
  }

  revokeSession(sessionId) {
    return this.#auth.ask('DELETE', `/v1/auth/sessions/${encodeURIComponent(sessionId)}`);
  }

  /** All data of the user. @returns {Promise<Blob>} */
  exportData() {
    return this.#auth.ask('GET', '/v1/export', undefined, { asFile: true, timeLimit: ExportTimeLimit });
  }

  #keepProfile(asked) {
    this.#profile = asked;
    asked.catch(() => { this.#profile = null; });
  }

  async #file(path) {
    try {
      return await this.#auth.ask('GET', path, undefined, { asFile: true });
    } catch (refusal) {
      if (refusal.code !== ErrorCode.NotFound) throw refusal;
      return null;
    }
  }
}

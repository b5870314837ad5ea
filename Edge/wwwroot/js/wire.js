// The names of the contract `webchat.v1` that the page needs, each in this one place.

/** The WebSocket sub-protocol: protobuf's canonical JSON, one frame per text message. */
export const SubProtocol = 'webchat.v1.json';

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

export const CloseCode = Object.freeze({
  Bye: 1000,
  TooLarge: 1009,
  BadFrame: 4400,
  BadToken: 4401,
  Banned: 4403,
  Taken: 4409,
  Flooding: 4429,
});

export const RoomKind = Object.freeze({ Pair: 'PAIR', Group: 'GROUP' });
export const LeaveReason = Object.freeze({ Deleted: 'DELETED' });
export const RoomState = Object.freeze({ Active: 'ACTIVE', Kept: 'KEPT', Ended: 'ENDED' });
export const SearchStage = Object.freeze({ Idle: 'IDLE', Waiting: 'WAITING', Matched: 'MATCHED' });
export const PromptKind = Object.freeze({ Like: 'LIKE', Keep: 'KEEP' });
export const Mode = Object.freeze({ Chat: 'CHAT', Voice: 'VOICE' });
export const CallState = Object.freeze({ Ringing: 'RINGING', Active: 'ACTIVE' });
export const SignalKind = Object.freeze({ Offer: 'OFFER', Answer: 'ANSWER', Candidate: 'CANDIDATE', HangUp: 'HANG_UP' });
/** The reveal levels of a room at which its members see more of each other. */
export const Reveal = Object.freeze({ Preview: 1, Interests: 1, Picture: 2 });
export const Gender = Object.freeze({ Female: 'FEMALE', Male: 'MALE', Other: 'OTHER' });

export const Limits = Object.freeze({
  textLength: 2000,
  changeWithin: 15 * 60_000,
  nicknameLength: 30,
  passwordLeast: 8,
  passwordMost: 128,
  roomNameLength: 60,
  bioLength: 500,
  commentLength: 500,
  interests: 10,
  languages: 10,
  adultAge: 18,
  oldestAge: 120,
  historyPage: 50,
  roomsPage: 50,
  membersPage: 200,
  crowdAbove: 50,
  pictureBytes: 8 * 1024 * 1024,
});

/** The needs that a profile may name; the server has the same list. */
export const Needs = Object.freeze(['friendship', 'casual', 'serious', 'marriage', 'talk']);

/** The interests that a profile may name, as the page groups them; the server has the same ones. */
export const InterestGroups = Object.freeze({
  arts: [
    'architecture', 'art', 'books', 'comics', 'crime_stories', 'dancing', 'design', 'fashion', 'museums', 'music', 'painting',
    'photography', 'poetry', 'singing', 'theatre', 'writing',
  ],
  screens: ['anime', 'board_games', 'chess', 'comedy', 'films', 'podcasts', 'programming', 'technology', 'video_games'],
  outdoors: ['animals', 'boating', 'climbing', 'fishing', 'gardening', 'hiking', 'horses', 'hunting', 'nature', 'travel'],
  sports: ['cycling', 'diving', 'fitness', 'football', 'martial_arts', 'running', 'skiing', 'swimming', 'yoga'],
  home: ['cooking', 'crafts', 'meditation'],
  mind: ['astronomy', 'economics', 'history', 'languages', 'philosophy', 'politics', 'psychology', 'religion', 'science', 'volunteering'],
  going: ['cars', 'coffee', 'motorcycles', 'parties', 'wine'],
});

/**
 * @typedef {{ sessionId: string, createdAt: string, lastUsedAt: string, client?: string, current?: boolean }} LogIn
 * @typedef {{ nickname?: string, birthDate?: string, gender?: string, preferredGenders?: string[], ageMin?: number,
 *   ageMax?: number, needs?: string[], interests?: string[], languages?: string[], bio?: string }} Profile
 * @typedef {{ memberId: string, nickname: string, online?: boolean, you?: boolean, owner?: boolean,
 *   blocked?: boolean, interests?: string[], bio?: string, receivedSeq?: string, readSeq?: string }} Member
 * @typedef {{ blockId: string, nickname?: string, at: string }} Block
 * @typedef {{ roomId: string, name?: string, kind: string, members?: Member[], lastSeq?: string, state?: string,
 *   createdAt?: string, revealLevel?: number, prompt?: Prompt, memberCount?: number, capacity?: number, open?: boolean,
 *   call?: Call, mode?: string, lastMessage?: Message, lastActiveAt?: string, readSeq?: string, unreadCount?: number }} Room
 * @typedef {{ callId: string, state: string, byMemberId: string, answeredAt?: string }} Call
 * @typedef {{ promptId: string, kind: string, round?: number, closesAt: string, answeredBy?: string[],
 *   byMemberId?: string }} Prompt
 * @typedef {{ emoji: string, memberIds: string[] }} Reaction
 * @typedef {{ messageId: string, seq: string, at: string, memberId: string, text?: string, inReplyTo?: string,
 *   editedAt?: string, removed?: boolean, reactions?: Reaction[], clientId?: string }} Message
 * @typedef {{ state?: string, mode?: string, since?: string }} SearchState
 * @typedef {{ code: string, message?: string, retryAfterMs?: string, field?: string }} FrameError
 */

/** A request that the server refused, or that reached no server. The same for HTTP and frames. */
export class Refusal extends Error {
  /**
   * @param {string} code one of {@link ErrorCode}
   * @param {string} [detail] the server's message
   * @param {{ retryAfterMs?: number, field?: string }} [more]
   */
  constructor(code, detail = '', { retryAfterMs = 0, field = '' } = {}) {
    super(detail || code);
    this.name = 'Refusal';
    this.code = code;
    this.detail = detail;
    this.retryAfterMs = retryAfterMs;
    this.field = field;
  }

  /** @param {FrameError} error */
  static of(error) {
    return new Refusal(error.code || ErrorCode.Internal, error.message, {
      retryAfterMs: Number(error.retryAfterMs ?? 0),
      field: error.field,
    });
  }

  /** Whether the same request may succeed later without any change. */
  get passes() {
    return this.code === ErrorCode.RateLimited
      || this.code === ErrorCode.Unavailable
      || this.code === ErrorCode.DeadlineExceeded;
  }
}

/**
 * The name and value of the one body field of a frame or event.
 * @param {object} message
 * @param {string[]} plain the fields beside the body
 * @returns {[string, any]} `['', undefined]` if this page does not know the body
 */
export function bodyOf(message, plain) {
  for (const [name, value] of Object.entries(message)) if (!plain.includes(name)) return [name, value];
  return ['', undefined];
}

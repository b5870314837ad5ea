// The names of the contract `webchat.v1` that the page needs, each in this one place.

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
 * @typedef {{ blockId: string, nickname?: string, at: string }} Block
 */

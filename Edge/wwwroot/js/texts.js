// Everything that the page says, in one place. To translate the page, translate this file.
import { ErrorCode, Gender } from './wire.js';

const plural = (count, one, many) => count === 1 ? one : many;

export const texts = {
  locale: 'en',
  name: 'WebChat',
  slogan: 'Meet somebody new.',
  about: 'Two strangers, one private room, and nobody knows your name. Say whom you would like to meet, and start talking.',
  points: ['Anonymous: others see a nickname, never an account', 'Live: you see each other type', 'It stays where you left it, even when the connection does not'],

  signUp: 'Sign up',
  logIn: 'Log in',
  logOut: 'Log out',
  haveAccount: 'Log in',
  needAccount: 'I am new here',
  username: 'User name',
  usernameHint: '3 to 20 letters, digits or _. You log in with it; nobody else sees it.',
  password: 'Password',
  passwordHint: 'At least 8 characters.',
  nickname: 'Nickname',
  nicknameHint: 'What others see.',

  profile: 'Profile',
  profileLead: 'This decides whom you meet.',
  gender: 'I am',
  preferred: 'I would like to meet',
  preferredHint: 'Choose none, and anybody will do.',
  genders: { [Gender.Female]: 'a woman', [Gender.Male]: 'a man', [Gender.Other]: 'other' },
  preferredGenders: { [Gender.Female]: 'women', [Gender.Male]: 'men', [Gender.Other]: 'others' },
  save: 'Save',
  saved: 'Saved.',
  profileNeeded: 'Before you can search, tell us who you are.',

  searchTitle: 'Who will it be today?',
  searchLead: 'We look for somebody who would like to meet you, too.',
  searchStart: 'Find somebody',
  searchWaiting: 'Looking for somebody…',
  searchSince: time => `For ${time} now. You can look around meanwhile.`,
  searchMatched: 'Found somebody!',
  searchEnded: 'Nobody was there this time. Try again?',
  searchCancel: 'Stop searching',
  searchAgain: 'Search again',
  searchInRoom: name => `You are talking to ${name || 'somebody'}.`,
  searchInRoomLead: 'End that conversation before you look for another one.',
  backToRoom: 'Back to the conversation',
  matched: name => `You are talking to ${name || 'somebody new'}.`,
  open: 'Open',

  rooms: 'Conversations',
  noRooms: 'None yet.',
  nothingYet: 'Say hello!',
  roomOver: 'Ended',
  unread: count => `${count} unread`,
  you: 'You',
  somebody: 'Somebody',
  removeRoom: name => `Take ${name || 'this conversation'} off the list`,

  groups: 'Open rooms',
  groupsLead: 'Everybody may join these.',
  noGroups: 'There is no open room at the moment. Make the first one!',
  groupMembers: (count, capacity) => `${count} of ${capacity}`,
  join: 'Join',
  enter: 'Enter',
  more: 'Show more',
  createGroup: 'Open a room',
  groupName: 'Name',
  groupCapacity: 'Room for how many',
  create: 'Open it',

  back: 'Back',
  online: 'Online',
  offline: 'Offline',
  lastSeen: time => `Offline since ${time}`,
  partnerGone: 'No longer here',
  members: (count, online) => `${count} ${plural(count, 'member', 'members')}, ${online} online`,
  endPair: 'End',
  leaveGroup: 'Leave',
  endPairQuestion: 'End this conversation?',
  endPairConsequence: 'It ends for both of you, and cannot be taken up again.',
  leaveGroupQuestion: 'Leave this room?',
  leaveGroupConsequence: 'You can join again while it is open.',
  stay: 'Stay',

  messages: 'Messages',
  message: 'Message',
  writeMessage: 'Write a message…',
  send: 'Send',
  charactersLeft: count => `${count} ${plural(count, 'character', 'characters')} left`,
  tooLong: count => `${count} ${plural(count, 'character', 'characters')} too many`,
  newMessages: 'New messages',
  loadingHistory: 'Loading earlier messages…',
  historyFailed: 'Earlier messages could not be loaded.',
  tryAgain: 'Try again',
  discard: 'Discard',
  says: (name, text) => `${name}: ${text}`,
  typing: names => names.length === 1 ? `${names[0]} is typing…`
    : names.length === 2 ? `${names[0]} and ${names[1]} are typing…`
    : 'Several people are typing…',
  delivery: { pending: 'Waiting to be sent', sent: 'Sent', read: 'Read', failed: 'Not sent' },

  joined: (name, own) => own ? 'You came in.' : `${name} came in.`,
  left: (name, own, absent) => own ? 'You left.' : absent ? `${name} has been away too long, and is out.` : `${name} left.`,
  ended: {
    CLOSED: (name, own) => own ? 'You ended the conversation.' : `${name} ended the conversation.`,
    PARTNER_LEFT: (name, own) => own ? 'You left. The conversation is over.' : `${name} left. The conversation is over.`,
    PARTNER_ABSENT: () => 'The connection was lost for too long. The conversation is over.',
    EMPTY: () => 'Everybody has left.',
    other: () => 'The conversation is over.',
  },
  over: 'This conversation is over.',
  endedAway: 'You were away for too long: what you were in has ended meanwhile.',
  roomUnknown: 'That conversation is not open any more.',

  today: 'Today',
  yesterday: 'Yesterday',

  connection: {
    idle: 'Not connected',
    connecting: 'Connecting…',
    live: 'Connected',
    waiting: seconds => seconds > 0 ? `Reconnecting in ${seconds} s` : 'Reconnecting…',
    stopped: 'Disconnected',
  },
  connect: 'Connect',
  goAway: 'The server is taking a short break. We will be back by ourselves.',
  stopped: {
    1000: 'The server said good-bye.',
    4403: 'You have been banned.',
    4409: 'You have opened this conversation in another window.',
    other: 'The connection was closed.',
  },
  useHere: 'Use it here',
  signedOut: 'You have been signed out.',

  dismiss: 'Dismiss',
  errors: {
    [ErrorCode.InvalidArgument]: 'That is not quite right. Please check what you wrote.',
    [ErrorCode.Unauthenticated]: 'The user name or the password is wrong.',
    [ErrorCode.PermissionDenied]: 'That is not allowed.',
    [ErrorCode.NotFound]: 'That is no longer there.',
    [ErrorCode.AlreadyExists]: 'That name is taken already.',
    [ErrorCode.FailedPrecondition]: 'That is not possible right now.',
    [ErrorCode.RateLimited]: 'That was a bit fast.',
    [ErrorCode.TooLarge]: 'That is too much at once.',
    [ErrorCode.Unavailable]: 'The server cannot be reached. Please try again in a moment.',
    [ErrorCode.DeadlineExceeded]: 'The server took too long. Please try again.',
    [ErrorCode.Internal]: 'Something went wrong on the server.',
  },
  retryAfter: seconds => `Try again in ${seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`}.`,
};

/** What to tell a person about a refusal: the server's own words where they name what is wrong with the input. */
export function explain(refusal) {
  const said = refusal.code === ErrorCode.InvalidArgument && refusal.detail;
  const parts = [said || texts.errors[refusal.code] || texts.errors[ErrorCode.Internal]];
  if (refusal.retryAfterMs) parts.push(texts.retryAfter(Math.ceil(refusal.retryAfterMs / 1000)));
  return parts.join(' ');
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ann, Bob, happened, load, posted, room } from './fakes.mjs';

const { RoomLog } = await load('room-log.js');
const { itemsOf } = await load('views/items.js');

const edited = (seq, messageId, text) => happened(seq, { messageEdited: { messageId, memberId: Bob, text } });
const removed = (seq, messageId) => happened(seq, { messageRemoved: { messageId, memberId: Bob } });
const reacted = (seq, messageId, memberId, emoji, on) =>
  happened(seq, { reactionChanged: { messageId, memberId, emoji, ...on && { on } } });
const message = (seq, more = {}) => ({
  messageId: `m${seq}`, seq: String(seq), at: '2030-01-01T09:00:00Z', memberId: Bob, text: `text ${seq}`, ...more,
});

function logOf(...events) {
  const log = new RoomLog(room());
  for (const event of events) assert.equal(log.apply(event), 'applied');
  return log;
}

const messagesOf = (log, outgoing = []) => itemsOf(log, outgoing).filter(item => item.kind === 'message');

test('an edited message has its new text in its old place', () => {
  const log = logOf(posted(3, Bob, 'helo'), posted(4, Ann, 'hi'), edited(5, 'm3', 'hello'));
  const [first, second] = messagesOf(log);
  assert.deepEqual([first.text, first.editedAt], ['hello', Date.parse('2030-01-01T10:00:00Z')]);
  assert.deepEqual([second.text, second.editedAt], ['hi', undefined]);
});

test('a removed message leaves only its place', () => {
  const log = logOf(posted(3, Bob, 'secret'), reacted(4, 'm3', Ann, '👍', true), edited(5, 'm3', 'secrets'), removed(6, 'm3'));
  const [one] = messagesOf(log);
  assert.deepEqual([one.removed, one.text, one.reactions, one.mayAct, one.editedAt], [true, '', [], false, undefined]);
  log.apply(edited(7, 'm3', 'again'));
  log.apply(reacted(8, 'm3', Ann, '👍', true));
  assert.deepEqual([messagesOf(log)[0].text, messagesOf(log)[0].reactions], ['', []]);
});

test('reactions are counted by emoji, and the user\'s own are marked', () => {
  const log = logOf(
    posted(3, Bob, 'hi'), reacted(4, 'm3', Ann, '👍', true), reacted(5, 'm3', Bob, '👍', true), reacted(6, 'm3', Bob, '🎉', true));
  const shown = () => messagesOf(log)[0].reactions.map(({ emoji, count, isOwn, names }) => [emoji, count, isOwn, names.join()]);
  assert.deepEqual(shown(), [['🎉', 1, false, 'Bob'], ['👍', 2, true, 'You,Bob']]);
  log.apply(reacted(7, 'm3', Ann, '👍', false));
  log.apply(reacted(8, 'm3', Bob, '🎉', false));
  assert.deepEqual(shown(), [['👍', 1, false, 'Bob']]);
});

test('a repeated reaction counts once', () => {
  const log = new RoomLog(room());
  log.addHistory({ messages: [message(2, { reactions: [{ emoji: '👍', memberIds: [Ann] }] })] });
  log.apply(reacted(3, 'm2', Ann, '👍', true));
  assert.deepEqual(messagesOf(log)[0].reactions.map(one => one.count), [1]);
});

test('history carries edits, removals, reactions and replies', () => {
  const log = new RoomLog(room({ lastSeq: '9' }));
  log.addHistory({
    messages: [
      message(4, { inReplyTo: 'm2', reactions: [{ emoji: '❤️', memberIds: [Ann] }] }),
      { ...message(3, { removed: true }), text: undefined },
      message(2, { editedAt: '2030-01-01T09:05:00Z' }),
    ],
  });
  const [first, second, third] = messagesOf(log);
  assert.equal(first.editedAt, Date.parse('2030-01-01T09:05:00Z'));
  assert.equal(second.removed, true);
  assert.deepEqual(third.quote, { author: 'Bob', text: 'text 2' });
  assert.deepEqual(third.reactions.map(one => [one.emoji, one.isOwn]), [['❤️', true]]);
});

test('changes of a message from before its history is read are not lost', () => {
  const log = logOf(edited(3, 'm1', 'new'), reacted(4, 'm1', Ann, '👍', true), removed(5, 'm2'));
  assert.deepEqual(messagesOf(log), []);
  log.addHistory({ messages: [message(2), message(1)] });
  const [first, second] = messagesOf(log);
  assert.deepEqual([first.text, first.reactions.length, second.removed], ['new', 1, true]);
});

test('a reply quotes the current state of its message', () => {
  const reply = { ...posted(4, Ann, 'sure') };
  reply.messagePosted.inReplyTo = 'm3';
  const log = logOf(posted(3, Bob, 'coffe?'), reply);
  const quote = () => messagesOf(log).at(-1).quote;
  assert.deepEqual(quote(), { author: 'Bob', text: 'coffe?' });
  log.apply(edited(5, 'm3', 'coffee?'));
  assert.deepEqual(quote(), { author: 'Bob', text: 'coffee?' });
  log.apply(removed(6, 'm3'));
  assert.deepEqual(quote(), { author: 'Bob', text: 'This message was removed.' });
});

test('a reply to an unread message says so', () => {
  const log = new RoomLog(room());
  const outgoing = [{ clientId: 'c', roomId: 'r1', text: 'yes', inReplyTo: 'm1', at: 5 }];
  assert.deepEqual(messagesOf(log, outgoing)[0].quote, { author: '', text: 'An earlier message' });
  log.addHistory({ messages: [message(1)] });
  assert.deepEqual(messagesOf(log, outgoing)[1].quote, { author: 'Bob', text: 'text 1' });
});

test('an unsent message, or one in an ended room, has no actions', () => {
  const log = logOf(posted(3, Bob, 'hi'));
  const outgoing = [{ clientId: 'c', roomId: 'r1', text: 'hey', at: 5 }];
  assert.deepEqual(messagesOf(log, outgoing).map(item => item.mayAct), [true, false]);
  log.apply(happened(4, { roomEnded: { reason: 'CLOSED', byMemberId: Bob } }));
  assert.deepEqual(messagesOf(log).map(item => item.mayAct), [false]);
});

test('a reset removes all messages', () => {
  const log = logOf(edited(3, 'm1', 'former'));
  log.reset(1);
  log.addHistory({ messages: [message(1)] });
  assert.deepEqual(messagesOf(log).map(item => item.text), ['text 1']);
});

test('the last message of a minute shows the time, and the state if it is the same', () => {
  const at = (seq, memberId, time) => ({ ...posted(seq, memberId, `text ${seq}`), at: `2030-01-01T10:${time}Z` });
  const log = logOf(at(3, Bob, '00:01'), at(4, Bob, '00:59'), at(5, Bob, '01:00'), at(6, Ann, '01:10'), at(7, Ann, '01:20'), at(8, Ann, '01:30'));
  const timed = () => messagesOf(log).map(item => item.isTimed);
  assert.deepEqual(timed(), [false, true, true, false, false, true]);
  log.noteReceipt(Bob, { read: 6 });
  assert.deepEqual(timed(), [false, true, true, true, false, true]);
});

test('a message of few emoji is large', () => {
  const log = logOf(posted(3, Bob, '👍🏽'), posted(4, Bob, '❤️🎉🇻🇳'), posted(5, Bob, '👍 yes'), posted(6, Bob, '3'), posted(7, Bob, '🎉🎉🎉🎉'));
  assert.deepEqual(messagesOf(log).map(item => item.isLarge), [true, true, false, false, false]);
});

test('a line stands before the first new message of another member', () => {
  const log = logOf(posted(3, Bob, 'old'), posted(4, Ann, 'mine'), posted(5, Bob, 'new'), posted(6, Bob, 'newer'));
  assert.deepEqual(itemsOf(log, [], 3).map(item => item.text), [itemsOf(log, [])[0].text, 'old', 'mine', 'New messages', 'new', 'newer']);
  assert.deepEqual(itemsOf(log, [], 6).filter(item => item.kind === 'new'), []);
});

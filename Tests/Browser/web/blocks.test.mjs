import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ann, Bob, happened, load, posted, room } from './fakes.mjs';

const { RoomLog } = await load('room-log.js');
const { itemsOf } = await load('views/items.js');

const group = (...members) => room({ kind: 'GROUP', name: 'Tea', members });
const ann = { memberId: Ann, nickname: 'Ann', you: true };
const bob = { memberId: Bob, nickname: 'Bob' };
const textsOf = log => itemsOf(log, []).filter(item => item.kind === 'message').map(item => item.text);

test('messages of a blocked member in a group are hidden until the block is removed', () => {
  const log = new RoomLog(group(ann, { ...bob, blocked: true }));
  log.apply(posted(3, Ann, 'hello'));
  log.apply(posted(4, Bob, 'shut up'));
  assert.deepEqual([textsOf(log), log.lastMessage.text], [['hello'], 'hello']);
  log.update(group(ann, bob));
  assert.deepEqual([textsOf(log), log.lastMessage.text], [['hello', 'shut up'], 'shut up']);
});

test('a reply to a blocked member does not quote the message', () => {
  const log = new RoomLog(group(ann, { ...bob, blocked: true }));
  log.apply(posted(3, Bob, 'shut up'));
  log.apply(happened(4, { messagePosted: { messageId: 'm4', memberId: Ann, clientId: 'c4', text: 'no', inReplyTo: 'm3' } }));
  const { quote } = itemsOf(log, []).at(-1);
  assert.ok(!quote.text.includes('shut up'));
  assert.equal(quote.author, '');
});

test('a pair still shows its messages after a block', () => {
  const log = new RoomLog(room());
  log.apply(posted(3, Bob, 'hello'));
  log.setBlocked(Bob, true);
  assert.deepEqual(textsOf(log), ['hello']);
});

test('a former member can be blocked', () => {
  const log = new RoomLog(group(ann, bob));
  log.apply(happened(3, { memberLeft: { memberId: Bob, reason: 'LEFT' } }));
  assert.deepEqual(log.fellows, [{ memberId: Bob, nickname: 'Bob', blocked: false, isHere: false, owner: false }]);
  log.setBlocked(Bob, true);
  assert.equal(log.fellows[0].blocked, true);
});

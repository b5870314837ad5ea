import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ann, Bob, createSession, happened, load, room, welcome } from './fakes.mjs';

const { RoomLog } = await load('room-log.js');
const { itemsOf } = await load('views/items.js');

const ann = { memberId: Ann, nickname: 'Ann', you: true };
const bob = { memberId: Bob, nickname: 'Bob', owner: true };
const group = (more = {}) => room({ kind: 'GROUP', name: 'Tea', members: [bob, ann], memberCount: 2, capacity: 9, ...more });
const removed = memberId => happened(3, { memberLeft: { memberId, reason: 'REMOVED' } });
const linesOf = log => itemsOf(log, []).filter(item => item.kind === 'system').map(item => item.text);

test('a room has the name given by its owner', () => {
  const log = new RoomLog(group());
  log.apply(happened(3, { roomRenamed: { name: 'Coffee', byMemberId: Bob } }));
  assert.equal(log.title, 'Coffee');
  assert.deepEqual(linesOf(log), ['Bob named the room “Coffee”.']);
});

test('a room that its owner leaves belongs to the next owner', () => {
  const log = new RoomLog(group());
  assert.equal(log.isOwner, false);
  log.apply(happened(3, { memberLeft: { memberId: Bob, reason: 'LEFT' } }));
  log.apply(happened(4, { ownerChanged: { memberId: Ann } }));
  assert.equal(log.isOwner, true);
  assert.deepEqual(linesOf(log), ['Bob left.', 'You own the room now.']);
  assert.deepEqual(log.fellows.map(({ isHere, owner }) => [isHere, owner]), [[false, false]]);
});

test('an event that the room already includes is not applied again', () => {
  const log = new RoomLog(group({ name: 'Cocoa', lastSeq: '4' }), 2);
  log.apply(happened(3, { roomRenamed: { name: 'Coffee', byMemberId: Bob } }));
  log.apply(happened(4, { ownerChanged: { memberId: Ann } }));
  assert.equal(log.title, 'Cocoa');
  assert.equal(log.isOwner, false);
});

test('members that a large room omits are counted, and added when they are read', () => {
  const log = new RoomLog(group({ memberCount: 60 }));
  assert.equal(log.isCrowd, true);
  log.addMembers([bob, ann, { memberId: 'c', nickname: 'Cyd' }]);
  assert.deepEqual(log.members.map(member => member.nickname), ['Bob', 'Ann', 'Cyd']);
  assert.equal(log.nameOf('c'), 'Cyd');
  log.apply(happened(3, { memberJoined: { member: { memberId: 'd', nickname: 'Dan' } } }));
  log.apply(happened(4, { memberLeft: { memberId: 'c' } }));
  assert.equal(log.memberCount, 60);
});

test('a removed member is told, and the room leaves the list', async () => {
  const { session, connect, receive } = await createSession();
  const told = [];
  session.on('removed', title => told.push(title));
  await connect(welcome({ rooms: [group()] }));
  receive({ event: removed(Ann) });
  assert.deepEqual(told, ['Tea']);
  assert.equal(session.rooms.size, 0);
});

test('the other members see the removed member', () => {
  const log = new RoomLog(group({ members: [{ ...ann, owner: true }, { memberId: Bob, nickname: 'Bob' }] }));
  log.apply(removed(Bob));
  assert.deepEqual(linesOf(log), ['Bob was removed.']);
  assert.deepEqual(log.members.map(member => member.nickname), ['Ann']);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ann, Bob, createSession, load, posted, room, welcome } from './fakes.mjs';

const { itemsOf } = await load('views/items.js');

const Cyd = 'c'.repeat(32);

async function start(view = room()) {
  const one = await createSession();
  const { connect } = one;
  await connect(welcome({ rooms: [view] }));
  return Object.assign(one, {
    connect: now => connect(welcome({ rooms: [now] })),
    deliveries: () => itemsOf(one.session.rooms.get('r1'), []).filter(item => item.kind === 'message').map(item => item.delivery),
  });
}

test('received messages are acknowledged at once, and then at most twice a second', async () => {
  const one = await start();
  for (const seq of [3, 4, 5]) one.receive({ event: posted(seq, Bob, 'hi') });
  assert.deepEqual(one.bodies('received'), [{ roomId: 'r1', seq: '3' }]);
  await one.clock.pass(499);
  assert.equal(one.bodies('received').length, 1);
  await one.clock.pass(1);
  assert.deepEqual(one.bodies('received')[1], { roomId: 'r1', seq: '5' });
  await one.clock.pass(5_000);
  assert.equal(one.bodies('received').length, 2);
});

test('read messages and own messages need no delivery mark', async () => {
  const one = await start();
  one.session.on('room', () => one.session.markRead('r1'));
  one.receive({ event: posted(3, Bob, 'hi') });
  one.receive({ event: posted(4, Ann, 'hello') });
  await one.clock.pass(1_000);
  assert.deepEqual(one.bodies('received'), []);
  assert.equal(one.bodies('read')[0].seq, '3');
});

test('a server that has forgotten the marks is told again', async () => {
  const one = await start();
  one.receive({ event: posted(3, Bob, 'hi') });
  one.session.markRead('r1');
  one.lost();
  await one.connect(room({ lastSeq: '3', members: [{ memberId: Ann, nickname: 'Ann', you: true, readSeq: '3' }, { memberId: Bob, nickname: 'Bob' }] }));
  one.session.markRead('r1');
  assert.deepEqual(one.bodies('read'), []);
  one.lost();
  await one.connect(room({ lastSeq: '3' }));
  one.session.markRead('r1');
  assert.deepEqual(one.bodies('read'), [{ roomId: 'r1', seq: '3' }]);
});

test('a message is sent, then delivered, then read, and never goes back', async () => {
  const one = await start();
  for (const seq of [3, 4, 5]) one.receive({ event: posted(seq, Ann, 'hi') });
  assert.deepEqual(one.deliveries(), ['sent', 'sent', 'sent']);
  one.receive({ delivered: { roomId: 'r1', memberId: Bob, seq: '4' } });
  one.receive({ read: { roomId: 'r1', memberId: Bob, seq: '3' } });
  assert.deepEqual(one.deliveries(), ['read', 'delivered', 'sent']);
  one.receive({ read: { roomId: 'r1', memberId: Bob, seq: '5' } });
  one.receive({ delivered: { roomId: 'r1', memberId: Bob, seq: '4' } });
  await one.connect(room({ lastSeq: '5' }));
  assert.deepEqual(one.deliveries(), ['read', 'read', 'read']);
});

test('a reloaded page shows the partner\'s marks', async () => {
  const one = await start(room({ members: [{ memberId: Ann, nickname: 'Ann', you: true }, { memberId: Bob, nickname: 'Bob', receivedSeq: '4', readSeq: '3' }] }));
  for (const seq of [3, 4, 5]) one.receive({ event: posted(seq, Ann, 'hi') });
  assert.deepEqual(one.deliveries(), ['read', 'delivered', 'sent']);
});

test('in a group the slowest member decides the mark of a message, and a crowd has no marks', async () => {
  const members = [{ memberId: Ann, nickname: 'Ann', you: true }, { memberId: Bob, nickname: 'Bob', readSeq: '9' }, { memberId: Cyd, nickname: 'Cyd', receivedSeq: '3' }];
  for (const [memberCount, deliveries] of [[3, ['delivered', 'sent']], [51, ['sent', 'sent']]]) {
    const one = await start(room({ kind: 'GROUP', name: 'Tea', members, memberCount }));
    for (const seq of [3, 4]) one.receive({ event: posted(seq, Ann, 'hi') });
    assert.deepEqual(one.deliveries(), deliveries);
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ann, Bob, ack, createClock, createStorage, happened, load, posted, room, settle, welcome } from './fakes.mjs';

const { Session } = await load('session.js');
const { Memory } = await load('memory.js');

async function start({ storage = createStorage(), clock = createClock() } = {}) {
  const memory = await Memory.of('u1', { storage });
  let ids = 0;
  const session = new Session({ memory, timers: clock, now: clock.now, newId: () => `c-${++ids}` });
  let sent = [];
  const told = [];
  for (const kind of ['match', 'gap', 'away', 'searchEnded', 'message', 'prompt']) session.on(kind, detail => told.push([kind, detail]));
  const connect = (answer = welcome()) => {
    sent = [];
    session.begin(frame => sent.push(frame), 'token').catch(() => {});
    session.receive({ replyTo: sent[0].id, welcome: answer });
  };
  const texts = () => session.rooms.get('r1').entries.filter(entry => entry.kind === 'message').map(entry => entry.text);
  return {
    session, memory, storage, clock, told, connect, texts,
    get sent() {
      return sent;
    },
    bodies: kind => sent.filter(frame => frame[kind]).map(frame => frame[kind]),
    answer: (kind, body, to = sent.at(-1)) => session.receive({ replyTo: to.id, [kind]: body }),
  };
}

test('hello has the session and the cursors of before', async () => {
  const storage = createStorage();
  const before = await start({ storage });
  before.connect();
  before.session.receive({ event: posted(3, Bob, 'hi') });

  const after = await start({ storage });
  after.connect();
  assert.deepEqual(after.sent[0].hello, { accessToken: 'token', sessionId: 's1', cursors: { r1: '3' } });
});

test('another user does not inherit a session', async () => {
  const storage = createStorage();
  (await start({ storage })).connect();
  const memory = await Memory.of('u2', { storage });
  assert.equal(memory.sessionId, '');
  assert.deepEqual(memory.cursors, {});
});

test('a seen event changes nothing', async () => {
  const one = await start();
  one.connect();
  for (const event of [posted(3, Bob, 'a'), posted(3, Bob, 'a'), posted(4, Bob, 'b'), posted(3, Bob, 'a')]) {
    one.session.receive({ event });
  }
  assert.deepEqual(one.texts(), ['a', 'b']);
  assert.equal(one.memory.cursors.r1, 4);
});

test('a gap requests one resume', async () => {
  const one = await start();
  one.connect();
  one.session.receive({ event: posted(5, Bob, 'late') });
  assert.deepEqual(one.told, [['gap', undefined]]);
  assert.deepEqual(one.texts(), []);

  one.session.lost();
  one.connect();
  assert.deepEqual(one.sent[0].hello.cursors, { r1: '2' });
  one.session.receive({ event: posted(5, Bob, 'late') });
  assert.deepEqual(one.texts(), ['late']);
});

test('messages are sent one after the other, in the order in which they were written', async () => {
  const one = await start();
  one.connect();
  one.session.post('r1', 'first');
  one.session.post('r1', 'second');
  assert.deepEqual(one.bodies('send').map(send => send.text), ['first']);
  one.answer('ack', ack(3));
  assert.deepEqual(one.bodies('send').map(send => send.text), ['first', 'second']);
});

test('unacknowledged messages are sent again after the welcome, with the same client id', async () => {
  const one = await start();
  one.connect();
  one.session.post('r1', 'first');
  one.session.lost();
  one.session.post('r1', 'second');
  one.connect(welcome({ resumed: true }));
  assert.deepEqual(one.bodies('send'), [{ roomId: 'r1', clientId: 'c-1', text: 'first' }]);
  one.answer('ack', ack(3));
  assert.deepEqual(one.bodies('send').at(-1), { roomId: 'r1', clientId: 'c-2', text: 'second' });
});

test('the outbox outlives the page', async () => {
  const storage = createStorage();
  const before = await start({ storage });
  before.connect();
  before.session.post('r1', 'hello');

  const after = await start({ storage });
  after.connect();
  assert.deepEqual(after.bodies('send'), [{ roomId: 'r1', clientId: 'c-1', text: 'hello' }]);
});

for (const [name, order] of [
  ['acknowledgement, then event', ['ack', 'event']],
  ['event, then acknowledgement', ['event', 'ack']],
  ['event alone, then the acknowledgement of the message sent again', ['event', 'lost', 'ack']],
]) {
  test(`an own message is shown once: ${name}`, async () => {
    const one = await start();
    one.connect();
    one.session.post('r1', 'hello');
    for (const step of order) {
      if (step === 'ack' && one.bodies('send').length) one.answer('ack', ack(3));
      if (step === 'event') one.session.receive({ event: posted(3, Ann, 'hello', 'c-1') });
      if (step === 'lost') {
        one.session.lost();
        one.connect();
      }
    }
    assert.deepEqual(one.texts(), ['hello']);
    assert.deepEqual(one.session.outgoing('r1'), []);
  });
}

test('an acknowledgement does not hide the events before it', async () => {
  const one = await start();
  one.connect();
  one.session.post('r1', 'mine');
  one.answer('ack', ack(4));
  assert.equal(one.memory.cursors.r1, 2);
  one.session.receive({ event: posted(3, Bob, 'theirs') });
  one.session.receive({ event: posted(4, Ann, 'mine', 'c-1') });
  assert.deepEqual(one.texts(), ['theirs', 'mine']);
});

test('a rate limit holds the room back for the retry time, and keeps the order', async () => {
  const one = await start();
  one.connect();
  one.session.post('r1', 'first');
  one.session.post('r1', 'second');
  one.answer('error', { code: 'rate_limited', retryAfterMs: '700' });
  await one.clock.pass(699);
  assert.equal(one.bodies('send').length, 1);
  await one.clock.pass(1);
  assert.deepEqual(one.bodies('send').map(send => send.text), ['first', 'first']);
});

test('a refused message is marked, and does not hold up the next', async () => {
  const one = await start();
  one.connect();
  one.session.post('r1', 'bad');
  one.session.post('r1', 'good');
  one.answer('error', { code: 'invalid_argument' });
  assert.deepEqual(one.session.outgoing('r1').map(entry => entry.failed), ['invalid_argument', undefined]);
  assert.equal(one.bodies('send').at(-1).text, 'good');
  one.answer('ack', ack(3));

  one.session.retry(one.session.outgoing('r1')[0]);
  assert.deepEqual(one.bodies('send').at(-1), { roomId: 'r1', clientId: 'c-1', text: 'bad' });
});

test('nothing is sent to a draining server', async () => {
  const one = await start();
  one.connect();
  one.session.receive({ goAway: { reason: 'restart', reconnectAfterMs: '500' } });
  one.session.post('r1', 'later');
  assert.deepEqual(one.bodies('send'), []);
  one.session.lost();
  one.connect();
  assert.equal(one.bodies('send').length, 1);
});

test('after a reset the history is read again', async () => {
  const one = await start();
  one.connect();
  one.session.receive({ event: posted(3, Bob, 'forgotten') });
  one.session.receive({ reset: { roomId: 'r1', lastSeq: '1' } });
  assert.deepEqual(one.texts(), []);
  assert.equal(one.memory.cursors.r1, 1);
  assert.equal(one.session.rooms.get('r1').historyBefore, 2);
  one.session.receive({ event: posted(2, Bob, 'new') });
  assert.deepEqual(one.texts(), ['new']);
});

test('history is inserted before live messages, each message once', async () => {
  const one = await start();
  one.connect(welcome({ rooms: [room({ lastSeq: '5' })] }));
  one.session.receive({ event: posted(6, Bob, 'live') });
  assert.equal(one.session.rooms.get('r1').historyBefore, 6);
  const message = (seq, text) => ({ messageId: `m${seq}`, seq: String(seq), at: '2030-01-01T09:00:00Z', memberId: Bob, text });
  one.session.addHistory('r1', { messages: [message(5, 'e'), message(4, 'd')], nextBeforeSeq: '4' });
  one.session.addHistory('r1', { messages: [message(4, 'd'), message(3, 'c')] });
  assert.deepEqual(one.texts(), ['c', 'd', 'e', 'live']);
  assert.equal(one.session.rooms.get('r1').historyBefore, 0);
  assert.equal(one.memory.cursors.r1, 6);
});

test('an own message found in the history counts as acknowledged', async () => {
  const one = await start();
  one.connect();
  one.session.post('r1', 'hello');
  one.session.addHistory('r1', {
    messages: [{ messageId: 'm3', seq: '3', at: '2030-01-01T09:00:00Z', memberId: Ann, text: 'hello', clientId: 'c-1' }],
  });
  assert.deepEqual(one.session.outgoing('r1'), []);
  assert.deepEqual(one.texts(), ['hello']);
});

test('events between the cursor and the welcome do not undo the members in the welcome', async () => {
  const one = await start();
  one.connect();
  one.session.lost();
  // Meanwhile a member came and went, which the room in the welcome already includes.
  one.connect(welcome({ rooms: [room({ kind: 'GROUP', name: 'Owls', lastSeq: '4' })] }));
  const log = one.session.rooms.get('r1');
  const at = '2030-01-01T10:00:00Z';
  one.session.receive({ event: { roomId: 'r1', seq: '3', at, memberJoined: { member: { memberId: 'x', nickname: 'Xenia' } } } });
  assert.deepEqual(log.others.map(member => member.nickname), ['Bob']);
  one.session.receive({ event: { roomId: 'r1', seq: '4', at, memberLeft: { memberId: 'x', reason: 'LEFT' } } });
  assert.deepEqual(log.entries.map(entry => [entry.kind, log.nameOf(entry.memberId)]), [['joined', 'Xenia'], ['left', 'Xenia']]);
  one.session.receive({ event: { roomId: 'r1', seq: '5', at, memberJoined: { member: { memberId: 'y', nickname: 'Yan' } } } });
  assert.deepEqual(log.others.map(member => member.nickname), ['Bob', 'Yan']);
});

test('an ended room accepts no messages and is not resumed', async () => {
  const one = await start();
  one.connect();
  assert.ok(one.session.activePair);
  one.session.receive({ event: { roomId: 'r1', seq: '3', at: '2030-01-01T10:00:00Z', roomEnded: { reason: 'CLOSED', byMemberId: Bob } } });
  assert.equal(one.session.rooms.get('r1').over, true);
  assert.equal(one.session.activePair, undefined);
  assert.deepEqual(one.memory.cursors, {});
});

test('a room that is missing from the welcome has ended', async () => {
  const one = await start();
  one.connect();
  one.session.lost();
  one.connect(welcome({ sessionId: 's2', rooms: [] }));
  assert.equal(one.session.rooms.get('r1').over, true);
  assert.deepEqual(one.told, [['away', undefined]]);
});

test('a search that ends by itself is announced, a cancelled one is not', async () => {
  const one = await start();
  one.connect();
  one.session.receive({ search: { state: 'WAITING' } });
  one.session.receive({ search: { state: 'IDLE' } });
  assert.deepEqual(one.told, [['searchEnded', undefined]]);

  one.session.receive({ search: { state: 'WAITING' } });
  const cancelled = one.session.cancelSearch();
  one.answer('search', { state: 'IDLE' });
  await cancelled;
  assert.equal(one.told.length, 1);
});

test('a match opens its room', async () => {
  const one = await start();
  one.connect(welcome({ rooms: [], search: { state: 'WAITING' } }));
  one.session.receive({ match: { room: room() } });
  assert.deepEqual(one.told, [['match', 'r1']]);
  assert.equal(one.session.activePair.title, 'Bob');
  assert.equal(one.session.search.state, 'IDLE');
});

test('joining and leaving a group', async () => {
  const one = await start();
  one.connect(welcome({ rooms: [] }));
  const joined = one.session.join('r1');
  one.answer('room', room({ kind: 'GROUP', name: 'Owls', lastSeq: '9' }));
  await joined;
  assert.equal(one.memory.cursors.r1, 9);

  const left = one.session.leave('r1');
  one.answer('room', room({ kind: 'GROUP', name: 'Owls', members: [] }));
  await left;
  assert.equal(one.session.rooms.size, 0);
  assert.deepEqual(one.memory.cursors, {});
});

test('typing ends with a message, with a notice, and with time', async () => {
  const one = await start();
  one.connect();
  const { typing } = one.session.rooms.get('r1');
  const isTyping = active => one.session.receive({ typing: { roomId: 'r1', memberId: Bob, ...active && { active } } });

  isTyping(true);
  assert.deepEqual([...typing], [Bob]);
  one.session.receive({ event: posted(3, Bob, 'done') });
  assert.deepEqual([...typing], []);
  isTyping(true);
  isTyping(false);
  assert.deepEqual([...typing], []);
  isTyping(true);
  await one.clock.pass(6_000);
  assert.deepEqual([...typing], []);
});

test('messages of others are unread until they are seen, and the read mark is sent once', async () => {
  const one = await start();
  one.connect();
  one.session.receive({ event: posted(3, Bob, 'hi') });
  assert.equal(one.session.rooms.get('r1').unread, 1);
  one.session.markRead('r1');
  one.session.markRead('r1');
  assert.equal(one.session.rooms.get('r1').unread, 0);
  assert.deepEqual(one.bodies('read'), [{ roomId: 'r1', seq: '3' }]);
});

test('requests fail when the connection is lost', async () => {
  const one = await start();
  one.connect();
  const search = one.session.startSearch();
  one.session.lost();
  await assert.rejects(search, { code: 'unavailable' });
  await assert.rejects(one.session.startSearch(), { code: 'unavailable' });
  await settle();
});

test('a reply names its message, also when it is sent again', async () => {
  const one = await start();
  one.connect();
  one.session.post('r1', 'yes', 'm2');
  one.session.lost();
  one.connect();
  assert.deepEqual(one.bodies('send'), [{ roomId: 'r1', clientId: 'c-1', text: 'yes', inReplyTo: 'm2' }]);
  one.answer('ack', ack(3));
  assert.equal(one.session.rooms.get('r1').messageOf('m3').inReplyTo, 'm2');
});

test('actions are sent to the server, and refusals are shown', async () => {
  const one = await start();
  one.connect();
  for (const [kind, ask, body] of [
    ['answer', () => one.session.answer('r1', 'p1', false), { roomId: 'r1', promptId: 'p1', yes: false }],
    ['keep', () => one.session.keep('r1'), { roomId: 'r1' }],
    ['edit', () => one.session.edit('r1', 'm2', 'new'), { roomId: 'r1', messageId: 'm2', text: 'new' }],
    ['remove', () => one.session.remove('r1', 'm2'), { roomId: 'r1', messageId: 'm2' }],
    ['react', () => one.session.react('r1', 'm2', '👍', true), { roomId: 'r1', messageId: 'm2', emoji: '👍', on: true }],
  ]) {
    const done = ask();
    assert.deepEqual(one.sent.at(-1)[kind], body);
    one.answer('ack', ack(3));
    await done;
    const refused = ask();
    one.answer('error', { code: 'failed_precondition' });
    await assert.rejects(refused, { code: 'failed_precondition' });
  }
});

test('a prompt is announced once, and is there again after a reload', async () => {
  const storage = createStorage();
  const one = await start({ storage });
  one.connect();
  const prompt = { promptId: 'p1', kind: 'LIKE', round: 1, closesAt: '2030-01-01T10:00:30Z' };
  const event = happened(3, { promptOpened: prompt });
  one.session.receive({ event });
  one.session.receive({ event });
  assert.deepEqual(one.told, [['prompt', 'r1']]);

  const after = await start({ storage });
  after.connect(welcome({ rooms: [room({ lastSeq: '4', prompt: { ...prompt, answeredBy: [Ann] } })] }));
  assert.deepEqual(after.session.rooms.get('r1').promptAt(after.clock.now()).answeredBy, [Ann]);
});

test('a match may have an open prompt', async () => {
  const one = await start();
  one.connect(welcome({ rooms: [] }));
  one.session.receive({ match: { room: room({ prompt: { promptId: 'p1', kind: 'LIKE', closesAt: '2030-01-01T10:00:30Z' } }) } });
  assert.equal(one.session.rooms.get('r1').promptAt(one.clock.now()).promptId, 'p1');
});

test('a kept pair stays, and does not prevent a search', async () => {
  const one = await start();
  one.connect(welcome({ search: { state: 'MATCHED' } }));
  one.session.receive({ event: happened(3, { roomKept: {} }) });
  assert.equal(one.session.rooms.get('r1').over, false);
  assert.equal(one.session.activePair, undefined);
  assert.equal(one.session.search.state, 'IDLE');
  assert.equal(one.memory.cursors.r1, 3);
});

test('a changed message is not unread', async () => {
  const one = await start();
  one.connect();
  one.session.receive({ event: posted(3, Bob, 'helo') });
  one.session.markRead('r1');
  one.session.receive({ event: happened(4, { messageEdited: { messageId: 'm3', memberId: Bob, text: 'hello' } }) });
  one.session.receive({ event: happened(5, { reactionChanged: { messageId: 'm3', memberId: Bob, emoji: '👍', on: true } }) });
  assert.equal(one.session.rooms.get('r1').unread, 0);
  assert.deepEqual(one.texts(), ['hello']);
  assert.deepEqual(one.told.map(([kind]) => kind), ['message']);
});

const listed = (more = {}) => room({
  lastSeq: '5', lastActiveAt: '2030-01-01T11:00:00Z', readSeq: '3', unreadCount: 2,
  lastMessage: { messageId: 'm5', seq: '5', at: '2030-01-01T11:00:00Z', memberId: Bob, text: 'see you' }, ...more,
});

test('a new tab shows the last message and the unread messages of each room', async () => {
  const one = await start();
  one.connect(welcome({ rooms: [listed()] }));
  const log = one.session.rooms.get('r1');
  assert.deepEqual([log.lastMessage.text, log.unread, log.activeAt], ['see you', 2, Date.parse('2030-01-01T11:00:00Z')]);

  one.session.receive({ event: happened(6, { messageEdited: { messageId: 'm5', memberId: Bob, text: 'see you!' } }) });
  assert.equal(log.lastMessage.text, 'see you!');
  one.session.markRead('r1');
  assert.deepEqual(one.bodies('read'), [{ roomId: 'r1', seq: '5' }]);
  one.session.receive({ event: happened(7, { messageRemoved: { messageId: 'm5', memberId: Bob } }) });
  assert.equal(log.lastMessage.removed, true);
  one.session.receive({ event: posted(8, Ann, 'bye') });
  assert.equal(log.lastMessage.text, 'bye');
});

test('a message that the room already counts as unread is not counted again', async () => {
  const storage = createStorage();
  (await start({ storage })).connect();
  const after = await start({ storage });
  after.connect(welcome({ resumed: true, rooms: [listed()] }));
  for (const seq of [3, 4, 5, 6]) after.session.receive({ event: posted(seq, Bob, 'hi') });
  assert.equal(after.session.rooms.get('r1').unread, 3);
});

test('a room that was read elsewhere is not unread, and not reported as read again', async () => {
  const one = await start();
  one.connect(welcome({ rooms: [listed({ readSeq: '5', unreadCount: 0 })] }));
  assert.equal(one.session.rooms.get('r1').unread, 0);
  one.session.markRead('r1');
  assert.deepEqual(one.bodies('read'), []);
});

test('typing that began before the last message was acknowledged is told again', async () => {
  const one = await start();
  one.connect();
  one.session.post('r1', 'one');
  one.session.setTyping('r1', true);
  one.answer('ack', ack(3), one.sent.find(frame => frame.send));
  assert.equal(one.bodies('typing').length, 2);
  one.session.post('r1', 'two');
  one.session.setTyping('r1', false);
  one.answer('ack', ack(4), one.sent.findLast(frame => frame.send));
  assert.deepEqual(one.bodies('typing').map(typing => typing.active), [true, true, false]);
});

test('a blocked member of a group no longer counts as typing', async () => {
  const one = await start();
  one.connect(welcome({ rooms: [room({ kind: 'GROUP', name: 'Tea' })] }));
  one.session.receive({ typing: { roomId: 'r1', memberId: Bob, active: true } });
  one.session.setBlocked('r1', Bob);
  assert.deepEqual([...one.session.rooms.get('r1').typing], []);
});

test('a draft outlives the page, but not its room', async () => {
  const storage = createStorage();
  const before = await start({ storage });
  before.connect();
  before.session.setDraft('r1', 'I wanted to say');

  const after = await start({ storage });
  after.connect();
  assert.equal(after.session.draftOf('r1'), 'I wanted to say');
  after.session.forget('r1');
  assert.equal(after.session.draftOf('r1'), '');
});

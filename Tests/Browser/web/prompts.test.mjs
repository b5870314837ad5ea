import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ann, Bob, happened, load, room } from './fakes.mjs';

const { RoomLog } = await load('room-log.js');
const { itemsOf } = await load('views/items.js');

const Opened = Date.parse('2030-01-01T10:00:00Z');

const opened = (seq, more = {}) => happened(seq, {
  promptOpened: { promptId: `p${seq}`, kind: 'LIKE', round: 1, closesAt: '2030-01-01T10:00:30Z', ...more },
});
const answered = (seq, memberId, promptId = 'p3') => happened(seq, { promptAnswered: { promptId, memberId } });

function logOf(...events) {
  const log = new RoomLog(room());
  for (const event of events) assert.equal(log.apply(event, Opened), 'applied');
  return log;
}

const linesOf = log => itemsOf(log, []).filter(item => item.kind === 'system').map(item => item.text);

test('a prompt is open until it closes', () => {
  const log = logOf(opened(3));
  assert.equal(log.promptAt(Opened).kind, 'LIKE');
  assert.ok(log.promptAt(Opened + 29_999));
  assert.equal(log.promptAt(Opened + 30_000), null);
});

test('a prompt is open as long as the server says, even if this computer\'s clock is wrong', () => {
  const log = new RoomLog(room());
  const wrong = Opened + 3_600_000;
  log.apply(opened(3), wrong);
  assert.ok(log.promptAt(wrong + 29_999));
  assert.equal(log.promptAt(wrong + 30_000), null);
  log.update(room({ lastSeq: '3', prompt: { promptId: 'p3', kind: 'LIKE', round: 1, closesAt: '2030-01-01T10:00:30Z' } }));
  assert.equal(log.promptAt(Opened).closesAt, wrong + 30_000);
});

test('an answered prompt waits for the other answer, and no longer', () => {
  const log = logOf(opened(3), answered(4, Ann));
  assert.deepEqual(log.promptAt(Opened).answeredBy, [Ann]);
  log.apply(answered(5, Bob), Opened);
  assert.equal(log.promptAt(Opened), null);
});

test('an answer to another prompt changes nothing', () => {
  const log = logOf(opened(3), answered(4, Bob, 'p1'));
  assert.deepEqual(log.promptAt(Opened).answeredBy, []);
});

test('the asking member has already answered', () => {
  const log = logOf(opened(3, { kind: 'KEEP', round: 0, byMemberId: Bob }));
  assert.deepEqual(log.promptAt(Opened).answeredBy, [Bob]);
  assert.equal(log.promptAt(Opened).byMemberId, Bob);
  log.apply(answered(4, Ann), Opened); // a no: the conversation continues as before
  assert.equal(log.promptAt(Opened), null);
  assert.equal(log.over, false);
});

test('a room shows its open prompt and the answers so far', () => {
  const log = new RoomLog(room({
    lastSeq: '4', prompt: { promptId: 'p3', kind: 'KEEP', round: 2, closesAt: '2030-01-01T10:00:30Z', answeredBy: [Ann] },
  }), 2);
  const prompt = log.promptAt(Opened);
  assert.deepEqual([prompt.kind, prompt.round, prompt.answeredBy], ['KEEP', 2, [Ann]]);
  log.apply(opened(3), Opened); // an event that the room already includes does not undo it
  log.apply(answered(4, Bob), Opened);
  assert.equal(log.promptAt(Opened), prompt);
  log.update(room({ lastSeq: '5' }));
  assert.equal(log.promptAt(Opened), null);
});

for (const [name, event] of [
  ['raises what is revealed', { revealRaised: { level: 1 } }],
  ['keeps the room', { roomKept: {} }],
  ['ends the room', { roomEnded: { reason: 'NOT_LIKED' } }],
]) {
  test(`a prompt ends with the event that ${name}`, () => {
    assert.equal(logOf(opened(3), happened(4, event)).promptAt(Opened), null);
  });
}

test('the list shows the last reveal with what it reveals', () => {
  const log = logOf(happened(3, { revealRaised: { level: 1 } }), happened(4, { revealRaised: { level: 2 } }));
  assert.equal(log.revealLevel, 2);
  assert.deepEqual(linesOf(log), ['You like each other!']);
  const reveal = itemsOf(log, []).find(item => item.kind === 'revealed'); // only the last shows the partner
  assert.deepEqual([reveal.text, reveal.hint], ['You still like each other!', 'You now see pictures and what you say about yourselves.']);
});

test('a kept room says so, and continues', () => {
  const log = logOf(happened(3, { roomKept: {} }));
  assert.deepEqual([log.kept, log.over], [true, false]);
  assert.deepEqual(linesOf(log), ['You stay in touch! This conversation is yours to keep.']);
});

test('the end of a pair names neither member', () => {
  for (const reason of ['NOT_LIKED', 'SILENCE']) {
    const log = logOf(happened(3, { roomEnded: { reason } }));
    assert.equal(log.over, true);
    const [line] = linesOf(log);
    assert.match(line, /has ended/);
    assert.doesNotMatch(line, /Ann|Bob|You /);
  }
});

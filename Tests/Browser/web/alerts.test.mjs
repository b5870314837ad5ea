import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Bob, createSession, createStorage, happened, load, posted, room, welcome } from './fakes.mjs';

const { Alerts } = await load('alerts.js');
const { Emitter } = await load('webchat-client.js');
const { Sounds } = await load('sounds.js');
const { changeSettings } = await load('settings.js');

beforeEach(() => { globalThis.localStorage = createStorage(); });

/** A page that shows no room. */
async function start() {
  const { session, connect, receive, clock } = await createSession();
  const view = { roomId: '', isHidden: false };
  const heard = [];
  const seen = [];
  const calls = Object.assign(new Emitter(), { line: null });
  const alerts = new Alerts({
    calls, session, timers: clock, isShown: roomId => roomId === view.roomId, isHidden: () => view.isHidden,
    notify: alert => seen.push(alert), play: kind => heard.push(kind),
  });
  await connect();
  const ring = line => {
    calls.line = line;
    calls.emit('change');
  };
  return { alerts, clock, connect, receive, view, heard, seen, ring };
}

test('a message sounds, and is shown by a notification if the page is out of sight', async () => {
  const { receive, view, heard, seen } = await start();
  receive({ event: posted(3, Bob, 'hi') });
  assert.deepEqual([heard, seen], [['message'], []]);
  view.isHidden = true;
  receive({ event: posted(4, Bob, 'are you there?') });
  assert.deepEqual(seen, [{ title: 'Bob', body: 'Bob: are you there?', tag: 'message r1', address: '#/room/r1' }]);
});

test('the room before the user\'s eyes is quiet, and out of sight it is not', async () => {
  const { receive, view, heard, seen } = await start();
  view.roomId = 'r1';
  receive({ event: posted(3, Bob, 'hi') });
  receive({ event: happened(4, { promptOpened: { promptId: 'p1', kind: 'LIKE', closesAt: '2030-01-01T10:00:30Z' } }) });
  assert.deepEqual([heard, seen], [[], []]);
  view.isHidden = true;
  receive({ event: posted(5, Bob, 'hi') });
  assert.deepEqual([heard, seen.length], [['message'], 1]);
});

test('matches and questions have their own alerts', async () => {
  const { connect, receive, view, heard, seen } = await start();
  view.isHidden = true;
  await connect(welcome({ rooms: [] }));
  receive({ match: { room: room() } });
  receive({ event: happened(3, { promptOpened: { promptId: 'p1', kind: 'LIKE', closesAt: '2030-01-01T10:00:30Z' } }) });
  assert.deepEqual(heard, ['match', 'prompt']);
  assert.deepEqual(seen.map(alert => alert.tag), ['match r1', 'prompt r1']);
});

test('a call rings until it is answered, also in the room before the user\'s eyes', async () => {
  const { clock, view, heard, seen, ring } = await start();
  view.roomId = 'r1';
  ring({ roomId: 'r1', callId: 'k1', stage: 'ringing' });
  assert.deepEqual([heard, seen], [['call'], []]);
  await clock.pass(6_000);
  assert.equal(heard.length, 3);
  ring({ roomId: 'r1', callId: 'k1', stage: 'connecting' });
  await clock.pass(6_000);
  assert.equal(heard.length, 3);

  view.isHidden = true;
  ring({ roomId: 'r1', callId: 'k2', stage: 'ringing' });
  assert.deepEqual(seen.map(alert => alert.body), ['Bob is calling.']);
});

test('each kind can be silenced and hidden', async () => {
  const { receive, view, heard, seen, ring, clock } = await start();
  view.isHidden = true;
  changeSettings({ sounds: ['match'], notifications: ['call'] });
  receive({ event: posted(3, Bob, 'hi') });
  ring({ roomId: 'r1', callId: 'k1', stage: 'ringing' });
  await clock.pass(6_000);
  assert.deepEqual([heard, seen.map(alert => alert.tag)], [[], ['call r1']]);
});

test('a closed page is silent', async () => {
  const { alerts, clock, receive, heard, ring } = await start();
  ring({ roomId: 'r1', callId: 'k1', stage: 'ringing' });
  alerts.close();
  receive({ event: posted(3, Bob, 'hi') });
  await clock.pass(6_000);
  assert.deepEqual(heard, ['call']);
});

test('many messages at once make one sound, of its notes', () => {
  const notes = [];
  let now = 0;
  const sounds = new Sounds({
    now: () => now,
    createContext: () => ({
      state: 'running', currentTime: 5, destination: {},
      createOscillator: () => ({ frequency: {}, connect: next => next, start(at) { notes.push([this.frequency.value, at]); }, stop() {} }),
      createGain: () => ({ gain: { setValueAtTime() {}, exponentialRampToValueAtTime() {} }, connect: next => next }),
    }),
  });
  for (let i = 0; i < 20; i++) sounds.play('message');
  assert.deepEqual(notes, [[880, 5]]);
  now = 1_000;
  sounds.play('prompt');
  sounds.play('message');
  assert.deepEqual(notes.slice(1), [[659, 5], [880, 5.15], [880, 5]]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ann, Bob, ack, createSession, happened, load, room, settle, welcome } from './fakes.mjs';

const { Calls } = await load('call.js');
const { RoomLog } = await load('room-log.js');
const { itemsOf } = await load('views/items.js');

const started = (seq, byMemberId, callId = 'k1') => happened(seq, { callStarted: { callId, byMemberId, ringsUntil: '2030-01-01T10:00:30Z' } });
const answered = (seq, byMemberId, callId = 'k1') => happened(seq, { callAnswered: { callId, byMemberId } });
const ended = (seq, reason, byMemberId, at = '2030-01-01T10:00:00Z', callId = 'k1') =>
  ({ ...happened(seq, { callEnded: { callId, reason, ...byMemberId && { byMemberId } } }), at });
const signal = (kind, payload, callId = 'k1') => ({ roomId: 'r1', memberId: Bob, kind, payload: JSON.stringify(payload), callId });

/** The part of RTCPeerConnection that the page uses. */
class FakePeer {
  connectionState = 'new';
  localDescription = null;
  remoteDescription = null;
  taken = [];
  addTrack() {}
  async setLocalDescription() {
    this.localDescription = { type: this.remoteDescription ? 'answer' : 'offer', sdp: 'mine' };
    this.onicecandidate({ candidate: { candidate: 'way' } });
  }
  async setRemoteDescription(description) { this.remoteDescription = description; }
  async addIceCandidate(candidate) { this.taken.push(candidate); }
  close() { this.connectionState = 'closed'; }
  become(state) {
    this.connectionState = state;
    this.onconnectionstatechange();
  }
}

async function start({ mayListen = () => true, rooms = [room()] } = {}) {
  const { client, session, connect, receive, answer, bodies } = await createSession();
  await connect(welcome({ rooms }));
  const peers = [];
  const tracks = [];
  const told = [];
  const calls = new Calls({
    client,
    session,
    iceServers: async () => ({ servers: [{ urls: ['stun:stun.example'] }] }),
    createPeer: () => (peers.push(new FakePeer()), peers.at(-1)),
    media: {
      async getUserMedia() {
        if (!mayListen()) throw Object.assign(new Error(), { name: 'NotAllowedError' });
        const track = { enabled: true, isStopped: false, stop() { this.isStopped = true; } };
        tracks.push(track);
        return { getTracks: () => [track], getAudioTracks: () => [track] };
      },
    },
  });
  for (const kind of ['obstacle', 'refused']) calls.on(kind, detail => told.push([kind, detail.code ?? detail]));
  return {
    session, calls, peers, tracks, told, receive,
    signals: () => bodies('signal').map(({ kind, callId }) => [kind, callId ?? '']),
    async event(...events) {
      for (const event of events) receive({ event });
      await settle();
    },
    async hears(...args) {
      receive({ signal: signal(...args) });
      await settle();
    },
    async answer(body) {
      answer(...Object.entries(body)[0]);
      await settle();
    },
  };
}

test('candidates of the caller wait until the server knows the call', async () => {
  const one = await start();
  void one.calls.call('r1');
  await settle();
  assert.deepEqual(one.signals(), [['OFFER', '']]);
  await one.event(started(3, Ann));
  await one.answer({ ack: ack(3) });
  assert.deepEqual(one.signals(), [['OFFER', ''], ['CANDIDATE', 'k1']]);

  await one.event(answered(4, Bob));
  await one.hears('ANSWER', { type: 'answer', sdp: 'theirs' });
  await one.hears('CANDIDATE', { candidate: 'their way' });
  assert.deepEqual([one.peers[0].remoteDescription.sdp, one.peers[0].taken.length], ['theirs', 1]);
  one.peers[0].become('connected');
  assert.equal(one.calls.line.stage, 'talking');
});

test('the called side applies the candidates that came while it rang', async () => {
  const one = await start();
  await one.event(started(3, Bob));
  await one.hears('OFFER', { type: 'offer', sdp: 'theirs' });
  await one.hears('CANDIDATE', { candidate: 'their way' });
  assert.deepEqual([one.calls.line.stage, one.tracks.length], ['ringing', 0]);

  void one.calls.accept();
  await settle();
  assert.deepEqual(one.signals(), [['ANSWER', 'k1'], ['CANDIDATE', 'k1']]);
  assert.deepEqual([one.peers[0].remoteDescription.sdp, one.peers[0].taken.length], ['theirs', 1]);
});

test('ringing stops when another session has answered', async () => {
  const one = await start();
  await one.event(started(3, Bob));
  await one.hears('OFFER', { type: 'offer' });
  await one.event(answered(4, Ann));
  assert.equal(one.calls.line, null);
});

for (const isHeardFirst of [true, false]) {
  test(`of two simultaneous callers the second answers, with the other's offer ${isHeardFirst ? 'before' : 'after'} the refusal`, async () => {
    const one = await start();
    void one.calls.call('r1');
    await settle();
    const refuse = () => one.answer({ error: { code: 'already_exists' } });
    if (!isHeardFirst) await refuse();
    await one.event(started(3, Bob));
    const hearing = one.hears('OFFER', { type: 'offer', sdp: 'theirs' });
    if (isHeardFirst) one.receive({ replyTo: '2', error: { code: 'already_exists' } });
    await hearing;
    await settle();

    assert.deepEqual(one.signals().filter(([kind]) => kind !== 'CANDIDATE'), [['OFFER', ''], ['ANSWER', 'k1']]);
    assert.deepEqual([one.calls.line.stage, one.calls.line.callId, one.peers.at(-1).remoteDescription.sdp], ['connecting', 'k1', 'theirs']);
    assert.equal(one.tracks.length, 1);
    assert.deepEqual(one.told, []);
  });
}

test('the microphone is released when the call ends', async () => {
  const one = await start();
  void one.calls.call('r1');
  await settle();
  await one.event(started(3, Ann), ended(4, 'DECLINED', Bob));
  assert.equal(one.calls.line, null);
  assert.ok(one.tracks[0].isStopped);
  assert.equal(one.peers[0].connectionState, 'closed');
});

test('a user without the microphone cannot call, and can still be called', async () => {
  let mayListen = false;
  const one = await start({ mayListen: () => mayListen });
  await one.calls.call('r1');
  assert.deepEqual([one.calls.line, one.told, one.signals()], [null, [['obstacle', 'denied']], []]);

  await one.event(started(3, Bob));
  await one.hears('OFFER', { type: 'offer' });
  await one.calls.accept();
  assert.equal(one.calls.line.stage, 'ringing');
  mayListen = true;
  void one.calls.accept();
  await settle();
  assert.deepEqual(one.signals()[0], ['ANSWER', 'k1']);
});

test('the caller reconnects a lost connection, and finally gives up', async () => {
  const one = await start();
  void one.calls.call('r1');
  await settle();
  await one.event(started(3, Ann));
  await one.answer({ ack: ack(3) });
  for (let seq = 4; one.calls.line; seq++) {
    one.peers.at(-1).become('failed');
    await settle();
    await one.answer({ ack: ack(3) });
    assert.ok(seq < 9);
  }
  assert.deepEqual(one.signals().filter(([kind]) => kind !== 'CANDIDATE'), [['OFFER', ''], ['OFFER', 'k1'], ['OFFER', 'k1'], ['HANG_UP', 'k1']]);
  assert.deepEqual(one.told, [['obstacle', 'unreachable']]);
});

test('a reloaded page continues the call with a new offer', async () => {
  const call = { callId: 'k1', state: 'ACTIVE', byMemberId: Bob, startedAt: '2030-01-01T10:00:00Z', answeredAt: '2030-01-01T10:00:05Z' };
  const one = await start({ rooms: [room({ call })] });
  void one.calls.call('r1');
  await settle();
  assert.deepEqual(one.signals(), [['OFFER', 'k1']]);
});

test('a renewed offer makes a new connection', async () => {
  const one = await start();
  await one.event(started(3, Bob));
  await one.hears('OFFER', { type: 'offer', sdp: 'first' });
  void one.calls.accept();
  await settle();
  await one.event(answered(4, Ann));
  await one.hears('OFFER', { type: 'offer', sdp: 'second' });
  assert.deepEqual(one.peers.map(peer => peer.connectionState), ['closed', 'new']);
  assert.equal(one.peers[1].remoteDescription.sdp, 'second');
  assert.equal(one.tracks.length, 1);
});

test('a signal of another call changes nothing', async () => {
  const one = await start();
  void one.calls.call('r1');
  await settle();
  await one.event(started(3, Ann));
  await one.hears('ANSWER', { type: 'answer' }, 'k0');
  assert.equal(one.peers[0].remoteDescription, null);
});

for (const [events, line] of [
  [[started(3, Bob), ended(4, 'MISSED')], 'You missed a call from Bob.'],
  [[started(3, Ann), ended(4, 'MISSED')], 'Bob did not answer your call.'],
  [[started(3, Ann), ended(4, 'DECLINED', Bob)], 'Bob could not take your call.'],
  [[started(3, Bob), ended(4, 'DECLINED', Ann)], 'You declined a call.'],
  [[started(3, Bob), answered(4, Ann), ended(5, 'HUNG_UP', Bob, '2030-01-01T10:03:12Z')], 'You talked for 3:12.'],
  [[started(3, Bob), answered(4, Ann), ended(5, 'LOST', Bob, '2030-01-01T10:00:09Z')], 'You talked for 0:09, and then the connection was lost.'],
]) {
  test(`the list shows: ${line}`, () => {
    const log = new RoomLog(room());
    for (const event of events) log.apply(event);
    assert.equal(log.call, null);
    assert.deepEqual(itemsOf(log, []).filter(item => item.kind === 'system').map(item => item.text), [line]);
  });
}

test('a room shows its call, and earlier events do not undo it', () => {
  const call = { callId: 'k2', state: 'RINGING', byMemberId: Bob, startedAt: '2030-01-01T10:00:00Z' };
  const log = new RoomLog(room({ lastSeq: '5', call }), 2);
  log.apply(started(3, Ann));
  log.apply(ended(4, 'MISSED'));
  log.apply(started(5, Bob, 'k2'));
  assert.equal(log.call.callId, 'k2');
  log.apply(answered(6, Ann, 'k2'));
  assert.deepEqual([log.call.state, log.call.byMemberId], ['ACTIVE', Bob]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClock, createStorage, load, settle, welcome } from './fakes.mjs';

const { Backoff } = await load('backoff.js');
const { Link } = await load('link.js');
const { Memory } = await load('memory.js');
const { Refusal } = await load('wire.js');
const { Session } = await load('session.js');

class FakeSocket {
  frames = [];
  closed = false;

  send(text) {
    this.frames.push(JSON.parse(text));
  }

  close() {
    this.closed = true;
  }

  say(frame) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  async welcomed() {
    this.onopen();
    this.say({ replyTo: this.frames[0].id, welcome: welcome() });
    await settle();
  }

  async closedBy(code) {
    this.onclose?.({ code });
    await settle();
  }
}

async function start({ token = async () => 'token' } = {}) {
  const clock = createClock();
  const memory = await Memory.of('u1', { storage: createStorage() });
  const session = new Session({ memory, timers: clock, now: clock.now, newId: () => 'c' });
  const sockets = [];
  const link = new Link({
    session,
    token,
    timers: clock,
    now: clock.now,
    backoff: new Backoff({ random: () => 1, first: 1000, most: 8000 }),
    connect() {
      sockets.push(new FakeSocket());
      return sockets.at(-1);
    },
  });
  link.start();
  await settle();
  return { clock, link, session, sockets, get socket() { return sockets.at(-1); } };
}

for (const code of [1001, 1006, 1011, 4408]) {
  test(`reconnects after ${code}`, async () => {
    const one = await start();
    await one.socket.welcomed();
    await one.socket.closedBy(code);
    assert.equal(one.link.state.phase, 'waiting');
    await one.clock.pass(1000);
    assert.equal(one.sockets.length, 2);
    await one.socket.welcomed();
    assert.equal(one.socket.frames[0].hello.sessionId, 's1');
    assert.equal(one.link.state.phase, 'live');
  });
}

for (const code of [1000, 1009, 4400, 4403, 4409]) {
  test(`stays disconnected after ${code} until it is started`, async () => {
    const one = await start();
    await one.socket.welcomed();
    await one.socket.closedBy(code);
    assert.deepEqual(one.link.state, { phase: 'stopped', code });
    one.link.wake();
    await one.clock.pass(600_000);
    assert.equal(one.sockets.length, 1);
    one.link.start();
    await settle();
    assert.equal(one.sockets.length, 2);
  });
}

test('after 4401 it retries once, with another token', async () => {
  const asked = [];
  const one = await start({ token: async rejected => asked.push(rejected) && `token-${asked.length}` });
  one.socket.onopen();
  await one.socket.closedBy(4401);
  assert.deepEqual(asked, ['', 'token-1']);
  one.socket.onopen();
  assert.equal(one.socket.frames[0].hello.accessToken, 'token-2');
  await one.socket.closedBy(4401);
  assert.deepEqual(one.link.state, { phase: 'stopped', code: 4401 });
});

test('sends each fresh access token on its connection', async () => {
  let token = 'first';
  const one = await start({ token: async () => token });
  await one.socket.welcomed();

  token = 'second';
  await one.clock.pass(20_000);
  const { id, renew } = one.socket.frames.at(-1);
  assert.deepEqual(renew, { accessToken: 'second' });
  one.socket.say({ replyTo: id, ack: {} });
  await one.clock.pass(20_000);
  assert.equal(one.socket.frames.filter(frame => frame.renew).length, 1);
  assert.equal(one.link.state.phase, 'live');
});

test('reconnects with a token that the connection refused', async () => {
  let token = 'first';
  const one = await start({ token: async () => token });
  await one.socket.welcomed();
  token = 'of another login';
  await one.clock.pass(20_000);
  one.socket.say({ replyTo: one.socket.frames.at(-1).id, error: { code: 'permission_denied' } });
  await settle();
  assert.equal(one.sockets.length, 2);
  one.socket.onopen();
  assert.equal(one.socket.frames[0].hello.accessToken, 'of another login');
});

test('stops when there is no login any more', async () => {
  const one = await start({ token: async () => { throw new Refusal('unauthenticated'); } });
  assert.deepEqual(one.link.state, { phase: 'stopped', code: 4401 });
});

test('waits while the server cannot give a token', async () => {
  const one = await start({ token: async () => { throw new Refusal('unavailable'); } });
  assert.equal(one.link.state.phase, 'waiting');
});

test('waits longer each time, and briefly again after a stable connection', async () => {
  const one = await start();
  const waits = [];
  for (let i = 0; i < 5; i++) {
    await one.socket.closedBy(1006);
    waits.push(one.link.state.retryAt - one.clock.now());
    await one.clock.pass(waits.at(-1));
  }
  assert.deepEqual(waits, [1000, 2000, 4000, 8000, 8000]);

  await one.socket.welcomed();
  await one.clock.pass(11_000);
  await one.socket.closedBy(1006);
  assert.equal(one.link.state.retryAt - one.clock.now(), 1000);
});

test('after flooding it stays away for the required time', async () => {
  const one = await start();
  await one.socket.welcomed();
  one.socket.say({ error: { code: 'rate_limited', retryAfterMs: '9000' } });
  await one.socket.closedBy(4429);
  assert.equal(one.link.state.retryAt - one.clock.now(), 10_000);
});

test('after go_away it stays away for the required time', async () => {
  const one = await start();
  await one.socket.welcomed();
  one.socket.say({ goAway: { reason: 'restart', reconnectAfterMs: '3000' } });
  await one.clock.pass(500);
  await one.socket.closedBy(1001);
  one.link.wake();
  await one.clock.pass(2499);
  assert.equal(one.sockets.length, 1);
  await one.clock.pass(1);
  assert.equal(one.sockets.length, 2);
});

test('pings after the silence of a heartbeat, and continues when answered', async () => {
  const one = await start();
  await one.socket.welcomed();
  await one.clock.pass(24_999);
  assert.equal(one.socket.frames.length, 1);
  await one.clock.pass(1);
  const ping = one.socket.frames.at(-1);
  assert.deepEqual(ping.ping, {});
  one.socket.say({ replyTo: ping.id, pong: {} });
  await one.clock.pass(20_000);
  assert.equal(one.link.state.phase, 'live');
  assert.equal(one.sockets.length, 1);
});

test('a ping without an answer ends the connection', async () => {
  const one = await start();
  await one.socket.welcomed();
  await one.clock.pass(25_000 + 10_000);
  assert.equal(one.sockets[0].closed, true);
  assert.equal(one.session.live, false);
  assert.equal(one.link.state.phase, 'waiting');
});

test('a server that accepts the connection and stays silent is given up', async () => {
  const one = await start();
  one.socket.onopen();
  await one.clock.pass(10_000);
  assert.equal(one.sockets[0].closed, true);
  assert.equal(one.link.state.phase, 'waiting');
});

test('a refused hello is retried later', async () => {
  const one = await start();
  one.socket.onopen();
  one.socket.say({ replyTo: one.socket.frames[0].id, error: { code: 'unavailable', retryAfterMs: '4000' } });
  await settle();
  assert.equal(one.link.state.retryAt - one.clock.now(), 5000);
});

test('waking retries at once, and pings a quiet connection', async () => {
  const one = await start();
  await one.socket.closedBy(1006);
  one.link.wake();
  await settle();
  assert.equal(one.sockets.length, 2);
  await one.socket.welcomed();
  one.link.wake();
  assert.deepEqual(one.socket.frames.at(-1).ping, {});
  await one.clock.pass(4_000);
  assert.equal(one.link.state.phase, 'waiting');
});

test('frames of an abandoned socket are ignored', async () => {
  const one = await start();
  await one.socket.welcomed();
  const old = one.socket;
  one.link.stop();
  assert.equal(old.closed, true);
  old.say({ match: { room: { roomId: 'x' } } });
  assert.equal(one.session.rooms.has('x'), false);
});

test('a connection without a network is given up at once, and resumed when the network is back', async () => {
  const one = await start();
  await one.socket.welcomed();
  one.link.offline();
  assert.equal(one.link.state.phase, 'waiting');
  one.link.wake();
  await settle();
  assert.equal(one.sockets.length, 2);
  await one.socket.welcomed();
  assert.equal(one.socket.frames[0].hello.sessionId, 's1');
});

test('a computer that has slept checks its connection', async () => {
  const one = await start();
  await one.socket.welcomed();
  await one.clock.sleep(60_000);
  assert.ok(one.socket.frames.some(frame => frame.ping));
  await one.clock.pass(4_000);
  assert.equal(one.link.state.phase, 'waiting');
});

for (const [name, begin] of [
  ['a refusal of hello', one => {
    one.socket.onopen();
    one.socket.say({ replyTo: one.socket.frames[0].id, error: { code: 'permission_denied', retryAfterMs: '5000' } });
  }],
  ['a refusal of the token', () => {}],
]) {
  test(`the end of a ban is known from ${name}`, async () => {
    const isHello = name.includes('hello');
    const one = await start({ token: async () => {
      if (isHello) return 'token';
      throw new Refusal('permission_denied', '', { retryAfterMs: 5000 });
    } });
    begin(one);
    await settle();
    assert.deepEqual(one.link.state, { phase: 'stopped', code: 4403, until: one.clock.now() + 5000 });
  });
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ack, createClient, createLocks, createStorage, load, settle, welcome } from './fakes.mjs';

const { Auth, ChatClient, Refusal } = await load('webchat-client.js');

async function start(parts) {
  const one = await createClient(parts);
  one.client.start();
  await settle();
  return one;
}

for (const code of [1001, 1006, 1011, 4408]) {
  test(`reconnects after ${code}`, async () => {
    const one = await start();
    await one.socket.welcomed();
    await one.socket.closedBy(code);
    assert.equal(one.client.state.phase, 'waiting');
    await one.clock.pass(1000);
    assert.equal(one.sockets.length, 2);
    await one.socket.welcomed();
    assert.equal(one.socket.frames[0].hello.sessionId, 's1');
    assert.equal(one.client.state.phase, 'live');
  });
}

for (const code of [1000, 1002, 1007, 1009, 4400, 4403, 4409]) {
  test(`stays disconnected after ${code} until it is started`, async () => {
    const one = await start();
    await one.socket.welcomed();
    await one.socket.closedBy(code);
    assert.deepEqual(one.client.state, { phase: 'stopped', code });
    one.client.wake();
    await one.clock.pass(600_000);
    assert.equal(one.sockets.length, 1);
    one.client.start();
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
  assert.deepEqual(one.client.state, { phase: 'stopped', code: 4401 });
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
  assert.equal(one.client.state.phase, 'live');
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
  assert.deepEqual(one.client.state, { phase: 'stopped', code: 4401 });
});

test('waits while the server cannot give a token', async () => {
  const one = await start({ token: async () => { throw new Refusal('unavailable'); } });
  assert.equal(one.client.state.phase, 'waiting');
});

test('waits longer each time, and briefly again after a stable connection', async () => {
  const one = await start();
  const waits = [];
  for (let i = 0; i < 5; i++) {
    await one.socket.closedBy(1006);
    waits.push(one.client.state.retryAt - one.clock.now());
    await one.clock.pass(waits.at(-1));
  }
  assert.deepEqual(waits, [1000, 2000, 4000, 8000, 8000]);

  await one.socket.welcomed();
  await one.clock.pass(11_000);
  await one.socket.closedBy(1006);
  assert.equal(one.client.state.retryAt - one.clock.now(), 1000);
});

test('after flooding it stays away for the required time', async () => {
  const one = await start();
  await one.socket.welcomed();
  one.socket.say({ error: { code: 'rate_limited', retryAfterMs: '9000' } });
  await one.socket.closedBy(4429);
  assert.equal(one.client.state.retryAt - one.clock.now(), 10_000);
});

test('after go_away it stays away for the required time', async () => {
  const one = await start();
  await one.socket.welcomed();
  one.socket.say({ goAway: { reason: 'restart', reconnectAfterMs: '3000' } });
  await one.clock.pass(500);
  await one.socket.closedBy(1001);
  one.client.wake();
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
  assert.equal(one.client.state.phase, 'live');
  assert.equal(one.sockets.length, 1);
});

test('a ping without an answer ends the connection', async () => {
  const one = await start();
  await one.socket.welcomed();
  await one.clock.pass(25_000 + 10_000);
  assert.equal(one.sockets[0].closed, true);
  assert.equal(one.client.live, false);
  assert.equal(one.client.state.phase, 'waiting');
});

test('a server that accepts the connection and stays silent is given up', async () => {
  const one = await start();
  one.socket.onopen();
  await one.clock.pass(10_000);
  assert.equal(one.sockets[0].closed, true);
  assert.equal(one.client.state.phase, 'waiting');
});

test('a refused hello is retried later', async () => {
  const one = await start();
  one.socket.onopen();
  one.socket.say({ replyTo: one.socket.frames[0].id, error: { code: 'unavailable', retryAfterMs: '4000' } });
  await settle();
  assert.equal(one.client.state.retryAt - one.clock.now(), 5000);
});

test('waking retries at once, and pings a quiet connection', async () => {
  const one = await start();
  await one.socket.closedBy(1006);
  one.client.wake();
  await settle();
  assert.equal(one.sockets.length, 2);
  await one.socket.welcomed();
  one.client.wake();
  assert.deepEqual(one.socket.frames.at(-1).ping, {});
  await one.clock.pass(4_000);
  assert.equal(one.client.state.phase, 'waiting');
});

test('frames of an abandoned socket are ignored', async () => {
  const one = await start();
  await one.socket.welcomed();
  const old = one.socket;
  one.client.stop();
  assert.equal(old.closed, true);
  one.client.on('match', () => assert.fail('it was heard'));
  old.say({ match: { room: { roomId: 'x' } } });
});

test('a connection without a network is given up at once, and resumed when the network is back', async () => {
  const one = await start();
  await one.socket.welcomed();
  one.client.offline();
  assert.equal(one.client.state.phase, 'waiting');
  one.client.wake();
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
  assert.equal(one.client.state.phase, 'waiting');
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
    assert.deepEqual(one.client.state, { phase: 'stopped', code: 4403, until: one.clock.now() + 5000 });
  });
}

test('another user does not inherit a session', async () => {
  const storage = createStorage();
  const one = await start({ storage });
  await one.socket.welcomed();
  const other = await start({ storage, userId: 'u2' });
  other.socket.onopen();
  assert.deepEqual(other.socket.frames[0].hello, { accessToken: 'token', sessionId: '', cursors: {} });
});

test('a duplicated tab begins a new session', async () => {
  const locks = createLocks();
  const storage = createStorage();
  const one = await start({ storage, locks });
  await one.socket.welcomed();
  const copy = createStorage();
  copy.setItem('webchat.session', storage.getItem('webchat.session'));

  const other = await start({ storage: copy, locks });
  other.socket.onopen();
  assert.deepEqual(other.socket.frames[0].hello, { accessToken: 'token', sessionId: '', cursors: {} });
  assert.equal(JSON.parse(storage.getItem('webchat.session')).sessionId, 's1');
});

test('the end of the login ends the session, and leaves nothing of it', async () => {
  const one = await start();
  await one.socket.welcomed();
  void one.client.post('r1', 'hello');
  one.auth.emit('ended');
  assert.deepEqual(one.client.state, { phase: 'stopped', code: 1000 });
  assert.equal(one.sockets[0].closed, true);
  assert.equal(one.storage.getItem('webchat.session'), null);
});

test('a caller learns whether its message was accepted', async () => {
  const one = await start();
  await one.socket.welcomed();
  const [good, bad, gone] = ['good', 'bad', 'gone'].map(text => one.client.post('r1', text));
  one.socket.answer('ack', ack(3));
  assert.deepEqual(await good, ack(3));
  one.socket.answer('error', { code: 'too_large', message: 'Too long.' });
  await assert.rejects(bad, { code: 'too_large', detail: 'Too long.' });
  one.client.forget('r1');
  await assert.rejects(gone, { code: 'failed_precondition' });
});

test('a caller learns when the client is connected, or why it is not', async () => {
  const one = await start();
  const isLive = one.client.whenLive();
  await one.socket.welcomed();
  await isLive;
  await one.client.whenLive();
  await one.socket.closedBy(4401);
  one.socket.onopen();
  await one.socket.closedBy(4401);
  await assert.rejects(one.client.whenLive(), { code: 'unauthenticated' });
});

test('without a connection, requests are refused and notices are dropped', async () => {
  const one = await start();
  await assert.rejects(one.client.ask({ join: { roomId: 'r1' } }), { code: 'unavailable' });
  one.client.tell({ typing: { roomId: 'r1', active: true } });
  await one.socket.welcomed();
  assert.deepEqual(one.socket.frames.map(({ id: _, ...body }) => Object.keys(body)), [['hello']]);
});

test('a client needs a login', async () => {
  await assert.rejects(ChatClient.open({ auth: new Auth({ server: 'http://localhost' }) }), { code: 'unauthenticated' });
});

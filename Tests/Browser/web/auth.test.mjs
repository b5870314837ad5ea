import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLocks, createStorage, load } from './fakes.mjs';

const { Auth } = await load('auth.js');
const { Memory } = await load('memory.js');
const { Refusal } = await load('wire.js');

const ServerTime = Date.parse('2030-01-01T10:00:00Z');

/** A server that knows one refresh token at a time. */
function createServer() {
  let number = 0;
  const server = {
    refreshes: 0,
    async http(_, path, { body }) {
      if (path === '/v1/auth/refresh') {
        server.refreshes++;
        if (body.refreshToken !== `refresh-${number}`) throw new Refusal('unauthenticated');
      }
      number++;
      return {
        date: ServerTime,
        body: {
          accessToken: `access-${number}`,
          accessExpiresAt: new Date(ServerTime + 900_000).toISOString(),
          refreshToken: `refresh-${number}`,
          user: { userId: 'u1', username: 'ann', nickname: 'Ann' },
        },
      };
    },
  };
  return server;
}

function start(server = createServer()) {
  const storage = createStorage();
  const locks = createLocks();
  const clock = { now: 5_000_000 }; // far from the server's
  const tab = () => new Auth({ http: server.http, storage, locks, now: () => clock.now });
  return { server, clock, tab };
}

test('a token is used until shortly before it expires by the server\'s clock', async () => {
  const { server, clock, tab } = start();
  const auth = tab();
  await auth.logIn('ann', 'secret');
  clock.now += 869_000;
  assert.equal(await auth.token(), 'access-1');
  clock.now += 2_000;
  assert.equal(await auth.token(), 'access-2');
  assert.equal(server.refreshes, 1);
});

test('tabs that need a new token at the same time refresh once', async () => {
  const { server, clock, tab } = start();
  const tabs = [tab(), tab(), tab()];
  await tabs[0].logIn('ann', 'secret');
  clock.now += 900_000;
  assert.deepEqual(await Promise.all(tabs.map(one => one.token())), ['access-2', 'access-2', 'access-2']);
  assert.equal(server.refreshes, 1);
});

test('a rejected token is renewed, unless another tab has done so', async () => {
  const { server, tab } = start();
  const [one, other] = [tab(), tab()];
  await one.logIn('ann', 'secret');
  assert.equal(await one.token('access-1'), 'access-2');
  assert.equal(await other.token('access-1'), 'access-2');
  assert.equal(server.refreshes, 1);
});

test('a refused refresh ends the login', async () => {
  const { server, clock, tab } = start();
  const auth = tab();
  await auth.logIn('ann', 'secret');
  await server.http('POST', '/v1/auth/refresh', { body: { refreshToken: 'refresh-1' } }); // another client used it
  let ended = 0;
  auth.on('ended', () => ended++);
  clock.now += 900_000;
  await assert.rejects(auth.token(), { code: 'unauthenticated' });
  assert.equal(ended, 1);
  assert.equal(auth.user, null);
});

for (const code of ['unavailable', 'permission_denied']) {
  test(`a refresh that fails with ${code} leaves the login as it is`, async () => {
    const server = createServer();
    let isUp = true;
    const { clock, tab } = start({ http: (...request) => isUp ? server.http(...request) : Promise.reject(new Refusal(code)) });
    const auth = tab();
    await auth.logIn('ann', 'secret');
    clock.now += 900_000;
    isUp = false;
    await assert.rejects(auth.token(), { code });
    isUp = true;
    assert.equal(await auth.token(), 'access-2');
  });
}

test('logging out forgets the tokens also if the server cannot be reached', async () => {
  const storage = createStorage();
  const server = createServer();
  let isUp = true;
  const http = (...request) => isUp ? server.http(...request) : Promise.reject(new Refusal('unavailable'));
  const auth = new Auth({ http, storage });
  await auth.signUp('ann', 'secret', 'Ann');
  isUp = false;
  let ended = false;
  auth.on('ended', () => { ended = true; });
  await assert.rejects(auth.logOut(), { code: 'unavailable' });
  assert.equal(auth.user, null);
  assert.equal(ended, true);
});

test('a duplicated tab begins a new session', async () => {
  const locks = createLocks();
  const storage = createStorage();
  const one = await Memory.of('u1', { storage, locks });
  one.sessionId = 's1';
  one.setCursor('r1', 7);
  const copy = createStorage();
  copy.setItem('webchat.session', storage.getItem('webchat.session'));

  const other = await Memory.of('u1', { storage: copy, locks });
  assert.equal(other.sessionId, '');
  assert.deepEqual(other.cursors, {});
  assert.equal(one.sessionId, 's1');
});

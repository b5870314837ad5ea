import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ann, Bob, createLocks, createStorage, happened, load, room } from './fakes.mjs';

const { RoomLog } = await load('room-log.js');
const { Auth, Refusal } = await load('webchat-client.js');
const { itemsOf } = await load('views/items.js');
const { clientName } = await load('clients.js');

const ServerTime = Date.parse('2030-01-01T10:00:00Z');

/** A server with the password `old`, and new tokens in each answer. */
function start() {
  let number = 0;
  const asked = [];
  async function http(method, path, { body, token }) {
    asked.push([method, path, token]);
    if (body.oldPassword === 'wrong' || body.password === 'wrong') throw new Refusal('permission_denied');
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
  }
  const auth = new Auth({ http, storage: createStorage(), locks: createLocks(), now: () => 5_000_000 });
  return { auth, asked };
}

test('a changed password gives new tokens', async () => {
  const { auth, asked } = start();
  await auth.logIn('ann', 'old');
  await auth.changePassword('old', 'new');
  assert.deepEqual(asked.at(-1), ['POST', '/v1/auth/password', 'access-1']);
  assert.equal(await auth.token(), 'access-2');
});

test('a refused change of password changes nothing', async () => {
  const { auth } = start();
  await auth.logIn('ann', 'old');
  await assert.rejects(auth.changePassword('wrong', 'new'), Refusal);
  assert.equal(await auth.token(), 'access-1');
});

test('a deleted account is logged out, and a refused deletion is not', async () => {
  const { auth, asked } = start();
  let ended = 0;
  auth.on('ended', () => ended++);
  await auth.logIn('ann', 'old');
  await assert.rejects(auth.deleteAccount('wrong'), Refusal);
  assert.equal(auth.user.username, 'ann');
  await auth.deleteAccount('old');
  assert.deepEqual(asked.at(-1), ['DELETE', '/v1/auth/account', 'access-1']);
  assert.deepEqual([auth.user, ended], [null, 1]);
});

const group = () => room({ kind: 'GROUP', name: 'Tea', members: [{ memberId: Bob, nickname: 'Bob' }, { memberId: Ann, nickname: 'Ann', you: true }], memberCount: 2 });
const posted = (seq, memberId, text) => happened(seq, { messagePosted: { messageId: `m${seq}`, memberId, clientId: `${seq}`, text } });
const deleted = (seq, memberId) => happened(seq, { memberLeft: { memberId, reason: 'DELETED' } });

test('messages of a deleted account read as removed and have no author', () => {
  const log = new RoomLog(group());
  log.apply(posted(3, Bob, 'hello'));
  log.apply(posted(4, Ann, 'hi'));
  log.apply(deleted(5, Bob));
  assert.deepEqual(log.entries.filter(entry => entry.kind === 'message').map(entry => [entry.text, Boolean(entry.removed)]), [['', true], ['hi', false]]);
  assert.deepEqual([log.members.map(member => member.memberId), log.memberCount], [[Ann], 1]);
  const items = itemsOf(log, []);
  assert.deepEqual(items.filter(item => item.kind === 'system').map(item => item.text), ['A member deleted their account and all their messages.']);
  assert.ok(!JSON.stringify(items).includes('Bob"'));
});

test('the deleted account of a former member does not leave again', () => {
  const log = new RoomLog(group());
  log.apply(posted(3, Bob, 'hello'));
  log.apply(happened(4, { memberLeft: { memberId: Bob, reason: 'LEFT' } }));
  log.apply(deleted(5, Bob));
  assert.equal(log.memberCount, 1);
  assert.equal(log.entries[0].removed, true);
});

test('history from before the deletion of the account is removed as well', () => {
  const log = new RoomLog(group());
  log.apply(deleted(3, Bob));
  log.addHistory({ messages: [{ messageId: 'm2', seq: '2', at: '2030-01-01T10:00:00Z', memberId: Bob, text: 'hello' }] });
  assert.deepEqual([log.entries[0].text, log.entries[0].removed], ['', true]);
});

test('a client has a readable name', () => {
  const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36';
  assert.equal(clientName(windows), 'Chrome, Windows');
  assert.equal(clientName(`${windows} Edg/120.0`), 'Edge, Windows');
  assert.equal(clientName('Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1'), 'Safari, iOS');
  assert.equal(clientName('grpc-dotnet/2.76.0'), 'grpc-dotnet/2.76.0');
  assert.equal(clientName(''), '');
});

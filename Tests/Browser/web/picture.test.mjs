import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { Bob, load, room } from './fakes.mjs';

const { Api } = await load('api.js');
const { fit, uploadOf } = await load('picture.js');
const { RoomLog } = await load('room-log.js');
const { Refusal, httpOf } = await load('webchat-client.js');
const http = httpOf('http://localhost');

const realFetch = globalThis.fetch;
afterEach(() => void (globalThis.fetch = realFetch));

/** An Api, and its requests. */
function createApi(answer) {
  const asked = [];
  const api = new Api({
    auth: {
      async ask(method, path, body, options) {
        asked.push({ method, path, body, ...options });
        return answer();
      },
    },
  });
  return { api, asked };
}

test('a picture keeps its shape when it is scaled down, and is never enlarged', () => {
  assert.deepEqual(fit({ width: 4000, height: 3000 }, 1024), { width: 1024, height: 768 });
  assert.deepEqual(fit({ width: 3000, height: 4000 }, 2048), { width: 1536, height: 2048 });
  assert.deepEqual(fit({ width: 20, height: 10 }, 32), { width: 20, height: 10 });
  assert.deepEqual(fit({ width: 5000, height: 1 }, 32), { width: 32, height: 1 });
});

test('a picture within the limits is sent as it is', async () => {
  const { api, asked } = createApi(() => ({ hasAvatar: true }));
  const file = new Blob(['picture']);
  assert.deepEqual(await api.setAvatar(await uploadOf(file)), { hasAvatar: true });
  const [{ method, path, body }] = asked;
  assert.deepEqual([method, path], ['PUT', '/v1/profile/avatar']);
  assert.equal(body, file);
});

test('a member\'s picture is requested as a file, by room and member', async () => {
  const { api, asked } = createApi(() => new Blob(['x']));
  assert.equal(await (await api.memberAvatar('r/1', Bob, true)).text(), 'x');
  await api.memberAvatar('r1', Bob, false);
  assert.deepEqual(asked.map(one => [one.path, one.asFile]), [
    [`/v1/rooms/r%2F1/members/${Bob}/avatar/preview`, true],
    [`/v1/rooms/r1/members/${Bob}/avatar`, true],
  ]);
});

test('a missing picture is not an error, and a hidden one is', async () => {
  const refusing = code => createApi(() => { throw new Refusal(code); }).api;
  assert.equal(await refusing('not_found').avatar(), null);
  await assert.rejects(refusing('permission_denied').memberAvatar('r1', Bob, false), { code: 'permission_denied' });
});

test('a file is sent as it is', async () => {
  const file = new Blob(['picture']);
  globalThis.fetch = async (_, { headers, body }) => {
    assert.equal(body, file);
    assert.equal(headers['content-type'], 'application/octet-stream');
    return new Response('{"hasAvatar":true}');
  };
  assert.deepEqual((await http('PUT', '/v1/profile/avatar', { body: file })).body, { hasAvatar: true });
});

test('a received file is returned as one, and a refusal is still read', async () => {
  globalThis.fetch = async () => new Response('bytes', { headers: { 'content-type': 'image/png' } });
  const { body } = await http('GET', '/a', { asFile: true });
  assert.deepEqual([body.type, await body.text()], ['image/png', 'bytes']);
  globalThis.fetch = async () => new Response('{"code":7,"message":"no"}', { status: 403 });
  await assert.rejects(http('GET', '/a', { asFile: true }), { code: 'permission_denied', detail: 'no' });
});

test('a room reveals what the server and its events say', () => {
  const raised = (seq, level) => ({ roomId: 'r1', seq: String(seq), at: '2030-01-01T10:00:00Z', revealRaised: { level } });
  const log = new RoomLog(room());
  assert.equal(log.revealLevel, 0);
  log.apply(raised(3, 1));
  assert.equal(log.revealLevel, 1);
  log.update(room({ lastSeq: '4', revealLevel: 2 }));
  log.apply({ ...raised(4, 1) }); // already included in the room's state
  assert.equal(log.revealLevel, 2);
});

import assert from 'node:assert/strict';
import { scenario } from '../registry.js';

scenario('A profile is read and changed over HTTP', async world => {
  const { token } = await world.person('Ann');
  const changed = await world.ok('PATCH', '/v1/profile', { token, body: { bio: 'likes tea', languages: ['de', 'en-GB'], preferredGenders: ['MALE', 'OTHER'], ageMin: 25, ageMax: 40 } });
  assert.equal(changed.nickname, 'Ann', 'fields that the body lacks stay');
  assert.equal(changed.bio, 'likes tea');
  assert.deepEqual(changed.preferredGenders, ['MALE', 'OTHER']);

  const masked = await world.ok('PATCH', '/v1/profile?updateMask=bio,languages', { token, body: { nickname: 'Not changed', bio: '' } });
  assert.deepEqual([masked.nickname, masked.bio ?? '', masked.languages ?? []], ['Ann', '', []]);
  const read = await world.ok('GET', '/v1/profile', { token });
  assert.deepEqual(read, masked);
  const overRpc = await world.rpc('UserService', 'GetProfile', {}, token);
  assert.deepEqual([overRpc.nickname, overRpc.ageMin, overRpc.birthDate], ['Ann', 25, '1990-01-02']);

  for (const body of [{ nickname: '' }, { nickname: 'n'.repeat(31) }, { birthDate: 'yesterday' }, { bio: 'b'.repeat(501) }]) {
    await world.refusesHttp('invalid_argument', 'PATCH', '/v1/profile', { token, body });
  }
  await world.refusesHttp('invalid_argument', 'PATCH', '/v1/profile?updateMask=shoe_size', { token, body: {} });
});

scenario('Rooms are opened listed joined and left over HTTP', async world => {
  const [ann, bob] = [await world.person('Ann'), await world.person('Bob')];
  const name = `Room ${world.username()}`;
  const made = await world.ok('POST', '/v1/rooms', { token: ann.token, body: { name, capacity: 5, open: true } });
  const { roomId } = made;
  assert.match(roomId, /^[0-9a-f]{32}$/);
  assert.equal(made.kind, 'GROUP');

  let listed;
  let pageToken = '';
  do {
    const page = await world.ok('GET', `/v1/rooms?pageSize=1&pageToken=${encodeURIComponent(pageToken)}`, { token: bob.token });
    assert.ok((page.rooms ?? []).length <= 1);
    listed ??= (page.rooms ?? []).find(r => r.roomId === roomId);
    pageToken = page.nextPageToken ?? '';
  } while (pageToken);
  assert.equal(listed?.name, name);
  assert.equal(listed.memberCount, 1);
  assert.deepEqual(listed.members ?? [], [], 'members are counted, not named');

  const joined = await world.ok('POST', `/v1/rooms/${roomId}:join`, { token: bob.token, body: {} });
  assert.deepEqual(joined.members.map(m => [m.nickname, m.you ?? false]).sort(), [['Ann', false], ['Bob', true]]);
  assert.deepEqual((await world.ok('GET', '/v1/my/rooms', { token: bob.token })).rooms.map(r => r.roomId), [roomId]);
  assert.equal((await world.ok('GET', `/v1/rooms/${roomId}`, { token: bob.token })).memberCount, 2);

  await world.refusesHttp('permission_denied', 'POST', `/v1/rooms/${roomId}:end`, { token: bob.token, body: {} });
  await world.ok('POST', `/v1/rooms/${roomId}:leave`, { token: bob.token });
  assert.deepEqual((await world.ok('GET', '/v1/my/rooms', { token: bob.token })).rooms ?? [], []);
  const ended = await world.ok('POST', `/v1/rooms/${roomId}:end`, { token: ann.token, body: {} });
  assert.equal(ended.state, 'ENDED');
  await world.refusesHttp('failed_precondition', 'POST', `/v1/rooms/${roomId}:join`, { token: bob.token, body: {} });

  for (const body of [{ name: '', capacity: 5 }, { name: 'n'.repeat(61), capacity: 5 }, { name, capacity: 1 }, { name, capacity: 1_001 }]) {
    await world.refusesHttp('invalid_argument', 'POST', '/v1/rooms', { token: ann.token, body });
  }
});

scenario('A room that is not open is neither listed nor joined', async world => {
  const [ann, eve] = [await world.person('Ann'), await world.person('Eve')];
  const { roomId } = await world.rpc('RoomService', 'CreateRoom', { name: 'Hidden', capacity: 5 }, ann.token);
  const { rooms = [] } = await world.rpc('RoomService', 'ListRooms', { pageSize: 200 }, eve.token);
  assert.ok(!rooms.some(r => r.roomId === roomId));
  await world.refusesRpc('permission_denied', 'RoomService', 'JoinRoom', { roomId }, eve.token);
  await world.refusesRpc('permission_denied', 'RoomService', 'GetRoom', { roomId }, eve.token);
});

scenario('JSON is accepted as the protobuf mapping says', async world => {
  const { token } = await world.person('Ann');
  const room = await world.ok('POST', '/v1/rooms', { token, body: { name: 'Room', capacity: 5 } });
  const { roomId } = room;
  assert.equal(typeof room.lastSeq, 'string', 'a 64-bit number is a string');
  assert.match(room.createdAt, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  const ack = await world.ok('POST', `/v1/rooms/${roomId}/messages`, { token, body: { client_id: 'snake', text: 'case is taken too' } });
  assert.equal(typeof ack.seq, 'string');
  await world.ok('POST', '/v1/match:search', { token, body: { mode: 2 } });
  assert.equal((await world.ok('POST', '/v1/match:cancel', { token })).state, 'IDLE');
});

scenario('An unreadable request is answered with an error', async world => {
  const { token } = await world.person('Ann');
  await world.refusesHttp('invalid_argument', 'POST', '/v1/auth/login', { raw: '{"username":' });
  await world.refusesHttp('invalid_argument', 'POST', '/v1/auth/login', { raw: '{"username": 7}' });
  await world.refusesHttp('invalid_argument', 'PATCH', '/v1/profile', { token, raw: '[]' });
  await world.refusesHttp('invalid_argument', 'GET', '/v1/rooms?pageSize=many', { token });
  await world.refusesHttp('not_found', 'GET', '/v1/nothing', { token });
  const long = await world.http('POST', '/v1/auth/login', { raw: JSON.stringify({ username: 'x'.repeat(100_000), password: 'x' }) });
  assert.ok(long.status >= 400 && long.status < 500, `${long.status} ${long.text}`);
});

scenario('Health is reported on both protocols', async world => {
  for (const path of ['/healthz', '/readyz']) assert.equal((await world.http('GET', path)).status, 200);
});

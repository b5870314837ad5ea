import assert from 'node:assert/strict';
import { scenario } from '../registry.js';

scenario('Two users that search over HTTP and gRPC are paired', async world => {
  const [ann, bob] = [await world.person('Ann'), await world.person('Bob')];
  const idle = await world.ok('GET', '/v1/match', { token: ann.token });
  assert.equal(idle.state, 'IDLE');

  const waiting = await world.ok('POST', '/v1/match:search', { token: ann.token, body: { mode: 'CHAT' } });
  assert.equal(waiting.state, 'WAITING');
  assert.equal(waiting.mode, 'CHAT');
  assert.ok(Math.abs(Date.parse(waiting.since) - Date.now()) < 60_000);

  await world.connect(ann, 'json'); // only a user with a connected client is matched
  const client = await world.connect(bob, 'grpc');
  await world.rpc('MatchService', 'StartSearch', { mode: 'CHAT' }, bob.token);
  const { room } = await client.next('match');
  assert.equal(room.kind, 'PAIR');
  assert.equal(room.state, 'ACTIVE');
  assert.deepEqual(room.members.map(m => m.nickname).sort(), ['Ann', 'Bob']);
  assert.deepEqual(room.members.filter(m => m.you).map(m => m.nickname), ['Bob']);

  const mine = await world.ok('GET', '/v1/my/rooms', { token: ann.token });
  assert.deepEqual(mine.rooms.map(r => r.roomId), [room.roomId]);
  assert.notEqual((await world.ok('GET', '/v1/match', { token: ann.token })).state, 'WAITING');
});

scenario('A cancelled search is not matched', async world => {
  const [ann, bob, cat] = [await world.person('Ann'), await world.person('Bob'), await world.person('Cat')];
  await world.rpc('MatchService', 'StartSearch', { mode: 'CHAT' }, ann.token);
  assert.equal((await world.ok('POST', '/v1/match:cancel', { token: ann.token, body: {} })).state, 'IDLE');
  assert.equal((await world.rpc('MatchService', 'StartSearch', {}, bob.token)).state, 'WAITING');
  await world.connect(bob, 'proto');

  // The next fitting user is paired with Bob, not with Ann.
  const client = await world.connect(cat, 'json');
  const answer = await client.request({ search: { mode: 'CHAT' } });
  assert.ok(['WAITING', 'MATCHED'].includes(answer.search.state), JSON.stringify(answer));
  const { room } = await client.next('match');
  assert.deepEqual(room.members.map(m => m.nickname).sort(), ['Bob', 'Cat']);
  assert.equal((await world.rpc('MatchService', 'GetSearch', {}, ann.token)).state, 'IDLE');
});

scenario('No user is matched against the preferences of either side', async world => {
  const ann = await world.connect(await world.person('Ann', { gender: 'FEMALE', preferredGenders: ['MALE'] }), 'json');
  const eve = await world.connect(await world.person('Eve', { gender: 'FEMALE', preferredGenders: [] }), 'json');
  const max = await world.connect(await world.person('Max', { gender: 'MALE', preferredGenders: ['OTHER'] }), 'proto');
  const bob = await world.connect(await world.person('Bob', { gender: 'MALE', preferredGenders: ['FEMALE'] }), 'grpc');
  for (const client of [max, ann]) assert.equal((await client.request({ search: { mode: 'CHAT' } })).search.state, 'WAITING');
  await bob.request({ search: {} });

  // Max came first, and he and Ann do not fit: the head of the queue does not hold up the others.
  const { room } = await bob.next('match');
  assert.deepEqual(room.members.map(m => m.nickname).sort(), ['Ann', 'Bob']);
  await eve.request({ search: {} });
  assert.equal((await world.rpc('MatchService', 'GetSearch', {}, max.person.token)).state, 'WAITING');
  assert.equal((await world.rpc('MatchService', 'GetSearch', {}, eve.person.token)).state, 'WAITING');
});

scenario('A user in a pair cannot search until it ends', async world => {
  const [ann, bob, room] = await world.pair('json', 'grpc');
  await world.refusesRpc('failed_precondition', 'MatchService', 'StartSearch', {}, ann.person.token);
  const refused = await bob.request({ search: {} });
  assert.equal(refused.error?.code, 'failed_precondition', JSON.stringify(refused));

  assert.equal((await ann.request({ end: { roomId: room.roomId } })).room.state, 'ENDED');
  const ended = await bob.next('event', e => e.roomEnded);
  assert.equal(ended.roomEnded.reason, 'CLOSED');
  // The two have just met, so they are not paired again: each waits for another partner.
  for (const client of [ann, bob]) assert.equal((await client.request({ search: {} })).search.state, 'WAITING');
  const cat = await world.connect(await world.person('Cat'), 'proto');
  await cat.request({ search: {} });
  const { room: next } = await cat.next('match');
  assert.deepEqual(next.members.map(m => m.nickname).sort(), ['Ann', 'Cat']);
  assert.notEqual(next.roomId, room.roomId);
});

scenario('Missing profile fields for a search are named', async world => {
  const { accessToken: token } = await world.rpc('AuthService', 'SignUp', { username: world.username(), password: 'correct horse', nickname: 'Ann' });
  const refused = await world.refusesHttp('failed_precondition', 'POST', '/v1/match:search', { token, body: { mode: 'CHAT' } });
  assert.equal(refused.field, 'birth_date');
  assert.match(refused.message, /birth_date.*gender/);
  await world.ok('PATCH', '/v1/profile', { token, body: { birthDate: '1990-01-02' } });
  await world.refusesRpc('failed_precondition', 'MatchService', 'StartSearch', {}, token);
  await world.ok('PATCH', '/v1/profile', { token, body: { gender: 'OTHER', needs: ['talk'], interests: ['chess'], languages: ['en-gb'] } });
  assert.equal((await world.rpc('MatchService', 'StartSearch', {}, token)).state, 'WAITING');
  assert.equal((await world.rpc('MatchService', 'CancelSearch', {}, token)).state, 'IDLE');
});

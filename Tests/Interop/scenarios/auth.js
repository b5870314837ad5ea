import assert from 'node:assert/strict';
import { statusName } from '../contract.js';
import { scenario } from '../registry.js';
import { badTokens, claims, header, serverKey, signed } from '../tokens.js';

const password = 'correct horse battery';

scenario('A user signs up and logs in over gRPC', async world => {
  const username = world.username();
  const made = await world.rpc('AuthService', 'SignUp', { username, password, nickname: 'Ann' });
  assert.deepEqual({ ...made.user, userId: undefined }, { userId: undefined, username, nickname: 'Ann' });
  assert.match(made.user.userId, /^[0-9a-f]{32}$/);

  const again = await world.rpc('AuthService', 'LogIn', { username: username.toUpperCase(), password });
  assert.equal(again.user.userId, made.user.userId, 'the case of a user name does not matter');
  assert.notEqual(again.refreshToken, made.refreshToken);

  const life = Number(again.accessExpiresAt.seconds) - Date.now() / 1000;
  assert.ok(life > 14 * 60 && life < 16 * 60, `an access token lives for 15 minutes, not ${life} s`);
  assert.equal(header(again.accessToken).alg, 'HS256');
  assert.equal(claims(again.accessToken).exp, Number(again.accessExpiresAt.seconds));
  assert.equal((await world.rpc('UserService', 'GetProfile', {}, again.accessToken)).nickname, 'Ann');
});

scenario('A user signs up and logs in over HTTP', async world => {
  const username = world.username();
  const made = await world.ok('POST', '/v1/auth/signup', { body: { username, password, nickname: 'Åsa 🌸' } });
  assert.equal(made.user.nickname, 'Åsa 🌸');
  assert.ok(Date.parse(made.accessExpiresAt) > Date.now());
  const again = await world.ok('POST', '/v1/auth/login', { body: { username, password } });
  assert.equal(again.user.userId, made.user.userId);
  assert.equal((await world.ok('GET', '/v1/profile', { token: again.accessToken })).nickname, 'Åsa 🌸');
});

scenario('A user name is taken whatever its case', async world => {
  const { username } = await world.person();
  await world.refusesRpc('already_exists', 'AuthService', 'SignUp', { username: username.toUpperCase(), password, nickname: 'Eve' });
  await world.refusesHttp('already_exists', 'POST', '/v1/auth/signup', { body: { username, password, nickname: 'Eve' } });
});

scenario('Of two concurrent sign ups under one name one succeeds', async world => {
  const username = world.username();
  const tries = await Promise.allSettled(Array.from({ length: 8 }, (_, i) => world.rpc('AuthService', 'SignUp', { username, password, nickname: `N${i}` })));
  assert.equal(tries.filter(t => t.status === 'fulfilled').length, 1);
  for (const { reason } of tries.filter(t => t.status === 'rejected')) assert.equal(statusName(reason.code), 'ALREADY_EXISTS');
});

scenario('Names and passwords outside the limits are refused', async world => {
  const good = { username: world.username(), password, nickname: 'Ann' };
  for (const bad of [
    { username: 'ab' }, { username: 'a'.repeat(21) }, { username: 'a b c' }, { username: 'añb' }, { username: '' },
    { password: 'seven77' }, { password: 'x'.repeat(129) }, { password: 'secret\u0000one' }, { nickname: '' }, { nickname: 'n'.repeat(31) },
  ]) {
    await world.refusesRpc('invalid_argument', 'AuthService', 'SignUp', { ...good, ...bad });
    await world.refusesHttp('invalid_argument', 'POST', '/v1/auth/signup', { body: { ...good, ...bad } });
  }
  await world.rpc('AuthService', 'SignUp', { ...good, password: 'x'.repeat(128), nickname: 'n'.repeat(30) });
  await world.rpc('AuthService', 'LogIn', { username: good.username, password: 'x'.repeat(128) });
});

scenario('Every character of a password counts', async world => {
  // Bcrypt itself uses 72 bytes only.
  for (const [right, wrong] of [['x'.repeat(128), `${'x'.repeat(127)}y`], ['🌸'.repeat(32), `${'🌸'.repeat(31)}🌹`]]) {
    const username = world.username();
    await world.rpc('AuthService', 'SignUp', { username, password: right, nickname: 'Ann' });
    await world.refusesRpc('unauthenticated', 'AuthService', 'LogIn', { username, password: wrong });
    await world.rpc('AuthService', 'LogIn', { username, password: right });
  }
});

scenario('A wrong password and an unknown user get the same answer', async world => {
  const { username } = await world.person();
  const wrong = await world.refusesRpc('unauthenticated', 'AuthService', 'LogIn', { username, password: 'not my password' });
  const unknown = await world.refusesRpc('unauthenticated', 'AuthService', 'LogIn', { username: world.username(), password });
  assert.equal(wrong.details, unknown.details);

  const wrongHttp = await world.refusesHttp('unauthenticated', 'POST', '/v1/auth/login', { body: { username, password: 'not my password' } });
  const unknownHttp = await world.refusesHttp('unauthenticated', 'POST', '/v1/auth/login', { body: { username: world.username(), password } });
  const same = ({ instance, traceId, ...rest }) => rest;
  assert.deepEqual(same(wrongHttp), same(unknownHttp));
});

scenario('Without a token only signing up and logging in work', async world => {
  for (const [service, method] of [
    ['UserService', 'GetProfile'], ['UserService', 'UpdateProfile'],
    ['RoomService', 'CreateRoom'], ['RoomService', 'ListRooms'], ['RoomService', 'ListMyRooms'], ['RoomService', 'GetRoom'],
    ['RoomService', 'JoinRoom'], ['RoomService', 'LeaveRoom'], ['RoomService', 'EndRoom'], ['RoomService', 'ListMessages'], ['RoomService', 'SendMessage'],
    ['MatchService', 'StartSearch'], ['MatchService', 'CancelSearch'], ['MatchService', 'GetSearch'],
  ]) await world.refusesRpc('unauthenticated', service, method, {});
  for (const [method, path, body] of [
    ['GET', '/v1/profile'], ['PATCH', '/v1/profile', {}], ['POST', '/v1/rooms', {}], ['GET', '/v1/rooms'], ['GET', '/v1/my/rooms'], ['GET', '/v1/rooms/x'],
    ['POST', '/v1/rooms/x:join', {}], ['POST', '/v1/rooms/x:leave', {}], ['POST', '/v1/rooms/x:end', {}], ['GET', '/v1/rooms/x/messages'], ['POST', '/v1/rooms/x/messages', {}],
    ['POST', '/v1/match:search', {}], ['POST', '/v1/match:cancel', {}], ['GET', '/v1/match'],
  ]) await world.refusesHttp('unauthenticated', method, path, { body });

  for (const kind of ['json', 'proto', 'grpc']) {
    const client = await world.open(kind);
    client.tell({ id: '1', hello: {} });
    const { code } = await client.closed;
    assert.equal(kind === 'grpc' ? statusName(code) : code, kind === 'grpc' ? 'UNAUTHENTICATED' : 4401);
  }
});

scenario('An expired forged or unsigned token is refused', async world => {
  const { token } = await world.person();
  const good = signed(token, serverKey(world.dataDirectory));
  await world.rpc('UserService', 'GetProfile', {}, good);

  for (const [what, bad] of Object.entries(badTokens(token, world.dataDirectory))) {
    try {
      await world.refusesRpc('unauthenticated', 'UserService', 'GetProfile', {}, bad);
      await world.refusesHttp('unauthenticated', 'GET', '/v1/profile', { token: bad });
      for (const kind of ['json', 'grpc']) {
        const client = await world.open(kind);
        client.tell({ id: '1', hello: { accessToken: bad } });
        const { code } = await client.closed;
        assert.equal(kind === 'grpc' ? statusName(code) : code, kind === 'grpc' ? 'UNAUTHENTICATED' : 4401);
      }
    } catch (error) {
      error.message = `a token ${what}: ${error.message}`;
      throw error;
    }
  }
});

scenario('A refresh token works once and its reuse ends the login', async world => {
  const { username, refreshToken: first } = await world.person();
  const other = await world.rpc('AuthService', 'LogIn', { username, password });
  const second = await world.rpc('AuthService', 'Refresh', { refreshToken: first });
  const third = await world.ok('POST', '/v1/auth/refresh', { body: { refreshToken: second.refreshToken } });
  assert.notEqual(second.refreshToken, first);
  await world.rpc('UserService', 'GetProfile', {}, third.accessToken);

  const client = await world.open('json');
  await client.hello(third.accessToken);

  // The token before the last would be accepted once more.
  await world.refusesRpc('unauthenticated', 'AuthService', 'Refresh', { refreshToken: first });
  await world.refusesRpc('unauthenticated', 'AuthService', 'Refresh', { refreshToken: third.refreshToken });
  assert.equal((await client.closed).code, 4401, 'the sessions of the login are ended');
  await world.rpc('AuthService', 'Refresh', { refreshToken: other.refreshToken });
});

scenario('An unknown refresh token is refused', async world => {
  const { username } = await world.person();
  for (const refreshToken of ['', 'abc', `${username}.abc`, 'x'.repeat(5_000)]) {
    const error = await world.rpc('AuthService', 'Refresh', { refreshToken }).then(() => assert.fail('it was accepted'), e => e);
    assert.ok(['UNAUTHENTICATED', 'INVALID_ARGUMENT'].includes(statusName(error.code)), error.message);
  }
});

scenario('Logging out ends the refresh token and the sessions of that login only', async world => {
  const person = await world.person();
  const other = await world.rpc('AuthService', 'LogIn', { username: person.username, password });
  const [here, there, stream] = [await world.open('json'), await world.open('json'), await world.open('grpc')];
  await here.hello(person.token);
  await stream.hello(person.token);
  await there.hello(other.accessToken);

  await world.rpc('AuthService', 'LogOut', { refreshToken: person.refreshToken }, person.token);
  assert.equal((await here.closed).code, 4401);
  assert.equal(statusName((await stream.closed).code), 'UNAUTHENTICATED');
  await world.refusesRpc('unauthenticated', 'AuthService', 'Refresh', { refreshToken: person.refreshToken });
  assert.ok((await there.request({ ping: {} })).pong, 'the other login continues');
  await world.ok('POST', '/v1/auth/logout', { token: other.accessToken, body: { refreshToken: other.refreshToken } });
  assert.equal((await there.closed).code, 4401);
});

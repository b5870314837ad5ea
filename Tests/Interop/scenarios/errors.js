import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { statusName } from '../contract.js';
import { scenario } from '../registry.js';
import { refuses } from '../world.js';

const kinds = ['json', 'proto', 'grpc'];
const nowhere = '0'.repeat(32);

scenario('A message to a room of others is refused and the connection continues', async world => {
  const [ann, , { roomId }] = await world.pair('json', 'grpc');
  for (const kind of kinds) {
    const eve = await world.connect(await world.person('Eve'), kind);
    refuses('permission_denied', await eve.request({ send: { roomId, clientId: '1', text: 'let me in' } }));
    refuses('not_found', await eve.request({ send: { roomId: nowhere, clientId: '1', text: 'hello?' } }));
    refuses('permission_denied', await eve.request({ join: { roomId } }));
    assert.ok((await eve.request({ ping: {} })).pong);
    await world.refusesRpc('permission_denied', 'RoomService', 'SendMessage', { roomId, clientId: '1', text: 'x' }, eve.person.token);
    await world.refusesRpc('permission_denied', 'RoomService', 'GetRoom', { roomId }, eve.person.token);
    await world.refusesHttp('permission_denied', 'POST', `/v1/rooms/${roomId}/messages`, { token: eve.person.token, body: { clientId: '1', text: 'x' } });
    await world.refusesHttp('not_found', 'GET', `/v1/rooms/${nowhere}`, { token: eve.person.token });
  }
  const { ack } = await ann.request({ send: { roomId, clientId: '1', text: 'still among us' } });
  assert.equal((await ann.eventsUpTo(roomId, Number(ack.seq))).filter(e => e.messagePosted).length, 1);
});

scenario('An empty or too long text or one with control characters is refused', async world => {
  const clients = [...await world.pair('json', 'proto')];
  const [ann, bob, { roomId }] = clients;
  const stream = await world.connect(ann.person, 'grpc');
  for (const text of ['', '   \u2003\n', 'x'.repeat(2_001), '🌸'.repeat(2_001), 'a\u0000b', 'a\u0007b', 'a\u001bb']) {
    for (const client of [ann, bob, stream]) refuses('invalid_argument', await client.request({ send: { roomId, clientId: 'c', text } }));
    await world.refusesRpc('invalid_argument', 'RoomService', 'SendMessage', { roomId, clientId: 'c', text }, ann.person.token);
    await world.refusesHttp('invalid_argument', 'POST', `/v1/rooms/${roomId}/messages`, { token: ann.person.token, body: { clientId: 'c', text } });
  }
  for (const clientId of ['', 'c'.repeat(65)]) refuses('invalid_argument', await ann.request({ send: { roomId, clientId, text: 'fine' } }));
  assert.ok((await ann.request({ send: { roomId, clientId: 'c', text: 'x'.repeat(2_000) } })).ack);
});

scenario('An unreadable frame closes the socket with 4400', async world => {
  for (const rubbish of ['{"id":"1",', 'hello', '[1]', '""', '{"id":"1","send":{"roomId":7}}', '', '{"id":"1","ping":{},"search":{}}']) {
    const client = await world.connect(await world.person(), 'json');
    client.raw(rubbish);
    assert.equal((await client.closed).code, 4400, `after ${rubbish}`);
  }
  const proto = await world.connect(await world.person(), 'proto');
  proto.raw(Buffer.from([0xff, 0xff, 0xff]));
  assert.equal((await proto.closed).code, 4400);
});

scenario('An unreadable frame before the hello closes the socket with 4400', async world => {
  const client = await world.open('json');
  client.raw('GET / HTTP/1.1');
  assert.equal((await client.closed).code, 4400);
});

scenario('A frame over 64 KiB closes the socket with 1009', async world => {
  const tooLong = { id: '1', send: { roomId: nowhere, clientId: '1', text: 'x'.repeat(64 * 1024) } };
  for (const kind of ['json', 'proto']) {
    const client = await world.connect(await world.person(), kind);
    client.tell(tooLong);
    assert.equal((await client.closed).code, 1009, kind);
  }
  const stream = await world.connect(await world.person(), 'grpc');
  stream.tell(tooLong);
  assert.equal(statusName((await stream.closed).code), 'RESOURCE_EXHAUSTED');

  // The longest allowed frame, to the byte.
  const client = await world.connect(await world.person(), 'json');
  const frame = JSON.stringify({ id: 'long', send: { roomId: nowhere, clientId: '1', text: '' } });
  client.raw(frame.replace('""', `"${'x'.repeat(64 * 1024 - frame.length)}"`));
  refuses('invalid_argument', await client.answerTo('long'));
});

scenario('An unknown frame is answered and the connection continues', async world => {
  const json = await world.connect(await world.person(), 'json');
  refuses('invalid_argument', await json.request({ dance: { partner: 'you' } }, 'x1'));
  assert.ok((await json.request({ ping: {} })).pong);

  const proto = await world.connect(await world.person(), 'proto');
  // The id "x1", and an empty field 200.
  proto.raw(Buffer.from([0x0a, 2, 0x78, 0x31, 0xc2, 0x0c, 0]));
  refuses('invalid_argument', await proto.answerTo('x1'));
  assert.ok((await proto.request({ ping: {} })).pong);

  const stream = await world.connect(await world.person(), 'grpc');
  refuses('invalid_argument', await stream.request({}));
  assert.ok((await stream.request({ ping: {} })).pong);
});

scenario('A socket without a hello in 5 seconds is closed with 4401', async world => {
  const began = Date.now();
  const clients = await Promise.all(kinds.map(kind => world.open(kind)));
  const ends = await Promise.all(clients.map(c => c.closed));
  assert.deepEqual(ends.map((end, i) => (kinds[i] === 'grpc' ? statusName(end.code) : end.code)), [4401, 4401, 'UNAUTHENTICATED']);
  const waited = Date.now() - began;
  assert.ok(waited >= 4_900 && waited < 15_000, `it waited for ${waited} ms`);
});

scenario('A frame before the hello is refused and a hello still works', async world => {
  for (const kind of kinds) {
    const client = await world.open(kind);
    refuses('unauthenticated', await client.request({ search: { mode: 'CHAT' } }));
    const { token } = await world.person();
    await client.hello(token);
    assert.ok((await client.request({ ping: {} })).pong);
  }
});

scenario('A second hello is an error and the connection continues', async world => {
  for (const kind of kinds) {
    const person = await world.person();
    const client = await world.connect(person, kind);
    refuses('failed_precondition', await client.request({ hello: { accessToken: person.token } }));
    assert.ok((await client.request({ ping: {} })).pong);
  }
});

scenario('A frame with too long an id is refused', async world => {
  const client = await world.connect(await world.person(), 'json');
  refuses('invalid_argument', await client.request({ ping: {} }, 'i'.repeat(65)));
  assert.ok((await client.request({ ping: {} }, 'i'.repeat(64))).pong);
});

scenario('A socket without a known subprotocol is refused', async world => {
  assert.equal(await world.handshake(['webchat.v2.json']), 400);
  assert.equal(await world.handshake(['webchat.v2.json', 'webchat.v1.json']), 'open');
});

scenario('A page of another site cannot open a socket', async world => {
  assert.equal(await world.handshake(['webchat.v1.json'], { origin: 'https://evil.example' }), 403);
  assert.equal(await world.handshake(['webchat.v1.json'], { origin: world.addresses.web }), 'open');
});

scenario('A client that disconnects abruptly harms no other', async world => {
  const [ann, bob, { roomId }] = await world.pair('json', 'grpc');
  for (let i = 0; i < 5; i++) {
    const other = await world.connect(bob.person, kinds[i % 3]);
    for (let n = 0; n < 10; n++) other.tell({ id: `${n}`, send: { roomId, clientId: `${i}-${n}`, text: 'x' } });
    await other.drop();
    await delay(0);
  }
  const { ack } = await ann.request({ send: { roomId, clientId: 'last', text: 'we are still here' } });
  const seen = await bob.eventsUpTo(roomId, Number(ack.seq));
  assert.equal(seen.at(-1).messagePosted.text, 'we are still here');
});

import assert from 'node:assert/strict';
import { statusName } from '../contract.js';
import { scenario } from '../registry.js';
import { texts } from '../world.js';

async function send(client, roomId, ...lines) {
  let seq;
  for (const text of lines) seq = Number((await client.request({ send: { roomId, clientId: text, text } })).ack.seq);
  return seq;
}

scenario('A resumed session gets exactly the events after the cursor', async world => {
  for (const kind of ['json', 'proto', 'grpc']) {
    const [ann, bob, { roomId }] = await world.pair(kind, 'json');
    const seen = await send(bob, roomId, 'one', 'two');
    await ann.eventsUpTo(roomId, seen);
    await ann.drop();
    const last = await send(bob, roomId, 'three', 'four', 'five');

    const back = await world.connect(ann.person, kind, { sessionId: ann.sessionId, cursors: { [roomId]: seen } });
    assert.equal(back.welcome.resumed, true);
    assert.equal(back.sessionId, ann.sessionId);
    assert.deepEqual(back.welcome.rooms.map(r => r.roomId), [roomId]);
    assert.deepEqual(texts(await back.eventsUpTo(roomId, last)), ['three', 'four', 'five']);
    const after = await send(bob, roomId, 'six');
    assert.deepEqual(texts(await back.eventsUpTo(roomId, after)), ['three', 'four', 'five', 'six']);
    await back.request({ end: { roomId } });
  }
});

scenario('A cursor of zero starts a room at its first event', async world => {
  const [ann, bob, { roomId }] = await world.pair('json', 'json');
  const last = await send(bob, roomId, 'one', 'two');
  await ann.drop();
  const back = await world.connect(ann.person, 'json', { sessionId: ann.sessionId, cursors: { [roomId]: 0 } });
  const events = await back.eventsUpTo(roomId, last);
  assert.deepEqual(events.map(e => Number(e.seq)), Array.from({ length: last }, (_, i) => i + 1));
});

scenario('A resume without a cursor starts at the current state of the room', async world => {
  const [ann, bob, { roomId }] = await world.pair('json', 'json');
  const seen = await send(bob, roomId, 'one');
  await ann.drop();
  const back = await world.connect(ann.person, 'json', { sessionId: ann.sessionId });
  assert.equal(Number(back.welcome.rooms[0].lastSeq), seen);
  const last = await send(bob, roomId, 'two');
  assert.deepEqual(texts(await back.eventsUpTo(roomId, last)), ['two']);
});

scenario('A resume on a second socket closes the first with 4409', async world => {
  for (const kind of ['json', 'grpc']) {
    const [ann, bob, { roomId }] = await world.pair(kind, 'json');
    const second = await world.connect(ann.person, 'proto', { sessionId: ann.sessionId, cursors: ann.cursors });
    assert.equal(second.welcome.resumed, true);
    const { code } = await ann.closed;
    assert.equal(kind === 'grpc' ? statusName(code) : code, kind === 'grpc' ? 'ABORTED' : 4409);
    const last = await send(bob, roomId, 'are you there?');
    assert.deepEqual(texts(await second.eventsUpTo(roomId, last)), ['are you there?']);
    await second.request({ end: { roomId } });
  }
});

scenario('A hello with an unknown session gets a new one and the rooms', async world => {
  const [ann, , { roomId }] = await world.pair('json', 'json');
  const other = await world.connect(ann.person, 'json', { sessionId: '0'.repeat(32), cursors: { [roomId]: 0 } });
  assert.ok(!other.welcome.resumed);
  assert.notEqual(other.sessionId, '0'.repeat(32));
  assert.notEqual(other.sessionId, ann.sessionId);
  assert.deepEqual(other.welcome.rooms.map(r => r.roomId), [roomId]);
  assert.equal((await other.eventsUpTo(roomId, Number(other.welcome.rooms[0].lastSeq)))[0].seq, '1');
});

scenario('The session of another user cannot be resumed', async world => {
  const [ann, bob, { roomId }] = await world.pair('json', 'json');
  const eve = await world.connect(await world.person('Eve'), 'json', { sessionId: ann.sessionId, cursors: { [roomId]: 0 } });
  assert.ok(!eve.welcome.resumed);
  assert.notEqual(eve.sessionId, ann.sessionId);
  assert.deepEqual(eve.welcome.rooms ?? [], []);
  const last = await send(bob, roomId, 'just us?');
  assert.deepEqual(texts(await ann.eventsUpTo(roomId, last)), ['just us?']);
  assert.ok((await eve.request({ ping: {} })).pong);
  assert.ok(!eve.has('event'));
});

scenario('A cursor beyond the history is reset', async world => {
  const [ann, bob, { roomId }] = await world.pair('json', 'json');
  const seen = await send(bob, roomId, 'one');
  await ann.drop();
  const back = await world.connect(ann.person, 'json', { sessionId: ann.sessionId, cursors: { [roomId]: 1_000 } });
  assert.deepEqual(await back.next('reset'), { roomId, lastSeq: `${seen}` });
  const last = await send(bob, roomId, 'two');
  assert.deepEqual(texts(await back.eventsUpTo(roomId, last)), ['two']);
});

scenario('Each session of a user gets the match and every event', async world => {
  const ann = await world.person('Ann');
  const [here, there] = [await world.connect(ann, 'json'), await world.connect(ann, 'grpc')];
  const bob = await world.connect(await world.person('Bob'), 'proto');
  const { roomId } = await world.match(here, bob);
  assert.equal((await there.next('match')).room.roomId, roomId);
  await send(here, roomId, 'from here');
  await send(there, roomId, 'from there');
  const last = await send(bob, roomId, 'to both');
  for (const client of [here, there, bob]) {
    assert.deepEqual(texts(await client.eventsUpTo(roomId, last)), ['from here', 'from there', 'to both']);
  }
});

scenario('Only a fresh access token of the same login is accepted', async world => {
  for (const kind of ['json', 'proto', 'grpc']) {
    const ann = await world.connect(await world.person('Ann'), kind);
    const bob = await world.person('Bob');
    assert.ok((await ann.request({ renew: { accessToken: ann.person.token } })).ack);
    assert.equal((await ann.request({ renew: { accessToken: bob.token } })).error.code, 'permission_denied');
    assert.equal((await ann.request({ renew: { accessToken: 'a.b.c' } })).error.code, 'unauthenticated');
    assert.ok((await ann.request({ ping: {} })).pong);
  }
});

scenario('A stopping server tells every client to reconnect', async world => {
  const clients = [...(await world.pair('json', 'proto')).slice(0, 2), await world.connect(await world.person(), 'grpc')];
  console.log('READY');
  for (const client of clients) {
    const { reconnectAfterMs } = await client.next('goAway');
    assert.ok(Number(reconnectAfterMs ?? 0) >= 0);
    const { code } = await client.closed;
    if (client.kind === 'grpc') assert.ok(['OK', 'UNAVAILABLE'].includes(statusName(code)), statusName(code));
    else assert.equal(code, 1001);
  }
});

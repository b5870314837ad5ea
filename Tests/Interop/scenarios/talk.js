import assert from 'node:assert/strict';
import { scenario } from '../registry.js';
import { refuses, texts } from '../world.js';

const count = 100;

async function say(client, roomId, name) {
  for (let i = 1; i <= count; i++) {
    const answer = await client.request({ send: { roomId, clientId: `${name}-${i}`, text: `${name} says ${i}` } });
    assert.ok(answer.ack, JSON.stringify(answer));
    assert.ok(Number(answer.ack.seq) > 0 && answer.ack.messageId);
  }
}

async function talk(world, firstKind, secondKind) {
  const [ann, bob, room] = await world.pair(firstKind, secondKind);
  const { roomId } = room;
  const start = Number(room.lastSeq);
  await Promise.all([say(ann, roomId, 'Ann'), say(bob, roomId, 'Bob')]);

  const heard = await ann.eventsUpTo(roomId, start + 2 * count);
  assert.deepEqual(texts(await bob.eventsUpTo(roomId, start + 2 * count)), texts(heard), 'both get the same events in the same order');
  for (const name of ['Ann', 'Bob']) {
    assert.deepEqual(texts(heard).filter(t => t.startsWith(name)), Array.from({ length: count }, (_, i) => `${name} says ${i + 1}`));
  }

  const page = await world.ok('GET', `/v1/rooms/${roomId}/messages?pageSize=200`, { token: bob.person.token });
  assert.deepEqual(page.messages.map(m => m.text).reverse(), texts(heard));
  assert.equal(Number(page.nextBeforeSeq ?? 0), 0);
}

scenario('A gRPC client and a WebSocket client with JSON talk', world => talk(world, 'grpc', 'json'));
scenario('A gRPC client and a WebSocket client with binary frames talk', world => talk(world, 'grpc', 'proto'));
scenario('Two WebSocket clients of different encodings talk', world => talk(world, 'json', 'proto'));

scenario('History is paged from the newest to the first', async world => {
  const [ann, bob, { roomId }] = await world.pair('json', 'grpc');
  for (let i = 0; i < 70; i++) await ann.request({ send: { roomId, clientId: `c${i}`, text: `message ${i}` } });
  const expected = Array.from({ length: 70 }, (_, i) => `message ${69 - i}`);

  const overRpc = [];
  let beforeSeq = '0';
  do {
    const page = await world.rpc('RoomService', 'ListMessages', { roomId, beforeSeq, pageSize: 30 }, bob.person.token);
    assert.ok(page.messages.length <= 30);
    overRpc.push(...page.messages);
    beforeSeq = page.nextBeforeSeq ?? '0';
  } while (beforeSeq !== '0');
  assert.deepEqual(overRpc.map(m => m.text), expected);
  assert.ok(overRpc.every(m => !m.clientId), "the partner's client ids are not told");

  const byDefault = await world.ok('GET', `/v1/rooms/${roomId}/messages`, { token: ann.person.token });
  assert.equal(byDefault.messages.length, 50);
  assert.equal(byDefault.messages[0].clientId, 'c69', 'own messages have their client id');
  const rest = await world.ok('GET', `/v1/rooms/${roomId}/messages?beforeSeq=${byDefault.nextBeforeSeq}&pageSize=200`, { token: ann.person.token });
  assert.deepEqual([...byDefault.messages, ...rest.messages].map(m => m.text), expected);
  assert.ok(Date.parse(rest.messages[0].at) > 0);

  await world.refusesRpc('invalid_argument', 'RoomService', 'ListMessages', { roomId, pageSize: -1 }, bob.person.token);
  await ann.request({ end: { roomId } });
  const after = await world.rpc('RoomService', 'ListMessages', { roomId, pageSize: 200 }, bob.person.token);
  assert.deepEqual(after.messages.map(m => m.text), expected, 'members may read it after the room has ended');
  const stranger = await world.person('Eve');
  await world.refusesRpc('permission_denied', 'RoomService', 'ListMessages', { roomId }, stranger.token);
});

scenario('A client id posts once over every protocol', async world => {
  const [ann, bob, { roomId }] = await world.pair('json', 'proto');
  const send = { roomId, clientId: 'once', text: 'only once' };
  const first = (await ann.request({ send })).ack;
  const frame = (await ann.request({ send })).ack;
  const rpc = await world.rpc('RoomService', 'SendMessage', send, ann.person.token);
  const http = await world.ok('POST', `/v1/rooms/${roomId}/messages`, { token: ann.person.token, body: { clientId: 'once', text: 'only once' } });
  for (const again of [frame, rpc, http]) {
    assert.equal(again.messageId, first.messageId);
    assert.equal(again.seq, first.seq);
  }
  assert.deepEqual([frame.at, http.at], [first.at, first.at]);

  // The partner may use the same id for another message.
  const theirs = (await bob.request({ send: { ...send, text: 'mine' } })).ack;
  assert.equal(Number(theirs.seq), Number(first.seq) + 1);
  assert.deepEqual(texts(await bob.eventsUpTo(roomId, Number(theirs.seq))), ['only once', 'mine']);
});

scenario('A message sent over HTTP or gRPC reaches connected members', async world => {
  const [ann, bob, { roomId }] = await world.pair('json', 'grpc');
  await world.ok('POST', `/v1/rooms/${roomId}/messages`, { token: ann.person.token, body: { clientId: 'a', text: 'by HTTP' } });
  const last = await world.rpc('RoomService', 'SendMessage', { roomId, clientId: 'b', text: 'by gRPC' }, bob.person.token);
  for (const client of [ann, bob]) assert.deepEqual(texts(await client.eventsUpTo(roomId, Number(last.seq))), ['by HTTP', 'by gRPC']);
});

scenario('Any text is stored as it was written', async world => {
  const [ann, bob, { roomId }] = await world.pair('json', 'proto');
  const written = ['<b>&amp;</b> "\\" \'', 'مرحبا بالعالم', '日本語', '👩‍👩‍👧‍👦 👍🏽', 'e\u0301 \u00e9', 'two\nlines', 'x'.repeat(2_000), '🌸'.repeat(2_000)];
  let seq;
  for (const [i, text] of written.entries()) seq = Number((await ann.request({ send: { roomId, clientId: `${i}`, text } })).ack.seq);
  for (const client of [ann, bob]) assert.deepEqual(texts(await client.eventsUpTo(roomId, seq)), written);
  const page = await world.ok('GET', `/v1/rooms/${roomId}/messages`, { token: bob.person.token });
  assert.deepEqual(page.messages.map(m => m.text).reverse(), written);
});

scenario('Typing presence and read marks reach the partner', async world => {
  const [ann, bob, room] = await world.pair('json', 'grpc');
  const { roomId } = room;
  const [me] = room.members.filter(m => m.you);
  ann.tell({ id: 'not answered', typing: { roomId, active: true } });
  assert.deepEqual(await bob.next('typing'), { roomId, memberId: me.memberId, active: true });

  const { ack } = await bob.request({ send: { roomId, clientId: '1', text: 'hi' } });
  ann.tell({ id: 'not answered either', received: { roomId, seq: ack.seq } });
  assert.deepEqual(await bob.next('delivered'), { roomId, memberId: me.memberId, seq: ack.seq });
  const read = await ann.request({ read: { roomId, seq: ack.seq } });
  assert.ok(read.ack, JSON.stringify(read));
  assert.deepEqual(await bob.next('read'), { roomId, memberId: me.memberId, seq: ack.seq });

  await ann.drop();
  const gone = await bob.next('presence', p => p.memberId === me.memberId && !p.online);
  assert.equal(gone.roomId, roomId);
  const back = await world.connect(ann.person, 'proto', { sessionId: ann.sessionId, cursors: ann.cursors });
  assert.ok(back.welcome.resumed);
  await bob.next('presence', p => p.memberId === me.memberId && p.online);
});

scenario('Leaving a pair ends it for both', async world => {
  const [ann, bob, room] = await world.pair('proto', 'json');
  const { roomId } = room;
  const left = await ann.request({ leave: { roomId } });
  assert.equal(left.room?.state, 'ENDED', JSON.stringify(left));
  const { roomEnded } = await bob.next('event', e => e.roomEnded);
  assert.equal(roomEnded.reason, 'PARTNER_LEFT');
  assert.equal(roomEnded.byMemberId, room.members.find(m => m.you).memberId);
  refuses('failed_precondition', await bob.request({ send: { roomId, clientId: '1', text: 'too late' } }));
  assert.ok((await bob.request({ ping: {} })).pong);
});

scenario('Members join talk and leave in a group room', async world => {
  const owner = await world.connect(await world.person('Owner'), 'grpc');
  const made = await world.rpc('RoomService', 'CreateRoom', { name: 'Garden', capacity: 3, open: true }, owner.person.token);
  assert.equal(made.kind, 'GROUP');
  assert.equal(made.name, 'Garden');
  const { roomId } = made;
  await owner.next('room', r => r.roomId === roomId);

  const [second, third] = [await world.connect(await world.person('Two'), 'json'), await world.connect(await world.person('Three'), 'proto')];
  const joined = await second.request({ join: { roomId } });
  assert.equal(joined.room.members.length, 2);
  assert.ok((await second.request({ join: { roomId } })).room, 'joining a joined room changes nothing');
  await third.request({ join: { roomId } });
  assert.equal((await owner.next('event', e => e.memberJoined?.member.nickname === 'Two')).roomId, roomId);
  await second.next('event', e => e.memberJoined?.member.nickname === 'Three');

  const late = await world.connect(await world.person('Four'), 'json');
  refuses('failed_precondition', await late.request({ join: { roomId } }));

  const { ack } = await third.request({ send: { roomId, clientId: '1', text: 'hello all' } });
  for (const client of [owner, second, third]) assert.deepEqual(texts(await client.eventsUpTo(roomId, Number(ack.seq))), ['hello all']);

  assert.ok((await second.request({ leave: { roomId } })).room);
  const { memberLeft } = await owner.next('event', e => e.memberLeft);
  assert.equal(memberLeft.reason, 'LEFT');
  refuses('permission_denied', await second.request({ send: { roomId, clientId: '2', text: 'am I still here?' } }));
  refuses('permission_denied', await third.request({ end: { roomId } }));

  await world.rpc('RoomService', 'RenameRoom', { roomId, name: 'Park' }, owner.person.token);
  assert.equal((await third.next('event', e => e.roomRenamed)).roomRenamed.name, 'Park');
  await late.request({ join: { roomId } });
  const { members } = await world.ok('GET', `/v1/rooms/${roomId}/members`, { token: owner.person.token });
  assert.deepEqual(members.map(m => [m.nickname, Boolean(m.owner)]), [['Owner', true], ['Three', false], ['Four', false]]);
  await world.ok('DELETE', `/v1/rooms/${roomId}/members/${members[2].memberId}`, { token: owner.person.token });
  assert.equal((await late.next('event', e => e.memberLeft)).memberLeft.reason, 'REMOVED');
  refuses('permission_denied', await late.request({ join: { roomId } }));

  await owner.request({ leave: { roomId } });
  assert.equal((await third.next('event', e => e.ownerChanged)).ownerChanged.memberId, members[1].memberId);
  assert.equal((await third.request({ end: { roomId } })).room.state, 'ENDED');
  await third.next('event', e => e.roomEnded?.reason === 'CLOSED');
});

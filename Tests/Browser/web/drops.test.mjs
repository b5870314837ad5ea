// A scripted server whose connection breaks once, at each step in turn: before or after each frame and each refresh.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ann, Bob, createClock, createLocks, createStorage, load, settle } from './fakes.mjs';

const { Auth, Backoff, ChatClient, Refusal } = await load('webchat-client.js');

const Start = Date.parse('2030-01-01T10:00:00Z');
const TokenLifetime = 60_000;

/** The rules of docs/protocol.md for one room and one user. `drop` breaks the connection at the step of that number. */
class ScriptedServer {
  steps = [];
  events = [];
  tokens = { refresh: 0, access: 0, expiresAt: 0 };
  #acks = new Map();
  #drop;
  #clock;
  #socket = null;

  constructor({ drop, clock }) {
    this.#drop = drop;
    this.#clock = clock;
  }

  /** Whether what comes now is lost. */
  #isLost(step) {
    return this.steps.push(step) === this.#drop;
  }

  http = async (method, path, { body }) => {
    if (path === '/v1/auth/refresh') {
      if (this.#isLost('refresh asked')) throw new Refusal('unavailable');
      // The token before the last is accepted once more, for a lost answer.
      const known = [`refresh-${this.tokens.refresh}`, `refresh-${this.tokens.refresh - 1}`];
      if (!known.includes(body.refreshToken)) throw new Refusal('unauthenticated');
    }
    this.tokens = { refresh: this.tokens.refresh + 1, access: this.tokens.access + 1, expiresAt: this.#clock.now() + TokenLifetime };
    if (path === '/v1/auth/refresh' && this.#isLost('refresh answered')) throw new Refusal('unavailable');
    return {
      date: this.#clock.now(),
      body: {
        accessToken: `access-${this.tokens.access}`,
        accessExpiresAt: new Date(this.tokens.expiresAt).toISOString(),
        refreshToken: `refresh-${this.tokens.refresh}`,
        user: { userId: 'u1', username: 'ann', nickname: 'Ann' },
      },
    };
  };

  /** The class of the client's sockets. */
  get WebSocket() {
    const server = this;
    return class {
      constructor() {
        setImmediate(() => this.onopen?.());
      }
      send(text) {
        setImmediate(() => server.#receive(this, JSON.parse(text)));
      }
      close() {
        if (server.#socket === this) server.#socket = null;
        this.isClosed = true;
      }
    };
  }

  /** The partner posts a message. */
  say(text) {
    this.#append({ messagePosted: { messageId: `m${this.events.length + 1}`, memberId: Bob, clientId: `bob-${text}`, text } });
  }

  #receive(socket, { id, hello, send, renew }) {
    if (socket.isClosed) return;
    const kind = hello ? 'hello' : send ? 'send' : renew ? 'renew' : 'ping';
    if (this.#isLost(`${kind} sent`)) return this.#break(socket);
    const answer = frame => this.#tell(socket, { replyTo: id, ...frame });
    if (hello || renew) {
      const { accessToken } = hello ?? renew;
      const isValid = accessToken === `access-${this.tokens.access}` && this.#clock.now() < this.tokens.expiresAt;
      if (!isValid) return answer({ error: { code: 'unauthenticated' } });
    }
    if (hello) {
      const cursor = Number(hello.cursors.r1 ?? this.events.length);
      answer({
        welcome: {
          sessionId: 's1', resumed: hello.sessionId === 's1', heartbeatSeconds: 25,
          rooms: [{ roomId: 'r1', members: [{ memberId: Ann, you: true }, { memberId: Bob }], lastSeq: String(this.events.length) }],
        },
      });
      if (socket.isClosed) return;
      this.#socket = socket;
      for (const event of this.events.slice(cursor)) this.#tell(socket, { event });
    } else if (send) {
      const known = this.#acks.get(send.clientId);
      if (known) return answer({ ack: known });
      const ack = this.#append({ messagePosted: { messageId: `m${this.events.length + 1}`, memberId: Ann, clientId: send.clientId, text: send.text } });
      this.#acks.set(send.clientId, ack);
      answer({ ack });
    } else {
      answer(renew ? { ack: {} } : { pong: {} });
    }
  }

  #append(body) {
    const seq = String(this.events.length + 1);
    const event = { roomId: 'r1', seq, at: new Date(this.#clock.now()).toISOString(), ...body };
    this.events.push(event);
    if (this.#socket) this.#tell(this.#socket, { event });
    return { roomId: 'r1', seq, messageId: body.messagePosted.messageId, at: event.at };
  }

  #tell(socket, frame) {
    if (socket.isClosed) return;
    const { replyTo: _, ...body } = frame;
    if (this.#isLost(`${Object.keys(body)[0]} answered`)) return this.#break(socket);
    socket.onmessage({ data: JSON.stringify(frame) });
  }

  #break(socket) {
    socket.isClosed = true;
    if (this.#socket === socket) this.#socket = null;
    socket.onclose?.({ code: 1006 });
  }
}

async function talk(drop) {
  const clock = createClock(Start);
  const server = new ScriptedServer({ drop, clock });
  const auth = new Auth({ server: 'http://localhost', http: server.http, storage: createStorage(), locks: createLocks(), now: clock.now });
  await auth.logIn('ann', 'secret');
  const client = await ChatClient.open({
    auth, storage: createStorage(), locks: createLocks(), WebSocket: server.WebSocket, timers: clock, now: clock.now,
    backoff: new Backoff({ random: () => 1, first: 1000, most: 1000 }),
  });
  const heard = [];
  client.on('event', ({ seq, messagePosted: { text } }) => heard.push([Number(seq), text]));
  const pass = async () => {
    for (let i = 0; i < 3; i++) {
      await settle(); // each frame takes a turn
      await clock.pass(1000);
    }
  };
  client.start();
  await pass();
  const posted = [client.post('r1', 'one'), client.post('r1', 'two')];
  server.say('hello');
  await pass();
  await clock.pass(TokenLifetime);
  await pass();
  server.say('still here?');
  posted.push(client.post('r1', 'three'));
  await pass();
  const acks = await Promise.all(posted);
  client.stop();
  return { server, heard, acks, client };
}

test('wherever the connection breaks, each message is posted once and each event is heard once', async () => {
  const whole = await talk(0);
  assert.ok(whole.server.tokens.refresh > 1, 'the talk is longer than an access token');
  const kinds = ['hello sent', 'welcome answered', 'send sent', 'ack answered', 'event answered', 'refresh asked', 'refresh answered', 'renew sent'];
  for (const kind of kinds) assert.ok(whole.server.steps.includes(kind), kind);

  for (let drop = 1; drop <= whole.server.steps.length; drop++) {
    const { server, heard, acks, client } = await talk(drop);
    const where = `lost: step ${drop}, ${server.steps[drop - 1]}`;
    const texts = server.events.map(event => event.messagePosted.text);
    assert.deepEqual(texts.filter(text => ['one', 'two', 'three'].includes(text)), ['one', 'two', 'three'], where);
    assert.equal(texts.length, 5, where);
    assert.deepEqual(heard, texts.map((text, i) => [i + 1, text]), where);
    assert.deepEqual(acks.map(ack => texts[ack.seq - 1]), ['one', 'two', 'three'], where);
    assert.deepEqual(client.outgoing(), [], where);
  }
});

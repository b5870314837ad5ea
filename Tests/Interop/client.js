// A real-time connection, alike over the gRPC stream and both WebSocket sub-protocols. It checks the rules of every scenario:
// a frame is answered once, and a room's events arrive in order without gaps or repetition.
import { once } from 'node:events';
import WebSocket from 'ws';
import { decodeFrame, encodeFrame } from './contract.js';

const patience = 10_000;

export class Client {
  #inbox = [];
  #waiting = [];
  #answered = new Set();
  #lastId = 0;
  #transport;
  #end;

  /** The seq of the last seen event, by room id: the cursors of a hello. */
  cursors = {};

  /** All events seen on this connection, in order, by room id. */
  events = {};

  /** The server's violations of the rules. */
  violations = [];

  /** Settles when the connection is over: {code, reason}, a WebSocket close code or the gRPC status. */
  closed = new Promise(resolve => (this.#end = resolve));

  /** @param {'grpc'|'json'|'proto'} kind */
  static async open(kind, addresses, chat) {
    const client = new Client();
    client.kind = kind;
    client.#transport = kind === 'grpc' ? client.#overGrpc(chat) : await client.#overWebSocket(kind, addresses);
    return client;
  }

  #overGrpc(chat) {
    const stream = chat.Connect();
    stream.on('data', frame => this.#receive(frame));
    stream.on('status', status => this.#close(status.code, status.details));
    // Every failure also arrives as a status; without a listener it would end the process.
    stream.on('error', () => {});
    return {
      write: frame => stream.write(frame),
      end: () => stream.end(),
      drop: () => stream.cancel(),
    };
  }

  async #overWebSocket(kind, addresses) {
    const socket = new WebSocket(`${addresses.socket}/ws`, `webchat.v1.${kind}`);
    socket.on('message', (data, binary) => {
      if (binary !== (kind === 'proto')) this.violations.push(`a ${binary ? 'binary' : 'text'} message on webchat.v1.${kind}`);
      this.#receive(kind === 'proto' ? decodeFrame(data) : JSON.parse(data));
    });
    // A broken connection also closes; without a listener it would end the process.
    socket.on('error', () => {});
    socket.on('close', (code, reason) => this.#close(code, reason.toString()));
    await once(socket, 'open');
    return {
      write: frame => socket.send(kind === 'proto' ? encodeFrame(frame) : JSON.stringify(frame)),
      raw: data => socket.send(data),
      end: () => socket.close(1000),
      drop: () => socket.terminate(),
    };
  }

  /** Sends a frame and waits for its answer. */
  async request(body, id = `${++this.#lastId}`) {
    this.tell({ id, ...body });
    return await this.answerTo(id);
  }

  /** Waits for the answer to a sent frame. */
  async answerTo(id) {
    return await this.#wait(frame => frame.replyTo === id, `the answer to ${id}`);
  }

  /** Sends a frame without waiting for an answer. */
  tell(frame) {
    this.#transport.write(frame);
  }

  /** Sends bytes or text that need not be a frame (WebSocket only). */
  raw(data) {
    this.#transport.raw(data);
  }

  /** The next frame of a kind that is not an answer: a received one, or the next to arrive. */
  async next(kind, where = () => true) {
    const frame = await this.#wait(f => !f.replyTo && f[kind] && where(f[kind]), `a frame "${kind}"`);
    return frame[kind];
  }

  /** Whether such a frame has been received and not been taken yet. */
  has(kind, where = () => true) {
    return this.#inbox.some(f => !f.replyTo && f[kind] && where(f[kind]));
  }

  /** Waits for the events of a room up to a seq, and returns them. */
  async eventsUpTo(roomId, seq) {
    while ((this.cursors[roomId] ?? 0) < seq) await this.next('event', e => e.roomId === roomId);
    return this.events[roomId] ?? [];
  }

  /** Sends hello and returns the welcome. */
  async hello(accessToken, { sessionId = '', cursors = {} } = {}) {
    this.cursors = { ...cursors };
    const answer = await this.request({ hello: { accessToken, sessionId, cursors } });
    if (!answer.welcome) throw new Error(`no welcome but ${JSON.stringify(answer)}`);
    this.sessionId = answer.welcome.sessionId;
    return answer.welcome;
  }

  /** Closes the connection properly. */
  end() {
    this.#transport.end();
    return this.closed;
  }

  /** Breaks the connection, as a lost network does. */
  drop() {
    this.#transport.drop();
    return this.closed;
  }

  /** The received frames that were not taken, to explain failures. */
  describe() {
    return `${this.kind}: ${JSON.stringify(this.#inbox).slice(0, 2_000)}`;
  }

  #receive(frame) {
    if (frame.replyTo) {
      if (this.#answered.has(frame.replyTo)) this.violations.push(`a second answer to ${frame.replyTo}: ${JSON.stringify(frame)}`);
      this.#answered.add(frame.replyTo);
    }
    for (const room of [frame.room, frame.match?.room, ...(frame.welcome?.rooms ?? [])]) {
      if (room) this.cursors[room.roomId] ??= Number(room.lastSeq ?? 0);
    }
    if (frame.reset) this.cursors[frame.reset.roomId] = Number(frame.reset.lastSeq ?? 0);
    if (frame.event) this.#follow(frame.event);

    const waiting = this.#waiting.findIndex(w => w.matches(frame));
    if (waiting < 0) this.#inbox.push(frame);
    else this.#waiting.splice(waiting, 1)[0].resolve(frame);
  }

  #follow(event) {
    const { roomId } = event;
    const expected = (this.cursors[roomId] ?? NaN) + 1;
    if (Number(event.seq) !== expected) this.violations.push(`event ${event.seq} of ${roomId}, where ${expected} was due`);
    this.cursors[roomId] = Number(event.seq);
    (this.events[roomId] ??= []).push(event);
  }

  #wait(matches, what) {
    const found = this.#inbox.findIndex(matches);
    if (found >= 0) return this.#inbox.splice(found, 1)[0];
    return new Promise((resolve, reject) => {
      const waiting = {
        matches,
        resolve: frame => { clearTimeout(timer); resolve(frame); },
        reject: error => { clearTimeout(timer); reject(error); },
      };
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        reject(new Error(`${what} did not come in ${patience} ms; instead ${this.describe()}`));
      }, patience);
      this.#waiting.push(waiting);
      this.closed.then(end => waiting.reject(new Error(`closed with ${JSON.stringify(end)} while waiting for ${what}`)));
    });
  }

  #close(code, reason) {
    this.#end({ code, reason });
  }
}

// The resources of a scenario: the two protocols, users and their connections; checked and cleaned up when it ends.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import grpc from '@grpc/grpc-js';
import WebSocket from 'ws';
import { Client } from './client.js';
import { services, statusName } from './contract.js';

const password = 'correct horse battery';

/** HTTP statuses and gRPC statuses of the contract's error codes. */
export const codes = {
  invalid_argument: { http: 400, grpc: 'INVALID_ARGUMENT' },
  unauthenticated: { http: 401, grpc: 'UNAUTHENTICATED' },
  permission_denied: { http: 403, grpc: 'PERMISSION_DENIED' },
  not_found: { http: 404, grpc: 'NOT_FOUND' },
  already_exists: { http: 409, grpc: 'ALREADY_EXISTS' },
  failed_precondition: { http: 400, grpc: 'FAILED_PRECONDITION' },
};

export class World {
  #clients = [];
  #people = [];
  #stubs = {};

  constructor(environment) {
    for (const name of ['WEBCHAT_WEB', 'WEBCHAT_GRPC']) assert.ok(environment[name], `${name} must say where the edge is`);
    this.addresses = {
      web: environment.WEBCHAT_WEB.replace(/\/$/, ''),
      grpc: new URL(environment.WEBCHAT_GRPC).host,
      socket: environment.WEBCHAT_WEB.replace(/^http/, 'ws').replace(/\/$/, ''),
    };
    this.dataDirectory = environment.WEBCHAT_DATA;
    for (const [name, Service] of Object.entries(services)) {
      if (Service.service) this.#stubs[name] = new Service(this.addresses.grpc, grpc.credentials.createInsecure());
    }
  }

  /** Sends a unary gRPC request; rejects with {code, details}. */
  rpc(service, method, request = {}, token = undefined) {
    const metadata = new grpc.Metadata();
    if (token !== undefined) metadata.set('authorization', `Bearer ${token}`);
    return new Promise((resolve, reject) =>
      this.#stubs[service][method](request, metadata, { deadline: Date.now() + 10_000 }, (error, answer) => (error ? reject(error) : resolve(answer))));
  }

  /** Sends an HTTP/JSON request; returns {status, headers, body}. */
  async http(method, path, { token, body, raw, headers = {} } = {}) {
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const answer = await fetch(`${this.addresses.web}${path}`, {
      method,
      body: sent,
      headers: {
        ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
    });
    const text = await answer.text();
    const json = /json/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(text) : undefined;
    return { status: answer.status, headers: answer.headers, body: json, text };
  }

  /** The body of an HTTP/JSON request that must succeed. */
  async ok(method, path, options) {
    const answer = await this.http(method, path, options);
    assert.equal(answer.status, 200, `${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.body;
  }

  /** Checks that an HTTP/JSON request fails as the contract says. */
  async refusesHttp(code, method, path, options) {
    const answer = await this.http(method, path, options);
    const detail = type => answer.body?.details?.find(each => each['@type'] === `type.googleapis.com/google.rpc.${type}`);
    const { reason, domain } = detail('ErrorInfo') ?? {};
    assert.deepEqual([reason, domain], [code.toUpperCase(), 'webchat'], `${method} ${path}: ${answer.status} ${answer.text}`);
    assert.equal(answer.status, codes[code].http, answer.text);
    assert.equal(answer.body.code, grpc.status[codes[code].grpc], answer.text);
    return { ...answer.body, field: detail('BadRequest')?.fieldViolations[0].field };
  }

  /** Checks that an RPC fails as the contract says. */
  async refusesRpc(code, service, method, request, token) {
    let answer;
    try {
      answer = await this.rpc(service, method, request, token);
    } catch (error) {
      assert.equal(statusName(error.code), codes[code].grpc, `${service}.${method}: ${error.message}`);
      return error;
    }
    assert.fail(`${service}.${method} answered ${JSON.stringify(answer)}, not ${code}`);
  }

  /** A name that no other scenario uses. */
  username() {
    return `u_${randomBytes(8).toString('hex')}`;
  }

  /** Signs up a user with a profile that can search. */
  async person(nickname = 'Ann', profile = {}) {
    const username = this.username();
    const credentials = await this.rpc('AuthService', 'SignUp', { username, password, nickname });
    const person = { username, password, nickname, token: credentials.accessToken, refreshToken: credentials.refreshToken, userId: credentials.user.userId };
    this.#people.push(person);
    await this.rpc('UserService', 'UpdateProfile', {
      profile: { birthDate: '1990-01-02', gender: 'FEMALE', ...profile },
      updateMask: { paths: ['birth_date', 'gender', ...Object.keys(profile).map(snakeCase)].filter(distinct) },
    }, person.token);
    return person;
  }

  /** Opens a connection that has not sent hello. */
  async open(kind) {
    const client = await Client.open(kind, this.addresses, this.#stubs.ChatService);
    this.#clients.push(client);
    return client;
  }

  /** Opens a connection of a user. */
  async connect(person, kind, resume) {
    const client = await this.open(kind);
    client.welcome = await client.hello(person.token, resume);
    client.person = person;
    return client;
  }

  /** Two users, matched and in their room: [first, second, room]. */
  async pair(firstKind = 'json', secondKind = 'json') {
    const first = await this.connect(await this.person('Ann'), firstKind);
    const second = await this.connect(await this.person('Bob'), secondKind);
    const room = await this.match(first, second);
    return [first, second, room];
  }

  /** Lets two connected users search and be paired; returns the room as the first sees it. */
  async match(first, second) {
    await first.request({ search: { mode: 'CHAT' } });
    await second.request({ search: { mode: 'CHAT' } });
    const [mine, theirs] = [await first.next('match'), await second.next('match')];
    assert.equal(mine.room.roomId, theirs.room.roomId, 'both get the same room');
    return mine.room;
  }

  /** The answer to a plain WebSocket handshake: the HTTP status, or 'open'. */
  async handshake(protocols, options) {
    const socket = new WebSocket(`${this.addresses.socket}/ws`, protocols, options);
    const refused = once(socket, 'unexpected-response').then(([, answer]) => answer.statusCode);
    const opened = once(socket, 'open').then(() => 'open');
    socket.on('error', () => {});
    const answer = await Promise.race([refused, opened]);
    socket.terminate();
    refused.catch(() => {});
    opened.catch(() => {});
    return answer;
  }

  /** Ends all connections and searches, so that the next scenario finds no waiting user, and fails if a client saw a violation. */
  async close() {
    await Promise.all(this.#people.map(p => this.rpc('MatchService', 'CancelSearch', {}, p.token).catch(() => {})));
    await Promise.race([Promise.all(this.#clients.map(c => c.drop())), delay(2_000, undefined, { ref: false })]);
    Object.values(this.#stubs).forEach(stub => stub.close());
    assert.deepEqual(this.#clients.flatMap(c => c.violations), []);
  }

  describe() {
    return this.#clients.map(c => `  ${c.describe()}`).join('\n');
  }
}

/** Checks the error in an answer frame. */
export function refuses(code, answer) {
  assert.equal(answer.error?.code, code, `not ${code} but ${JSON.stringify(answer)}`);
  return answer.error;
}

/** The texts of the messages among events. */
export const texts = events => events.filter(e => e.messagePosted).map(e => e.messagePosted.text);

const snakeCase = name => name.replace(/[A-Z]/g, c => `_${c.toLowerCase()}`);
const distinct = (value, index, all) => all.indexOf(value) === index;

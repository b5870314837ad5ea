import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { load } from './fakes.mjs';

const { httpOf } = await load('webchat-client.js');
const http = httpOf('http://localhost');
const { fetch } = globalThis;

afterEach(() => { globalThis.fetch = fetch; });

function answer(status, body, headers = {}) {
  globalThis.fetch = async () => new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers });
}

test('an error is read with its code, field and retry time', async () => {
  answer(429, {
    code: 8,
    message: 'Too many calls.',
    details: [
      { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'RATE_LIMITED', domain: 'webchat' },
      { '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: [{ field: 'room_id', description: 'Too many calls.' }] },
      { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '1.500s' },
    ],
  });
  await assert.rejects(http('GET', '/v1/my/rooms'), { code: 'rate_limited', detail: 'Too many calls.', field: 'room_id', retryAfterMs: 1500 });
});

test('an error of a proxy is read by its status', async () => {
  answer(503, '<h1>Service unavailable</h1>', { 'retry-after': '2' });
  await assert.rejects(http('GET', '/v1/my/rooms'), { code: 'unavailable', field: '', retryAfterMs: 2000 });
});

import { ErrorCode, Refusal } from './wire.js';

const CodesByStatus = new Map([
  [400, ErrorCode.InvalidArgument],
  [401, ErrorCode.Unauthenticated],
  [403, ErrorCode.PermissionDenied],
  [404, ErrorCode.NotFound],
  [409, ErrorCode.AlreadyExists],
  [413, ErrorCode.TooLarge],
  [429, ErrorCode.RateLimited],
  [502, ErrorCode.Unavailable],
  [503, ErrorCode.Unavailable],
  [504, ErrorCode.DeadlineExceeded],
]);

const TimeLimit = 15_000;

/**
 * Asks the server, JSON both ways.
 * @param {string} method
 * @param {string} path
 * @param {{ body?: object, token?: string }} [options]
 * @returns {Promise<{ body: any, date: number }>} the answer, and the server's clock when it was given
 * @throws {Refusal} with the server's code, or `unavailable` where no answer came
 */
export async function http(method, path, { body, token } = {}) {
  const headers = { accept: 'application/json' };
  if (body) headers['content-type'] = 'application/json';
  if (token) headers.authorization = `Bearer ${token}`;
  let response;
  let text;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: body && JSON.stringify(body),
      cache: 'no-store',
      signal: AbortSignal.timeout(TimeLimit),
    });
    text = await response.text();
  } catch (failure) {
    throw new Refusal(ErrorCode.Unavailable, failure.message);
  }

  const date = Date.parse(response.headers.get('date') ?? '') || Date.now();
  const json = parse(text);
  if (response.ok) return { body: json ?? {}, date };
  throw new Refusal(
    json?.code ?? CodesByStatus.get(response.status) ?? ErrorCode.Internal,
    json?.detail ?? json?.title,
    {
      retryAfterMs: json?.retryAfterMs ?? Number(response.headers.get('retry-after') ?? 0) * 1000,
      field: json?.field,
    },
  );
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null; // what a proxy in between answers need not be JSON
  }
}
